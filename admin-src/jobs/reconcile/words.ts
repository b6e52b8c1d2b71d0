import { __, sprintf } from '@wordpress/i18n';

import { formatExact } from '../../shared/time';
import type { Reconciliation, ReconciliationDifference } from '../../api/contracts.generated';

export const outcomeWords = (): Record< ReconciliationDifference[ 'outcome' ], string > => ( {
	would_change: '',
	waiting: __( 'Being fetched from Stripe.', 'sell-my-images' ),
	put_right: __( 'Put right.', 'sell-my-images' ),
	unchanged: __( 'Looked at, not changed.', 'sell-my-images' ),
} );

type ListState = Reconciliation[ 'lists' ][ number ];

const listNames = (): Record< ListState[ 'list' ], string > => ( {
	sessions: __( 'Payments', 'sell-my-images' ),
	refunds: __( 'Refunds', 'sell-my-images' ),
	disputes: __( 'Disputes', 'sell-my-images' ),
} );

/**
 * One list's line.
 *
 * @param line Of a reconciliation.
 */
export function listWords( { list, state, seen }: ListState ): string {
	const name = listNames()[ list ];
	const count = seen.toLocaleString();
	switch ( state ) {
		case 'waiting':
			/* translators: %s: Payments, Refunds or Disputes. */
			return sprintf( __( '%s: not begun', 'sell-my-images' ), name );
		case 'running':
			/* translators: 1: Payments, Refunds or Disputes, 2: a number. */
			return sprintf( __( '%1$s: %2$s so far', 'sell-my-images' ), name, count );
		case 'done':
			/* translators: 1: Payments, Refunds or Disputes, 2: a number. */
			return sprintf( __( '%1$s: %2$s, all looked at', 'sell-my-images' ), name, count );
	}
}

/**
 * Of what it tells, and who asked.
 *
 * @param run The reconciliation.
 */
export function aboutWords( run: Reconciliation ): string {
	const since = formatExact( run.since );
	const at = formatExact( run.requested_at );
	return run.requested_by
		? sprintf(
				/* translators: 1, 2: times, 3: name of a user. */
				__( 'What was made at Stripe since %1$s. Asked for on %2$s by %3$s.', 'sell-my-images' ),
				since,
				at,
				run.requested_by
			)
		: sprintf(
				/* translators: 1, 2: times. */
				__( 'What was made at Stripe since %1$s. Asked for on %2$s.', 'sell-my-images' ),
				since,
				at
			);
}

/**
 * What is not in the list.
 *
 * @param run The reconciliation.
 */
export function leftOffWords( run: Reconciliation ): string | null {
	const left = run.found - run.differences.length;
	return left > 0
		? /* translators: %s: a number. */
			sprintf( __( 'And %s more.', 'sell-my-images' ), left.toLocaleString() )
		: null;
}

/**
 * What nobody can say to be this shop's.
 *
 * @param run The reconciliation.
 */
export function unclearWords( { unclear }: Reconciliation ): string | null {
	return unclear > 0
		? sprintf(
				/* translators: %s: a number. */
				__(
					'Refunds and disputes of payments that this shop does not know: %s. Another shop may use the same Stripe account.',
					'sell-my-images'
				),
				unclear.toLocaleString()
			)
		: null;
}
