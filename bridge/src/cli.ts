#!/usr/bin/env node
/** `smi-bridge start` runs the bridge; `smi-bridge check` tests every hop and says how to mend it. */
import { runChecks } from './check/run.ts';
import { secretsIn } from './config.ts';
import { hideAll } from './secrets.ts';
import { main } from './server.ts';

const USAGE = `Usage:
  smi-bridge start   Run the bridge until it is stopped.
  smi-bridge check   Test every connection it needs, without spending anything.

All settings come from the environment; see .env.example.`;

const command = process.argv[ 2 ] ?? 'start';
if ( command === 'start' ) {
	await main();
} else if ( command === 'check' ) {
	const hide = hideAll( secretsIn() );
	process.exitCode = await runChecks( process.env, ( line ) => console.log( hide( line ) ) );
} else {
	console.log( USAGE );
	process.exitCode = [ 'help', '--help', '-h' ].includes( command ) ? 0 : 2;
}
