/** Kills the bridge at a moment that only a gate can see. */
import type { Like } from './gate.ts';
import type { World } from './world.ts';

export interface Moment {
	/** Where it shows. */
	gate: keyof World[ 'gates' ];
	/** Before the request arrives (it never does), or when it is done and the answer is on its way. */
	when: 'before' | 'after';
	like: Like;
}

export interface Trap {
	/** Seconds since the kill; null while it did not happen. */
	seconds: () => number | null;
	/** The next bridge is there. */
	mended: Promise< void >;
}

/**
 * The first such moment ends the bridge that runs, and another one is started.
 *
 * @param signal SIGTERM leaves it its time for stopping.
 */
export function killAt( world: World, { gate, when, like }: Moment, signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL' ): Trap {
	let at: number | null = null;
	let mend: ( done: Promise< unknown > ) => void;
	const mended = new Promise< unknown >( ( done ) => ( mend = done ) ).then( () => {} );
	world.gates[ gate ][ when ]( like, async () => {
		const bridge = world.bridges[ 0 ];
		at = performance.now();
		if ( signal === 'SIGTERM' ) {
			// What it waits for goes on: that is the point.
			mend( bridge?.end().then( () => world.startBridge() ) ?? Promise.resolve() );
			return 'pass';
		}
		await bridge?.kill();
		mend( world.startBridge() );
		return when === 'before' ? 'cut' : 'pass';
	} );
	return { seconds: () => ( at === null ? null : ( performance.now() - at ) / 1000 ), mended };
}
