/** No word from the site itself: down, a proxy's page, a timeout. Always "try again", never "rejected". */
export class SiteUnreachable extends Error {
	override name = 'SiteUnreachable';
}

/** The site answered in its own envelope, and said no. */
export class SiteRefused extends Error {
	override name = 'SiteRefused';
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		readonly data: Record< string, unknown >
	) {
		super( message );
	}
}
