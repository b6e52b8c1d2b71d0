<?php
/**
 * The channel as the plugin wires it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Channel;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Plugin;
use SellMyImages\Rest\Contract;

final class WiredTest extends ChannelTestCase {

	public function test_a_bridge_that_was_given_the_string_says_hello_and_syncs(): void {
		$this->as_admin();
		$string = $this->rest( 'POST', '/smi/v1/connection/keys', array( 'label' => 'b' ) )->get_data()['connection_string'];
		wp_set_current_user( 0 );
		$key    = array( 'id' => (string) wp_parse_url( $string, PHP_URL_USER ), 'secret' => (string) wp_parse_url( $string, PHP_URL_PASS ) );
		$hello  = array( 'version' => '1.0.0', 'protocol' => 1, 'public_url' => null, 'time' => gmdate( 'Y-m-d\TH:i:s\Z' ), 'livemode' => false );
		$answer = rest_do_request( $this->signed( $key, '/smi/v1/bridge/hello', (string) wp_json_encode( $hello ) ) );
		self::assertSame( 200, $answer->get_status() );
		$job_id = $this->make_job( array( 'livemode' => 0, 'stripe_checkout_session_id' => 'cs_1' ) );
		$hint   = array( 'id' => 'evt_1', 'type' => 'checkout.session.completed', 'livemode' => false, 'session' => 'cs_1' );
		$answer = rest_do_request( $this->signed( $key, '/smi/v1/bridge/sync', (string) wp_json_encode( $this->message( array( $hint ) ) ) ) );
		$data   = json_decode( (string) wp_json_encode( $answer->get_data() ), true );
		self::assertTrue( rest_validate_value_from_schema( $data, Contract::load( 'sync-response' ), 'sync' ) );
		self::assertEqualsCanonicalizing( array( 'refresh_payment', 'reconcile', 'reconcile' ), array_column( $data['commands'], 'kind' ) );
		self::assertContains( $job_id, array_column( $data['commands'], 'object' ) );
	}

	public function test_every_bridge_kind_has_its_handler_and_the_site_kinds_too(): void {
		$handlers = Plugin::instance()->handlers();
		foreach ( CommandKind::cases() as $kind ) {
			if ( CommandKind::BatchItem !== $kind ) {
				self::assertNotNull( $kind->is_site() ? $handlers->site( $kind ) : $handlers->bridge( $kind ), $kind->value );
			}
		}
	}

	public function test_cron_is_booked_and_runs_a_slice(): void {
		self::assertNotFalse( wp_next_scheduled( 'smi_work' ) );
		do_action( 'smi_work' );
		self::assertNotNull( $this->commands->find( CommandKind::Sweep, 'site' ) );
		self::assertNotNull( $this->commands->find( CommandKind::Purge, 'site' ) );
	}
}
