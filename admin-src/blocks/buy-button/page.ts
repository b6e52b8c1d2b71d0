/**
 * What the page hands to this script: addresses and words.
 */

/** What the page brings: where to ask, and all words (Storefront\StorefrontWords). */
export interface Settings {
	rest: string;
	/** The site's own address, for where the REST API is closed. */
	door?: string;
	/** Of a visitor who is logged in. */
	nonce?: string;
	locale: string;
	/** The same as WordPress names it, such as `de_DE`. */
	wpLocale?: string;
	words: Record< string, string >;
}

declare global {
	interface Window {
		smiStorefront?: Settings;
	}
}

/** An answer other than yes. `status` 0: the shop was not reached at all. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string
	) {
		super( message );
	}
}

export const settings = (): Settings => window.smiStorefront ?? { rest: '/wp-json/smi/v1/', locale: '', words: {} };

/**
 * One of the shop's words, with `%s`, `%1$s` … filled in.
 *
 * @param name   Its name in StorefrontWords.
 * @param values What to fill in.
 */
export function word( name: string, ...values: string[] ): string {
	let next = 0;
	return ( settings().words[ name ] ?? name ).replace(
		/%(?:(\d)\$)?s/g,
		( _, place?: string ) => values[ place ? Number( place ) - 1 : next++ ] ?? ''
	);
}
