import type { Config } from '../config.ts';
import type { HelloResponse } from '../contracts.generated.ts';
import { createAgent } from '../outbound/agent.ts';
import { call } from '../outbound/call.ts';
import { accountOf } from '../stripe/account.ts';
import { createStripe, isLiveKey } from '../stripe/client.ts';
import { greeting } from '../sync/hello.ts';
import { WordPress } from '../wordpress/client.ts';
import { SiteRefused } from '../wordpress/errors.ts';
import { broken, ok, warning, type Finding } from './finding.ts';

const TOLERATED_S = 30;

/** WordPress: reach, signature, protocol, clock, mode. */
export async function checkSite( config: Config ): Promise< Finding[] > {
	const wordpress = new WordPress( config );
	try {
		return heard( await wordpress.hello( greeting( config, await accountOf( createStripe( config ) ) ) ), config );
	} catch ( error ) {
		return [ refused( error as Error ) ];
	} finally {
		await wordpress.close();
	}
}

function heard( answer: HelloResponse, config: Config ): Finding[] {
	const findings = [
		ok( `WordPress: "${ answer.name }" (${ answer.home }) answers and takes our signature.` ),
		clock( answer.time ),
	];
	if ( answer.safe_mode ) {
		const mend = 'Open Sell My Images in WordPress and say whether this site was moved or is a copy.';
		findings.push( warning( 'WordPress: the site is in safe mode and sells nothing.', mend ) );
	}
	if ( isLiveKey( config.stripeKey ) && answer.home.startsWith( 'http://' ) ) {
		findings.push(
			warning( 'WordPress: the site uses http:// while real money moves.', 'Give the site a certificate.' )
		);
	}
	return findings;
}

function clock( theirs: string ): Finding {
	const seconds = Math.round( ( Date.now() - Date.parse( theirs ) ) / 1000 );
	if ( Math.abs( seconds ) <= TOLERATED_S ) {
		return ok( 'Clock: this machine and the site agree.' );
	}
	const side = seconds > 0 ? 'ahead of' : 'behind';
	return warning(
		`Clock: this machine is ${ Math.abs( seconds ) } seconds ${ side } the site.`,
		'Set both by network time; over 300 seconds nothing works.'
	);
}

function refused( error: Error ): Finding {
	if ( ! ( error instanceof SiteRefused ) ) {
		const mend = 'Check the address in SMI_SITE, that the plugin is active, and that no firewall stands between.';
		return broken( `WordPress: ${ error.message }`, mend );
	}
	if ( error.status === 426 ) {
		return broken( `WordPress: ${ error.message }`, 'Bring the plugin and the bridge to the same version.' );
	}
	const isKey = error.status === 401;
	const mend = isKey
		? 'Make a new connection string in WordPress, paste it as SMI_SITE, and look at both clocks.'
		: 'The site says why above.';
	return broken( `WordPress: ${ error.message } (${ error.code })`, mend );
}

/** Basic authentication in front of the site keeps the upscaler from the pictures. */
export async function checkBasicAuth( config: Config ): Promise< Finding > {
	const agent = createAgent();
	try {
		const answer = await call( agent, config.site.origin + config.site.folder, { method: 'GET' } );
		if ( answer.status !== 401 ) {
			return ok( 'Pictures: no password stands in front of the site.' );
		}
		const known = config.siteBasicAuth === null ? 'Set SMI_SITE_BASIC_AUTH for this bridge, and l' : 'L';
		return warning(
			'Pictures: a password stands in front of the site, so Upsampler cannot fetch pictures.',
			`${ known }et uploads through without it.`
		);
	} catch ( error ) {
		return broken(
			`Pictures: the site's front page does not answer. ${ ( error as Error ).message }`,
			'See above.'
		);
	} finally {
		await agent.close();
	}
}
