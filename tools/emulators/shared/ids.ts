import { randomBytes } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Random letters and digits. */
export function randomToken( length: number ): string {
	return Array.from( randomBytes( length ), ( byte ) => ALPHABET[ byte % ALPHABET.length ] ).join( '' );
}
