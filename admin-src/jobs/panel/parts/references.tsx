import { __ } from '@wordpress/i18n';

import { Section } from './section';
import { Copyable } from '../../../shared/components/copyable';
import { Facts, type Fact } from '../../../shared/components/facts';
import type { JobDetail } from '../../../api/contracts.generated';

function fact( label: string, text: string | null, copy: string ): Fact[] {
	return text ? [ { label, value: <Copyable text={ text } label={ copy } /> } ] : [];
}

/** What support, Stripe and Upsampler ask for. */
export function ReferencesPart( { job }: { job: JobDetail } ) {
	return (
		<Section title={ __( 'Numbers', 'sell-my-images' ) } className="smi-numbers">
			<Facts
				facts={ [
					...fact(
						__( 'Job', 'sell-my-images' ),
						job.job_id,
						__( 'Copy the job’s number', 'sell-my-images' )
					),
					...fact(
						__( 'Payment', 'sell-my-images' ),
						job.stripe_payment_intent_id,
						__( 'Copy Stripe’s number of the payment', 'sell-my-images' )
					),
					...fact(
						__( 'Dispute', 'sell-my-images' ),
						job.dispute_id,
						__( 'Copy Stripe’s number of the dispute', 'sell-my-images' )
					),
					...fact(
						__( 'Upscaler', 'sell-my-images' ),
						job.upsampler_job_id,
						__( 'Copy the upscaler’s number', 'sell-my-images' )
					),
				] }
			/>
		</Section>
	);
}
