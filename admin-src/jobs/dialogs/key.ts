/**
 * An idempotency key. `randomUUID` exists in secure contexts only, and an admin
 * may well be on plain http.
 */
export function newKey(): string {
	return (
		window.crypto.randomUUID?.() ??
		Array.from( window.crypto.getRandomValues( new Uint8Array( 16 ) ), ( byte ) =>
			byte.toString( 16 ).padStart( 2, '0' )
		).join( '' )
	);
}
