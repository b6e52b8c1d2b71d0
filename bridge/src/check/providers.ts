import type { Config } from '../config.ts';
import { isLiveKey } from '../stripe/client.ts';
import { Upsampler } from '../upsampler/client.ts';
import { UpsamplerUpscaler } from '../upsampler/upscaler.ts';
import { broken, ok, warning, type Finding } from './finding.ts';

/** Upsampler: asking for an upscale that does not exist shows whether the key is good, and buys nothing. */
export async function checkUpsampler( config: Config ): Promise< Finding > {
	const upscaler = new UpsamplerUpscaler( new Upsampler( config ) );
	const failure = await upscaler.probe().finally( () => upscaler.close() );
	const { status = 404, kind, message } = failure ?? {};
	if ( status === null ) {
		return broken( `Upsampler: ${ message }`, 'Check UPSAMPLER_API_BASE and the way out of this machine.' );
	}
	if ( status === 401 || status === 403 ) {
		return broken(
			`Upsampler: it does not take the key (HTTP ${ status }).`,
			'Copy UPSAMPLER_API_KEY again from your account.'
		);
	}
	if ( kind === 'account' || kind === 'later' ) {
		return warning(
			`Upsampler: it answers, but has trouble (HTTP ${ status }).`,
			'Look at your credits and at its status page.'
		);
	}
	return ok( 'Upsampler: it answers and takes the key.' );
}

/** Whether those keys fit where they are used. */
export function checkAddresses( config: Config ): Finding[] {
	const isLive = isLiveKey( config.stripeKey );
	if ( isLive && config.stripeApiBase !== null ) {
		return [ warning( 'Stripe: a live key is sent to another address than Stripe.', 'Remove STRIPE_API_BASE.' ) ];
	}
	return [];
}
