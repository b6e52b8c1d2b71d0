import type { Hint } from '../contracts.generated.ts';
import type { Sender } from '../sync/inbox.ts';
import type { RouteParts } from './parts.ts';

/** Stripe waits about that long for an answer. */
const ACK_LIMIT_MS = 10_000;

/**
 * Hands a webhook's hint to WordPress; the status to answer the provider with. 200 only after WordPress
 * committed it, or said that it is not about this site; 503 makes the provider send it again, though the hint is kept.
 */
export async function handOver(
	hint: Hint,
	sender: Sender,
	{ inbox, log }: Pick< RouteParts, 'inbox' | 'log' >,
	limitMs: number = ACK_LIMIT_MS
): Promise< 200 | 503 > {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise< 'retry' >( ( go ) => ( timer = setTimeout( () => go( 'retry' ), limitMs ) ) );
	try {
		const verdict = await Promise.race( [ inbox.add( hint, sender ), late ] );
		return verdict === 'retry' ? 503 : 200;
	} catch ( error ) {
		log.warn( { hint: hint.id, type: hint.type }, `A webhook was not taken: ${ ( error as Error ).message }` );
		return 503;
	} finally {
		clearTimeout( timer );
	}
}
