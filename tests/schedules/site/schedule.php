<?php
/**
 * Put into mu-plugins by the schedules: the site's clock is theirs, a request may be killed at a COMMIT, and `?smi_schedule=NAME` opens a
 * back door for what buyers, owners and the judge do.
 *
 * `X-Schedule-Kill: before:2` kills the process just before the second COMMIT of the request, `after:2` just after it.
 *
 * @package SellMyImages
 */

// phpcs:disable WordPress.Security,WordPress.WP.AlternativeFunctions,Squiz.PHP.Eval -- of a test.

declare( strict_types=1 );

namespace SellMyImages\Tests\Schedules;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Plugin;

/** The parts of the plugin that ask PHP for the time. Channel is left out: signatures are checked by the real one. */
const PARTS = array( 'Bridge', 'Hooks', 'Jobs', 'Payments', 'Support', 'Upkeep', 'Visitors' );

function now(): int {
	static $now = null;
	$now ??= (int) file_get_contents( WP_CONTENT_DIR . '/schedule-now' );

	return $now;
}

foreach ( PARTS as $smi_part ) {
	eval( "namespace SellMyImages\\$smi_part; function time(): int { return \\SellMyImages\\Tests\\Schedules\\now(); } function gmdate( string \$format, ?int \$at = null ): string { return \\gmdate( \$format, \$at ?? time() ); }" );
}

$GLOBALS['wpdb']->query( 'SET timestamp = ' . now() );

/** At the wanted COMMIT. After it means: before whatever is said to the database next. */
function watch( string $sql, string $when, int $wanted ): string {
	static $commits = 0;
	$is_commit = 'COMMIT' === $sql;
	if ( ( $is_commit && 'before' === $when && $commits + 1 === $wanted ) || ( ! $is_commit && 'after' === $when && $commits === $wanted ) ) {
		posix_kill( (int) getmypid(), 9 );
	}
	$commits += (int) $is_commit;

	return $sql;
}

if ( 1 === preg_match( '/^(before|after):(\d+)$/', (string) ( $_SERVER['HTTP_X_SCHEDULE_KILL'] ?? '' ), $smi_kill ) ) {
	$smi_begin = static function ( mixed $result = null ) use ( $smi_kill ): mixed {
		add_filter( 'query', static fn( string $sql ): string => watch( $sql, $smi_kill[1], (int) $smi_kill[2] ) );

		return $result;
	};
	isset( $_GET['smi_schedule'] ) ? add_action( 'init', $smi_begin, 10, 0 ) : add_filter( 'rest_pre_dispatch', $smi_begin );
}

// Who is told, and how often. In a file, so that a killed process does not take it back.
add_action(
	'smi_payment_completed',
	static function ( string $job_id, array $context ): void {
		file_put_contents( WP_CONTENT_DIR . '/schedule-fired', wp_json_encode( array( $job_id, (object) $context ) ) . "\n", FILE_APPEND );
	},
	0,
	2
);

/** @param array<string,mixed> $body Empty. */
function forget( array $body ): array {
	global $wpdb;
	$plugin = Plugin::instance();
	foreach ( $wpdb->get_col( "SHOW TABLES LIKE '{$wpdb->prefix}smi\\_%'" ) as $table ) {
		$wpdb->query( "DELETE FROM $table" );
	}
	$first = get_option( 'schedule_options' );
	if ( ! is_array( $first ) ) {
		$first = $wpdb->get_col( "SELECT option_name FROM $wpdb->options WHERE option_name LIKE 'smi\\_%'" );
		update_option( 'schedule_options', $first );
	}
	$kept = implode( "','", array_map( 'esc_sql', $first ) );
	$wpdb->query( "DELETE FROM $wpdb->options WHERE option_name LIKE 'smi\\_%' AND option_name NOT IN ('$kept')" );
	wp_cache_flush();
	file_put_contents( WP_CONTENT_DIR . '/schedule-fired', '' );
	$connection = $plugin->pairing()->create_connection_string( 'schedules' );
	$plugin->bridge_state()->keep( array( 'livemode' => false, 'protocol' => 1, 'hello_at' => now() ) );
	$plugin->bridge_state()->seen();
	$plugin->commands()->schedule( CommandKind::Reconcile, 'objects', null, DAY_IN_SECONDS );

	return array( 'connection' => $connection, 'site' => $plugin->site_identity()->pair(), 'home' => home_url( '/' ) );
}

