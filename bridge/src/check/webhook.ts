import Stripe from 'stripe';
import { ConfigError, readConfig, type Config } from '../config.ts';
import { createStripe } from '../stripe/client.ts';
import { isKeyRefused } from '../stripe/rights.ts';
import { findEndpoint, makeEndpoint, mendEndpoint, missingEvents } from '../stripe/webhook-endpoint.ts';

/** Stands in while there is no secret yet: this command is how one comes by it. */
const NO_SECRET = 'whsec_not_yet';

const NO_ADDRESS =
	'BRIDGE_PUBLIC_URL is not set, so no webhook can arrive. Nothing was made: without one the bridge reads Stripe’s events instead.';
const NO_RIGHT =
	'The key may not make webhook endpoints. Nothing was changed. Run this once with a key that has "Webhook Endpoints: write" (rak_webhook_write), or with the secret key: STRIPE_SECRET_KEY=sk_… smi-bridge webhook';

/**
 * `smi-bridge webhook`: makes Stripe's endpoint for this bridge, or mends it. With `--new` it makes another one, whose secret is then
 * known, and takes the old one away.
 *
 * @return Exit code.
 */
export async function runWebhook(
	args: string[] = [],
	env: NodeJS.ProcessEnv = process.env,
	print: ( line: string ) => void = console.log
): Promise< number > {
	try {
		const config = readConfig( { ...env, STRIPE_WEBHOOK_SECRET: env[ 'STRIPE_WEBHOOK_SECRET' ] || NO_SECRET } );
		if ( config.publicUrl === null ) {
			print( NO_ADDRESS );
			return 1;
		}
		await bringAbout( config, config.publicUrl, args.includes( '--new' ), print );
		return 0;
	} catch ( error ) {
		print( isKeyRefused( error ) && error.statusCode === 403 ? NO_RIGHT : wordsOf( error ) );
		return 1;
	}
}

async function bringAbout(
	config: Config,
	publicUrl: string,
	isNew: boolean,
	print: ( line: string ) => void
): Promise< void > {
	const stripe = createStripe( config );
	const endpoint = await findEndpoint( stripe, publicUrl );
	if ( endpoint === null || isNew ) {
		const made = await makeEndpoint( stripe, publicUrl );
		print( `Made the webhook endpoint ${ made.id } for ${ made.url }.` );
		// Before anything else may fail: Stripe tells it this once.
		print( `Its signing secret, which Stripe shows only now: ${ made.secret }` );
		print( 'Put it into STRIPE_WEBHOOK_SECRET (in place of an older one) and start the bridge again.' );
		if ( endpoint !== null ) {
			await stripe.webhookEndpoints.del( endpoint.id );
			print( `Took the old endpoint ${ endpoint.id } away.` );
		}
		return;
	}
	if ( endpoint.status === 'enabled' && missingEvents( endpoint ).length === 0 ) {
		print( `The webhook endpoint ${ endpoint.id } is as it should be. Nothing was changed.` );
		print(
			'If its signatures do not fit, run "smi-bridge webhook --new": it makes another one, with a secret of its own.'
		);
		return;
	}
	await mendEndpoint( stripe, endpoint );
	print( `Mended the webhook endpoint ${ endpoint.id }: it is on and sends every event. Its secret is the same.` );
}

function wordsOf( error: unknown ): string {
	if ( error instanceof ConfigError ) {
		return error.mistakes.map( ( mistake ) => `- ${ mistake }` ).join( '\n' );
	}
	if ( error instanceof Stripe.errors.StripeError ) {
		return `Stripe: ${ error.message } Nothing more was changed.`;
	}
	throw error;
}
