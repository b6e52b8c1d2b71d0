<?php
/**
 * GET and POST /jobs/export
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Export;

use SellMyImages\Capabilities;
use SellMyImages\Export\Columns;
use SellMyImages\Plugin;
use SellMyImages\Rest\Contract;
use SellMyImages\Tests\JobList\RandomJobs;
use SellMyImages\Tests\TestCase;

final class ExportTest extends TestCase {
	use RandomJobs;

	private const ROUTE = '/smi/v1/jobs/export';

	protected function setUp(): void {
		parent::setUp();
		add_filter( 'smi_clear_output_buffers', '__return_false' );
	}

	public function test_needs_the_right_to_export_and_no_other(): void {
		self::assertSame( 401, $this->rest( 'GET', self::ROUTE )->get_status() );
		$id   = $this->as_role( 'editor' );
		$user = get_userdata( $id );
		$user->add_cap( Capabilities::VIEW );
		wp_set_current_user( 0 );
		wp_set_current_user( $id );
		$refused = $this->rest( 'GET', self::ROUTE );
		self::assertSame( array( 403, 'rest_forbidden' ), array( $refused->get_status(), $refused->get_data()['code'] ) );
		$user->remove_cap( Capabilities::VIEW );
		$user->add_cap( Capabilities::EXPORT );
		wp_set_current_user( 0 );
		wp_set_current_user( $id );
		self::assertSame( 200, $this->rest( 'GET', self::ROUTE )->get_status() );
		self::assertSame( 200, $this->rest( 'POST', self::ROUTE )->get_status() );
		$user->remove_cap( Capabilities::EXPORT );
	}

	/** @return list<array{0:array<string,mixed>,1:string}> */
	public function nonsense(): array {
		return array(
			array( array( 'format' => 'xlsx' ), 'format' ),
			array( array( 'columns' => array( 'job_id', 'download_token' ) ), 'columns' ),
			array( array( 'columns' => array( 'id' ) ), 'columns' ),
			array( array( 'timezone' => 'Mars/Base' ), 'timezone' ),
			array( array( 'timezone' => '+2' . str_repeat( '0', 40 ) ), 'timezone' ),
			array( array( 'timezone' => "Europe/Berlin\0" ), 'timezone' ),
			array( array( 'order' => 'up' ), 'order' ),
			array( array( 'separator' => 'pipe' ), 'separator' ),
			array( array( 'separator' => ';' ), 'separator' ),
			array( array( 'ids' => array( 'x' ) ), 'ids' ),
			array( array( 'status' => array( 'done' ) ), 'status' ),
			array( array( 'after' => '2026-02-30T00:00:00Z' ), 'after' ),
		);
	}

	/**
	 * @dataProvider nonsense
	 * @param array<string,mixed> $params Of the request.
	 */
	public function test_names_the_parameter_that_means_nothing( array $params, string $name ): void {
		$this->as_admin();
		foreach ( array( 'GET', 'POST' ) as $method ) {
			$response = $this->rest( $method, self::ROUTE, $params );
			self::assertSame( array( 400, 'rest_invalid_param', array( $name ) ), array( $response->get_status(), $response->get_data()['code'], array_keys( $response->get_data()['data']['params'] ) ) );
		}
	}

	public function test_an_unknown_column_is_answered_with_the_known_ones(): void {
		$this->as_admin();
		$message = $this->rest( 'GET', self::ROUTE, array( 'columns' => array( 'emails' ) ) )->get_data()['data']['params']['columns'];
		foreach ( array_keys( Columns::KINDS ) as $name ) {
			self::assertStringContainsString( $name, $message );
		}
		self::assertSame( array_keys( Columns::KINDS ), Contract::load( 'export-query' )['properties']['columns']['items']['enum'] );
		self::assertSame( array(), array_diff( array_keys( Contract::load( 'job' )['properties'] ), array_keys( Columns::KINDS ), array( 'post_url', 'thumbnail_url', 'allowed_actions', '_links' ) ) );
	}

	public function test_lines_of_json_say_what_the_list_says(): void {
		$this->as_admin();
		$this->random_jobs( 60 );
		$list = array_column( $this->rest( 'GET', '/smi/v1/jobs', array( 'per_page' => 100 ) )->get_data(), null, 'job_id' );
		$rows = self::objects( $this->streamed( 'GET', array( 'format' => 'ndjson', 'timezone' => 'Asia/Kolkata' ) ) );
		self::assertCount( 60, $rows );
		foreach ( $rows as $row ) {
			self::assertSame( array_keys( Columns::KINDS ), array_keys( $row ) );
			foreach ( array_intersect_key( $row, $list[ $row['job_id'] ] ) as $name => $value ) {
				$shown = $list[ $row['job_id'] ][ $name ];
				if ( Columns::TIME === Columns::KINDS[ $name ] && null !== $shown ) {
					self::assertStringEndsWith( '+05:30', $value );
					self::assertSame( strtotime( $shown ), strtotime( $value ), $name );
					continue;
				}
				self::assertSame( $shown, $value, $name );
			}
			$detail = $this->rest( 'GET', "/smi/v1/jobs/{$row['job_id']}" )->get_data();
			self::assertSame( array( $detail['margin'], $detail['durations']['total_s'] ), array( $row['margin'], $row['duration'] ) );
		}
	}

	public function test_a_table_says_the_same_in_the_zone_of_the_site(): void {
		$this->as_admin();
		update_option( 'timezone_string', 'America/Los_Angeles' );
		$this->random_jobs( 40 );
		$objects = self::objects( $this->streamed( 'GET', array( 'format' => 'ndjson' ) ) );
		$text    = $this->streamed( 'GET', array() );
		self::assertStringStartsWith( "\xEF\xBB\xBFjob_id,created_at,", $text );
		self::assertStringEndsWith( "\r\n", $text );
		$rows = self::table( $text );
		self::assertCount( 40, $rows );
		foreach ( $rows as $i => $row ) {
			foreach ( $objects[ $i ] as $name => $value ) {
				$cell = match ( true ) {
					is_bool( $value ) => $value ? 'true' : 'false',
					null === $value => '',
					Columns::TIME === Columns::KINDS[ $name ] => str_replace( 'T', ' ', substr( $value, 0, 19 ) ),
					default => (string) $value,
				};
				self::assertSame( $cell, $row[ $name ], $name );
			}
		}
		update_option( 'timezone_string', '' );
	}

	public function test_columns_come_in_the_order_asked_for(): void {
		$this->as_admin();
		Plugin::instance()->jobs()->insert( array( 'email' => '+nina@example.com', 'amount_charged' => '490', 'currency' => 'JPY', 'created_at' => '2026-10-25 00:30:00' ) );
		self::assertSame( "\xEF\xBB\xBFemail,created_at,amount_charged,currency\r\n+nina@example.com,\"2026-10-25 02:30:00\",490,JPY\r\n", $this->streamed( 'GET', array( 'columns' => 'email,created_at,amount_charged,currency,email', 'timezone' => 'Europe/Berlin' ) ) );
		self::assertSame( "{\"created_at\":\"2026-10-25T02:30:00+02:00\",\"amount_charged\":\"490\"}\n", $this->streamed( 'GET', array( 'columns' => array( 'created_at', 'amount_charged' ), 'timezone' => 'Europe/Berlin', 'format' => 'ndjson' ) ) );
	}

	public function test_another_separator_makes_another_table(): void {
		$this->as_admin();
		Plugin::instance()->jobs()->insert( array( 'email' => 'nina@example.com', 'refund_reason' => 'Rain;=1+1,=2+2', 'amount_charged' => '4.90', 'currency' => 'EUR' ) );
		$wanted = array(
			'comma'     => array( "email,amount_charged,refund_reason\r\nnina@example.com,4.90,\"Rain;'=1+1,=2+2\"\r\n", 'text/csv; charset=utf-8', 'csv' ),
			'semicolon' => array( "email;amount_charged;refund_reason\r\nnina@example.com;4.90;\"Rain;'=1+1,'=2+2\"\r\n", 'text/csv; charset=utf-8', 'csv' ),
			'tab'       => array( "email\tamount_charged\trefund_reason\r\nnina@example.com\t4.90\tRain;'=1+1,'=2+2\r\n", 'text/tab-separated-values; charset=utf-8', 'tsv' ),
		);
		foreach ( $wanted as $separator => [ $text, $type, $ending ] ) {
			[ $response, $got ] = $this->dispatched( 'POST', array( 'separator' => $separator, 'columns' => array( 'email', 'amount_charged', 'refund_reason' ) ) );
			self::assertSame( "\xEF\xBB\xBF$text", $got );
			self::assertSame( $type, $response->get_headers()['Content-Type'] );
			self::assertStringEndsWith( ".$ending\"", $response->get_headers()['Content-Disposition'] );
			$json = $this->dispatched( 'GET', array( 'separator' => $separator, 'columns' => array( 'email' ), 'format' => 'ndjson' ) );
			self::assertSame( array( "{\"email\":\"nina@example.com\"}\n", 'application/x-ndjson' ), array( $json[1], $json[0]->get_headers()['Content-Type'] ) );
		}
	}

	public function test_what_buyers_and_authors_typed_is_not_calculated(): void {
		$this->as_admin();
		$post = wp_insert_post( array( 'post_title' => "=cmd|' /C calc'!A0;=2+2 \"quoted\", Köln", 'post_status' => 'publish' ) );
		self::assertIsInt( $post );
		Plugin::instance()->jobs()->insert( array( 'email' => "=cmd|'/Ccalc'!A0@x.com", 'post_id' => $post, 'refund_reason' => "-1+1\n@SUM(A1)", 'refund_amount' => '-1.50', 'payment_status' => 'paid', 'amount_charged' => '0.00', 'stripe_fee' => '0.30' ) );
		$row = self::table( $this->streamed( 'GET', array( 'columns' => array( 'email', 'post_title', 'refund_reason', 'refund_amount', 'margin' ) ) ) )[0];
		self::assertSame( array( "'=cmd|'/ccalc'!a0@x.com", "'=cmd|' /C calc'!A0;'=2+2 \"quoted\", Köln", "'-1+1\n'@SUM(A1)", '-1.50', '1.20' ), array_values( $row ) );
		wp_delete_post( $post, true );
	}

	public function test_the_same_filters_find_the_same_jobs_in_the_order_of_creation(): void {
		$this->as_admin();
		$this->random_jobs( 90 );
		$filters = array(
			array(),
			array( 'status' => array( 'completed' ) ),
			array( 'status' => array( 'failed', 'pending' ), 'payment_status' => array( 'paid' ) ),
			array( 'attention' => array( 'any' ), 'post_id' => 2 ),
			array( 'post_id' => 3, 'attachment_id' => 11 ),
			array( 'email' => 'BOB@example.org', 'resolution' => '8x' ),
			array( 'email_start' => 'ann', 'status' => array( 'completed', 'failed', 'abandoned' ) ),
			array( 'search' => '@shop.test' ),
			array( 'search' => 'ann' ),
			array( 'search' => 'post:1', 'status' => array( 'failed' ) ),
			array( 'after' => '2026-01-20T00:00:00Z', 'before' => '2026-03-01T00:00:00Z' ),
			array( 'modified_after' => '2026-03-01T00:00:00Z', 'attention' => array( 'any' ) ),
			array( 'status' => array( 'pending' ), 'attention' => array( 'email_failed' ), 'payment_status' => array( 'refunded' ), 'post_id' => 1 ),
		);
		foreach ( $filters as $filter ) {
			foreach ( array( 'asc', 'desc' ) as $order ) {
				$list   = $this->rest( 'GET', '/smi/v1/jobs', $filter + array( 'per_page' => 100, 'order' => $order ) );
				$export = $this->dispatched( 'GET', $filter + array( 'columns' => array( 'job_id' ), 'format' => 'ndjson', 'order' => $order ) );
				self::assertSame( array_column( $list->get_data(), 'job_id' ), array_column( self::objects( $export[1] ), 'job_id' ), (string) wp_json_encode( $filter ) );
				self::assertSame( $list->get_headers()['X-WP-Total'], $export[0]->get_headers()['X-WP-Total'], (string) wp_json_encode( $filter ) );
			}
		}
	}

	public function test_takes_thousands_of_chosen_jobs_and_still_asks_the_filters(): void {
		$this->as_admin();
		$jobs   = $this->random_jobs( 700 );
		$chosen = array_slice( $jobs, 50, 620 );
		$ids    = array_map( static fn( $job ): string => $job->job_id, $chosen );
		$ids[]  = 'abcd0000-0000-4000-8000-000000000001';
		$want   = array_map( static fn( $job ): string => $job->job_id, array_filter( $chosen, static fn( $job ): bool => 'completed' === $job->status->value ) );
		foreach ( array( $ids, implode( ',', $ids ) ) as $given ) {
			[ $response, $text ] = $this->dispatched( 'POST', array( 'ids' => $given, 'status' => array( 'completed' ), 'columns' => array( 'job_id', 'created_at' ), 'format' => 'ndjson' ) );
			$rows = self::objects( $text );
			self::assertEqualsCanonicalizing( $want, array_column( $rows, 'job_id' ) );
			$times = array_column( $rows, 'created_at' );
			$sorted = $times;
			sort( $sorted );
			self::assertSame( $sorted, $times );
			self::assertSame( (string) count( $want ), $response->get_headers()['X-WP-Total'] );
		}
		self::assertSame( 400, $this->rest( 'POST', self::ROUTE, array( 'ids' => array_fill( 0, 10001, $ids[0] ) ) )->get_status() );
		self::assertSame( "\xEF\xBB\xBFjob_id\r\n", $this->streamed( 'POST', array( 'ids' => array( 'abcd0000-0000-4000-8000-000000000001' ), 'columns' => array( 'job_id' ) ) ) );
	}

	public function test_a_form_that_php_cut_off_is_not_taken_for_the_whole_selection(): void {
		$this->as_admin();
		$request = new \WP_REST_Request( 'POST', self::ROUTE );
		$request->set_header( 'Content-Type', 'application/x-www-form-urlencoded' );
		$request->set_body_params( array( 'ids' => array_fill( 0, (int) ini_get( 'max_input_vars' ), 'abcd0000-0000-4000-8000-000000000001' ) ) );
		$response = rest_do_request( $request );
		self::assertSame( array( 400, array( 'ids' ) ), array( $response->get_status(), array_keys( $response->get_data()['data']['params'] ) ) );
	}

	public function test_says_what_it_is_before_the_first_job(): void {
		$this->as_admin();
		update_option( 'blogname', 'Ünsere "Bilder" / Галерея' );
		$this->random_jobs( 3 );
		$headers = $this->rest( 'GET', self::ROUTE, array( 'timezone' => 'UTC' ) )->get_headers();
		self::assertSame( 'text/csv; charset=utf-8', $headers['Content-Type'] );
		self::assertMatchesRegularExpression( '/^attachment; filename="jobs-[a-z0-9-]*bilder[a-z0-9-]*-' . gmdate( 'Y-m-d' ) . '\.csv"; filename\*=UTF-8\'\'[A-Za-z0-9%._~-]+$/', $headers['Content-Disposition'] );
		self::assertStringEndsWith( rawurlencode( 'jobs-ünsere-bilder-галерея-' . gmdate( 'Y-m-d' ) . '.csv' ), $headers['Content-Disposition'] );
		self::assertSame( array( '3', 'no-store, private', 'no' ), array( $headers['X-WP-Total'], $headers['Cache-Control'], $headers['X-Accel-Buffering'] ) );
		self::assertSame( 'application/x-ndjson', $this->rest( 'GET', self::ROUTE, array( 'format' => 'ndjson' ) )->get_headers()['Content-Type'] );
		self::assertSame( '', $this->streamed( 'HEAD', array() ) );
		update_option( 'blogname', 'Native test site' );
	}

	public function test_a_fault_in_the_middle_is_seen_in_the_file(): void {
		$this->as_admin();
		$this->random_jobs( 1100 );
		$this->allow_log( '/.*an export stopped.*\n?/' );
		foreach ( array( 'csv', 'ndjson' ) as $format ) {
			$pieces = 0;
			$break  = static function ( string $sql ) use ( &$pieces ): string {
				return str_contains( $sql, 'LIMIT 500' ) && 3 === ++$pieces ? 'SELECT nothing FROM nowhere' : $sql;
			};
			add_filter( 'query', $break );
			$text = $this->streamed( 'GET', array( 'columns' => array( 'job_id' ), 'format' => $format ) );
			remove_filter( 'query', $break );
			self::assertStringEndsNotWith( "\n", $text );
			$lines = explode( "\n", trim( $text ) );
			$last  = end( $lines );
			self::assertCount( 'csv' === $format ? 1002 : 1001, $lines );
			self::assertStringContainsString( 'stopped here, after 1,000 jobs', $last );
			if ( 'ndjson' === $format ) {
				self::assertSame( array( 'smi_export_interrupted', 1000 ), array( json_decode( $last, true )['error']['code'], json_decode( $last, true )['error']['jobs'] ) );
			}
		}
	}

	public function test_says_so_when_the_server_went_away_and_does_not_come_back(): void {
		$this->as_admin();
		$this->random_jobs( 600 );
		$this->allow_log( '/.*an export stopped.*\n?/' );
		$db     = Plugin::instance()->db();
		$other  = new \wpdb( DB_USER, DB_PASSWORD, DB_NAME, DB_HOST );
		$pieces = 0;
		$kill   = static function ( string $sql ) use ( &$pieces, $db, $other ): string {
			if ( str_contains( $sql, 'LIMIT 500' ) && 2 === ++$pieces ) {
				$db->may_reconnect( false );
				$other->query( "KILL {$db->connection_id()}" );
			}
			return $sql;
		};
		add_filter( 'query', $kill );
		$text = $this->streamed( 'GET', array( 'columns' => array( 'job_id' ) ) );
		remove_filter( 'query', $kill );
		$db->may_reconnect( true );
		self::assertTrue( $GLOBALS['wpdb']->check_connection( false ) );
		self::assertCount( 502, explode( "\r\n", $text ) );
		self::assertStringContainsString( 'stopped here, after 500 jobs', $text );
		self::assertStringEndsNotWith( "\n", $text );
	}

	/**
	 * Not beside the hostile neighbour: it counts queries, and those of the neighbour and of the flushed cache count as well.
	 *
	 * @group not-beside-hostile
	 */
	public function test_asks_the_database_as_often_for_many_posts_as_for_one(): void {
		$this->as_admin();
		$this->random_jobs( 300 );
		$queries = function (): int {
			$before = $GLOBALS['wpdb']->num_queries;
			$this->streamed( 'GET', array( 'format' => 'ndjson' ) );
			return $GLOBALS['wpdb']->num_queries - $before;
		};
		self::assertLessThanOrEqual( 8, $queries() );
	}

	/** @param array<string,mixed> $params Of the request. */
	private function streamed( string $method, array $params ): string {
		return $this->dispatched( $method, $params )[1];
	}

	/**
	 * As WordPress serves it.
	 *
	 * @param array<string,mixed> $params Of the request.
	 * @return array{0:\WP_REST_Response,1:string}
	 */
	private function dispatched( string $method, array $params ): array {
		$request = new \WP_REST_Request( $method, self::ROUTE );
		if ( 'POST' === $method ) {
			$request->set_header( 'Content-Type', 'application/json' );
			$request->set_body( (string) wp_json_encode( $params ) );
		} else {
			$request->set_query_params( $params );
		}
		$response = rest_do_request( $request );
		self::assertSame( 200, $response->get_status(), (string) wp_json_encode( $response->get_data() ) );
		$server = new class() extends \WP_REST_Server {
			public function send_header( $key, $value ): void {}
		};
		ob_start();
		$served = apply_filters( 'rest_pre_serve_request', false, $response, $request, $server ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals.NonPrefixedHooknameFound -- WordPress's own filter.
		$text   = (string) ob_get_clean();
		self::assertTrue( $served );

		return array( $response, $text );
	}

	/** @return list<array<string,mixed>> */
	private static function objects( string $text ): array {
		self::assertTrue( '' === $text || str_ends_with( $text, "\n" ) );

		return array_map( static fn( string $line ): array => json_decode( $line, true, 512, JSON_THROW_ON_ERROR ), '' === $text ? array() : explode( "\n", trim( $text, "\n" ) ) );
	}

	/** @return list<array<string,string>> */
	private static function table( string $text ): array {
		$file = fopen( 'php://memory', 'w+b' );
		self::assertIsResource( $file );
		fwrite( $file, substr( $text, 3 ) );
		rewind( $file );
		$rows = array();
		while ( ! feof( $file ) ) {
			$row = fgetcsv( $file, null, ',', '"', '' );
			if ( is_array( $row ) ) {
				$rows[] = array_map( 'strval', $row );
			}
		}
		$names = array_shift( $rows );
		self::assertIsArray( $names );

		return array_map( static fn( array $row ): array => array_combine( $names, $row ), $rows );
	}
}
