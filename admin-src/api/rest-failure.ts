import { __ } from '@wordpress/i18n';

import type { RestError } from './contracts.generated';

/** What kind of "no" it was: screens decide by this, never by parsing a message. */
export type FailureKind =
	| 'offline'
	| 'unreachable'
	| 'logged_out'
	| 'forbidden'
	| 'not_found'
	| 'invalid'
	| 'conflict'
	| 'stale'
	| 'limited'
	| 'server';

const KIND_OF_STATUS: Record< number, FailureKind > = {
	400: 'invalid',
	401: 'logged_out',
	403: 'forbidden',
	404: 'not_found',
	409: 'conflict',
	412: 'stale',
	429: 'limited',
};

export interface FailureInit {
	kind: FailureKind;
	code: string;
	message: string;
	status?: number;
	details?: Record< string, unknown >;
	params?: Record< string, unknown >;
}

/** A request that did not succeed, in one shape whatever went wrong. */
export class RestFailure extends Error {
	readonly kind: FailureKind;
	readonly code: string;
	readonly status: number;
	readonly details: Record< string, unknown >;
	/** Messages by the name of the field they belong to (400 only). */
	readonly params: Record< string, string >;

	constructor( init: FailureInit ) {
		super( init.message );
		this.name = 'RestFailure';
		this.kind = init.kind;
		this.code = init.code;
		this.status = init.status ?? 0;
		this.details = init.details ?? {};
		this.params = stringsOf( init.params ?? {} );
	}
}

function stringsOf( params: Record< string, unknown > ): Record< string, string > {
	return Object.fromEntries( Object.entries( params ).map( ( [ name, text ] ) => [ name, String( text ) ] ) );
}

/** From the server's own error envelope. */
export function failureFromAnswer( body: Partial< RestError >, status: number ): RestFailure {
	return new RestFailure( {
		// WordPress answers 403 to a session that ended; that is no missing right.
		kind: body.code === 'rest_cookie_invalid_nonce' ? 'logged_out' : ( KIND_OF_STATUS[ status ] ?? 'server' ),
		code: body.code ?? 'smi_unknown',
		message:
			body.message ??
			__( 'The site answered with an error and no explanation. Try again in a minute.', 'sell-my-images' ),
		status,
		details: body.data?.details ?? {},
		params: body.data?.params ?? {},
	} );
}

/** The request never got an answer. */
export function failureWithoutAnswer(): RestFailure {
	return window.navigator.onLine
		? new RestFailure( {
				kind: 'unreachable',
				code: 'smi_unreachable',
				message: __(
					'The site did not answer. We do not know whether it heard you; nothing is ever done twice, so it is safe to try again.',
					'sell-my-images'
				),
			} )
		: new RestFailure( {
				kind: 'offline',
				code: 'smi_offline',
				message: __( 'You are offline. Nothing was sent. Try again when you are connected.', 'sell-my-images' ),
			} );
}
