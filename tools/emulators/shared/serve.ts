import type { FastifyInstance } from 'fastify';

const HOST = '127.0.0.1';

/** The port of an emulator: its own variable, else `SMI_PORT` plus a step, else the default. */
export function portFor( own: string | undefined, step: number ): number {
	const base = Number( process.env[ 'SMI_PORT' ] ?? 9400 );
	return Number( own ?? base + step );
}

/** Listens on this machine only, and stops in order on SIGTERM or SIGINT. */
export async function serve( app: FastifyInstance, port: number, name: string ): Promise< void > {
	const stop = () => {
		app.close().then(
			() => process.exit( 0 ),
			() => process.exit( 1 )
		);
	};
	process.once( 'SIGTERM', stop );
	process.once( 'SIGINT', stop );
	try {
		await app.listen( { host: HOST, port } );
		console.log( `${ name } listens on http://${ HOST }:${ port }` );
	} catch ( error ) {
		console.error( `${ name } cannot listen on port ${ port }: ${ ( error as Error ).message }` );
		process.exit( 1 );
	}
}
