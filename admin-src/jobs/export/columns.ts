import { __ } from '@wordpress/i18n';

import type { ExportColumn } from '../../api/export';

/** Every column, with its name, in the order that a file has them by itself. */
export function columnWords(): Record< ExportColumn, string > {
	return {
		job_id: __( 'Job number', 'sell-my-images' ),
		created_at: __( 'Created', 'sell-my-images' ),
		status: __( 'Status', 'sell-my-images' ),
		payment_status: __( 'Payment', 'sell-my-images' ),
		attention: __( 'Problem', 'sell-my-images' ),
		email: __( 'Customer’s e-mail', 'sell-my-images' ),
		post_id: __( 'Post number', 'sell-my-images' ),
		post_title: __( 'Post title', 'sell-my-images' ),
		attachment_id: __( 'Picture number', 'sell-my-images' ),
		image_url: __( 'Picture’s address', 'sell-my-images' ),
		resolution: __( 'Size', 'sell-my-images' ),
		currency: __( 'Currency', 'sell-my-images' ),
		amount_charged: __( 'Charged', 'sell-my-images' ),
		refund_amount: __( 'Refunded', 'sell-my-images' ),
		stripe_fee: __( 'Stripe fee', 'sell-my-images' ),
		amount_cost: __( 'Upsampler cost', 'sell-my-images' ),
		cost_other: __( 'Upsampler cost in other currencies', 'sell-my-images' ),
		margin: __( 'Margin', 'sell-my-images' ),
		credits_used: __( 'Credits used', 'sell-my-images' ),
		refund_reason: __( 'Reason of the refund', 'sell-my-images' ),
		dispute_status: __( 'State of the dispute', 'sell-my-images' ),
		dispute_id: __( 'Stripe dispute', 'sell-my-images' ),
		failure_reason: __( 'Why it failed', 'sell-my-images' ),
		failure_code: __( 'Why it failed, as a code', 'sell-my-images' ),
		paid_at: __( 'Time of payment', 'sell-my-images' ),
		processing_started_at: __( 'Time of sending to Upsampler', 'sell-my-images' ),
		completed_at: __( 'Time of completion', 'sell-my-images' ),
		failed_at: __( 'Time of failure', 'sell-my-images' ),
		refunded_at: __( 'Time of the refund', 'sell-my-images' ),
		updated_at: __( 'Time of the last change', 'sell-my-images' ),
		duration: __( 'Seconds from payment to image', 'sell-my-images' ),
		attempt_count: __( 'Attempts', 'sell-my-images' ),
		image_width: __( 'Width before', 'sell-my-images' ),
		image_height: __( 'Height before', 'sell-my-images' ),
		target_width: __( 'Width after', 'sell-my-images' ),
		target_height: __( 'Height after', 'sell-my-images' ),
		source_type: __( 'Made by', 'sell-my-images' ),
		upload_file_path: __( 'File before', 'sell-my-images' ),
		upscaled_url: __( 'Address at Upsampler', 'sell-my-images' ),
		upscaled_file_path: __( 'File after', 'sell-my-images' ),
		upsampler_job_id: __( 'Upsampler job', 'sell-my-images' ),
		stripe_payment_intent_id: __( 'Stripe payment', 'sell-my-images' ),
		stripe_checkout_session_id: __( 'Stripe checkout', 'sell-my-images' ),
		download_expires_at: __( 'Download link ends', 'sell-my-images' ),
		download_generation: __( 'Download links made', 'sell-my-images' ),
		download_count: __( 'Downloads', 'sell-my-images' ),
		email_sent: __( 'E-mail was sent', 'sell-my-images' ),
		is_payment_under_way: __( 'Payment on its way', 'sell-my-images' ),
		livemode: __( 'Real sale (not a test)', 'sell-my-images' ),
		version: __( 'Version', 'sell-my-images' ),
	};
}

export const allColumns = () => Object.keys( columnWords() ) as ExportColumn[];

export function isColumn( name: unknown ): name is ExportColumn {
	return allColumns().some( ( known ) => known === name );
}
