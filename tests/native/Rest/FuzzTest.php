<?php
/**
 * Bad values in every parameter of every route.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Rest;

use SellMyImages\Channel\MessageSignature;
use SellMyImages\Plugin;
use SellMyImages\Rest\Contract;
use SellMyImages\Tests\Storefront\StorefrontTestCase;

/**
 * Whatever a client sends: no 5xx, no line in the PHP log, and what is refused has changed nothing. The answers are also sent, so that a
 * stream which fails is seen.
 */
final class FuzzTest extends StorefrontTestCase {

	/** Answers of the 500s that are true: the shop has no bridge here. */
	private const AWAY = array( 'smi_checkout_unavailable', 'smi_upgrade_pending' );

	/** Messages of the signed routes, which have no `args`. */
	private const MESSAGES = array(
		'/bridge/hello' => 'hello-request',
		'/bridge/sync'  => 'sync-request',
		'/file'         => '',
		'/begin'        => '',
		'/payment-completed' => 'payment-completed-request',
	);

	private string $job = '';

	private int $picture = 0;

	private int $post = 0;

	private int $sent = 0;

	private \WP_REST_Server $quiet;

	/** @var list<string> */
	private array $wrong = array();

	/** @var array<int,int> Status => how many answers. */
	private array $answers = array();

	protected function setUp(): void {
		parent::setUp();
		// A shop that is open, so that the public routes get as far as they can.
		Plugin::instance()->key_ring()->create( 'bridge' );
		Plugin::instance()->bridge_state()->keep( array( 'livemode' => false ) );
		Plugin::instance()->bridge_state()->seen();
		$this->picture = $this->make_picture( 400, 300 );
		$this->post    = $this->make_post( array( $this->picture ) );
		add_filter( 'smi_clear_output_buffers', '__return_false' );
		$this->quiet = new class() extends \WP_REST_Server {
			/**
			 * Nothing is sent: PHPUnit has already printed.
			 *
			 * @param string $key   Name.
			 * @param string $value Value.
			 */
			public function send_header( $key, $value ): void {
			}
		};
	}

	public function test_no_value_of_any_parameter_breaks_a_route(): void {
		$this->as_admin();
		$this->fuzz_all();
		// If everything were refused at the door, this would show nothing.
		self::assertGreaterThan( 1000, $this->answers[200] );
		self::assertGreaterThan( 10, $this->answers[201] );
	}

	public function test_no_stranger_breaks_a_route(): void {
		$this->fuzz_all();
	}

	private function fuzz_all(): void {
		$routes = 0;
		foreach ( $this->routes() as $route => $handlers ) {
			foreach ( $handlers as $handler ) {
				++$routes;
				foreach ( array_keys( $handler['methods'] ) as $method ) {
					$this->fuzz( (string) $method, $route, $handler['args'] );
				}
			}
		}
		ksort( $this->answers );
		$this->note( "$routes endpoints, $this->sent requests, answers " . wp_json_encode( $this->answers ) );
		self::assertSame( array(), $this->wrong, "$this->sent requests" );
		self::assertGreaterThan( 20, $routes );
		self::assertGreaterThan( 5000, $this->sent );
	}

	public function test_no_field_of_a_signed_message_breaks_its_route(): void {
		$key = Plugin::instance()->key_ring()->create( 'fuzz' );
		foreach ( $this->routes( true ) as $route => $handlers ) {
			$contract = $this->contract_of( $route );
			$path     = $this->path( $route );
			$valid    = null === $contract ? array() : $this->valid_object( Contract::load( $contract ) );
			foreach ( $this->messages( $valid, $contract ) as $what => $body ) {
				foreach ( array_keys( $handlers[0]['methods'] ) as $method ) {
					$this->send( $this->signed( $key, (string) $method, $path, $body ), "$method $route $what" );
				}
			}
		}
		$this->note( "signed: $this->sent requests" );
		self::assertSame( array(), $this->wrong, "$this->sent requests" );
		self::assertGreaterThan( 300, $this->sent );
	}

