import { formatMoney, isZero } from '../../shared/money';
import type { BatchPreview } from '../../api/contracts.generated';

/**
 * All sums, each in its own currency; empty when there is none.
 *
 * @param preview The dry run.
 */
export function sumsOf( { amounts }: BatchPreview ): string {
	return amounts
		.filter( ( { amount } ) => ! isZero( amount ) )
		.map( ( { amount, currency } ) => formatMoney( amount, currency ) )
		.join( ' + ' );
}
