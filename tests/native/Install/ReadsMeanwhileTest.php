<?php
/**
 * Lists, counts, reports, exports and the panel between any two parts of an upgrade.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

use SellMyImages\Install\UpgradeState;
use SellMyImages\Plugin;

final class ReadsMeanwhileTest extends InstallTestCase {

	private const JOB = '00000000-0000-4000-8000-000000000003';

	public function test_everything_that_reads_answers_between_any_two_steps(): void {
		$this->older_table( 12 );
		self::assertTrue( $this->install() );
		$seen = array();
		$this->read_everything();
		$this->run_upgrade(
			function () use ( &$seen ): void {
				$seen[] = $this->read_everything();
			}
		);
		$percents = array_values( array_filter( $seen, 'is_int' ) );
		self::assertGreaterThan( 3, count( $percents ) );
		$sorted = $percents;
		sort( $sorted );
		self::assertSame( $sorted, $percents, 'It never goes back.' );
		self::assertNull( end( $seen ) );
	}

	public function test_a_key_that_somebody_dropped_makes_a_list_slow_not_impossible(): void {
		$job = Plugin::instance()->jobs()->insert( array( 'payment_status' => 'paid', 'email' => 'buyer@example.org' ) )->job_id;
		foreach ( array( 'k_list', 'k_fc', 'k_fu', 'k_email', 'k_domain', 'k_post' ) as $key ) {
			self::db()->execute( "ALTER TABLE {jobs} DROP KEY $key" );
		}
		update_option( \SellMyImages\Install\Schema::CHECKED_OPTION, (string) ( time() - 3600 ) );
		$this->read_everything( $job );
		Plugin::instance()->tables_check()->note();
		self::assertSame( '0', get_option( \SellMyImages\Install\Schema::CHECKED_OPTION ), 'And it is looked at soon.' );
		self::assertTrue( Plugin::instance()->installer()->install_if_needed() );
		self::assertSame( array( 'keys' ), self::state()->todo() );
		$this->read_everything( $job );
		$this->run_upgrade();
		$this->assert_layout_is_todays();
	}

	/** Without keys a sweep reads a table of a million rows from end to end, and the keys wait for it to end, again and again. */
	public function test_what_sweeps_through_the_table_waits_for_its_keys(): void {
		$this->older_table( 3 );
		$this->install();
		$swept = array();
		add_filter(
			'query',
			static function ( string $query ) use ( &$swept ): string {
				$swept[] = 1 === preg_match( '/FROM \S*smi_jobs\b.* facet IN/s', $query ) ? $query : '';
				return $query;
			}
		);
		update_option( UpgradeState::OPTION, array( 'not_before' => time() + 100 ) + (array) get_option( UpgradeState::OPTION ) );
		Plugin::instance()->site_worker()->run_slice( 2.0 );
		self::assertContains( 'keys', self::state()->todo() );
		self::assertSame( array(), array_filter( $swept ) );
		$this->run_upgrade();
		Plugin::instance()->site_worker()->run_slice( 2.0 );
		self::assertNotSame( array(), array_filter( $swept ), 'And not for ever.' );
	}

	public function test_keys_that_the_database_refuses_keep_nothing_waiting(): void {
		$this->older_table( 3 );
		$this->install();
		$this->wait_no_more();
		$denied = "SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'denied'";
		add_filter( 'query', static fn( string $query ): string => str_contains( $query, 'ADD KEY' ) ? $denied : $query );
		Plugin::instance()->upgrade()->go_on( microtime( true ) + 5, true );
		self::assertSame( 'keys', self::state()->todo()[0] );
		Plugin::instance()->site_worker()->run_slice( 2.0 );
		self::assertSame( '2', self::db()->value( "SELECT COUNT(*) AS n FROM {commands} WHERE kind IN ('sweep', 'purge') AND lease_no > 0" ) );
	}

	public function test_the_jobs_page_brings_its_first_rows_along(): void {
		$this->older_table( 2 );
		$this->install();
		$this->as_admin();
		self::assertStringContainsString( 'buyer1@', strtolower( Plugin::instance()->boot_data()->script( true ) ) );
	}

	/** @return int|null How far it says to be. */
	private function read_everything( string $job = self::JOB ): ?int {
		$this->as_admin();
		foreach ( array( 'created_at', 'updated_at', 'paid_at', 'completed_at', 'amount_charged', 'email', 'status', 'payment_status' ) as $by ) {
			$this->read( '/smi/v1/jobs', array( 'orderby' => $by, 'per_page' => 5 ) );
			$this->read( '/smi/v1/jobs', array( 'orderby' => $by, 'order' => 'asc', 'status' => array( 'completed', 'failed' ) ) );
		}
		foreach ( $this->filters() as $filter ) {
			$this->read( '/smi/v1/jobs', $filter );
			$this->read( '/smi/v1/jobs/stats', $filter + array( 'report' => true ) );
		}
		$this->read( '/smi/v1/jobs/export', array() );
		$this->read( '/smi/v1/jobs/export', array( 'search' => 'example' ) );
		$this->read( "/smi/v1/jobs/$job", array() );
		$stats    = $this->read( '/smi/v1/jobs/stats', array( 'rows' => array( $job ) ) );
		$notices  = array_column( $stats->get_data()['notices'], 'data', 'code' );

		return $notices['upgrading']['percent'] ?? null;
	}

	/** @return list<array<string,mixed>> */
	private function filters(): array {
		return array(
			array( 'search' => '@example.org' ),
			array( 'search' => 'buyer' ),
			array( 'search' => 'post:1' ),
			array( 'email' => 'buyer1@example.org' ),
			array( 'email_start' => 'buy' ),
			array( 'post_id' => 1 ),
			array( 'attachment_id' => 1 ),
			array( 'resolution' => '4x' ),
			array( 'attention' => array( 'any' ) ),
			array( 'after' => '2024-12-31T10:00:00Z', 'before' => '2025-02-01T00:00:00Z' ),
			array( 'modified_after' => '2025-01-01T00:00:00Z' ),
			array( 'status' => array( 'completed' ), 'payment_status' => array( 'paid' ) ),
		);
	}

	/** @param array<string,mixed> $params Of the request. */
	private function read( string $route, array $params ): \WP_REST_Response {
		$answer = $this->rest( 'GET', $route, $params );
		self::assertSame( 200, $answer->get_status(), $route . ' ' . wp_json_encode( $params ) . ' ' . wp_json_encode( $answer->get_data() ) );
		if ( str_ends_with( $route, '/export' ) ) {
			self::assertGreaterThan( array() === $params ? 1 : 0, substr_count( $this->streamed( $route, $params ), "\n" ) );
		}

		return $answer;
	}

	/** @param array<string,mixed> $params Of the request. */
	private function streamed( string $route, array $params ): string {
		add_filter( 'smi_clear_output_buffers', '__return_false' );
		$server  = new class() extends \WP_REST_Server {
			public function send_header( $key, $value ): void {}
		};
		$request = new \WP_REST_Request( 'GET', $route );
		$request->set_query_params( $params );
		ob_start();
		apply_filters( 'rest_pre_serve_request', false, rest_do_request( $request ), $request, $server ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals.NonPrefixedHooknameFound -- WordPress's own filter.

		return (string) ob_get_clean();
	}
}
