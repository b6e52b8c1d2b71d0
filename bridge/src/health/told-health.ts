import type { SyncRequest } from '../contracts.generated.ts';

/** What a sync tells of the providers. */
export type ToldHealth = NonNullable< SyncRequest[ 'providers' ] >;
export type ToldProvider = NonNullable< ToldHealth[ 'stripe' ] >;

const MOST_WORDS = 500;

/** A provider's state that lasts since its first moment, however often it is seen again. */
export function told(
	before: ToldProvider | null,
	state: ToldProvider[ 'state' ],
	more: Partial< Pick< ToldProvider, 'code' | 'message' | 'right' | 'lacking' > > = {}
): ToldProvider {
	const since = before?.state === state ? before.since : new Date().toISOString();
	const message = more.message === undefined || more.message === null ? null : cut( more.message );
	return { state, code: null, right: null, lacking: [], ...more, message, since };
}

/** Foreign words, well-formed and not endless. */
export function cut( words: string ): string {
	return words.slice( 0, MOST_WORDS ).replace( /\p{Surrogate}/gu, '\uFFFD' );
}
