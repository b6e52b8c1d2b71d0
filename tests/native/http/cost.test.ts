import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { notBesideHostile } from './support/neighbour.ts';

// What the plugin costs a site: files read and queries asked by it, counted inside the requests.
const url = process.env.SMI_URL ?? '';
const folder = join( process.env.SMI_WP_DIR ?? '', 'wp-content/mu-plugins' );
const file = join( folder, 'smi-cost.php' );

const MU_PLUGIN = `<?php
if ( isset( $_SERVER['HTTP_X_COST'] ) ) {
	define( 'SAVEQUERIES', true );
	add_action( 'shutdown', function () {
		global $wpdb;
		$ours = dirname( ( new ReflectionClass( SellMyImages\\Plugin::class ) )->getFileName(), 2 ) . '/';
		file_put_contents( __DIR__ . '/smi-cost-' . (int) $_SERVER['HTTP_X_COST'] . '.json', json_encode( array(
			'files'   => array_values( array_filter( get_included_files(), fn( $file ) => str_starts_with( $file, $ours ) && ! str_contains( $file, '/vendor/' ) ) ),
			'queries' => array_values( array_map( fn( $query ) => $query[0], array_filter( (array) $wpdb->queries, fn( $query ) => str_contains( str_replace( 'SellMyImages\\\\Tests', '', $query[2] ), 'SellMyImages' ) ) ) ),
		) ) );
	}, 200 );
}
add_action( 'init', function () {
	if ( ! isset( $_GET['smi-cost-setup'] ) ) {
		return;
	}
	if ( 'make' !== $_GET['smi-cost-setup'] ) {
		foreach ( get_posts( array( 'post_type' => array( 'post', 'attachment' ), 'post_status' => 'any', 'numberposts' => -1, 'meta_key' => '_smi_cost' ) ) as $made ) {
			'attachment' === $made->post_type ? wp_delete_attachment( $made->ID, true ) : wp_delete_post( $made->ID, true );
		}
		array_map( 'delete_option', array( 'smi_bridge_keys', 'smi_bridge', 'smi_bridge_seen', 'smi_interest_at', 'smi_site' ) );
		exit;
	}
	require_once ABSPATH . 'wp-admin/includes/image.php';
	$content = '';
	for ( $i = 0; $i < 20; $i++ ) {
		$path = wp_upload_dir()['path'] . "/cost-$i.jpg";
		imagejpeg( imagecreatetruecolor( 300, 200 ), $path );
		$id = wp_insert_attachment( array( 'post_mime_type' => 'image/jpeg', 'post_title' => "Cost $i", 'post_status' => 'inherit', 'meta_input' => array( '_smi_cost' => 1 ) ), $path );
		wp_update_attachment_metadata( $id, wp_generate_attachment_metadata( $id, $path ) );
		$address  = wp_get_attachment_url( $id );
		$content .= "<!-- wp:image {\\"id\\":$id} --><figure class=\\"wp-block-image\\"><img src=\\"$address\\" alt=\\"\\" class=\\"wp-image-$id\\"/></figure><!-- /wp:image -->\\n";
	}
	$post = wp_insert_post( array( 'post_title' => 'Twenty pictures', 'post_status' => 'publish', 'post_content' => wp_slash( $content ), 'meta_input' => array( '_smi_cost' => 1 ) ) );
	$plain = wp_insert_post( array( 'post_title' => 'No pictures', 'post_status' => 'publish', 'post_content' => '<!-- wp:paragraph --><p>Text.</p><!-- /wp:paragraph -->', 'meta_input' => array( '_smi_cost' => 1 ) ) );
	update_option( 'smi_bridge_keys', array( array( 'id' => 'k_000000000000', 'secret' => 'x', 'created_at' => time(), 'label' => 'cost' ) ), false );
	update_option( 'smi_bridge', array( 'version' => '0.1.0', 'protocol' => 1, 'livemode' => false ), false );
	update_option( 'smi_bridge_seen', time(), false );
	wp_send_json( array( 'post' => $post, 'plain' => $plain ) );
} );
`;

