<?php
/**
 * The bridge's routes, over REST.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Channel;

use SellMyImages\Bridge\BridgeState;
use SellMyImages\Bridge\CallingKey;
use SellMyImages\Bridge\KeyRing;
use SellMyImages\Channel\BridgeController;
use SellMyImages\Channel\Contact;
use SellMyImages\Channel\Hello;
use SellMyImages\Channel\SignedRequest;
use SellMyImages\Channel\Uploads;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Database\DatabaseError;
use SellMyImages\Errors\ActionRefused;
use SellMyImages\Files\PrivateFolder;
use SellMyImages\Files\ResultFiles;
use SellMyImages\Plugin;
use SellMyImages\Rest\Contract;

final class BridgeRoutesTest extends ChannelTestCase {

	/**
	 * Who signs.
	 *
	 * @var array{id:string,secret:string}
	 */
	private array $key;

	/** What payment-completed calls. */
	private ?\Closure $retry = null;

	protected function setUp(): void {
		parent::setUp();
		$this->key   = $this->key();
		$this->retry = null;
		// A server of this test's own, with the channel that obeys it.
		$GLOBALS['wp_rest_server'] = new \WP_REST_Server(); // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- taken away again below.
		$state      = new BridgeState( $this->options );
		$controller = new BridgeController(
			new SignedRequest( new KeyRing( $this->options ), new CallingKey() ),
			new Hello( $state, $this->site, $this->safe_mode(), $this->commands, '9.9.9' ),
			$this->sync(),
			new Uploads( $this->commands, new ResultFiles( new PrivateFolder( $this->options ) ) ),
			Plugin::instance()->turns(),
			new Contact( $state, $this->commands ),
			fn( mixed ...$args ): array => $this->told( ...$args )
		);
		remove_all_actions( 'rest_api_init' );
		add_action( 'rest_api_init', array( $controller, 'routes' ) );
		do_action( 'rest_api_init', $GLOBALS['wp_rest_server'] );
	}

	/** @return array<mixed> What the retry says that the test wants. */
	private function told( mixed ...$args ): array {
		return null === $this->retry ? array() : ( $this->retry )( ...$args );
	}

	protected function tearDown(): void {
		$GLOBALS['wp_rest_server'] = null; // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- made anew at next use.
		parent::tearDown();
	}

	public function test_hello_says_who_is_who(): void {
		$response = $this->hello();
		self::assertSame( 200, $response->get_status() );
		self::assertTrue( rest_validate_value_from_schema( $response->get_data(), Contract::load( 'hello-response' ), 'hello' ) );
		self::assertSame( 1, $response->get_data()['protocol'] );
		self::assertSame( 'http://bridge.test', ( new BridgeState( $this->options ) )->public_url() );
		self::assertNotNull( $this->commands->find( CommandKind::Reconcile, 'objects' ) );
		$events = $this->command( CommandKind::Reconcile, 'events' );
		self::assertEqualsWithDelta( 180, strtotime( $events->due_at ) - strtotime( $this->db->now() ), 2, 'Webhooks may be lost.' );
		self::assertNotNull( ( new BridgeState( $this->options ) )->seen_at() );
	}

	public function test_a_bridge_that_comes_back_with_its_key_looks_through_everything_at_night_only(): void {
		( new BridgeState( $this->options ) )->keep( array( 'key_id' => $this->key['id'] ) );
		$this->hello();
		$objects = $this->command( CommandKind::Reconcile, 'objects' );
		self::assertEqualsWithDelta( DAY_IN_SECONDS, strtotime( $objects->due_at ) - strtotime( $this->db->now() ), 2 );
		$this->hello();
		self::assertSame( 1, $this->command( CommandKind::Reconcile, 'objects' )->wanted );
	}

	public function test_a_bridge_without_an_address_reads_events(): void {
		$this->hello( array( 'public_url' => null ) );
		self::assertNotNull( $this->commands->find( CommandKind::Reconcile, 'events' ) );
	}

	public function test_hello_of_a_version_too_far_away_is_a_426_and_is_remembered(): void {
		$response = $this->hello( array( 'protocol' => 7 ) );
		self::assertSame( array( 426, 'smi_channel_protocol_mismatch' ), array( $response->get_status(), $response->get_data()['code'] ) );
		self::assertSame( 7, ( new BridgeState( $this->options ) )->hello()['mismatch'] );
	}

	public function test_sync_answers_what_its_contract_says(): void {
		$job_id = $this->make_job();
		$this->commands->hint( CommandKind::RefreshPayment, $job_id, $job_id );
		$response = rest_do_request( $this->signed( $this->key, '/smi/v1/bridge/sync', $this->json( $this->message() ) ) );
		self::assertSame( 200, $response->get_status() );
		$data = json_decode( (string) wp_json_encode( $response->get_data() ), true );
		self::assertSame( array( 'answers', 'commands', 'next_in_ms', 'time', 'site' ), array_keys( $data ) );
		self::assertSame( 'refresh_payment', $data['commands'][0]['kind'] );
	}

	/** @dataProvider bad_bodies */
	public function test_names_what_is_wrong_with_a_body( string $param, string $body ): void {
		$response = rest_do_request( $this->signed( $this->key, '/smi/v1/bridge/sync', $body ) );
		self::assertSame( array( 400, 'rest_invalid_param' ), array( $response->get_status(), $response->get_data()['code'] ) );
		self::assertArrayHasKey( $param, $response->get_data()['data']['params'] );
	}

	/** @return array<string,array{string,string}> */
	public function bad_bodies(): array {
		$report = '{"id":"r","command":"11111111-1111-4111-8111-111111111111","lease_no":1,"outcome":"maybe"}';
		return array(
			'no hints'            => array( 'hints', '{"reports":[],"want":{"submit":1,"other":1}}' ),
			'too much wanted'     => array( 'want', '{"hints":[],"reports":[],"want":{"submit":5,"other":1}}' ),
			'an unknown outcome'  => array( 'reports', "{\"hints\":[],\"reports\":[$report],\"want\":{\"submit\":1,\"other\":1}}" ),
			'a hint without id'   => array( 'hints', '{"hints":[{"type":"x"}],"reports":[],"want":{"submit":1,"other":1}}' ),
			'not an object'       => array( 'body', '7' ),
		);
	}

	public function test_refuses_who_is_not_the_bridge(): void {
		$body = $this->json( $this->message() );
		$this->refused( 'smi_signature_missing', new \WP_REST_Request( 'POST', '/smi/v1/bridge/sync' ) );
		$this->refused( 'smi_signature_expired', $this->signed( $this->key, '/smi/v1/bridge/sync', $body, array(), time() - 400 ) );
		$this->refused( 'smi_signature_expired', $this->signed( $this->key, '/smi/v1/bridge/sync', $body, array(), time() + 400 ) );
		$this->refused( 'smi_signature_mismatch', $this->signed( array( 'secret' => 'x' ) + $this->key, '/smi/v1/bridge/sync', $body ) );
		$this->refused( 'smi_signature_key_unknown', $this->signed( array( 'id' => 'k_0' ) + $this->key, '/smi/v1/bridge/sync', $body ) );
		$altered = $this->signed( $this->key, '/smi/v1/bridge/sync', $body );
		$altered->set_body( $body . ' ' );
		$this->refused( 'smi_signature_digest', $altered );
	}

	public function test_refuses_a_signature_made_for_another_route_or_query(): void {
		$elsewhere = $this->signed( $this->key, '/smi/v1/bridge/hello', '{}' );
		$elsewhere->set_route( '/smi/v1/bridge/sync' );
		$this->refused( 'smi_signature_route', $elsewhere );
		$other_query = $this->signed( $this->key, '/smi/v1/bridge/sync', '{}', array( 'a' => '1' ) );
		$other_query->set_query_params( array( 'a' => '2' ) );
		$this->refused( 'smi_signature_route', $other_query );
	}

	public function test_takes_the_query_in_any_order_and_without_rest_route(): void {
		$request = $this->signed( $this->key, '/smi/v1/bridge/sync', $this->json( $this->message() ), array( 'b' => 'ü &', 'a' => '1' ) );
		$request->set_query_params( array( 'rest_route' => '/smi/v1/bridge/sync', 'b' => 'ü &', 'a' => '1' ) );
		self::assertSame( 200, rest_do_request( $request )->get_status() );
	}

	public function test_two_keys_work_until_one_is_taken_back(): void {
		$second = $this->key();
		$body   = $this->json( $this->message() );
		self::assertSame( 200, rest_do_request( $this->signed( $this->key, '/smi/v1/bridge/sync', $body ) )->get_status() );
		self::assertSame( 200, rest_do_request( $this->signed( $second, '/smi/v1/bridge/sync', $body ) )->get_status() );
		( new KeyRing( $this->options ) )->revoke( $this->key['id'] );
		$this->refused( 'smi_signature_key_unknown', $this->signed( $this->key, '/smi/v1/bridge/sync', $body ) );
		self::assertSame( 200, rest_do_request( $this->signed( $second, '/smi/v1/bridge/sync', $body ) )->get_status() );
	}

	public function test_refuses_a_body_that_is_too_large_or_was_dropped_on_the_way(): void {
		$large = rest_do_request( $this->signed( $this->key, '/smi/v1/bridge/sync', '{"a":"' . str_repeat( 'a', 2097152 ) . '"}' ) );
		self::assertSame( 413, $large->get_status() );
		$dropped = $this->signed( $this->key, '/smi/v1/bridge/sync', '' );
		$dropped->set_header( 'Content-Length', '99999999' );
		self::assertSame( 413, rest_do_request( $dropped )->get_status() );
	}

	public function test_a_database_that_is_away_is_a_503(): void {
		$this->allow_log( '/^.*Sell My Images: the database refused.*$/m' );
		$this->retry = static fn() => throw new DatabaseError( 'away' );
		$response    = $this->payment_completed();
		self::assertSame( array( 503, 'smi_channel_busy' ), array( $response->get_status(), $response->get_data()['code'] ) );
	}

	public function test_payment_completed_hands_over_what_it_was_told(): void {
		$given       = null;
		$this->retry = static function ( ...$args ) use ( &$given ): array {
			$given = $args;
			return array( 'fired' => true );
		};
		self::assertSame( array( 'fired' => true ), $this->payment_completed()->get_data() );
		self::assertSame( array( '11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222', '33333333-3333-4333-8333-333333333333', 2, 'timeout' ), $given );
		$this->retry = static fn() => throw new ActionRefused( 'smi_retry_stale', 'No.' );
		self::assertSame( 409, $this->payment_completed()->get_status() );
	}

	public function test_looks_through_everything_after_a_long_silence(): void {
		update_option( BridgeState::SEEN, time() - 700 );
		rest_do_request( $this->signed( $this->key, '/smi/v1/bridge/sync', $this->json( $this->message( array(), array(), 0, 0 ) ) ) );
		self::assertNotNull( $this->commands->find( CommandKind::Reconcile, 'objects' ) );
	}

	public function test_takes_a_file_in_pieces(): void {
		list( $attempt, $file ) = $this->upload_begun();
		$first = $this->piece( $attempt, $file, 0, 40 );
		self::assertSame( array( 'offset' => 40, 'complete' => false ), $first->get_data() );
		$again = $this->piece( $attempt, $file, 0, 40 );
		self::assertSame( array( 409, 'smi_file_wrong_offset', 40 ), array( $again->get_status(), $again->get_data()['code'], $again->get_data()['data']['offset'] ) );
		self::assertSame( strlen( $file ), $this->piece( $attempt, $file, 40, 9999 )->get_data()['offset'] );
		$stored = ( new ResultFiles( new PrivateFolder( $this->options ) ) )->finished( $attempt );
		self::assertNotNull( $stored );
		self::assertSame( array( hash( 'sha256', $file ), strlen( $file ), 30, 20, 'image/png' ), array( $stored->sha256, $stored->bytes, $stored->width, $stored->height, $stored->mime ) );
		self::assertSame( $file, file_get_contents( $stored->path ) );
		self::assertSame( 200, $this->piece( $attempt, $file, 0, 40 )->get_status(), 'What is there already need not be sent again.' );
	}

	public function test_a_damaged_file_starts_again(): void {
		list( $attempt, $file ) = $this->upload_begun();
		$response = $this->piece( $attempt, $file, 0, 9999, array( 'sha256' => str_repeat( 'a', 64 ) ) );
		self::assertSame( array( 409, 'smi_file_hash_mismatch', 0 ), array( $response->get_status(), $response->get_data()['code'], $response->get_data()['data']['offset'] ) );
		self::assertNull( ( new ResultFiles( new PrivateFolder( $this->options ) ) )->finished( $attempt ) );
		self::assertSame( 200, $this->piece( $attempt, $file, 0, 9999 )->get_status() );
	}

	public function test_refuses_pieces_that_cannot_be_right(): void {
		list( $attempt, $file ) = $this->upload_begun();
		self::assertSame( 400, $this->piece( $attempt, $file, 0, 9999, array( 'total' => 10 ) )->get_status() );
		self::assertSame( 400, $this->piece( $attempt, $file, 0, 9999, array( 'sha256' => 'short' ) )->get_status() );
		self::assertSame( 422, $this->piece( $attempt, $file, 0, 9999, array( 'total' => ResultFiles::LARGEST + 1 ) )->get_status() );
		self::assertSame( 422, $this->piece( $attempt, str_repeat( '<html>', 20 ), 0, 9999 )->get_status() );
		$stale = $this->piece( $attempt, $file, 0, 40, array( 'lease_no' => 2 ) );
		self::assertSame( array( 409, 'smi_file_stale_lease' ), array( $stale->get_status(), $stale->get_data()['code'] ) );
		self::assertArrayNotHasKey( 'offset', $stale->get_data()['data'] );
		self::assertSame( 404, $this->piece( wp_generate_uuid4(), $file, 0, 40 )->get_status() );
	}

	public function test_each_piece_prolongs_the_lease(): void {
		list( $attempt, $file ) = $this->upload_begun();
		$this->age( $this->command( CommandKind::RefreshAttempt, $attempt ), 170 );
		$this->piece( $attempt, $file, 0, 10 );
		self::assertEqualsWithDelta( 180, strtotime( (string) $this->command( CommandKind::RefreshAttempt, $attempt )->leased_until ) - strtotime( $this->db->now() ), 2 );
	}

	public function test_keeps_strangers_out_of_the_folder(): void {
		list( $attempt, $file ) = $this->upload_begun();
		$this->piece( $attempt, $file, 0, 9999 );
		$folder = new PrivateFolder( $this->options );
		self::assertFileExists( $folder->root() . '/.htaccess' );
		self::assertFileExists( $folder->root() . '/web.config' );
		self::assertFileExists( $folder->root() . '/index.php' );
		self::assertStringNotContainsString( substr( $attempt, 0, 8 ), $folder->folder( $attempt ) );
	}

	/** @param array<string,mixed> $fields Instead of the usual ones. */
	private function hello( array $fields = array() ): \WP_REST_Response {
		$hello = $fields + array( 'version' => '1.0.0', 'protocol' => 1, 'public_url' => 'http://bridge.test/', 'time' => gmdate( 'Y-m-d\TH:i:s\Z' ), 'livemode' => false, 'can_push' => true );
		return rest_do_request( $this->signed( $this->key, '/smi/v1/bridge/hello', $this->json( $hello ) ) );
	}

	private function payment_completed(): \WP_REST_Response {
		$body = $this->json( array( 'attempt' => '22222222-2222-4222-8222-222222222222', 'command' => '33333333-3333-4333-8333-333333333333', 'lease_no' => 2, 'reason' => 'timeout' ) );
		return rest_do_request( $this->signed( $this->key, '/smi/v1/bridge/jobs/11111111-1111-4111-8111-111111111111/payment-completed', $body ) );
	}

	/** @return array{string,string} A leased attempt and a picture of 30 x 20. */
	private function upload_begun(): array {
		$attempt = wp_generate_uuid4();
		$this->lease( CommandKind::RefreshAttempt, $attempt, $this->make_job() );
		$image = imagecreatetruecolor( 30, 20 );
		ob_start();
		imagepng( $image );
		return array( $attempt, (string) ob_get_clean() );
	}

	/** @param array<string,string|int> $query Instead of the right one. */
	private function piece( string $attempt, string $file, int $offset, int $length, array $query = array() ): \WP_REST_Response {
		$query += array( 'offset' => $offset, 'total' => strlen( $file ), 'lease_no' => 1, 'sha256' => hash( 'sha256', $file ) );
		return rest_do_request( $this->signed( $this->key, "/smi/v1/bridge/attempts/$attempt/file", substr( $file, $offset, $length ), $query ) );
	}

	private function refused( string $code, \WP_REST_Request $request ): void {
		$response = rest_do_request( $request );
		self::assertSame( array( 401, $code ), array( $response->get_status(), $response->get_data()['code'] ) );
		self::assertMatchesRegularExpression( '/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/', $response->get_data()['data']['time'] );
	}

	/** @param array<string,mixed> $message A message. */
	private function json( array $message ): string {
		return (string) wp_json_encode( $message );
	}
}
