import type { Config } from '../config.ts';
import { jsonObject } from '../json.ts';
import { createAgent } from '../outbound/agent.ts';
import { call } from '../outbound/call.ts';
import { broken, ok, warning, type Finding } from './finding.ts';

/** The public address: optional, but if given it must lead here. */
export async function checkPublicUrl( config: Config ): Promise< Finding > {
	if ( config.publicUrl === null ) {
		return warning(
			'Public address: none, so everything comes a little later.',
			'Set BRIDGE_PUBLIC_URL if the internet can reach this machine.'
		);
	}
	const agent = createAgent();
	try {
		const answer = await call( agent, `${ config.publicUrl }/healthz`, { method: 'GET' } );
		if ( jsonObject( answer.text )?.[ 'service' ] === 'smi-bridge' ) {
			return ok( `Public address: ${ config.publicUrl } leads to a bridge.` );
		}
		return broken(
			`Public address: ${ config.publicUrl } leads to something else (HTTP ${ answer.status }).`,
			'Start the bridge first, or look at the proxy in front of it.'
		);
	} catch ( error ) {
		return broken(
			`Public address: ${ config.publicUrl } does not answer. ${ ( error as Error ).message }`,
			'Start the bridge first, or look at the proxy in front of it.'
		);
	} finally {
		await agent.close();
	}
}
