/** A shop that sells: native WordPress, both emulators, the bridge in a process of its own, and pictures to buy. */
import { randomInt } from 'node:crypto';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import sharp from 'sharp';
import { buildStripeEmulator } from '../../../tools/emulators/stripe/app.ts';
import type { StripeSettings } from '../../../tools/emulators/stripe/settings.ts';
import { buildUpsamplerEmulator } from '../../../tools/emulators/upsampler/app.ts';
import type { UpsamplerSettings } from '../../../tools/emulators/upsampler/settings.ts';
import { startNativeWordPress, type NativeWordPress } from '../../../tools/native/wordpress.ts';
import { BridgeProcess, compileBridge } from './bridge-process.ts';
import { addMustUse } from './prepare.ts';

export const STRIPE_KEY = 'sk_test_bench';
export const WEBHOOK_SECRET = 'whsec_bench';
/** A file with a byte for each request of the bridge. */
const COUNTED = 'smi-bench-requests';
const LOCAL = { host: '127.0.0.1', port: 0 };

export interface ShopOptions {
	/** Whether providers and the site reach the bridge; without it, it polls. */
	hasPublicUrl?: boolean;
	stripeKey?: string;
	/** Whether Stripe sends its webhooks. */
	hasWebhooks?: boolean;
	/** Durations of the plugin, in seconds. */
	times?: Record< string, number >;
	bridge?: Record< string, string >;
	stripe?: Partial< StripeSettings >;
	upsampler?: Partial< UpsamplerSettings >;
	/** How many pictures, and how large each is; sold is four times the side. */
	pictures?: { count: number; width: number; height: number };
	/** How long an upscale takes at least. */
	workMs?: number;
	/** What is done before the bridge starts. */
	before?: ( parts: Pick< Shop, 'site' | 'stripe' > ) => Promise< void >;
}

/** A request to buy an upscale that arrived, and what it was told. */
export interface Bought {
	at: number;
	imageUrl: string;
	webhook: string | null;
	status: number;
	/** Null unless it was bought. */
	id: string | null;
}

export interface Shop {
	site: NativeWordPress;
	stripe: string;
	upsampler: string;
	bridge: BridgeProcess;
	post: number;
	pictures: number[];
	/** Every submission that reached the upscaler, in order. */
	bought: Bought[];
	/** How often Stripe was called, and PHP by the bridge. */
	calls: () => Promise< { stripe: number; php: number } >;
	stop: () => Promise< void >;
}

/** @throws With whatever did not start; nothing is left running. */
export async function openShop( options: ShopOptions = {} ): Promise< Shop > {
	const undo: ( () => unknown )[] = [];
	const stop = async () => {
		for ( const step of undo.reverse() ) {
			await Promise.resolve( step() ).catch( ( error: unknown ) => console.error( error ) );
		}
	};
	try {
		return { ...( await build( options, undo ) ), stop };
	} catch ( error ) {
		await stop();
		throw error;
	}
}

async function build( options: ShopOptions, undo: ( () => unknown )[] ): Promise< Omit< Shop, 'stop' > > {
	const { hasPublicUrl = true, hasWebhooks = hasPublicUrl, stripeKey = STRIPE_KEY } = options;
	const port = await portOfItsOwn();
	const url = `http://127.0.0.1:${ port }`;
	const stripeApp = buildStripeEmulator( {
		...( hasWebhooks ? { webhookUrl: `${ url }/webhooks/stripe`, webhookSecret: WEBHOOK_SECRET } : {} ),
		settings: { webhook_retries: 'quick', ...options.stripe },
	} );
	const upsamplerApp = buildUpsamplerEmulator( {
		workMs: options.workMs ?? 600,
		...( options.upsampler ? { settings: options.upsampler } : {} ),
	} );
	const bought = watchSubmissions( upsamplerApp );
	let asked = 0;
	stripeApp.addHook( 'onRequest', async ( { url: path } ) => void ( asked += path.startsWith( '/v1/' ) ? 1 : 0 ) );
	undo.push( () => stripeApp.close() );
	undo.push( () => upsamplerApp.close() );
	const [ stripe, upsampler ] = await Promise.all( [ stripeApp.listen( LOCAL ), upsamplerApp.listen( LOCAL ) ] );
	const site = await startNativeWordPress( { version: '7.1', fromZip: null } );
	undo.push( site.stop );
	await addMustUse( site, 'smi-bench', mustUse( options.times ?? {} ) );
	const { post, pictures } = await publish( site, options.pictures ?? { count: 1, width: 300, height: 200 } );
	const connection = await site.wp(
		"echo \\SellMyImages\\Plugin::instance()->pairing()->create_connection_string( 'bench' );"
	);
	const compiled = await compileBridge();
	undo.push( compiled.remove );
	const bridge = new BridgeProcess(
		compiled.entry,
		{
			SMI_SITE: connection.trim(),
			STRIPE_SECRET_KEY: stripeKey,
			STRIPE_API_BASE: stripe,
			UPSAMPLER_API_KEY: 'bench',
			UPSAMPLER_API_BASE: `${ upsampler }/api/v1`,
			...( hasPublicUrl ? { BRIDGE_PUBLIC_URL: url, STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET } : {} ),
			HOST: '127.0.0.1',
			PORT: String( port ),
			...options.bridge,
		},
		url
	);
	undo.push( () => bridge.stop() );
	await options.before?.( { site, stripe } );
	await bridge.start();
	const counted = join( site.dir, 'wp-content', COUNTED );
	const sizeOf = () =>
		stat( counted ).then(
			( { size } ) => size,
			() => 0
		);
	const calls = async () => ( { stripe: asked, php: await sizeOf() } );
	return { site, stripe, upsampler, bridge, post, pictures, bought, calls };
}

