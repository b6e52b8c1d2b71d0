/**
 * Runs the lanes of the tests and counts them. Node's own modules only: this runs before anything is installed.
 *
 * A lane that says nothing countable, counts nothing, or ends badly without a counted failure is one failure:
 * nothing is skipped in silence.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{passed: number, failed: number, skipped?: number}} Count
 * @typedef {{name: string, passed: number, failed: number, skipped: number, ms: number, output: string}} Result
 * @typedef {{name: string, command: string, args: string[], count: (text: string) => Count|null, timeoutMs?: number,
 *   env?: Record<string, string>, cwd?: string, echo?: boolean}} Lane
 */

const MINUTE = 60_000;
const KEEP_OUTPUT = 2_000_000;
const COLOURS = /\u001b\[[0-9;]*m/g;

/**
 * Node's test runner, spec or TAP reporter.
 *
 * @param {string} text Output.
 * @return {Count|null} Null when it holds no count.
 */
export function countNodeTest( text ) {
	const found = { pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0 };
	let seen = false;
	for ( const [ , key, value ] of text.matchAll( /^(?:ℹ|#) (pass|fail|cancelled|skipped|todo) (\d+)$/gm ) ) {
		found[ key ] = Number( value );
		seen = true;
	}
	return seen
		? {
				passed: found.pass,
				failed: found.fail + found.cancelled,
				skipped: found.skipped + found.todo,
			}
		: null;
}

/**
 * Jest. A suite that could not start has no test to count, so suites count where they are more.
 *
 * @param {string} text Output.
 * @return {Count|null} Null when it holds no count.
 */
export function countJest( text ) {
	const tests = text.match( /^Tests: +(.+)$/m )?.[ 1 ];
	const suites = text.match( /^Test Suites: +(.+)$/m )?.[ 1 ];
	if ( ! tests || ! suites ) {
		return null;
	}
	return {
		passed: numberBefore( tests, 'passed' ),
		failed: Math.max( numberBefore( tests, 'failed' ), numberBefore( suites, 'failed' ) ),
		skipped: numberBefore( tests, 'skipped' ) + numberBefore( tests, 'todo' ),
	};
}

/**
 * PHPUnit 9. Skipped, incomplete and risky tests did not show what they promise: they count as failed.
 *
 * @param {string} text Output.
 * @return {Count|null} Null when it holds no count.
 */
export function countPhpunit( text ) {
	const fine = text.match( /^OK \((\d+) tests?, \d+ assertions?\)$/m );
	if ( fine ) {
		return { passed: Number( fine[ 1 ] ), failed: 0 };
	}
	const line = text.match( /^Tests: (\d+), Assertions: .*$/m );
	if ( ! line ) {
		return null;
	}
	const bad = [ 'Errors', 'Failures', 'Warnings', 'Skipped', 'Incomplete', 'Risky' ]
		.map( ( word ) => Number( line[ 0 ].match( `${ word }: (\\d+)` )?.[ 1 ] ?? 0 ) )
		.reduce( ( sum, value ) => sum + value, 0 );
	const failed = Math.min( bad, Number( line[ 1 ] ) ) || 1;
	return { passed: Number( line[ 1 ] ) - failed, failed };
}

/**
 * Our own closing line, the last one counts.
 *
 * @param {string} text Output.
 * @return {Count|null} Null when it holds no count.
 */
export function countPlain( text ) {
	const last = [ ...text.matchAll( /^(?:(\d+) left out on purpose\n)?(\d+) passed, (\d+) failed$/gm ) ].at( -1 );
	return last
		? {
				passed: Number( last[ 2 ] ),
				failed: Number( last[ 3 ] ),
				...( last[ 1 ] ? { skipped: Number( last[ 1 ] ) } : {} ),
			}
		: null;
}

/**
 * A check that only ends well or badly is one test.
 *
 * @return {Count} One passed; `judge` turns it over when the exit code is not 0.
 */
export function countExit() {
	return { passed: 1, failed: 0 };
}

/**
 * The count that a lane really earned.
 *
 * @param {Count|null} count What its output said.
 * @param {number}     code  Its exit code.
 * @return {Required<Count>} At least one failure unless something passed and it ended well.
 */
export function judge( count, code ) {
	const { passed = 0, failed = 0, skipped = 0 } = count ?? {};
	if ( code !== 0 && failed === 0 ) {
		// The only test of a check by exit code is the one that failed.
		return { passed: passed === 1 ? 0 : passed, failed: 1, skipped };
	}
	return { passed, failed: passed + failed === 0 ? 1 : failed, skipped };
}

/**
 * Runs one lane to its end.
 *
 * @param {Lane} lane What to run and how to count it.
 * @return {Promise<Result>} Never rejects: what cannot run has failed.
 */
export function runLane( lane ) {
	const start = Date.now();
	return new Promise( ( resolve ) => {
		const child = spawn( lane.command, lane.args, {
			cwd: lane.cwd,
			env: { ...cleanEnvironment(), ...lane.env },
			stdio: [ 'ignore', 'pipe', 'pipe' ],
			detached: true,
		} );
		let output = '';
		const keep = ( chunk ) => {
			output = ( output + chunk ).slice( -KEEP_OUTPUT );
			if ( lane.echo ) {
				process.stdout.write( chunk );
			}
		};
		child.stdout.setEncoding( 'utf8' ).on( 'data', keep );
		child.stderr.setEncoding( 'utf8' ).on( 'data', keep );
		const limit = lane.timeoutMs ?? 10 * MINUTE;
		const timer = setTimeout( () => {
			keep( `\nEnded after ${ seconds( limit ) }: the lane took too long.\n` );
			endGroup( child.pid );
		}, limit );
		const onExit = () => endGroup( child.pid );
		process.once( 'exit', onExit );
		const finish = ( code ) => {
			clearTimeout( timer );
			process.off( 'exit', onExit );
			output = output.replace( COLOURS, '' );
			const count = judge( lane.count( output ), code );
			resolve( { name: lane.name, ...count, ms: Date.now() - start, output } );
		};
		child.once( 'error', ( error ) => {
			keep( error.message );
			finish( 1 );
		} );
		child.once( 'close', ( code ) => finish( code ?? 1 ) );
	} );
}

/**
 * Runs lanes one after another and prints a line for each, with the output of those that failed. The lanes of a group, which is a list
 * in the list, run two at a time: what measures no time may, and a machine with two cores is then used whole.
 *
 * @param {Array<Lane|Lane[]>} lanes In order.
 * @return {Promise<Result[]>} A result for each.
 */
export async function runLanes( lanes ) {
	const results = [];
	for ( const next of lanes ) {
		const left = [ next ].flat();
		const run = async () => {
			for ( let lane = left.shift(); lane; lane = left.shift() ) {
				results.push( await runAndTell( lane ) );
			}
		};
		await Promise.all( Array.from( { length: Math.min( 2, left.length ) }, run ) );
	}
	return results;
}

async function runAndTell( lane ) {
	console.log( `\n> ${ lane.name }` );
	const result = await runLane( lane );
	if ( result.failed > 0 && ! lane.echo ) {
		console.log( result.output.slice( -60_000 ) );
	}
	console.log( resultLine( result ) );
	return result;
}

/**
 * A lane in one line.
 *
 * @param {Result} result Its result.
 * @return {string} Such as `lint js: 1 passed, 0 failed (3.2 s)`.
 */
export function resultLine( { name, passed, failed, skipped, ms } ) {
	const also = skipped ? `, ${ skipped } skipped` : '';
	return `${ name }: ${ passed } passed, ${ failed } failed${ also } (${ seconds( ms ) })`;
}

/**
 * Prints all lanes once more and the sum alone on the last line; sets the exit code.
 *
 * @param {Result[]} results Of all lanes.
 * @return {number} Exit code: 0 only when something passed and nothing failed.
 */
export function close( results ) {
	const sum = ( key ) => results.reduce( ( total, one ) => total + one[ key ], 0 );
	const { passed, failed } = judge( { passed: sum( 'passed' ), failed: sum( 'failed' ) }, 0 );
	console.log( '\nAll lanes:' );
	results.forEach( ( result ) => console.log( `  ${ resultLine( result ) }` ) );
	console.log( `\n${ passed } passed, ${ failed } failed` );
	return failed > 0 ? 1 : 0;
}

/**
 * Files below a folder, sorted.
 *
 * @param {string} folder Folder; may be missing.
 * @param {string} suffix How a name ends.
 * @return {string[]} Paths, the folder's own in front.
 */
export function filesBelow( folder, suffix ) {
	let entries;
	try {
		entries = readdirSync( folder, { withFileTypes: true } );
	} catch {
		return [];
	}
	return entries
		.flatMap( ( entry ) => {
			const path = join( folder, entry.name );
			if ( entry.isDirectory() ) {
				return entry.name === 'node_modules' ? [] : filesBelow( path, suffix );
			}
			return entry.name.endsWith( suffix ) ? [ path ] : [];
		} )
		.sort();
}

/**
 * A lane of Node's test runner.
 *
 * @param {string} folder  Folder of `*.test.ts` files. None there is a failure: Node would run other files instead.
 * @param {Object} options Name and time limit.
 * @return {Lane} To be given to runLanes.
 */
export function nodeTestLane( folder, options = {} ) {
	const files = filesBelow( folder, '.test.ts' );
	const args = files.length
		? [ '--import', 'tsx', '--test', '--test-reporter=spec', ...files ]
		: [ '-e', `console.error( 'No test files in ${ folder }.' ); process.exit( 1 );` ];
	return { name: folder, command: process.execPath, args, count: countNodeTest, ...options };
}

/** Node's runner tells its children that they are its tests; a lane of ours is nobody's. */
function cleanEnvironment() {
	const { NODE_TEST_CONTEXT: _, ...rest } = process.env;
	return rest;
}

function numberBefore( text, word ) {
	return Number( text.match( new RegExp( `(\\d+) ${ word }` ) )?.[ 1 ] ?? 0 );
}

function seconds( ms ) {
	return `${ ( ms / 1000 ).toFixed( 1 ) } s`;
}

/**
 * Ends a lane with all that it started: its process group, so that no server stays behind.
 *
 * @param {number|undefined} pid The lane's own process.
 */
function endGroup( pid ) {
	signalGroup( pid, 'SIGTERM' );
	// Time to remove its temporary folders.
	setTimeout( () => signalGroup( pid, 'SIGKILL' ), 10_000 ).unref();
}

function signalGroup( pid, signal ) {
	try {
		process.kill( -Number( pid ), signal );
	} catch {
		// It has ended by itself.
	}
}
