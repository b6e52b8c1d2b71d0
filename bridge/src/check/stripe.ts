import type Stripe from 'stripe';
import type { Config } from '../config.ts';
import { createStripe, isLiveKey } from '../stripe/client.ts';
import { newKeyLink, refusalOf, RIGHTS, type Right } from '../stripe/rights.ts';
import { findEndpoint, missingEvents } from '../stripe/webhook-endpoint.ts';
import { broken, ok, warning, type Finding } from './finding.ts';

/** Stripe: the key, each of its rights, and whether webhooks come here. Nothing is made, and nothing costs anything. */
export async function checkStripe( config: Config ): Promise< Finding[] > {
	const stripe = createStripe( config );
	const secrets = config.stripeWebhookSecrets.length;
	const secret =
		secrets === 0
			? ok( 'Stripe: no webhook secret is set, so its events are asked for.' )
			: ok( `Stripe: ${ secrets === 1 ? 'a webhook secret is' : `${ secrets } webhook secrets are` } set.` );
	const mend = `Take a key with all rights: ${ newKeyLink() }`;
	try {
		const refusals = await Promise.all( RIGHTS.map( ( right ) => refusalOf( right, stripe ) ) );
		const isKey = refusals.find( ( error ) => error?.statusCode === 401 );
		if ( isKey ) {
			return [ broken( `Stripe: ${ isKey.message }`, mend ), secret ];
		}
		const lacking = RIGHTS.filter( ( _right, at ) => refusals[ at ] !== null );
		return [ ...keyFindings( config, lacking ), secret, ...( await webhookFindings( config, stripe, lacking ) ) ];
	} catch ( error ) {
		return [ broken( `Stripe: ${ ( error as Error ).message }`, mend ), secret ];
	}
}

function keyFindings( config: Config, lacking: Right[] ): Finding[] {
	const mode = isLiveKey( config.stripeKey ) ? 'LIVE mode: real money' : 'test mode';
	if ( lacking.length === 0 ) {
		return [ ok( `Stripe: the key works (${ mode }) and has every right it needs.` ) ];
	}
	const findings = lacking.map( ( { name, words, isNeeded, without } ) =>
		isNeeded
			? broken(
					`Stripe: the key lacks "${ words }" (${ name }), without which nothing can be sold.`,
					mendRight( words )
				)
			: warning( `Stripe: the key lacks "${ words }" (${ name }): ${ without }.`, mendRight( words ) )
	);
	const isWorking = lacking.every( ( { isNeeded } ) => ! isNeeded );
	return isWorking ? [ ok( `Stripe: the key works (${ mode }).` ), ...findings ] : findings;
}

const mendRight = ( words: string ) =>
	`Give the key "${ words }" under Developers > API keys, or make a new one with all rights: ${ newKeyLink() }`;

async function webhookFindings( config: Config, stripe: Stripe, lacking: Right[] ): Promise< Finding[] > {
	if ( config.publicUrl === null ) {
		return [ ok( 'Stripe: without a public address events are read instead of webhooks.' ) ];
	}
	if ( lacking.some( ( { name } ) => name === 'rak_webhook_read' ) ) {
		return [];
	}
	const endpoint = await findEndpoint( stripe, config.publicUrl );
	const make = 'Run "smi-bridge webhook", which makes or mends it. Until then payments are seen some minutes later.';
	if ( endpoint === null ) {
		return [ warning( `Stripe: no webhook endpoint leads to ${ config.publicUrl }.`, make ) ];
	}
	if ( endpoint.status !== 'enabled' ) {
		return [ warning( `Stripe: the webhook endpoint ${ endpoint.id } is switched off.`, make ) ];
	}
	const missing = missingEvents( endpoint );
	return missing.length === 0
		? [ ok( `Stripe: the webhook endpoint ${ endpoint.id } sends every event that is needed.` ) ]
		: [ warning( `Stripe: the webhook endpoint ${ endpoint.id } does not send ${ missing.join( ', ' ) }.`, make ) ];
}