/** A port below those that systems give to outgoing calls: nobody takes it while the bridge is down. */
async function portOfItsOwn(): Promise< number > {
	for (;;) {
		const port = randomInt( 10_000, 32_000 );
		const server = createServer();
		const isFree = await new Promise< boolean >( ( resolve ) => {
			server.once( 'error', () => resolve( false ) );
			server.listen( port, '127.0.0.1', () => server.close( () => resolve( true ) ) );
		} );
		if ( isFree ) {
			return port;
		}
	}
}

/** The upscaler's ledger, with what each submission asked for. */
function watchSubmissions( app: FastifyInstance ): Bought[] {
	const bought: Bought[] = [];
	app.addHook( 'onSend', async ( request, reply, payload ) => {
		if ( request.method === 'POST' && request.url.endsWith( '/precise-upscale' ) ) {
			const asked = request.body as { webhook?: string | null; input?: { imageUrl?: string } } | undefined;
			const id = reply.statusCode === 200 ? String( JSON.parse( String( payload ) ).id ) : null;
			bought.push( {
				at: Date.now(),
				imageUrl: asked?.input?.imageUrl ?? '',
				webhook: asked?.webhook ?? null,
				status: reply.statusCode,
				id,
			} );
		}
		return payload;
	} );
	return bought;
}

/** No limits for one address that buys everything; durations as told. */
function mustUse( times: Record< string, number > ): string {
	return [
		'<?php',
		"add_filter( 'smi_rate_limit', '__return_zero' );",
		"if ( str_contains( $_SERVER['REQUEST_URI'] ?? '', '/smi/v1/bridge/' ) ) {",
		`	file_put_contents( WP_CONTENT_DIR . '/${ COUNTED }', '.', FILE_APPEND );`,
		'}',
		...Object.entries( times ).map( ( [ name, seconds ] ) => `define( 'SMI_TIME_${ name }', ${ seconds } );` ),
		'',
	].join( '\n' );
}

/** Photographs of noise and colour, each a file of its own, in one post. */
async function publish(
	site: NativeWordPress,
	{ count, width, height }: NonNullable< ShopOptions[ 'pictures' ] >
): Promise< { post: number; pictures: number[] } > {
	const folder = join( site.dir, 'wp-content/uploads/bench' );
	await mkdir( folder, { recursive: true } );
	const noise = { type: 'gaussian' as const, mean: 128, sigma: 24 };
	const channels = 3 as const;
	const picture = await sharp( { create: { width, height, channels, background: '#888', noise } } )
		.blur( 2 )
		.jpeg( { quality: 90 } )
		.toBuffer();
	for ( let at = 0; at < count; at++ ) {
		await writeFile( join( folder, `${ at }.jpg` ), picture );
	}
	const printed = await site.wp(
		`
		foreach ( array( 'w', 'h' ) as $side ) {
			update_option( "large_size_$side", ${ Math.max( width, height ) } );
		}
		$post = wp_insert_post( array( 'post_title' => 'Pictures', 'post_status' => 'publish', 'post_author' => 1 ) );
		$ids  = array();
		for ( $at = 0; $at < ${ count }; $at++ ) {
			$file  = array( 'post_mime_type' => 'image/jpeg', 'post_title' => "Picture $at", 'post_status' => 'inherit' );
			$ids[] = $id = wp_insert_attachment( $file, "bench/$at.jpg", $post );
			wp_update_attachment_metadata( $id, array( 'file' => "bench/$at.jpg", 'width' => ${ width }, 'height' => ${ height } ) );
		}
		$blocks = array_map( fn( $id ) => '<!-- wp:image {"id":' . $id . '} --><figure class="wp-block-image"><img src="'
			. wp_get_attachment_url( $id ) . '" class="wp-image-' . $id . '"/></figure><!-- /wp:image -->', $ids );
		wp_update_post( array( 'ID' => $post, 'post_content' => implode( "\\n", $blocks ) ) );
		echo wp_json_encode( array( 'post' => $post, 'pictures' => $ids ) );`
	);
	return JSON.parse( printed ) as { post: number; pictures: number[] };
}

