<?php
/**
 * Put into mu-plugins by lost-database.test.ts: takes the database away in the middle of a request.
 *
 * `X-Test-Kill: 3` ends the connection just before the third statement of the plugin, `commit` before the first COMMIT; `X-Test-Away: 1` lets none be made
 * anew. `X-Test-Sign: 1` signs the request as the bridge. `?smi_test_world=1` makes what the requests are about, `?smi_test_world=0` takes it away.
 *
 * @package SellMyImages
 */

// phpcs:disable WordPress.DB.RestrictedClasses.mysql__mysqli,WordPress.Security -- of a test, and a second session is the point.

declare( strict_types=1 );

namespace SellMyImages\Tests\Http;

use SellMyImages\Channel\MessageSignature;
use SellMyImages\Plugin;

function end_connection(): void {
	global $wpdb;
	$socket = (string) preg_replace( '/^[^:]*:/', '', (string) DB_HOST );
	$other  = new \mysqli( 'localhost', DB_USER, DB_PASSWORD, DB_NAME, 0, $socket );
	$other->query( "KILL {$wpdb->dbh->thread_id}" );
	if ( isset( $_SERVER['HTTP_X_TEST_AWAY'] ) ) {
		$wpdb->dbhost = 'localhost:/nowhere.sock';
	}
	header( 'X-Test-Killed: 1' );
	usleep( 5000 );
}

function watch( string $sql ): string {
	static $seen = 0, $is_done = false;
	$wanted  = (string) $_SERVER['HTTP_X_TEST_KILL'];
	$is_ours = 1 === preg_match( '/smi_|^(START TRANSACTION|SAVEPOINT|RELEASE|COMMIT|SET )/', $sql );
	if ( ! $is_done && $is_ours && ( 'commit' === $wanted ? 'COMMIT' === $sql : ++$seen === (int) $wanted ) ) {
		$is_done = true;
		end_connection();
	}

	return $sql;
}

if ( isset( $_SERVER['HTTP_X_TEST_KILL'] ) ) {
	$smi_begin = static function ( mixed $result = null ): mixed {
		add_filter( 'query', __NAMESPACE__ . '\watch' );

		return $result;
	};
	// By REST, or by the side door for buyers.
	add_filter( 'rest_pre_dispatch', $smi_begin );
	if ( isset( $_GET['smi-api'] ) ) {
		add_action( 'wp_loaded', $smi_begin, PHP_INT_MIN );
	}
}

add_action(
	'plugins_loaded',
	static function (): void {
		if ( ! isset( $_SERVER['HTTP_X_TEST_SIGN'] ) ) {
			return;
		}
		$key   = Plugin::instance()->key_ring()->all()[0];
		$route = (string) preg_replace( '#^/wp-json#', '', (string) wp_parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );
		$query = (string) wp_parse_url( $_SERVER['REQUEST_URI'], PHP_URL_QUERY );
		foreach ( MessageSignature::sign( 'POST', $route . ( '' === $query ? '' : "?$query" ), (string) file_get_contents( 'php://input' ), $key['id'], $key['secret'], time() ) as $name => $value ) {
			$_SERVER[ 'HTTP_' . strtoupper( str_replace( '-', '_', $name ) ) ] = $value;
		}
	},
	20
);

add_action(
	'init',
	static function (): void {
		if ( ! isset( $_GET['smi_test_world'] ) ) {
			return;
		}
		$plugin = Plugin::instance();
		if ( '0' === $_GET['smi_test_world'] ) {
			$plugin->db()->execute( 'DELETE FROM {jobs}' );
			array_map( 'delete_option', array( 'smi_bridge', 'smi_bridge_seen', 'smi_bridge_keys', 'smi_bridge_keys_used', 'smi_settings', 'smi_site' ) );
			wp_send_json( array() );
		}
		if ( array() === $plugin->key_ring()->all() ) {
			$plugin->key_ring()->create( 'test' );
		}
		$plugin->bridge_state()->keep( array( 'livemode' => false ) );
		$plugin->bridge_state()->seen();
		$paid = array( 'status' => 'failed', 'payment_status' => 'paid', 'amount_charged' => '4.90', 'stripe_payment_intent_id' => 'pi_' . wp_generate_uuid4(), 'email' => 'b@example.org', 'image_width' => 100, 'image_height' => 80, 'resolution' => '4x', 'source_url' => 'http://127.0.0.1/a.jpg', 'paid_at' => gmdate( 'Y-m-d H:i:s' ) );
		wp_send_json( array( 'job' => $plugin->jobs()->insert( $paid )->job_id ) );
	},
	20
);
