import { ConfigError, readConfig, type Config } from '../config.ts';
import { broken, ok, show, type Finding } from './finding.ts';
import { checkAddresses, checkUpsampler } from './providers.ts';
import { checkPublicUrl } from './public-url.ts';
import { checkBasicAuth, checkSite } from './site.ts';
import { checkStripe } from './stripe.ts';

/**
 * Tests every hop and prints what it found.
 *
 * @return Exit code: 0 when nothing is broken.
 */
export async function runChecks(
	env: NodeJS.ProcessEnv = process.env,
	print: ( line: string ) => void = console.log
): Promise< number > {
	const findings = await findAll( env );
	findings.forEach( ( finding ) => print( show( finding ) ) );
	const isBroken = findings.some( ( { state } ) => state === 'broken' );
	print(
		isBroken
			? '\nSomething is broken: mend the lines marked FAIL, from the top.'
			: '\nEverything that is needed works.'
	);
	return isBroken ? 1 : 0;
}

async function findAll( env: NodeJS.ProcessEnv ): Promise< Finding[] > {
	let config: Config;
	try {
		config = readConfig( env );
	} catch ( error ) {
		const mistakes = error instanceof ConfigError ? error.mistakes : [ ( error as Error ).message ];
		return mistakes.map( ( mistake ) =>
			broken( `Settings: ${ mistake }`, 'All settings are explained in .env.example.' )
		);
	}
	const parts = await Promise.all( [
		checkSite( config ),
		checkBasicAuth( config ),
		checkStripe( config ),
		checkAddresses( config ),
		checkUpsampler( config ),
		checkPublicUrl( config ),
	] );
	return [ ok( 'Settings: complete.' ), ...parts.flat() ];
}
