/** What `npm start` runs, once everything is installed and built. */
import { join } from 'node:path';
import { FriendlyError } from './friendly-error';
import { readPort, requireFreePorts } from './ports';
import { resetSandbox, startSandbox, type Sandbox } from './start-sandbox';
import { REPOSITORY } from './wordpress-site';

const DIR = join( REPOSITORY, '.sandbox' );

/** Before anything slow is done: what is asked for must be possible. Ends the process otherwise. */
export function checkFirst(): Promise< void > {
	return orExplain( () => requireFreePorts( readPort( process.env[ 'SMI_PORT' ] ) ) );
}

export function main( args: readonly string[] ): Promise< void > {
	return orExplain( () => ( args.includes( '--reset' ) ? reset( DIR ) : serve( DIR ) ) );
}

async function orExplain( work: () => Promise< void > ): Promise< void > {
	try {
		await work();
	} catch ( error ) {
		const text = error instanceof FriendlyError ? error.message : ( error as Error ).stack;
		process.stderr.write( `\n${ text }\n` );
		process.exit( 1 );
	}
}

async function reset( dir: string ): Promise< void > {
	await resetSandbox( dir );
	say( 'The sandbox is empty again: the next start fills it anew.' );
}

async function serve( dir: string ): Promise< void > {
	const since = Date.now();
	const log = ( line: string ) => say( `${ seconds( since ) }  ${ line }` );
	let stopped = false;
	const running: { sandbox?: Sandbox } = {};
	const stop = () => {
		if ( ! stopped ) {
			stopped = true;
			say( '\nStopping …' );
			// Parts end with this process, so an unfinished start has nothing else to clean.
			void ( running.sandbox?.stop() ?? Promise.resolve() ).then( () => process.exit( 0 ) );
		}
	};
	process.on( 'SIGINT', stop );
	process.on( 'SIGTERM', stop );
	process.on( 'SIGHUP', stop );
	running.sandbox = await startSandbox( { port: readPort( process.env[ 'SMI_PORT' ] ), dir, log } );
	announce( running.sandbox );
}

function announce( { urls, version }: Sandbox ): void {
	say( `
Sell My Images on WordPress ${ version }, with no account anywhere:

  The shop        ${ urls.post }
  Jobs screen     ${ urls.login }   (or admin / password)
  Mailbox         ${ urls.mailbox }
  Bridge          ${ urls.bridge }
  Stripe emulator ${ urls.stripe }
  Upsampler       ${ urls.upsampler }

Everything listens on this machine only. Ctrl-C stops it; .sandbox/ keeps it for the next start.
` );
	say( 'ready' );
}

function say( line: string ): void {
	process.stdout.write( `${ line }\n` );
}

function seconds( since: number ): string {
	return `${ ( ( Date.now() - since ) / 1000 ).toFixed( 1 ).padStart( 5 ) } s`;
}