	public function test_null_is_refused_where_the_contract_does_not_name_it(): void {
		$this->as_admin();
		$before = $this->rest( 'GET', '/smi/v1/settings' )->get_data();
		$answer = $this->rest( 'POST', '/smi/v1/settings', array( 'input_type' => null ) );
		self::assertSame( 400, $answer->get_status() );
		self::assertArrayHasKey( 'input_type', $answer->get_data()['data']['params'] );
		self::assertSame( $before, $this->rest( 'GET', '/smi/v1/settings' )->get_data() );
		$request = new \WP_REST_Request( 'GET', '/smi/v1/jobs/export' );
		$request->set_header( 'Content-Type', 'application/json' );
		$request->set_body( '{"separator":null}' );
		self::assertSame( 400, rest_do_request( $request )->get_status() );
	}

	/**
	 * @param bool $is_signed Only the bridge's routes, or only all others.
	 * @return array<string,list<array<string,mixed>>>
	 */
	private function routes( bool $is_signed = false ): array {
		$routes = rest_get_server()->get_routes( 'smi/v1' );
		unset( $routes['/smi/v1'] );

		return array_filter( $routes, static fn( string $route ): bool => str_contains( $route, '/smi/v1/bridge/' ) === $is_signed, ARRAY_FILTER_USE_KEY );
	}

	/** @param array<string,array<string,mixed>> $args Of the endpoint. */
	private function fuzz( string $method, string $route, array $args ): void {
		$valid = array_filter( $args, static fn( array $arg ): bool => ! empty( $arg['required'] ) );
		$valid = array_map( fn( array $arg ): mixed => $this->valid( $arg ), $valid );
		$valid = array_intersect_key( array( 'attachment_id' => $this->picture, 'post_id' => $this->post ), $valid ) + $valid;
		$this->send( $this->request( $method, $route, $valid ), "$method $route as it should be" );
		foreach ( array_keys( $args + array( 'unknown' => true, 'context' => true, '_fields' => true ) ) as $name ) {
			foreach ( self::values() as $what => $value ) {
				$this->send( $this->request( $method, $route, array( $name => $value ) + $valid ), "$method $route $name = $what" );
			}
		}
		foreach ( array( '', 'null', '[]', '"a"', '{', "\xff\xfe", '{"a":' . str_repeat( '[', 600 ) ) as $body ) {
			$request = $this->request( $method, $route, array() );
			$request->set_header( 'Content-Type', 'application/json' );
			$request->set_body( $body );
			$this->send( $request, "$method $route body " . substr( $body, 0, 10 ) );
		}
	}

	/** @return array<string,mixed> */
	private static function values(): array {
		return array(
			'null'      => null,
			'empty'     => '',
			'space'     => " \t\n",
			'zero'      => 0,
			'negative'  => -1,
			'huge'      => PHP_INT_MAX,
			'overflow'  => '99999999999999999999999',
			'float'     => 1.5e300,
			'true'      => true,
			'false'     => false,
			'list'      => array(),
			'nested'    => array( array( array( 'a' => null ) ) ),
			'object'    => array( 'a' => 'b', '0' => null ),
			'nulls'     => array( null, null ),
			'word'      => 'all',
			'long'      => str_repeat( 'ä', 70000 ),
			'emoji'     => '🖼️ ‮ file',
			'zero byte' => "a\0b",
			'bad utf-8' => "\xc3\x28\xff",
			'quotes'    => "'\"`; DROP TABLE wp_smi_jobs; -- %s %d %1\$s {jobs}",
			'markup'    => '<script>alert(1)</script>',
			'path'      => '../../../../etc/passwd',
			'date'      => '0000-00-00T00:00:00Z',
			'far date'  => '99999-12-31T23:59:60+99:00',
			'number'    => '1e9',
			'money'     => '0.001',
			'uuid'      => '00000000-0000-4000-8000-000000000000',
		);
	}

	/** @param array<string,mixed> $params As a client would send them: in the query of GET, else as JSON. */
	private function request( string $method, string $route, array $params ): \WP_REST_Request {
		$path    = $this->path( $route, $params );
		$request = new \WP_REST_Request( $method, $path );
		if ( in_array( $method, array( 'GET', 'HEAD', 'DELETE' ), true ) ) {
			// What a query can hold: texts and lists of them.
			$request->set_query_params( $this->as_query( $params ) );
			return $request;
		}
		$request->set_header( 'Content-Type', 'application/json' );
		$request->set_body( (string) wp_json_encode( $params, JSON_INVALID_UTF8_SUBSTITUTE | JSON_PARTIAL_OUTPUT_ON_ERROR ) );

		return $request;
	}

