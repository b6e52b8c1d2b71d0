/** Several processes, each with a world of its own and a part of the seeds. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** @return Whether all went well everywhere. */
export async function runSideBySide(
	workers: number,
	first: number,
	count: number,
	theme?: string
): Promise< boolean > {
	const codes = await Promise.all(
		Array.from( { length: workers }, ( _, n ) => {
			const share = Math.floor( count / workers ) + ( n < count % workers ? 1 : 0 );
			return runSchedules( [
				`--from=${ first + n }`,
				`--step=${ workers }`,
				`--seeds=${ share }`,
				'--workers=1',
				...( theme ? [ `--theme=${ theme }` ] : [] ),
			] );
		} )
	);
	return codes.every( ( code ) => code === 0 );
}

function runSchedules( args: string[] ): Promise< number | null > {
	const child = spawn( process.execPath, [ '--import', 'tsx', join( import.meta.dirname, '../cli.ts' ), ...args ], {
		stdio: [ 'ignore', 'inherit', 'inherit' ],
	} );
	// Whoever ends us ends them.
	const end = () => child.kill();
	process.once( 'exit', end );
	for ( const signal of [ 'SIGINT', 'SIGTERM' ] as const ) {
		process.once( signal, () => process.exit( 1 ) );
	}
	return new Promise( ( done ) => child.once( 'exit', ( code ) => ( process.off( 'exit', end ), done( code ) ) ) );
}
