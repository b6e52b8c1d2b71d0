/** When WordPress last took a sync, and what came in the way since. */
export interface LastSync {
	/** `performance.now()`; null before the first. */
	at: number | null;
	/** Why hello or a sync failed since then; null when nothing did. */
	error: string | null;
}

/** At rest a sync comes every minute; half of that again is a slow site's. */
const FRESH_MS = 120_000;

/** Why the bridge does no work, in words for a monitor; null when it does. */
export function notReady( isGreeted: boolean, { at, error }: LastSync, now = performance.now() ): string | null {
	const because = error === null ? '' : `: ${ error }`;
	if ( ! isGreeted ) {
		return `no hello${ because }`;
	}
	if ( at === null ) {
		return `no sync yet${ because }`;
	}
	return now - at <= FRESH_MS ? null : `last sync ${ Math.round( ( now - at ) / 1000 ) } s ago${ because }`;
}
