/** What one major unit is worth in US dollars: made up, near enough, and always the same. */
const IN_USD: Record< string, number > = {
	aud: 0.65,
	brl: 0.18,
	cad: 0.73,
	chf: 1.13,
	czk: 0.044,
	dkk: 0.147,
	eur: 1.1,
	gbp: 1.27,
	hkd: 0.128,
	huf: 0.0027,
	inr: 0.012,
	jpy: 0.0067,
	krw: 0.00073,
	mxn: 0.055,
	nok: 0.093,
	nzd: 0.6,
	pln: 0.25,
	sek: 0.095,
	sgd: 0.74,
	usd: 1,
};

/** Currencies without a minor unit. */
const WHOLE = 'bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf'.split( ' ' );

const KNOWN = new Set( Intl.supportedValuesOf( 'currency' ).map( ( code ) => code.toLowerCase() ) );

/** The least that can be charged, in minor units; other currencies are taken as 50. */
const MINIMUM: Record< string, number > = {
	gbp: 30,
	jpy: 50,
	mxn: 1000,
	sek: 300,
	nok: 300,
	dkk: 250,
	huf: 17500,
	czk: 1500,
	pln: 200,
};

export const MOST = 99_999_999;

export function isCurrency( code: string ): boolean {
	return KNOWN.has( code );
}

export function leastOf( currency: string ): number {
	return MINIMUM[ currency ] ?? 50;
}

function perMajor( currency: string ): number {
	return WHOLE.includes( currency ) ? 1 : 100;
}

/** How many major units of one currency a major unit of another is worth, to six places as Stripe says it. */
export function exchangeRate( from: string, to: string ): number {
	return Number( ( ( IN_USD[ from ] ?? 1 ) / ( IN_USD[ to ] ?? 1 ) ).toFixed( 6 ) );
}

/** Minor units of another currency. */
export function convert( amount: number, from: string, to: string ): number {
	return Math.round( ( amount / perMajor( from ) ) * exchangeRate( from, to ) * perMajor( to ) );
}

/** Minor units as a person reads them. */
export function money( amount: number, currency: string ): string {
	return new Intl.NumberFormat( 'en', { style: 'currency', currency: currency.toUpperCase() } ).format(
		amount / perMajor( currency )
	);
}
