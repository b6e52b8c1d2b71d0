import { fromMinor, minorDigits, toMinor } from '../../../shared/money';
import type { Job } from '../../../api/contracts.generated';

/**
 * Charged less refunded, fee and cost; null while unpaid. The same sum as the
 * server's `margin`, which only the details carry.
 *
 * @param job The job.
 * @return Decimal string.
 */
export function keptOf( job: Job ): string | null {
	const { currency } = job;
	const charged = toMinor( job.amount_charged ?? '', currency );
	if ( job.paid_at === null || charged === null ) {
		return null;
	}
	const rest = [ job.refund_amount, job.stripe_fee, job.amount_cost ]
		.map( ( amount ) => roundedMinor( amount, currency ) )
		.reduce( ( left, part ) => left - part, charged );
	return fromMinor( rest, currency );
}

/** A credit may cost fractions of a cent. */
function roundedMinor( amount: string | null, currency: string ): number {
	return Math.round( Number( amount ?? 0 ) * 10 ** minorDigits( currency ) );
}
