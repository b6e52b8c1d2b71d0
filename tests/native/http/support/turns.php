<?php
/**
 * Put into mu-plugins by turns.test.ts: `?smi_test_turn=1` makes a paid job whose submit is due, and a key for the bridge; `?smi_test_turn=0` takes
 * both away. Whoever changes an attempt takes his time, so that all others come in between if they can.
 *
 * @package SellMyImages
 */

// phpcs:disable WordPress.Security -- of a test.

declare( strict_types=1 );

namespace SellMyImages\Tests\Http;

use SellMyImages\Jobs\Job;
use SellMyImages\Plugin;

add_filter(
	'query',
	static function ( string $sql ): string {
		if ( 1 === preg_match( '/^UPDATE \S*smi_attempts/', $sql ) ) {
			usleep( 400000 );
		}

		return $sql;
	}
);

add_action(
	'init',
	static function (): void {
		if ( ! isset( $_GET['smi_test_turn'] ) ) {
			return;
		}
		$plugin = Plugin::instance();
		if ( '0' === $_GET['smi_test_turn'] ) {
			foreach ( array( 'jobs', 'attempts', 'commands', 'job_events' ) as $table ) {
				$plugin->db()->execute( "DELETE FROM {{$table}}" );
			}
			array_map( 'delete_option', array( 'smi_bridge', 'smi_bridge_seen', 'smi_bridge_keys', 'smi_bridge_keys_used', 'smi_settings', 'smi_site' ) );
			wp_send_json( array() );
		}
		$key = $plugin->key_ring()->all()[0] ?? $plugin->key_ring()->create( 'turns' );
		$plugin->bridge_state()->keep( array( 'livemode' => false ) );
		$job = $plugin->jobs()->insert( array( 'status' => 'pending', 'payment_status' => 'paid', 'amount_charged' => '4.90', 'email' => 'b@example.org', 'image_width' => 100, 'image_height' => 80, 'resolution' => '4x', 'source_url' => 'http://127.0.0.1/a.jpg', 'paid_at' => gmdate( 'Y-m-d H:i:s' ) ) );
		$job = $plugin->lifecycle()->within( $job->job_id, static fn( Job $locked ): Job => $plugin->attempts()->start( $locked ) );
		wp_send_json( array( 'attempt' => $job->current_attempt, 'key' => array( 'id' => $key['id'], 'secret' => $key['secret'] ) ) );
	},
	20
);
