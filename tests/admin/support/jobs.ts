import type { Job, JobDetail, JobStats } from '../../../admin-src/api/contracts.generated';

export const jobId = ( n: number ) => `${ String( n ).padStart( 8, '0' ) }-1111-4111-8111-111111111111`;

export function makeJob( n: number, more: Partial< Job > = {} ): Job {
	return {
		job_id: jobId( n ),
		image_url: 'http://site.test/photo.jpg',
		resolution: '4x',
		email: `buyer${ n }@example.org`,
		post_id: 7,
		post_title: `Photograph ${ n }`,
		post_url: 'http://site.test/post',
		attachment_id: 9,
		thumbnail_url: 'http://site.test/thumb.jpg',
		image_width: 900,
		image_height: 600,
		target_width: 3600,
		target_height: 2400,
		source_type: 'upsampler',
		upload_file_path: '2026/11/photo.jpg',
		status: 'completed',
		upsampler_job_id: 'up_1',
		upscaled_url: null,
		upscaled_file_path: 'smi/file.jpg',
		stripe_payment_intent_id: 'pi_1',
		stripe_checkout_session_id: 'cs_1',
		payment_status: 'paid',
		currency: 'USD',
		amount_charged: '4.90',
		amount_cost: '0.24',
		credits_used: 6,
		stripe_fee: '0.44',
		refund_amount: null,
		refund_reason: null,
		margin: '4.22',
		download_expires_at: null,
		download_generation: 1,
		download_count: 0,
		email_sent: true,
		paid_at: '2026-11-20T10:01:30Z',
		processing_started_at: '2026-11-20T10:01:32Z',
		completed_at: '2026-11-20T10:02:30Z',
		failed_at: null,
		refunded_at: null,
		created_at: '2026-11-20T10:00:00Z',
		updated_at: '2026-11-20T10:02:30Z',
		failure_reason: null,
		attempt_count: 1,
		dispute_status: null,
		is_payment_under_way: false,
		attention: null,
		livemode: false,
		version: 3,
		allowed_actions: [ 'retry', 'refund', 'download_token', 'email', 'status', 'refresh' ],
		...more,
	};
}

export function makeDetail( n: number, more: Partial< JobDetail > = {} ): JobDetail {
	const at = ( time: string ) => `2026-11-20T${ time }Z`;
	const event = ( time: string, type: string, to: string ) => ( {
		at: at( time ),
		actor: 'bridge',
		actor_name: null,
		type,
		from: null,
		to,
		reason: null,
		ref: null,
	} );
	return {
		...makeJob( n ),
		attempts: [],
		refunds: [],
		events: [
			event( '10:00:00', 'checkout', 'open' ),
			event( '10:01:30', 'payment', 'paid' ),
			event( '10:01:32', 'attempt', 'sent' ),
			event( '10:02:30', 'attempt', 'succeeded' ),
			event( '10:02:34', 'email', 'sent' ),
		],
		download: {
			state: 'active',
			expires_at: null,
			count: 2,
			url: 'http://site.test/download/secret',
			file: { bytes: 6_400_000, width: 3600, height: 2400, mime: 'image/jpeg', preview_url: null },
		},
		durations: { waiting_s: 2, processing_s: 58, total_s: 60 },
		refundable_amount: '4.90',
		attention_all: [],
		dispute_id: null,
		stripe_url: 'https://dashboard.stripe.com/test/payments/pi_1',
		refund_blocked: null,
		...more,
	};
}

export function makeStats( more: Partial< JobStats > = {} ): JobStats {
	return {
		counts: {
			all: 1234,
			status: {
				awaiting_payment: 3,
				pending: 50,
				processing: 107,
				completed: 1000,
				failed: 60,
				abandoned: 14,
			},
			attention: {
				any: 42,
				disputed: 0,
				refund_failed: 1,
				failed_not_refunded: 0,
				amount_mismatch: 0,
				paid_not_started: 0,
				submit_unknown: 0,
				file_missing: 0,
				stuck_processing: 0,
				email_failed: 41,
				refund_pending: 0,
			},
			attention_status: [
				{ attention: 'refund_failed', status: 'failed', jobs: 1 },
				{ attention: 'email_failed', status: 'completed', jobs: 40 },
				{ attention: 'email_failed', status: 'failed', jobs: 1 },
			],
		},
		notices: [],
		time: '2026-11-22T10:00:00Z',
		...more,
	};
}
