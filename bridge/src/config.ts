/** The only reader of the environment. An unset key never gets a value that works. */
import { parseConnectionString, type SiteConnection } from './connection-string.ts';

export interface Config {
	site: SiteConnection;
	/** `user:password` of basic authentication in front of the site. */
	siteBasicAuth: string | null;
	stripeKey: string;
	/** None: Stripe has no endpoint here. */
	stripeWebhookSecrets: string[];
	stripeApiBase: string | null;
	upsamplerKey: string;
	upsamplerApiBase: string;
	/** Where WordPress and the providers reach this bridge; null when they cannot. Without a slash at the end. */
	publicUrl: string | null;
	host: string;
	port: number;
	metricsToken: string | null;
	/** How long stopping may take. */
	stopMs: number;
	logLevel: string;
	/** All of the above that nobody may read, to be hidden wherever text leaves the process. */
	secrets: string[];
}

/** Every mistake of the environment at once, each a sentence that says how to mend it. */
export class ConfigError extends Error {
	constructor( readonly mistakes: string[] ) {
		super( mistakes.join( '\n' ) );
		this.name = 'ConfigError';
	}
}

type Env = Record< string, string | undefined >;
type Fail = ( sentence: string ) => void;

const LEVELS = [ 'trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent' ];
const WEBHOOK_SECRET_IS = 'Stripe shows it beside the webhook endpoint; `stripe listen` prints one for tests.';
const UPSAMPLER = 'https://upsampler.com/api/v1';

/**
 * Reads and checks the environment.
 *
 * @throws ConfigError With all mistakes.
 */
export function readConfig( env: Env = process.env ): Config {
	const mistakes: string[] = [];
	const fail: Fail = ( sentence ) => void mistakes.push( sentence );
	const config = {
		site: site( env, fail ),
		siteBasicAuth: basicAuth( env, fail ),
		stripeKey: stripeKey( env, fail ),
		stripeWebhookSecrets: webhookSecrets( env, fail ),
		stripeApiBase: address( env, 'STRIPE_API_BASE', fail ),
		upsamplerKey: required( env, 'UPSAMPLER_API_KEY', 'It is on the API page of your Upsampler account.', fail ),
		upsamplerApiBase: address( env, 'UPSAMPLER_API_BASE', fail ) ?? UPSAMPLER,
		publicUrl: address( env, 'BRIDGE_PUBLIC_URL', fail ),
		host: env[ 'HOST' ] || '127.0.0.1',
		port: port( env, fail ),
		metricsToken: env[ 'SMI_METRICS_TOKEN' ] || null,
		stopMs: stopMs( env, fail ),
		logLevel: logLevel( env, fail ),
		secrets: secretsIn( env ),
	};
	if ( config.publicUrl !== null && config.stripeWebhookSecrets.length === 0 ) {
		fail( `STRIPE_WEBHOOK_SECRET is not set, but needed with BRIDGE_PUBLIC_URL. ${ WEBHOOK_SECRET_IS }` );
	}
	if ( /^(sk|rk)_live_/.test( config.stripeKey ) ) {
		refuseRisks( config, fail );
	}
	if ( mistakes.length > 0 || config.site === null ) {
		throw new ConfigError( mistakes );
	}
	return { ...config, site: config.site };
}

/** Every secret of the environment as it stands, whether or not it is a good one. */
export function secretsIn( env: Env = process.env ): string[] {
	const { username = '', password = '' } = URL.canParse( env[ 'SMI_SITE' ] ?? '' )
		? new URL( env[ 'SMI_SITE' ] ?? '' )
		: {};
	const basic = env[ 'SMI_SITE_BASIC_AUTH' ] ?? '';
	const keys = [ 'STRIPE_SECRET_KEY', 'UPSAMPLER_API_KEY', 'SMI_METRICS_TOKEN' ].map( ( name ) => env[ name ] ?? '' );
	return [
		...keys.map( ( key ) => key.trim() ),
		...( env[ 'STRIPE_WEBHOOK_SECRET' ] ?? '' ).split( ',' ).map( ( secret ) => secret.trim() ),
		`${ username }:${ password }`,
		password,
		decoded( password ),
		basic,
		basic.slice( basic.indexOf( ':' ) + 1 ),
	].filter( Boolean );
}

function decoded( text: string ): string {
	try {
		return decodeURIComponent( text );
	} catch {
		return text;
	}
}

function required( env: Env, name: string, where: string, fail: Fail ): string {
	const value = ( env[ name ] ?? '' ).trim();
	if ( value === '' ) {
		fail( `${ name } is not set. ${ where }` );
	}
	return value;
}

