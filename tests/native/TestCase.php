<?php
/**
 * Base of the tests that run in a real WordPress with a real MariaDB.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests;

use PHPUnit\Framework\TestCase as PhpUnitTestCase;
use SellMyImages\Hooks\Failures;

/**
 * Each test starts with empty plugin tables, the options and hooks of a fresh activation, and nobody logged in,
 * and fails when anything was written to the PHP log that it did not announce with allow_log().
 */
abstract class TestCase extends PhpUnitTestCase {
	/**
	 * The plugin's options after activation.
	 *
	 * @var array<string,string>|null
	 */
	private static ?array $first_options = null;

	/**
	 * Hooks as they were before the test.
	 *
	 * @var array<string,\WP_Hook>
	 */
	private array $hooks = array();

	/**
	 * Patterns of log text that the running test causes on purpose.
	 *
	 * @var string[]
	 */
	private array $allowed_log = array();

	/** Whether the running test does something inside a transaction that the plugin itself must not. */
	private bool $allows_hooks_in_transactions = false;

	protected function setUp(): void {
		parent::setUp();
		self::$first_options ??= $this->plugin_options();
		$this->empty_tables();
		$this->restore_options();
		wp_cache_flush();
		Failures::forget();
		wp_set_current_user( 0 );
		$this->hooks       = array_map( static fn( \WP_Hook $hook ) => clone $hook, $GLOBALS['wp_filter'] );
		$this->allowed_log = array();
		$this->allows_hooks_in_transactions = false;
		TransactionWatch::start();
		PhpLog::take();
	}

	protected function tearDown(): void {
		$GLOBALS['wp_filter'] = $this->hooks; // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- hooks added by the test end with it.
		wp_set_current_user( 0 );
		$log = PhpLog::take();
		foreach ( $this->allowed_log as $pattern ) {
			$log = (string) preg_replace( $pattern, '', $log );
		}
		self::assertStringNotContainsString( 'PHP ', $log, 'The test made PHP write to its log.' );
		self::assertStringNotContainsString( 'PHPUnit\\Framework', $log, 'An assertion in a listener failed: it was caught there.' );
		self::assertStringNotContainsString( 'WordPress database error', $log, 'The test made the database complain.' );
		self::assertStringNotContainsString( 'smi_internal_error', $log, 'A route answered 500.' );
		$seen = TransactionWatch::take();
		self::assertSame( array(), $this->allows_hooks_in_transactions ? array() : $seen, 'Inside a transaction there was something that belongs before or after it.' );
		parent::tearDown();
	}

	/**
	 * Announces that the test makes PHP or the database complain, on purpose.
	 *
	 * @param string $pattern Regular expression of the text.
	 */
	protected function allow_log( string $pattern ): void {
		$this->allowed_log[] = $pattern;
	}

	/** Announces that the test itself fires hooks or writes options inside a transaction, as somebody else's code may. */
	protected function allow_hooks_in_transactions(): void {
		$this->allows_hooks_in_transactions = true;
	}

	/** Logs the site's administrator in, for this test. */
	protected function as_admin(): int {
		wp_set_current_user( 1 );
		return 1;
	}

	/**
	 * Logs in a user of that role, made for this test.
	 *
	 * @param string $role WordPress role, such as `subscriber`.
	 */
	protected function as_role( string $role ): int {
		$user = get_user_by( 'login', "test-$role" );
		$id   = $user instanceof \WP_User ? $user->ID : wp_insert_user(
			array(
				'user_login' => "test-$role",
				'user_pass'  => 'password',
				'user_email' => "test-$role@example.org",
				'role'       => $role,
			)
		);
		self::assertIsInt( $id );
		wp_set_current_user( $id );
		return $id;
	}

