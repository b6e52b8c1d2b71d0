import { __, sprintf } from '@wordpress/i18n';

/**
 * WordPress's own words for bad input speak of patterns and types; the owner is
 * told what to type instead. What is in plain words already stays.
 *
 * @param error As the server has it.
 */
export function errorWords( error: string ): string {
	if ( /does not match pattern/.test( error ) ) {
		return __( 'Write an amount like 4.90.', 'sell-my-images' );
	}
	if ( /is not of type integer/.test( error ) ) {
		return __( 'Write a whole number.', 'sell-my-images' );
	}
	const [ , least, most ] = /between (\d+)\D+(\d+)/.exec( error ) ?? [];
	return least && most
		? sprintf(
				/* translators: 1: the smallest number allowed, 2: the largest. */
				__( 'Write a number from %1$s to %2$s.', 'sell-my-images' ),
				least,
				most
			)
		: error;
}
