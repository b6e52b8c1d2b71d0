import { fromMinor, toMinor } from '../../../shared/money';
import type { Job } from '../../../api/contracts.generated';

/**
 * Charged less refunded, fee and cost. Null while unpaid, and in other currencies
 * than US dollars, because the upscaler's cost is known in dollars only.
 *
 * @param job The job.
 * @return Decimal string.
 */
export function keptOf( job: Job ): string | null {
	if ( job.currency !== 'USD' || job.paid_at === null ) {
		return null;
	}
	const charged = toMinor( job.amount_charged ?? '', 'USD' );
	const less = [ job.refund_amount, job.stripe_fee, roundedCost( job ) ].map(
		( amount ) => toMinor( amount ?? '0', 'USD' )
	);
	return charged === null || less.includes( null )
		? null
		: fromMinor(
				less.reduce< number >( ( rest, part ) => rest - ( part ?? 0 ), charged ),
				'USD'
		  );
}

/** A credit may cost fractions of a cent. */
function roundedCost( job: Job ): string {
	return Number( job.amount_cost ?? 0 ).toFixed( 2 );
}
