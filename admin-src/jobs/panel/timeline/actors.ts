import { __, sprintf } from '@wordpress/i18n';

import type { JobEvent } from '../../../api/contracts.generated';

const actorWords: Record< string, () => string > = {
	buyer: () => __( 'by the customer', 'sell-my-images' ),
	bridge: () => __( 'told by the bridge', 'sell-my-images' ),
	stripe: () => __( 'in Stripe', 'sell-my-images' ),
	system: () => __( 'by itself', 'sell-my-images' ),
	hook: () => __( 'by other code on this site', 'sell-my-images' ),
	cli: () => __( 'on the command line', 'sell-my-images' ),
};

/**
 * Who did it, in words.
 *
 * @param event A line of the log.
 */
export function whoWords( { actor, actor_name: name }: Pick< JobEvent, 'actor' | 'actor_name' > ): string {
	if ( name ) {
		/* translators: %s: a person's name. */
		return sprintf( __( 'by %s', 'sell-my-images' ), name );
	}
	if ( actor.startsWith( 'user:' ) ) {
		return __( 'by somebody who has no account any more', 'sell-my-images' );
	}
	return actorWords[ actor ]?.() ?? actor;
}
