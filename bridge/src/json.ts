/** A JSON object, or null for anything else. */
export function jsonObject( text: string ): Record< string, unknown > | null {
	try {
		const value: unknown = JSON.parse( text );
		return typeof value === 'object' && value !== null && ! Array.isArray( value )
			? ( value as Record< string, unknown > )
			: null;
	} catch {
		return null;
	}
}
