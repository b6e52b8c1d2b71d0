#!/usr/bin/env node
/** `smi-bridge start` runs the bridge, `check` tests every hop and says how to mend it, `webhook` makes Stripe's endpoint. */
import { runChecks } from './check/run.ts';
import { runWebhook } from './check/webhook.ts';
import { secretsIn } from './config.ts';
import { hideAll } from './secrets.ts';
import { main } from './server.ts';

const USAGE = `Usage:
  smi-bridge start          Run the bridge until it is stopped.
  smi-bridge check          Test every connection and every right it needs, without spending anything.
  smi-bridge webhook        Make or mend Stripe's webhook endpoint for BRIDGE_PUBLIC_URL.
  smi-bridge webhook --new  Make another one in its place, with a new signing secret.

All settings come from the environment; see .env.example.`;

const command = process.argv[ 2 ] ?? 'start';
if ( command === 'start' ) {
	await main();
} else if ( command === 'check' ) {
	const hide = hideAll( secretsIn() );
	process.exitCode = await runChecks( process.env, ( line ) => console.log( hide( line ) ) );
} else if ( command === 'webhook' ) {
	process.exitCode = await runWebhook( process.argv.slice( 3 ) );
} else {
	console.log( USAGE );
	process.exitCode = [ 'help', '--help', '-h' ].includes( command ) ? 0 : 2;
}
