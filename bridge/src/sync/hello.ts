import type { HelloRequest, HelloResponse } from '../contracts.generated.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { isLiveKey } from '../stripe/client.ts';
import { PROTOCOL, VERSION } from '../version.ts';
import type { WordPress } from '../wordpress/client.ts';
import { SiteRefused } from '../wordpress/errors.ts';
import { backoff } from './backoff.ts';

/** Neither side changes its protocol within a minute. */
const MISMATCH_MS = 60_000;

/**
 * How this bridge introduces itself.
 *
 * @param account Stripe's number of the account that the key is of; null when it may not tell.
 */
export function greeting(
	config: Pick< Config, 'publicUrl' | 'stripeKey' >,
	account: string | null = null
): HelloRequest {
	return {
		version: VERSION,
		protocol: PROTOCOL,
		public_url: config.publicUrl,
		time: new Date().toISOString(),
		livemode: isLiveKey( config.stripeKey ),
		stripe_account: account,
		can_push: config.publicUrl !== null,
	};
}

/** Says hello until the site answers. Null when stopped before. */
export async function sayHello(
	wordpress: Pick< WordPress, 'hello' >,
	config: Pick< Config, 'publicUrl' | 'stripeKey' >,
	log: Log,
	signal: AbortSignal,
	account: () => Promise< string | null > = async () => null
): Promise< HelloResponse | null > {
	for ( let failures = 1; ! signal.aborted; failures++ ) {
		try {
			return await wordpress.hello( greeting( config, await account() ) );
		} catch ( error ) {
			const isMismatch = error instanceof SiteRefused && error.status === 426;
			log.warn(
				isMismatch
					? `Bridge and plugin do not understand each other: ${ error.message }`
					: ( error as Error ).message
			);
			await pause( isMismatch ? MISMATCH_MS : backoff( failures ), signal );
		}
	}
	return null;
}

function pause( ms: number, signal: AbortSignal ): Promise< void > {
	return new Promise( ( go ) => {
		const timer = setTimeout( go, ms );
		signal.addEventListener( 'abort', () => ( clearTimeout( timer ), go() ), { once: true } );
	} );
}