type Cost = { files: string[]; queries: string[] };

let made = { post: 0, plain: 0 };
let turn = 0;

async function cost( path: string, cookie = '' ): Promise< Cost & { body: string } > {
	const name = join( folder, `smi-cost-${ ++turn }.json` );
	const answer = await fetch( `${ url }${ path }`, { headers: { 'X-Cost': String( turn ), Cookie: cookie } } );
	assert.equal( answer.status, 200, path );
	const body = await answer.text();
	const counted = JSON.parse( await readFile( name, 'utf8' ) ) as Cost;
	await rm( name );
	return { ...counted, body };
}

async function logIn(): Promise< string > {
	const answer = await fetch( `${ url }/wp-login.php`, {
		method: 'POST',
		redirect: 'manual',
		headers: { Cookie: 'wordpress_test_cookie=WP%20Cookie%20check' },
		body: new URLSearchParams( { log: 'admin', pwd: 'password', testcookie: '1' } ),
	} );
	return answer.headers
		.getSetCookie()
		.map( ( one ) => one.split( ';' )[ 0 ] )
		.join( '; ' );
}

/** Under 20 files, no query: the price of being there at all. */
function costsNextToNothing( { files, queries }: Cost ): void {
	assert.deepEqual( queries, [] );
	assert.ok( files.length < 20, `${ files.length } files:\n${ files.join( '\n' ) }` );
}

before( async () => {
	await mkdir( folder, { recursive: true } );
	await writeFile( file, MU_PLUGIN );
	made = ( await ( await fetch( `${ url }/?smi-cost-setup=make` ) ).json() ) as typeof made;
} );

after( async () => {
	await fetch( `${ url }/?smi-cost-setup=end` );
	await rm( file );
} );

const skipCounts = notBesideHostile( 'the neighbour asks and flushes the cache at each button' );

test( 'a post with twenty pictures has twenty buttons, for three queries at most', { skip: skipCounts }, async () => {
	const { body, queries } = await cost( `/?p=${ made.post }` );
	assert.equal( body.match( /data-smi-attachment=/g )?.length, 20 );
	// WordPress 6.8 asks for an option of its own on the way of our script.
	const ours = queries.filter( ( query ) => ! query.includes( 'can_compress_scripts' ) );
	assert.ok( ours.length <= 3, ours.join( '\n' ) );
} );

test( 'a post without pictures costs next to nothing', async () => {
	costsNextToNothing( await cost( `/?p=${ made.plain }` ) );
} );

test( 'a list of posts costs next to nothing, with pictures in them as well', async () => {
	const page = await cost( '/' );
	costsNextToNothing( page );
	assert.doesNotMatch( page.body, /data-smi-attachment/ );
} );

test( 'a REST request that is not ours costs next to nothing', async () => {
	costsNextToNothing( await cost( '/wp-json/wp/v2/types', await logIn() ) );
} );

test( 'admin pages that are not ours cost next to nothing', async () => {
	const cookie = await logIn();
	for ( const path of [ '/wp-admin/index.php', '/wp-admin/edit.php', '/wp-admin/options-general.php' ] ) {
		costsNextToNothing( await cost( path, cookie ) );
	}
} );

test( 'a REST request of ours finds its route, also inside another', async () => {
	const { body } = await cost( `/wp-json/smi/v1/offers?attachment_id=2147483647&post_id=1` ).catch( () => ( {
		body: '',
	} ) );
	assert.equal( body, '', 'That picture is not for sale.' );
	const answer = await fetch( `${ url }/wp-json/smi/v1`, { headers: { Cookie: await logIn() } } );
	const index = ( await answer.json() ) as { routes: object };
	assert.ok( Object.keys( index.routes ).includes( '/smi/v1/jobs' ) );
} );
