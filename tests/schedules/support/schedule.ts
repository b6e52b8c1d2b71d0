/** One seed: what happens, how it calms down, and what is to be said about it. */
import { judge } from './judge.ts';
import { Clock } from './clock.ts';
import type { Met } from './life.ts';
import { Providers } from './providers.ts';
import { Random } from './random.ts';
import type { Seen, Site } from './site.ts';
import { beat, buy, pay, STEPS } from './steps.ts';
import { World } from './world.ts';

export interface Outcome {
	seed: number;
	violations: string[];
	story: string[];
	deaths: number;
	phpKills: number;
	faults: number;
	jobs: number;
	/** How the jobs ended, by status and payment. */
	ends: Record< string, number >;
}

/** How time goes on at the end: first as a minute does, then so that every deadline passes. */
const AFTERWARDS = [ 1, 12, 65, 200, 310, 320, 650, 1_000, 1_850, 1_850, 80, 1_900, 3_700, 3_700, 3_700, 11_000, 90_000, 600, 1_900, 4_000 ];

/** Commands that come again for ever. */
const LASTING = [ 'sweep', 'purge', 'reconcile' ];

export async function runSeed( site: Site, seed: number ): Promise< Outcome > {
	const random = new Random( seed );
	const clock = new Clock( site.setTime );
	const met = await site.act< Met >( 'forget' );
	if ( met === null ) {
		throw new Error( 'The site cannot be made new.' );
	}
	const world = new World( site, await Providers.open( clock ), clock, met );
	try {
		await happen( world, random );
		const last = await calmDown( world, random );
		const violations = [ ...world.wrongs, ...( await judge( world, last ) ) ];
		if ( violations.length > 0 ) {
			const { events } = await world.look( true );
			events.forEach( ( { job_id, created_at, at, type, from_value, to_value, reason, ...rest } ) =>
				world.tell( `log: ${ JSON.stringify( { job_id, at: at ?? created_at, type, from_value, to_value, reason, ...rest } ) }` )
			);
		}
		const { deaths, phpKills, faults, story } = world;
		return { seed, violations, story, deaths, phpKills, faults, jobs: last.jobs.length, ends: endsOf( last ) };
	} catch ( error ) {
		const { deaths, phpKills, faults, story } = world;
		const said = ( error as Error ).stack ?? String( error );
		return { seed, violations: [ said ], story, deaths, phpKills, faults, jobs: world.jobs.length, ends: {} };
	} finally {
		await world.close();
	}
}

async function happen( world: World, random: Random ): Promise< void > {
	for ( let n = random.whole( 1, 2 ); n > 0; n-- ) {
		await buy( world, random );
	}
	await beat( world, random );
	await beat( world, random );
	await pay( world, random );
	for ( let n = random.whole( 10, 22 ); n > 0; n-- ) {
		await random.weighed( STEPS )( world, random );
	}
}

/** Nothing goes wrong any more, and time passes. */
async function calmDown( world: World, random: Random ): Promise< Seen > {
	world.tell( '--- from here on nothing goes wrong' );
	await world.release();
	await world.outside( 'stripe', 'faults', {}, 'DELETE' );
	await world.outside( 'stripe', 'refunds', { default_status: 'succeeded' } );
	await world.outside( 'upsampler', 'faults', {}, 'DELETE' );
	if ( random.chance( 0.5 ) ) {
		for ( const { event } of world.providers.waiting ) {
			await world.deliver( 'A', event );
		}
	}
	world.providers.waiting = [];
	for ( const seconds of AFTERWARDS ) {
		world.jump( seconds );
		await untilQuiet( world );
		if ( seconds > 300 && isOver( await world.look() ) ) {
			break;
		}
	}
	return world.look();
}

async function untilQuiet( world: World ): Promise< void > {
	for ( let turns = 0; turns < 30; turns++ ) {
		const a = await world.beat( 'A' );
		if ( a.lastGiven > 0 || a.outbox.size > 0 ) {
			continue;
		}
		const b = turns % 2 === 0 || world.living.length > 1 ? await world.beat( 'B' ) : a;
		if ( b.lastGiven === 0 && b.outbox.size === 0 && a.outbox.size === 0 ) {
			return;
		}
	}
	world.wrongs.push( 'The bridges never come to rest.' );
}

function isOver( { jobs, commands }: Seen ): boolean {
	return (
		jobs.every( ( { status } ) => [ 'completed', 'failed', 'abandoned' ].includes( status ?? '' ) ) &&
		commands.every( ( { kind } ) => LASTING.includes( kind ?? '' ) )
	);
}

function endsOf( { jobs }: Seen ): Record< string, number > {
	const ends: Record< string, number > = {};
	for ( const { status, payment_status: payment } of jobs ) {
		const name = `${ status }/${ payment }`;
		ends[ name ] = ( ends[ name ] ?? 0 ) + 1;
	}
	return ends;
}