	/**
	 * Sends a REST request through WordPress, without HTTP.
	 *
	 * @param string               $method  HTTP method.
	 * @param string               $route   Route from `/smi/v1` on, without query.
	 * @param array<string,mixed>  $params  Query of GET and DELETE, else the JSON body.
	 * @param array<string,string> $headers HTTP headers.
	 */
	protected function rest( string $method, string $route, array $params = array(), array $headers = array() ): \WP_REST_Response {
		$request = new \WP_REST_Request( $method, $route );
		foreach ( $headers as $name => $value ) {
			$request->set_header( $name, $value );
		}
		if ( in_array( $method, array( 'GET', 'HEAD', 'DELETE' ), true ) ) {
			$request->set_query_params( $params );
		} else {
			$request->set_header( 'Content-Type', 'application/json' );
			$request->set_body( (string) wp_json_encode( (object) $params ) );
		}
		$response = rest_do_request( $request );
		// The filter that adds Link headers and the like runs only for served requests otherwise.
		$served = apply_filters( 'rest_post_dispatch', $response, rest_get_server(), $request ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals.NonPrefixedHooknameFound -- WordPress's own filter.
		self::assertInstanceOf( \WP_REST_Response::class, $served );
		return $served;
	}

	/**
	 * Writes a job's row as it stands, without the life that would lead to it. What the job's life does is for
	 * tests that go through the plugin's services.
	 *
	 * @param array<string,int|string|null> $overrides Columns of smi_jobs.
	 * @return string The job's UUID.
	 */
	protected function make_job( array $overrides = array() ): string {
		global $wpdb;
		$now = gmdate( 'Y-m-d H:i:s' );
		$row = $overrides + array(
			'job_id'         => wp_generate_uuid4(),
			'image_url'      => 'http://127.0.0.1/photo.jpg',
			'resolution'     => '4x',
			'email'          => 'buyer@example.org',
			'image_width'    => 100,
			'image_height'   => 80,
			'status'         => 'awaiting_payment',
			'payment_status' => 'pending',
			'created_at'     => $now,
			'updated_at'     => $now,
		);
		self::assertSame( 1, $wpdb->insert( "{$wpdb->prefix}smi_jobs", $row ), (string) $wpdb->last_error );
		return (string) $row['job_id'];
	}

	/** A second connection to the same database, for what two processes do at once. */
	protected function other_connection(): \mysqli {
		$socket = (string) preg_replace( '/^[^:]*:/', '', (string) DB_HOST );
		return new \mysqli( 'localhost', DB_USER, DB_PASSWORD, DB_NAME, 0, $socket ); // phpcs:ignore WordPress.DB.RestrictedClasses.mysql__mysqli -- $wpdb has one connection only.
	}

	/**
	 * Names of the plugin's tables.
	 *
	 * @return string[]
	 */
	protected function tables(): array {
		global $wpdb;
		return $wpdb->get_col( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( "{$wpdb->prefix}smi_" ) . '%' ) );
	}

	/** Empties the plugin's tables. DELETE is many times faster than TRUNCATE on tables of a few rows. */
	private function empty_tables(): void {
		global $wpdb;
		foreach ( $this->tables() as $table ) {
			$wpdb->query( "DELETE FROM `$table`" ); // phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- the database's own name of it.
		}
	}

	/**
	 * The plugin's options as they are stored.
	 *
	 * @return array<string,string>
	 */
	private function plugin_options(): array {
		global $wpdb;
		return array_column( $wpdb->get_results( "SELECT option_name, option_value FROM $wpdb->options WHERE option_name REGEXP '^(_transient_(timeout_)?)?smi_'", ARRAY_A ), 'option_value', 'option_name' );
	}

	private function restore_options(): void {
		global $wpdb;
		$now = $this->plugin_options();
		if ( $now === self::$first_options ) {
			return;
		}
		foreach ( array_keys( $now ) as $name ) {
			$wpdb->delete( $wpdb->options, array( 'option_name' => $name ) );
		}
		foreach ( self::$first_options ?? array() as $name => $value ) {
			$wpdb->insert( $wpdb->options, array( 'option_name' => $name, 'option_value' => $value ) );
		}
	}
}
