import { realpathSync } from 'node:fs';
import { Bridge } from './bridge.ts';
import { ConfigError, readConfig, secretsIn } from './config.ts';
import { createLog, type Log } from './log.ts';
import { hideAll } from './secrets.ts';

/** Runs the bridge until it is told to stop. The only file that listens. */
export async function serve(): Promise< void > {
	const config = readConfig();
	const log = createLog( config.logLevel, config.secrets );
	logCrashes( log );
	const bridge = new Bridge( config, log );
	await bridge.app.listen( { host: config.host, port: config.port } );
	bridge.start();
	let isStopping = false;
	const stop = ( signal: string ) => {
		if ( isStopping ) {
			process.exit( 1 );
		}
		isStopping = true;
		log.info( `Stopping on ${ signal }: running work is finished first.` );
		void bridge.stop().then( () => process.exit( 0 ) );
	};
	process.on( 'SIGTERM', stop );
	process.on( 'SIGINT', stop );
}

/** Node would print a crash as it is, with whatever the exception quotes. It ends the process all the same. */
function logCrashes( log: Log ): void {
	process.on( 'uncaughtException', ( err ) => {
		log.fatal( { err }, 'The bridge broke and stops; what it had claimed is handed out again.' );
		process.exit( 1 );
	} );
}

/** Runs it from the command line: a sentence per mistake instead of a stack trace. */
export async function main(): Promise< void > {
	try {
		await serve();
	} catch ( error ) {
		const lines = error instanceof ConfigError ? error.mistakes : [ ( error as Error ).message ];
		const text = [ 'The bridge cannot start:', ...lines.map( ( line ) => `- ${ line }` ) ].join( '\n' );
		console.error( hideAll( secretsIn() )( text ) );
		process.exit( 1 );
	}
}

if ( process.argv[ 1 ] !== undefined && realpathSync( process.argv[ 1 ] ) === import.meta.filename ) {
	await main();
}
