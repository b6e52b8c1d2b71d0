<?php
/**
 * The owner's side of the channel.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Channel;

use SellMyImages\Bridge\BridgeState;
use SellMyImages\Bridge\BridgeStatus;
use SellMyImages\Bridge\KeyRing;
use SellMyImages\Bridge\PaymentsPause;
use SellMyImages\Bridge\ProviderHealth;
use SellMyImages\Channel\ChannelNotices;
use SellMyImages\Channel\ConnectionController;
use SellMyImages\Channel\ConnectionProblems;
use SellMyImages\Channel\Pairing;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Errors\ActionRefused;
use SellMyImages\Rest\Contract;

final class ConnectionTest extends ChannelTestCase {

	private KeyRing $keys;

	protected function setUp(): void {
		parent::setUp();
		$this->keys = new KeyRing( $this->options );
		$state      = new BridgeState( $this->options );
		$status     = new BridgeStatus( $state, $this->keys );
		$controller = new ConnectionController( new Pairing( $this->keys ), $this->keys, $status, new ConnectionProblems( $this->notices() ), $this->safe_mode(), $this->site, $this->commands, '9.9.9' );
		$GLOBALS['wp_rest_server'] = new \WP_REST_Server(); // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- taken away again below.
		remove_all_actions( 'rest_api_init' );
		add_action( 'rest_api_init', array( $controller, 'routes' ) );
		do_action( 'rest_api_init', $GLOBALS['wp_rest_server'] );
	}

	protected function tearDown(): void {
		$GLOBALS['wp_rest_server'] = null; // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- made anew at next use.
		parent::tearDown();
	}

	public function test_is_the_owners_alone(): void {
		foreach ( array( array( 'GET', '/smi/v1/connection' ), array( 'POST', '/smi/v1/connection/keys' ), array( 'DELETE', '/smi/v1/connection/keys/k_000000000000' ), array( 'POST', '/smi/v1/connection/safe-mode' ) ) as list( $method, $route ) ) {
			$params = str_ends_with( $route, 'safe-mode' ) ? array( 'choice' => 'copy' ) : array();
			wp_set_current_user( 0 );
			self::assertSame( 401, $this->rest( $method, $route, $params )->get_status() );
			$this->as_role( 'editor' );
			self::assertSame( 403, $this->rest( $method, $route, $params )->get_status() );
		}
	}

	public function test_shows_a_connection_string_once(): void {
		$this->as_admin();
		$created = $this->rest( 'POST', '/smi/v1/connection/keys', array( 'label' => 'Server <b>1</b>' ) );
		self::assertSame( 201, $created->get_status() );
		self::assertMatchesRegularExpression( '#^https?://k_[0-9a-f]{12}:[\w-]{43}@[\w.:-]+/(\S*/)?\?rest=%2F\S*$#', $created->get_data()['connection_string'] );
		$shown = $this->rest( 'GET', '/smi/v1/connection' );
		self::assertSame( 'Server 1', $shown->get_data()['keys'][0]['label'] );
		self::assertStringNotContainsString( $this->keys->all()[0]['secret'], (string) wp_json_encode( $shown->get_data() ) );
	}

	public function test_answers_what_its_contract_says(): void {
		$this->as_admin();
		$data = $this->rest( 'GET', '/smi/v1/connection' )->get_data();
		self::assertTrue( rest_validate_value_from_schema( $data, Contract::load( 'connection' ), 'connection' ) );
		self::assertSame( array( 'not_paired' ), array_column( $data['problems'], 'code' ) );
		self::assertNotSame( '', $data['problems'][0]['remedy'] );
	}

	public function test_takes_a_key_back(): void {
		$this->as_admin();
		$id = $this->keys->create( '' )['id'];
		self::assertSame( array(), $this->rest( 'DELETE', "/smi/v1/connection/keys/$id" )->get_data()['keys'] );
		self::assertSame( 404, $this->rest( 'DELETE', "/smi/v1/connection/keys/$id" )->get_status() );
	}

	public function test_a_key_that_was_never_used_gives_way_to_a_third(): void {
		$used = $this->keys->create( 'used' )['id'];
		$this->keys->used( $used );
		$unused = $this->keys->create( 'unused' )['id'];
		$third  = $this->keys->create( 'third' )['id'];
		self::assertSame( array( $used, $third ), array_column( $this->keys->all(), 'id' ) );
		self::assertNull( $this->keys->secret( $unused ) );
		$this->keys->used( $third );
		$this->expectException( ActionRefused::class );
		$this->keys->create( 'fourth' );
	}

	public function test_notices_what_the_owner_must_know(): void {
		$this->keys->create( '' );
		update_option( BridgeState::SEEN, time() - 400 );
		( new BridgeState( $this->options ) )->keep( array( 'livemode' => true, 'mismatch' => 9, 'skew' => -200 ) );
		self::assertSame( array( 'safe_mode', 'protocol_mismatch', 'bridge_silent', 'clock_skew' ), array_column( $this->notices()->all(), 'code' ) );
		update_option( BridgeState::SEEN, time() );
		( new BridgeState( $this->options ) )->keep( array( 'livemode' => false ) );
		self::assertSame( array(), $this->notices()->all() );
	}

	public function test_a_copy_becomes_another_shop_and_forgets_what_was_to_be_done(): void {
		$this->as_admin();
		( new BridgeState( $this->options ) )->keep( array( 'livemode' => true ) );
		$uuid = $this->site->uuid();
		$this->commands->hint( CommandKind::RefreshPayment, 'a', null );
		self::assertSame( 'environment', $this->safe_mode()->reason() );
		self::assertFalse( $this->rest( 'POST', '/smi/v1/connection/safe-mode', array( 'choice' => 'copy' ) )->get_data()['safe_mode']['on'] );
		self::assertNotSame( $uuid, $this->site->uuid() );
		self::assertNotNull( $this->command( CommandKind::RefreshPayment, 'a' )->done_at );
		self::assertSame( 409, $this->rest( 'POST', '/smi/v1/connection/safe-mode', array( 'choice' => 'copy' ) )->get_status() );
		self::assertSame( 400, $this->rest( 'POST', '/smi/v1/connection/safe-mode', array( 'choice' => 'what' ) )->get_status() );
	}

	public function test_a_shop_that_moved_keeps_its_name_and_looks_what_it_missed(): void {
		$this->site->settle_here();
		( new BridgeState( $this->options ) )->keep( array( 'livemode' => true ) );
		add_filter( 'option_home', static fn(): string => 'http://elsewhere.test', 99 );
		$uuid = $this->site->uuid();
		self::assertSame( 'moved', $this->safe_mode()->reason() );
		$this->safe_mode()->moved();
		self::assertFalse( $this->safe_mode()->is_on() );
		self::assertSame( $uuid, $this->site->uuid() );
		self::assertNotNull( $this->commands->find( CommandKind::Reconcile, 'objects' ) );
	}

	private function notices(): ChannelNotices {
		$state = new BridgeState( $this->options );
		return new ChannelNotices(
			new BridgeStatus( $state, $this->keys ),
			$state,
			$this->safe_mode(),
			new PaymentsPause( $this->options, $this->transaction, $this->commands ),
			new ProviderHealth( $this->options )
		);
	}
}
