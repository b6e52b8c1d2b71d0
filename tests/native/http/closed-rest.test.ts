import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { notBesideHostile } from './support/neighbour.ts';

// A site whose REST API is closed to visitors: only for requests that ask for it, since other tests use the same site.
const url = process.env.SMI_URL ?? '';
const folder = join( process.env.SMI_WP_DIR ?? '', 'wp-content/mu-plugins' );
const file = join( folder, 'smi-closed-rest.php' );

const MU_PLUGIN = `<?php
add_filter( 'rest_authentication_errors', function ( $result ) {
	return isset( $_SERVER['HTTP_X_CLOSED'] ) && ! is_user_logged_in() ? new WP_Error( 'rest_login_required', 'Members only.', array( 'status' => 401 ) ) : $result;
} );
add_action( 'plugins_loaded', function () {
	if ( ! isset( $_SERVER['HTTP_X_SIGN'] ) ) {
		return;
	}
	$key = SellMyImages\\Plugin::instance()->key_ring()->all()[0];
	foreach ( SellMyImages\\Channel\\MessageSignature::sign( 'POST', '/smi/v1/bridge/sync', (string) file_get_contents( 'php://input' ), $key['id'], $key['secret'], time() ) as $name => $value ) {
		$_SERVER[ 'HTTP_' . strtoupper( str_replace( '-', '_', $name ) ) ] = 'wrong' === $_SERVER['HTTP_X_SIGN'] ? 'wrong' : $value;
	}
}, 20 );
add_action( 'init', function () {
	if ( ! isset( $_GET['smi-closed-setup'] ) ) {
		return;
	}
	global $wpdb;
	$links = SellMyImages\\Plugin::instance()->links();
	$path  = wp_upload_dir()['basedir'] . '/smi-closed.jpg';
	$job   = '00000000-0000-4000-8000-00000000c105';
	imagejpeg( imagecreatetruecolor( 40, 30 ), $path );
	$wpdb->delete( $wpdb->prefix . 'smi_jobs', array( 'job_id' => $job ) );
	if ( 'make' === $_GET['smi-closed-setup'] ) {
		$plugin = SellMyImages\\Plugin::instance();
		$plugin->key_ring()->create( 'closed' );
		$plugin->bridge_state()->keep( array( 'livemode' => false ) );
		$now = gmdate( 'Y-m-d H:i:s' );
		$wpdb->insert( $wpdb->prefix . 'smi_jobs', array(
			'job_id' => $job, 'image_url' => 'http://127.0.0.1/photo.jpg', 'resolution' => '4x', 'email' => '', 'image_width' => 10, 'image_height' => 8,
			'status' => 'completed', 'payment_status' => 'paid', 'created_at' => $now, 'updated_at' => $now, 'upscaled_file_path' => $path,
			'buyer_key_hash' => $links->buyer_key_hash( $job ), 'download_generation' => 1, 'download_token' => $links->hash( $links->token( $job, 1 ) ),
		) );
	} else {
		unlink( $path );
		array_map( 'delete_option', array( 'smi_bridge', 'smi_bridge_seen', 'smi_bridge_keys', 'smi_bridge_keys_used', 'smi_site' ) );
	}
	wp_send_json( array( 'job' => $job, 'key' => $links->buyer_key( $job ), 'token' => $links->token( $job, 1 ) ) );
} );
`;

const closed = { headers: { 'X-Closed': '1' } };
let sold = { job: '', key: '', token: '' };

before( async () => {
	await mkdir( folder, { recursive: true } );
	await writeFile( file, MU_PLUGIN );
	sold = ( await ( await fetch( `${ url }/?smi-closed-setup=make` ) ).json() ) as typeof sold;
} );

after( async () => {
	await fetch( `${ url }/?smi-closed-setup=end` );
	await rm( file );
} );

test( 'the API is closed, or this test shows nothing', async () => {
	const answer = await fetch( `${ url }/wp-json/smi/v1/checkouts/${ sold.job }?key=${ sold.key }`, closed );
	assert.equal( answer.status, 401 );
} );

test( 'the return page and the download work all the same', async () => {
	const status = await fetch( `${ url }/?smi-api=checkouts/${ sold.job }&key=${ sold.key }`, closed );
	assert.equal( status.status, 200 );
	assert.match( status.headers.get( 'cache-control' ) ?? '', /no-store/ );
	assert.match( status.headers.get( 'content-type' ) ?? '', /application\/json/ );
	const { download_url: link } = ( await status.json() ) as { download_url: string };
	const sent = await fetch( link, closed );
	assert.deepEqual( [ sent.status, sent.headers.get( 'content-type' ) ], [ 200, 'image/jpeg' ] );
	assert.match( sent.headers.get( 'cache-control' ) ?? '', /no-store/ );
	assert.equal( ( await sent.arrayBuffer() ).byteLength, Number( sent.headers.get( 'content-length' ) ) );
} );

test( 'a download goes on where it was broken off, and can be looked at first', async () => {
	const link = `${ url }/?smi-api=/smi/v1/download/${ sold.token }`;
	const part = await fetch( link, { headers: { 'X-Closed': '1', Range: 'bytes=10-19' } } );
	assert.deepEqual( [ part.status, ( await part.arrayBuffer() ).byteLength ], [ 206, 10 ] );
	const head = await fetch( link, { method: 'HEAD', ...closed } );
	assert.deepEqual( [ head.status, head.headers.get( 'content-type' ) ], [ 200, 'image/jpeg' ] );
} );

const skipClosed = notBesideHostile( 'the neighbour closes the API to everybody' );

test( 'links of earlier mails work as before where the API is open', { skip: skipClosed }, async () => {
	const answer = await fetch( `${ url }/wp-json/smi/v1/download/${ sold.token }` );
	assert.deepEqual( [ answer.status, answer.headers.get( 'content-type' ) ], [ 200, 'image/jpeg' ] );
} );

test( 'a dead link is a page for people and JSON for programs', async () => {
	const link = `${ url }/?smi-api=/smi/v1/download/${ 'x'.repeat( 43 ) }`;
	const page = await fetch( link, { headers: { 'X-Closed': '1', Accept: 'text/html' } } );
	assert.equal( page.status, 404 );
	assert.match( await page.text(), /This download does not work/ );
	const json = ( await ( await fetch( link, closed ) ).json() ) as { code: string };
	assert.equal( json.code, 'smi_download_not_found' );
} );

test( 'the bridge comes in by its signature, and nobody else', async () => {
	const sync = ( headers: Record< string, string > ) =>
		fetch( `${ url }/wp-json/smi/v1/bridge/sync`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json', ...headers },
			body: JSON.stringify( { hints: [], reports: [], want: { submit: 0, other: 0 } } ),
		} );
	const signed = await sync( { ...closed.headers, 'X-Sign': 'right' } );
	assert.equal( signed.status, 200, await signed.text() );
	const wrong = await sync( { ...closed.headers, 'X-Sign': 'wrong' } );
	assert.equal( wrong.status, 401 );
	const unsigned = await sync( closed.headers );
	assert.deepEqual(
		[ unsigned.status, ( ( await unsigned.json() ) as { code: string } ).code ],
		[ 401, 'rest_login_required' ]
	);
} );
