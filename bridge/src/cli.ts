#!/usr/bin/env node
/** `smi-bridge start` runs the bridge; `smi-bridge check` tests every hop and says how to mend it. */
import { runChecks } from './check/run.ts';
import { main } from './server.ts';

const USAGE = `Usage:
  smi-bridge start   Run the bridge until it is stopped.
  smi-bridge check   Test every connection it needs, without spending anything.

All settings come from the environment; see .env.example.`;

const command = process.argv[ 2 ] ?? 'start';
if ( command === 'start' ) {
	await main();
} else if ( command === 'check' ) {
	process.exitCode = await runChecks();
} else {
	console.log( USAGE );
	process.exitCode = [ 'help', '--help', '-h' ].includes( command ) ? 0 : 2;
}