/** @param array<string,mixed> $body `width`, `height`: of the source; the picture sold is 128 × 96. */
function buy( array $body ): array {
	$name   = (string) $body['source'];
	$opened = Plugin::instance()->checkouts()->open(
		array(
			'attachment_id' => 1,
			'post_id'       => 1,
			'resolution'    => '4x',
			'email'         => 'buyer@example.org',
			'width'         => 128,
			'height'        => 96,
			'price_minor'   => (int) $body['price'],
			'currency'      => 'usd',
			'source'        => array(
				'url'    => content_url( "uploads/$name" ),
				'path'   => WP_CONTENT_DIR . "/uploads/$name",
				'width'  => (int) $body['width'],
				'height' => (int) $body['height'],
				'mime'   => 'image/jpeg',
			),
			'title'         => 'A picture',
			'image_url'     => content_url( "uploads/$name" ),
			'return_url'    => home_url( '/' ),
		)
	);

	return array( 'job' => $opened['job']->job_id );
}

/** @param array<string,mixed> $body `job`, `context`. */
function fire( array $body ): array {
	do_action( 'smi_payment_completed', (string) $body['job'], (array) $body['context'] );

	return array();
}

/** @param array<string,mixed> $body `method`, `route`, `params`: as the owner. */
function rest( array $body ): array {
	wp_set_current_user( 1 );
	$request = new \WP_REST_Request( (string) $body['method'], (string) $body['route'] );
	$request->set_header( 'Content-Type', 'application/json' );
	$request->set_body( (string) wp_json_encode( (object) $body['params'] ) );
	$answer = rest_do_request( $request );

	return array( 'status' => $answer->get_status(), 'data' => $answer->get_data() );
}

/** @param array<string,mixed> $body Empty: what WP-Cron does. */
function work( array $body ): array {
	return array( 'done' => Plugin::instance()->site_worker()->run_slice( 2.0 ) );
}

/** @param array<string,mixed> $body Empty: everything that the judge wants to know. */
function look( array $body ): array {
	$plugin = Plugin::instance();
	$db     = $plugin->db();
	$jobs   = $db->rows( 'SELECT * FROM {jobs} ORDER BY id' );
	foreach ( $jobs as &$job ) {
		$found                = $plugin->jobs()->find( $job['job_id'] );
		$job['attention_all'] = null === $found ? array() : array_map( static fn( $reason ) => $reason->value, $plugin->lifecycle()->attention_all( $found ) );
		$file                 = (string) $job['upscaled_file_path'];
		$path                 = null === $found || '' === $file ? null : \SellMyImages\Files\UploadsPath::resolve( $file );
		$job['file']          = null === $path || ! is_file( $path ) ? null : array( 'sha256' => hash_file( 'sha256', $path ), 'size' => array_slice( (array) getimagesize( $path ), 0, 2 ) );
	}
	$fired = is_file( WP_CONTENT_DIR . '/schedule-fired' ) ? file( WP_CONTENT_DIR . '/schedule-fired', FILE_IGNORE_NEW_LINES ) : array();

	return array(
		'now'      => gmdate( 'Y-m-d H:i:s', now() ),
		'jobs'     => $jobs,
		'attempts' => $db->rows( 'SELECT * FROM {attempts} ORDER BY id' ),
		'refunds'  => $db->rows( 'SELECT * FROM {refunds} ORDER BY id' ),
		'commands' => $db->rows( 'SELECT * FROM {commands} WHERE done_at IS NULL ORDER BY id' ),
		'events'   => isset( $body['events'] ) ? $db->rows( 'SELECT * FROM {job_events} ORDER BY id' ) : array(),
		'fired'    => array_map( 'json_decode', (array) $fired ),
	);
}

add_action(
	'init',
	static function (): void {
		$name = (string) ( $_GET['smi_schedule'] ?? '' );
		if ( in_array( $name, array( 'forget', 'buy', 'fire', 'rest', 'work', 'look' ), true ) ) {
			$body = json_decode( (string) file_get_contents( 'php://input' ), true );
			wp_send_json( ( __NAMESPACE__ . "\\$name" )( is_array( $body ) ? $body : array() ) );
		}
	},
	20
);