	/**
	 * @param array<string,mixed> $params Values.
	 * @return array<string,mixed>
	 */
	private function as_query( array $params ): array {
		parse_str( http_build_query( $params ), $query );

		return array_filter( $query, 'is_string', ARRAY_FILTER_USE_KEY );
	}

	/** @param array<string,mixed> $params What stands in the path is taken from here, where it fits. */
	private function path( string $route, array $params = array() ): string {
		$job = $this->job();

		return (string) preg_replace_callback(
			'/\(\?P<(\w+)>((?:[^()]|\((?2)\))*)\)/',
			static function ( array $found ) use ( $job, $params ): string {
				$value = $params[ $found[1] ] ?? null;
				if ( is_scalar( $value ) && 1 === preg_match( '@^(?:' . $found[2] . ')$@i', (string) $value ) ) {
					return (string) $value;
				}
				return 1 === preg_match( '@^(?:' . $found[2] . ')$@i', $job ) ? $job : str_repeat( 'a', 64 );
			},
			substr( $route, 0 )
		);
	}

	/** A job to act on: the same until something was done to it. */
	private function job(): string {
		if ( '' === $this->job ) {
			$this->job = $this->make_job( array( 'status' => 'failed', 'payment_status' => 'paid', 'amount_charged' => '4.90', 'paid_at' => gmdate( 'Y-m-d H:i:s' ) ) );
		}

		return $this->job;
	}

	/** @param array<string,mixed> $schema Of one value. */
	private function valid( array $schema ): mixed {
		$type = is_array( $schema['type'] ?? null ) ? $schema['type'][0] : $schema['type'] ?? 'string';

		return match ( true ) {
			isset( $schema['enum'] ) => $schema['enum'][0],
			'uuid' === ( $schema['format'] ?? '' ) => $this->job(),
			'email' === ( $schema['format'] ?? '' ) => 'a@example.org',
			'date-time' === ( $schema['format'] ?? '' ) => '2026-01-02T03:04:05Z',
			'integer' === $type, 'number' === $type => $schema['minimum'] ?? 1,
			'boolean' === $type => true,
			'array' === $type => isset( $schema['items'] ) ? array( $this->valid( $schema['items'] ) ) : array(),
			'object' === $type => $this->valid_object( $schema ),
			default => str_repeat( 'a', max( 1, (int) ( $schema['minLength'] ?? 1 ) ) ),
		};
	}

	/**
	 * @param array<string,mixed> $schema Of an object.
	 * @return array<string,mixed>
	 */
	private function valid_object( array $schema ): array {
		return array_map( fn( array $property ): mixed => $this->valid( $property ), $schema['properties'] ?? array() );
	}

	private function contract_of( string $route ): ?string {
		foreach ( self::MESSAGES as $end => $contract ) {
			if ( str_ends_with( $route, $end ) ) {
				return '' === $contract ? null : $contract;
			}
		}
		self::fail( "Which message does $route take? Tell this test." );
	}

	/**
	 * @param array<string,mixed> $valid    A message as it should be.
	 * @param string|null         $contract Null: the body is a file's piece.
	 * @return iterable<string,string>
	 */
	private function messages( array $valid, ?string $contract ): iterable {
		yield 'as it should be' => (string) wp_json_encode( $valid );
		foreach ( array( '', 'null', '[]', '1', '{', "\xff" ) as $body ) {
			yield "body $body" => $body;
		}
		foreach ( null === $contract ? array() : $this->spots( $valid ) as $spot ) {
			foreach ( self::values() as $what => $value ) {
				$message = $valid;
				$place   = &$message;
				foreach ( $spot as $key ) {
					$place = &$place[ $key ];
				}
				$place = $value;
				unset( $place );
				yield implode( '.', $spot ) . " = $what" => (string) wp_json_encode( $message, JSON_INVALID_UTF8_SUBSTITUTE | JSON_PARTIAL_OUTPUT_ON_ERROR );
			}
		}
	}

	/**
	 * Every place in a message, three levels deep.
	 *
	 * @param array<int|string,mixed> $node A part of it.
	 * @param list<int|string>        $path Where it is.
	 * @return list<list<int|string>>
	 */
	private function spots( array $node, array $path = array() ): array {
		$spots = array();
		foreach ( $node as $key => $value ) {
			$spots[] = array( ...$path, $key );
			if ( is_array( $value ) && count( $path ) < 3 ) {
				array_push( $spots, ...$this->spots( $value, array( ...$path, $key ) ) );
			}
		}

		return $spots;
	}