export interface Checkout {
	job_id: string;
	key: string;
	checkout_url?: string;
}

/** Starts a sale; the page to pay at may come later. */
export async function order( { site, post, pictures }: Shop, at = randomInt( pictures.length ) ): Promise< Checkout > {
	const answer = await fetch( `${ site.url }/wp-json/smi/v1/checkouts`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify( {
			attachment_id: pictures[ at ],
			post_id: post,
			resolution: '4x',
			email: 'buyer@example.org',
		} ),
	} );
	const text = await answer.text();
	if ( answer.status !== 201 && answer.status !== 202 ) {
		throw new Error( `No checkout: ${ answer.status } ${ text.slice( 0, 500 ) }` );
	}
	return JSON.parse( text ) as Checkout;
}

export interface Row {
	job_id: string;
	status: string;
	payment: string;
	session: string;
	attention: string;
}

/** Jobs as the database has them. */
export async function rows( { site }: Pick< Shop, 'site' >, where = '1' ): Promise< Row[] > {
	const printed = await site.sql(
		`SELECT job_id, status, payment_status, COALESCE( stripe_checkout_session_id, '' ), COALESCE( attention, '' )
		FROM wp_smi_jobs WHERE ${ where } ORDER BY id;`
	);
	return printed
		.split( '\n' )
		.filter( Boolean )
		.map( ( line ) => {
			const [ job_id = '', status = '', payment = '', session = '', attention = '' ] = line.split( '\t' );
			return { job_id, status, payment, session, attention };
		} );
}

export async function json< T >(
	url: string,
	body?: unknown,
	method = body === undefined ? 'GET' : 'POST'
): Promise< T > {
	const answer = await fetch( url, {
		method,
		...( body === undefined
			? {}
			: { headers: { 'content-type': 'application/json' }, body: JSON.stringify( body ) } ),
	} );
	const text = await answer.text();
	if ( ! answer.ok ) {
		throw new Error( `${ url }: ${ answer.status } ${ text.slice( 0, 500 ) }` );
	}
	return JSON.parse( text ) as T;
}

/** What the buyer does at Stripe's page. */
export const atCheckout = ( { stripe }: Pick< Shop, 'stripe' >, session: string, outcome: string ) =>
	json( `${ stripe }/_emulator/checkout/sessions/${ session }`, { outcome } );

/** Waits until something is there; null when it does not come in time. */
export async function soon< T >(
	seconds: number,
	look: () => Promise< T | null | undefined | false >,
	everyMs = 100
): Promise< T | null > {
	const end = performance.now() + seconds * 1000;
	for (;;) {
		const seen = await look();
		if ( seen ) {
			return seen;
		}
		if ( performance.now() > end ) {
			return null;
		}
		await sleep( everyMs );
	}
}

export interface Sale {
	job_id: string;
	/** Milliseconds from the payment until the job was completed; null when it was not. */
	ms: number | null;
}

/** One sale from the click to the file. */
export async function sell( shop: Shop, patienceS = 300 ): Promise< Sale > {
	const { job_id } = await order( shop );
	const job = `job_id = '${ job_id }'`;
	const session = await soon( patienceS, async () => ( await rows( shop, job ) )[ 0 ]?.session );
	if ( session === null ) {
		return { job_id, ms: null };
	}
	await atCheckout( shop, session, 'pay' );
	const paidAt = performance.now();
	const isDone = async () => ( await rows( shop, job ) )[ 0 ]?.status === 'completed';
	const isCompleted = await soon( patienceS, isDone, 200 );
	return { job_id, ms: isCompleted ? performance.now() - paidAt : null };
}
