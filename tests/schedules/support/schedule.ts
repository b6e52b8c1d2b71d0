/** One seed: what happens, how it calms down, and what is to be said about it. */
import type Stripe from 'stripe';
import { EVENT_TYPES as HEARD } from '../../../bridge/src/stripe/event-types.ts';
import { judge, LASTING } from './judge.ts';
import { Clock } from './clock.ts';
import type { Met } from './life.ts';
import { Providers } from './providers.ts';
import { Random } from './random.ts';
import type { Seen, Site } from './site.ts';
import { buy, THEMES } from './steps.ts';
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
const AFTERWARDS = [ 12, 65, 310, 320, 950, 1_850, 80, 1_900, 80, 3_700, 3_700, 11_000 ];

/** When reconciliation is due. */
const NIGHT = [ 90_000, 320 ];

/** @param theme Instead of the one that the seed would choose. */
export async function runSeed( site: Site, seed: number, theme?: string ): Promise< Outcome > {
	const random = new Random( seed );
	const clock = new Clock( site.setTime );
	const met = await site.act< Met >( 'forget' );
	if ( met === null ) {
		throw new Error( 'The site cannot be made new.' );
	}
	const world = new World( site, await Providers.open( clock ), clock, met );
	try {
		await happen( world, random, theme );
		const last = await calmDown( world, random );
		const violations = [ ...world.wrongs, ...( await judge( world, last ) ) ];
		if ( violations.length > 0 ) {
			const { events } = await world.look( true );
			events.forEach( ( { job_id, created_at, at, type, from_value, to_value, reason, ...rest } ) =>
				world.tell(
					`log: ${ JSON.stringify( { job_id, at: at ?? created_at, type, from_value, to_value, reason, ...rest } ) }`
				)
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

async function happen( world: World, random: Random, wanted?: string ): Promise< void > {
	const chosen = random.of( Object.keys( THEMES ) ) ?? '';
	const name = wanted ?? chosen;
	const theme = THEMES[ name ];
	if ( theme === undefined ) {
		throw new Error( `There is no theme ${ name }.` );
	}
	world.tell( `--- about: ${ name }` );
	for ( let n = random.whole( 1, 2 ); n > 0; n-- ) {
		await buy( world, random );
	}
	for ( const step of theme.opening ) {
		await step( world, random );
	}
	for ( let n = random.whole( 8, 16 ); n > 0; n-- ) {
		await random.weighed( theme.steps )( world, random );
	}
}

/** Nothing goes wrong any more, and time passes. */
async function calmDown( world: World, random: Random ): Promise< Seen > {
	world.tell( '--- from here on nothing goes wrong' );
	world.disarm();
	await world.release();
	await world.outside( 'stripe', 'faults', {}, 'DELETE' );
	await world.outside( 'stripe', 'refunds', { default_status: 'succeeded' } );
	await world.outside( 'upsampler', 'faults', {}, 'DELETE' );
	if ( random.chance( 0.5 ) ) {
		for ( const { event } of world.providers.waiting ) {
			if ( ( HEARD as readonly string[] ).includes( event.type ) ) {
				await world.deliver( 'A', event );
			}
		}
	}
	world.providers.waiting = [];
	await closePaymentPages( world, random );
	for ( const seconds of AFTERWARDS ) {
		world.jump( seconds );
		await untilQuiet( world );
		if ( seconds > 200 && isOver( await world.look() ) ) {
			break;
		}
	}
	// What no webhook told is seen the night after, and what comes of it is done the hour after.
	for ( const seconds of NIGHT ) {
		world.jump( seconds );
		await untilQuiet( world );
	}
	for ( const seconds of AFTERWARDS ) {
		const seen = await world.look();
		if ( isOver( seen ) ) {
			return seen;
		}
		world.jump( seconds );
		await untilQuiet( world );
	}
	return world.look();
}

/** Banks come to an end, and most buyers. */
async function closePaymentPages( world: World, random: Random ): Promise< void > {
	for ( const session of await world.providers.list< Stripe.Checkout.Session >( 'checkout/sessions' ) ) {
		const { id, status, payment_status: payment } = session;
		const isUnderWay = status === 'complete' && payment === 'unpaid';
		if ( isUnderWay || ( status === 'open' && random.chance( 0.8 ) ) ) {
			const outcome = isUnderWay ? random.of( [ 'settle', 'fail' ] ) : 'expire';
			await world.outside( 'stripe', `checkout/sessions/${ id }`, { outcome } );
		}
	}
}

/** One of them is enough, but for what the other still has to say. */
async function untilQuiet( world: World ): Promise< void > {
	for ( let turns = 0; turns < 40; turns++ ) {
		const talker = world.living.find( ( { outbox } ) => outbox.size > 0 );
		const life = await world.beat( talker?.name === 'B' ? 'B' : 'A' );
		if ( life.lastGiven === 0 && world.living.every( ( { outbox } ) => outbox.size === 0 ) ) {
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
