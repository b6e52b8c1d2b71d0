import type { Config } from '../config.ts';
import { createStripe, isLiveKey } from '../stripe/client.ts';
import { Upsampler } from '../upsampler/client.ts';
import { broken, ok, warning, type Finding } from './finding.ts';

/** Stripe: the key works, and what money it moves. A listing reads nothing private and costs nothing. */
export async function checkStripe( config: Config ): Promise< Finding[] > {
	const mode = isLiveKey( config.stripeKey ) ? 'LIVE mode: real money' : 'test mode';
	const secrets = config.stripeWebhookSecrets.length;
	const secret =
		secrets === 0
			? ok( 'Stripe: no webhook secret is set, so its events are asked for.' )
			: ok( `Stripe: ${ secrets === 1 ? 'a webhook secret is' : `${ secrets } webhook secrets are` } set.` );
	try {
		await createStripe( config ).checkout.sessions.list( { limit: 1 } );
		return [ ok( `Stripe: the key works (${ mode }).` ), secret ];
	} catch ( error ) {
		const mend =
			'Take a key that may write Checkout Sessions and Refunds and read Payment Intents, Charges, Disputes and Events.';
		return [ broken( `Stripe: ${ ( error as Error ).message }`, mend ), secret ];
	}
}

/** Upsampler: asking for an upscale that does not exist shows whether the key is good, and buys nothing. */
export async function checkUpsampler( config: Config ): Promise< Finding > {
	const upsampler = new Upsampler( config );
	try {
		const { status } = await upsampler.status( 'smi-bridge-check' );
		if ( status === 401 || status === 403 ) {
			return broken(
				`Upsampler: it does not take the key (HTTP ${ status }).`,
				'Copy UPSAMPLER_API_KEY again from your account.'
			);
		}
		if ( status === 402 || status === 429 || status >= 500 ) {
			return warning(
				`Upsampler: it answers, but has trouble (HTTP ${ status }).`,
				'Look at your credits and at its status page.'
			);
		}
		return ok( 'Upsampler: it answers and takes the key.' );
	} catch ( error ) {
		return broken(
			`Upsampler: ${ ( error as Error ).message }`,
			'Check UPSAMPLER_API_BASE and the way out of this machine.'
		);
	} finally {
		await upsampler.close();
	}
}

/** Whether those keys fit where they are used. */
export function checkAddresses( config: Config ): Finding[] {
	const isLive = isLiveKey( config.stripeKey );
	if ( isLive && config.stripeApiBase !== null ) {
		return [ warning( 'Stripe: a live key is sent to another address than Stripe.', 'Remove STRIPE_API_BASE.' ) ];
	}
	return [];
}
