<?php
/**
 * What a route answers when something is thrown.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Rest;

use SellMyImages\Plugin;
use SellMyImages\Tests\TestCase;

final class ThrownErrorsTest extends TestCase {

	/**
	 * Not beside the hostile neighbour: the statement that would end its transaction is refused too, so there is none in which to be right.
	 *
	 * @group not-beside-hostile
	 * @dataProvider requests
	 * @param array<string,mixed> $params
	 */
	public function test_a_database_that_refuses_is_a_503_that_says_when_to_come_again( string $method, string $route, array $params, string $code = 'smi_database_unavailable' ): void {
		$this->allow_log( '/.*The database did not take a request.*\n?/' );
		$this->allow_log( '/.*the database refused while the bridge called.*\n?/' );
		$this->as_admin();
		$job = $this->make_job();
		rest_get_server();
		$refuse = static fn( string $sql ): string => 1 === preg_match( '/smi_|^START/', $sql ) ? "SIGNAL SQLSTATE '70100' SET MYSQL_ERRNO = 1317, MESSAGE_TEXT = 'Query execution was interrupted'" : $sql;
		add_filter( 'query', $refuse );
		$response = $this->rest( $method, str_replace( 'JOB', $job, $route ), $params );
		remove_filter( 'query', $refuse );
		self::assertSame( array( 503, $code, '5' ), array( $response->get_status(), $response->get_data()['code'] ?? '', $response->get_headers()['Retry-After'] ?? '' ) );
	}

	/** @return array<string,array{0:string,1:string,2:array<string,mixed>}> */
	public static function requests(): array {
		$picture = array( 'attachment_id' => 1, 'post_id' => 1 );

		return array(
			'list'               => array( 'GET', '/smi/v1/jobs', array() ),
			'numbers'            => array( 'GET', '/smi/v1/jobs/stats', array( 'report' => true ) ),
			'job'                => array( 'GET', '/smi/v1/jobs/JOB', array() ),
			'preview'            => array( 'GET', '/smi/v1/jobs/JOB/preview', array() ),
			'export'             => array( 'GET', '/smi/v1/jobs/export', array( 'format' => 'csv' ) ),
			'status'             => array( 'PATCH', '/smi/v1/jobs/JOB', array( 'status' => 'abandoned' ) ),
			'retry'              => array( 'POST', '/smi/v1/jobs/JOB/retry', array() ),
			'refund'             => array( 'POST', '/smi/v1/jobs/JOB/refunds', array() ),
			'link'               => array( 'POST', '/smi/v1/jobs/JOB/download-token', array() ),
			'e-mail'             => array( 'POST', '/smi/v1/jobs/JOB/email', array() ),
			'refresh'            => array( 'POST', '/smi/v1/jobs/JOB/refresh', array() ),
			'batch'              => array( 'POST', '/smi/v1/jobs/batch', array( 'action' => 'refresh', 'ids' => array( 'aaaaaaaa-0000-4000-8000-000000000000' ), 'dry_run' => true ) ),
			'batch, progress'    => array( 'GET', '/smi/v1/jobs/batch/aaaaaaaa-0000-4000-8000-000000000000', array() ),
			'batch, cancelled'   => array( 'DELETE', '/smi/v1/jobs/batch/aaaaaaaa-0000-4000-8000-000000000000', array() ),
			'settings'           => array( 'POST', '/smi/v1/settings', array( 'input_type' => 'anime' ) ),
			'connection'         => array( 'GET', '/smi/v1/connection', array() ),
			'key'                => array( 'POST', '/smi/v1/connection/keys', array( 'label' => 'x' ) ),
			'key, taken back'    => array( 'DELETE', '/smi/v1/connection/keys/k_000000000001', array() ),
			'offers'             => array( 'GET', '/smi/v1/offers', $picture ),
			'checkout'           => array( 'POST', '/smi/v1/checkouts', $picture + array( 'resolution' => '4x', 'email' => 'b@example.org' ) ),
			'checkout\'s status' => array( 'GET', '/smi/v1/checkouts/JOB', array( 'key' => 'x' ) ),
			'click'              => array( 'POST', '/smi/v1/clicks', $picture ),
			'download'           => array( 'GET', '/smi/v1/download/' . str_repeat( 'x', 43 ), array() ),
		);
	}

	public function test_a_bridge_whose_key_cannot_be_read_is_not_told_that_it_is_unknown(): void {
		$this->allow_log( '/.*The database did not take a request.*\n?/' );
		$key     = Plugin::instance()->key_ring()->create( 'b' );
		$headers = \SellMyImages\Channel\MessageSignature::sign( 'POST', '/smi/v1/bridge/sync', '{}', $key['id'], $key['secret'], time() );
		$request = new \WP_REST_Request( 'POST', '/smi/v1/bridge/sync' );
		foreach ( $headers + array( 'Content-Type' => 'application/json' ) as $name => $value ) {
			$request->set_header( $name, $value );
		}
		$request->set_body( '{}' );
		wp_cache_flush();
		$refuse = static fn( string $sql ): string => str_contains( $sql, 'smi_bridge_keys' ) ? 'SELECT broken' : $sql;
		add_filter( 'query', $refuse );
		$response = rest_do_request( $request );
		remove_filter( 'query', $refuse );
		self::assertSame( array( 503, '5' ), array( $response->get_status(), $response->get_headers()['Retry-After'] ?? '' ) );
	}

	public function test_whatever_else_is_thrown_is_an_answer_and_a_line_in_the_log(): void {
		$this->allow_log( '/.*smi_internal_error: RuntimeException: somebody else.*\n?/' );
		$throw = static fn( string $sql ): string => str_contains( $sql, 'smi_rate_limits' ) ? throw new \RuntimeException( 'somebody else' ) : $sql;
		add_filter( 'query', $throw );
		$response = $this->rest( 'GET', '/smi/v1/offers', array( 'attachment_id' => 1, 'post_id' => 1 ) );
		remove_filter( 'query', $throw );
		self::assertSame( array( 500, 'smi_internal_error' ), array( $response->get_status(), $response->get_data()['code'] ) );
		self::assertStringNotContainsString( 'somebody', $response->get_data()['message'] );
	}

	public function test_a_busy_counter_of_requests_lets_a_buyer_through(): void {
		$refuse = static fn( string $sql ): string => str_contains( $sql, 'smi_rate_limits' ) ? "SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'Deadlock'" : $sql;
		add_filter( 'query', $refuse );
		$response = $this->rest( 'GET', '/smi/v1/offers', array( 'attachment_id' => 1, 'post_id' => 1 ) );
		remove_filter( 'query', $refuse );
		self::assertSame( 404, $response->get_status() );
	}
}
