/** The user's own language, which WordPress writes on the page; not the browser's. */
export function locale(): string | undefined {
	return document.documentElement.lang || undefined;
}

/**
 * A count as people of that language write it.
 *
 * @param count Whole number.
 */
export function formatCount( count: number ): string {
	try {
		return new Intl.NumberFormat( locale() ).format( count );
	} catch {
		return String( count );
	}
}
