/** A sandbox of its own, and what a buyer, an owner and Stripe would do with it. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, JobDetail } from '../../admin-src/api/contracts.generated.ts';
import { startSandbox, type Sandbox } from '../../tools/sandbox/start-sandbox.ts';
import { logInOwner } from '../helpers/owner-session.ts';

export interface Mail {
	to: string;
	subject: string;
	text: string;
	html: string;
}

export interface Call {
	method: string;
	path: string;
	status: number | null;
}

export interface Checkout {
	job_id: string;
	key: string;
	checkout_url: string;
	session: string;
}

export interface Shop {
	sandbox: Sandbox;
	/** Any address below WordPress; throws on nothing. */
	wp: ( path: string, init?: RequestInit ) => Promise< Response >;
	/** As the administrator. */
	admin: ( path: string, init?: RequestInit ) => Promise< Response >;
	stop: () => Promise< void >;
}

/** Ports in a row that nobody has: the sandbox needs five. */
export async function freePorts(): Promise< number > {
	for ( let base = 21_000 + Math.floor( Math.random() * 20_000 ); ; base += 10 ) {
		const free = await Promise.all( [ 0, 1, 2, 3, 4 ].map( ( n ) => isFree( base + n ) ) );
		if ( free.every( Boolean ) ) {
			return base;
		}
	}
}

const isFree = ( port: number ) =>
	new Promise< boolean >( ( resolve ) => {
		const server = createServer();
		server.once( 'error', () => resolve( false ) );
		server.listen( port, '127.0.0.1', () => server.close( () => resolve( true ) ) );
	} );

/** Starts everything; first start takes a minute or two. */
export async function openShop( env: Record< string, string > = {} ): Promise< Shop > {
	const dir = await mkdtemp( join( tmpdir(), 'smi-sale-' ) );
	const sandbox = await startSandbox( {
		port: await freePorts(),
		dir,
		env: { ...process.env, ...env },
		log: ( line ) => process.stderr.write( `${ line }\n` ),
	} );
	const wp = ( path: string, init?: RequestInit ) => fetch( sandbox.urls.wordpress + path, init );
	return {
		sandbox,
		wp,
		admin: await logInOwner( sandbox.urls.wordpress, sandbox.urls.login ),
		stop: async () => {
			await sandbox.stop();
			await rm( dir, { recursive: true, force: true } );
		},
	};
}

export async function json< T >( answer: Promise< Response > | Response, status = 200 ): Promise< T > {
	const response = await answer;
	const text = await response.text();
	assert.equal( response.status, status, text.slice( 0, 500 ) );
	return JSON.parse( text ) as T;
}

const post = ( url: string, body: unknown ) =>
	fetch( url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify( body ) } );

/** After how many seconds a sale hangs. How fast one is, is measured elsewhere: here PHP runs in WebAssembly, beside whatever else runs. */
const PATIENCE = 120;

/** Asks again until it is so. */
export async function until< T >(
	what: string,
	look: () => Promise< T | null | false >,
	seconds = PATIENCE
): Promise< T > {
	const end = Date.now() + seconds * 1000;
	for (;;) {
		const seen = await look();
		if ( seen ) {
			return seen;
		}
		assert.ok( Date.now() < end, `Not in ${ seconds } s: ${ what }` );
		await sleep( 300 );
	}
}

export interface Offer {
	resolution: string;
	width: number;
	height: number;
	price: string;
}

export interface ForSale {
	attachment_id: number;
	post_id: number;
	offers: Offer[];
	/** Width of the picture as it was uploaded: what is not sold larger is resized here, without the upscaler. */
	source_width: number;
}

/** The sandbox's photographs with what can be bought of each. */
export async function catalogue( shop: Shop ): Promise< ForSale[] > {
	const page = await ( await fetch( shop.sandbox.urls.post ) ).text();
	const pairs = [ ...page.matchAll( /data-smi-attachment="(\d+)"[^>]*data-smi-post="(\d+)"/g ) ];
	const seen = new Map( pairs.map( ( [ , attachment, on ] ) => [ Number( attachment ), Number( on ) ] ) );
	assert.ok( seen.size > 0, 'The post has no Buy buttons.' );
	const found: ForSale[] = [];
	for ( const [ attachment_id, post_id ] of seen ) {
		const { offers } = await json< { offers: Offer[] } >(
			shop.wp( `/wp-json/smi/v1/offers?attachment_id=${ attachment_id }&post_id=${ post_id }` )
		);
		const media = await json< { media_details: { width: number } } >(
			shop.wp( `/wp-json/wp/v2/media/${ attachment_id }` )
		);
		found.push( { attachment_id, post_id, offers, source_width: media.media_details.width } );
	}
	return found;
}

export async function checkOut( shop: Shop, picture: ForSale, resolution: string ): Promise< Checkout > {
	const made = await json< { job_id: string; key: string; checkout_url?: string } >(
		post( `${ shop.sandbox.urls.wordpress }/wp-json/smi/v1/checkouts`, {
			attachment_id: picture.attachment_id,
			post_id: picture.post_id,
			resolution,
			email: 'buyer@example.org',
		} ),
		201
	);
	const session = /cs_[A-Za-z0-9_]+/.exec( made.checkout_url ?? '' )?.[ 0 ];
	assert.ok( made.checkout_url && session, 'No address to pay at.' );
	return { job_id: made.job_id, key: made.key, checkout_url: made.checkout_url, session };
}

export const stripe = ( shop: Shop, path: string, body: unknown ) =>
	json( post( shop.sandbox.urls.stripe + path, body ) );

export const upsampler = ( shop: Shop, path: string, body: unknown ) =>
	json( post( shop.sandbox.urls.upsampler + path, body ) );

export const atCheckout = ( shop: Shop, { session }: Checkout, outcome: string ) =>
	stripe( shop, `/_emulator/checkout/sessions/${ session }`, { outcome } );

export interface Status {
	status: Job[ 'status' ];
	payment_status: Job[ 'payment_status' ];
	download_url?: string;
	message: string;
}

export const look = ( shop: Shop, { job_id, key }: Checkout ) =>
	json< Status >( shop.wp( `/wp-json/smi/v1/checkouts/${ job_id }?key=${ encodeURIComponent( key ) }` ) );

export const waitFor = ( shop: Shop, checkout: Checkout, status: string, seconds = PATIENCE ) =>
	until(
		`${ checkout.job_id } is ${ status }`,
		async () => {
			const seen = await look( shop, checkout );
			return seen.status === status && seen;
		},
		seconds
	);

export const detail = ( shop: Shop, job_id: string ) =>
	json< JobDetail >( shop.admin( `/wp-json/smi/v1/jobs/${ job_id }` ) );

export const mails = ( shop: Shop ) => json< Mail[] >( fetch( `${ shop.sandbox.urls.mailbox }/messages` ) );

export const calls = async ( shop: Shop, part: 'stripe' | 'upsampler', method: string, path: string ) =>
	( await json< Call[] >( fetch( `${ shop.sandbox.urls[ part ] }/_emulator/calls` ) ) ).filter(
		( call ) => call.method === method && call.path.split( '?' )[ 0 ] === path
	);

/** Fires smi_payment_completed as anybody's code would. */
export const override = ( shop: Shop, job_id: string ) =>
	json(
		post( `${ shop.sandbox.urls.wordpress }/?smi-do=payment_completed`, {
			job_id,
			context: { admin_override: true },
		} )
	);