	/** @param array{id:string,secret:string} $key Who signs. */
	private function signed( array $key, string $method, string $path, string $body ): \WP_REST_Request {
		$request = new \WP_REST_Request( $method, $path );
		$request->set_body( $body );
		foreach ( MessageSignature::sign( $method, $path, $body, $key['id'], $key['secret'], time() ) as $name => $value ) {
			$request->set_header( $name, $value );
		}
		$request->set_header( 'Content-Type', str_ends_with( $path, '/file' ) ? 'application/octet-stream' : 'application/json' );

		return $request;
	}

	private function send( \WP_REST_Request $request, string $what ): void {
		++$this->sent;
		$before = $this->state();
		ob_start();
		set_error_handler( array( self::class, 'throw_notice' ) ); // phpcs:ignore WordPress.PHP.DevelopmentFunctions.error_log_set_error_handler -- each notice is to be told with its request.
		try {
			$response = rest_do_request( $request );
			apply_filters( 'rest_pre_serve_request', false, $response, $request, $this->quiet ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals.NonPrefixedHooknameFound -- WordPress's own filter.
			$this->judge( $response, $what, $before );
		} catch ( \Throwable $error ) {
			$this->wrong[] = "$what: " . get_class( $error ) . ' ' . $error->getMessage() . ' in ' . basename( $error->getFile() ) . ':' . $error->getLine();
		}
		restore_error_handler();
		ob_end_clean();
		$this->begin_anew( $request, $response ?? null );
	}

	/** PHPUnit has printed, so headers are sent: that alone is not ours. */
	public static function throw_notice( int $level, string $message, string $file, int $line ): bool {
		if ( 0 === ( error_reporting() & $level ) || str_contains( $message, 'headers already sent' ) ) { // phpcs:ignore WordPress.PHP.DevelopmentFunctions.prevent_path_disclosure_error_reporting, WordPress.PHP.DiscouragedPHPFunctions.runtime_configuration_error_reporting -- it is only read.
			return true;
		}
		throw new \ErrorException( $message, 0, $level, $file, $line );
	}

	private function judge( \WP_REST_Response $response, string $what, string $before ): void {
		$status = $response->get_status();
		$this->answers[ $status ] = ( $this->answers[ $status ] ?? 0 ) + 1;
		$code   = (string) ( ( (array) $response->get_data() )['code'] ?? '' );
		if ( $status >= 500 && ! in_array( $code, self::AWAY, true ) ) {
			$this->wrong[] = "$what: $status $code";
		}
		// A refused bridge is kept for the owner to see, and a retry that is out of date closes its command.
		$may_write = 426 === $status || str_contains( $what, 'payment-completed' );
		if ( $status >= 400 && ! $may_write && $this->state() !== $before ) {
			$this->wrong[] = "$what: refused with $status, and written all the same";
		}
	}

	/** After a change the next request finds a new job, and the settings of the start. */
	private function begin_anew( \WP_REST_Request $request, ?\WP_REST_Response $response ): void {
		global $wpdb;
		$wpdb->query( "DELETE FROM {$wpdb->prefix}smi_rate_limits" );
		if ( 'GET' !== $request->get_method() && null !== $response && $response->get_status() < 400 ) {
			$wpdb->delete( "{$wpdb->prefix}smi_jobs", array( 'job_id' => $this->job ) );
			$this->job = '';
			delete_option( 'smi_settings' );
		}
	}

	/** All that a request may have written, but for the counters of how often somebody asked and of who was seen. */
	private function state(): string {
		global $wpdb;
		$tables = array_filter( $this->tables(), static fn( string $table ): bool => ! str_ends_with( $table, '_rate_limits' ) );
		$sums   = $wpdb->get_results( 'CHECKSUM TABLE ' . implode( ', ', $tables ), ARRAY_N ); // phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- the database's own names.
		$kept   = $wpdb->get_col( "SELECT CONCAT( option_name, '=', option_value ) FROM $wpdb->options WHERE option_name LIKE 'smi\\_%' AND option_name NOT IN ( 'smi_bridge_seen', 'smi_interest', 'smi_visitors' ) AND option_name NOT LIKE '%transient%' ORDER BY option_name" );

		return md5( (string) wp_json_encode( array( $sums, $kept ) ) );
	}

	private function note( string $text ): void {
		fwrite( STDERR, "fuzz: $text\n" );
	}
}
