import { createHash } from 'node:crypto';

/** Numbers from 0 to 1 that are the same for the same seed. */
export function seeded( seed: number ): () => number {
	let n = 0;
	return () => createHash( 'sha256' ).update( `${ seed }:${ n++ }` ).digest().readUInt32BE() / 2 ** 32;
}
