import { __, sprintf } from '@wordpress/i18n';

import type { NamedView } from './types';

export const LONGEST_NAME = 60;

const same = ( a: string, b: string ) => a.trim().toLocaleLowerCase() === b.trim().toLocaleLowerCase();

/**
 * What is wrong with a name; null: nothing.
 *
 * @param name  As typed.
 * @param views The user's views.
 * @param own   The view that is being renamed; null: a new one.
 */
export function nameError( name: string, views: NamedView[], own: string | null = null ): string | null {
	const text = name.trim();
	if ( text === '' ) {
		return __( 'Give the view a name.', 'sell-my-images' );
	}
	if ( [ ...text ].length > LONGEST_NAME ) {
		return sprintf(
			/* translators: %d: a number of characters. */
			__( 'The name is too long. Use at most %d characters.', 'sell-my-images' ),
			LONGEST_NAME
		);
	}
	return views.some( ( { id, name: other } ) => id !== own && same( other, text ) )
		? __( 'You have a view with this name. Choose another one.', 'sell-my-images' )
		: null;
}