function site( env: Env, fail: Fail ): SiteConnection | null {
	const text = required(
		env,
		'SMI_SITE',
		'Copy the connection string from Sell My Images > Settings in WordPress.',
		fail
	);
	if ( text === '' ) {
		return null;
	}
	try {
		return parseConnectionString( text );
	} catch ( error ) {
		fail( `SMI_SITE ${ ( error as Error ).message }` );
		return null;
	}
}

function stripeKey( env: Env, fail: Fail ): string {
	const key = required( env, 'STRIPE_SECRET_KEY', 'It is under Developers > API keys in Stripe.', fail );
	if ( key.startsWith( 'pk_' ) ) {
		fail( 'STRIPE_SECRET_KEY holds the publishable key. Use the secret key (sk_…) or a restricted key (rk_…).' );
	} else if ( key !== '' && ! /^(sk|rk)_(test|live)_/.test( key ) ) {
		fail(
			'STRIPE_SECRET_KEY does not look like a Stripe key: it begins with sk_test_, sk_live_, rk_test_ or rk_live_.'
		);
	}
	return key;
}

/** None at all is fine: then Stripe's events are asked for, and there is no route for them. */
function webhookSecrets( env: Env, fail: Fail ): string[] {
	const secrets = ( env[ 'STRIPE_WEBHOOK_SECRET' ] ?? '' )
		.split( ',' )
		.map( ( part ) => part.trim() )
		.filter( Boolean );
	if ( secrets.some( ( secret ) => ! secret.startsWith( 'whsec_' ) ) ) {
		fail(
			'STRIPE_WEBHOOK_SECRET holds something that is no webhook secret: each begins with whsec_; put commas between several.'
		);
	}
	return secrets;
}

/** Where real money moves, no key goes to a stand-in, and none in the open: only on this very machine may it. */
function refuseRisks(
	{
		stripeApiBase,
		upsamplerApiBase,
		site: to,
	}: Pick< Config, 'stripeApiBase' | 'upsamplerApiBase' > & { site: SiteConnection | null },
	fail: Fail
): void {
	if ( stripeApiBase !== null && ! isLoopback( stripeApiBase ) ) {
		fail( 'STRIPE_API_BASE would send a live key to another address than Stripe’s. Remove it.' );
	}
	if ( isInTheOpen( upsamplerApiBase ) ) {
		fail( 'UPSAMPLER_API_BASE is http:// while real money moves. Use https://.' );
	}
	if ( to !== null && isInTheOpen( to.origin ) ) {
		fail(
			'SMI_SITE is http:// while real money moves. Give the site a certificate, then make a new connection string.'
		);
	}
}

function isInTheOpen( at: string ): boolean {
	return at.startsWith( 'http:' ) && ! isLoopback( at );
}

function isLoopback( at: string ): boolean {
	const host = URL.canParse( at ) ? new URL( at ).hostname : '';
	return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test( host );
}

function basicAuth( env: Env, fail: Fail ): string | null {
	const value = env[ 'SMI_SITE_BASIC_AUTH' ] || null;
	if ( value !== null && ! value.includes( ':' ) ) {
		fail( 'SMI_SITE_BASIC_AUTH must be user:password.' );
	}
	return value;
}

function address( env: Env, name: string, fail: Fail ): string | null {
	const value = ( env[ name ] ?? '' ).trim();
	if ( value === '' ) {
		return null;
	}
	if ( ! URL.canParse( value ) || ! /^https?:$/.test( new URL( value ).protocol ) ) {
		fail( `${ name } is not an address. It begins with https:// (or http:// on one machine).` );
	}
	return value.replace( /\/+$/, '' );
}

function port( env: Env, fail: Fail ): number {
	const value = Number( env[ 'PORT' ] || 9401 );
	if ( ! Number.isInteger( value ) || value < 0 || value > 65_535 ) {
		fail( 'PORT must be a whole number from 1 to 65535.' );
	}
	return value;
}

/** Docker kills after 10 s, Kubernetes after 30 s. */
function stopMs( env: Env, fail: Fail ): number {
	const value = Number( env[ 'SMI_STOP_SECONDS' ] || 8 );
	if ( ! Number.isFinite( value ) || value < 1 || value > 600 ) {
		fail( 'SMI_STOP_SECONDS must be a number of seconds from 1 to 600.' );
	}
	return value * 1_000;
}

function logLevel( env: Env, fail: Fail ): string {
	const level = env[ 'LOG_LEVEL' ] || 'info';
	if ( ! LEVELS.includes( level ) ) {
		fail( `LOG_LEVEL must be one of ${ LEVELS.join( ', ' ) }.` );
	}
	return level;
}
