import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 250;

/** Asks again until it is so. */
export async function until< T >(
	what: string,
	seconds: number,
	look: () => Promise< T | null | false | undefined >
): Promise< T > {
	const end = Date.now() + seconds * 1000;
	for (;;) {
		const seen = await look();
		if ( seen ) {
			return seen;
		}
		if ( Date.now() > end ) {
			throw new Error( `Not in ${ seconds } s: ${ what }` );
		}
		await sleep( PAUSE_MS );
	}
}
