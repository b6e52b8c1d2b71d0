<?php
/**
 * GET /jobs, /jobs/{job_id} and /jobs/stats.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Owner;

use SellMyImages\Capabilities;
use SellMyImages\Plugin;
use SellMyImages\Rest\Contract;
use SellMyImages\Support\Uuid;
use SellMyImages\Tests\JobList\RandomJobs;
use SellMyImages\Tests\TestCase;

final class JobsRestTest extends TestCase {
	use RandomJobs;

	/** @return list<array{0:string}> */
	public function routes(): array {
		return array( array( '/smi/v1/jobs' ), array( '/smi/v1/jobs/stats' ), array( '/smi/v1/jobs/abcd0000-0000-4000-8000-000000000001' ), array( '/smi/v1/settings' ) );
	}

	/** @dataProvider routes */
	public function test_is_closed_to_visitors_and_to_accounts_without_the_right( string $route ): void {
		self::assertSame( 401, $this->rest( 'GET', $route )->get_status() );
		$this->as_role( 'editor' );
		$response = $this->rest( 'GET', $route );
		self::assertSame( 403, $response->get_status() );
		self::assertSame( array( 'code', 'message', 'data' ), array_keys( $response->get_data() ) );
	}

	public function test_opens_to_who_may_view_jobs(): void {
		$id = $this->as_role( 'editor' );
		get_userdata( $id )->add_cap( Capabilities::VIEW );
		wp_set_current_user( 0 );
		wp_set_current_user( $id );
		self::assertSame( 200, $this->rest( 'GET', '/smi/v1/jobs' )->get_status() );
		get_userdata( $id )->remove_cap( Capabilities::VIEW );
	}

	/** @return list<array{0:string,1:mixed}> */
	public function nonsense(): array {
		return array(
			array( 'status', array( 'done' ) ),
			array( 'payment_status', array( 'x' ) ),
			array( 'attention', array( 'none' ) ),
			array( 'include', array( '1' ) ),
			array( 'post_id', 'x' ),
			array( 'post_id', 0 ),
			array( 'attachment_id', -1 ),
			array( 'resolution', 'big' ),
			array( 'after', 'yesterday' ),
			array( 'before', '2026-02-30T00:00:00Z' ),
			array( 'modified_after', '2026-13-01T00:00:00Z' ),
			array( 'orderby', 'id' ),
			array( 'order', 'up' ),
			array( 'page', 0 ),
			array( 'per_page', 101 ),
			array( 'per_page', 0 ),
			array( 'cursor', 'x' ),
			array( 'context', 'raw' ),
			array( 'search', str_repeat( 'a', 201 ) ),
			array( 'email', str_repeat( 'a', 255 ) ),
			array( 'email_start', str_repeat( 'a', 255 ) ),
		);
	}

	/** @dataProvider nonsense */
	public function test_names_the_parameter_that_means_nothing( string $name, mixed $value ): void {
		$this->as_admin();
		$response = $this->rest( 'GET', '/smi/v1/jobs', array( $name => $value ) );
		self::assertSame( 400, $response->get_status() );
		self::assertSame( 'rest_invalid_param', $response->get_data()['code'] );
		self::assertSame( array( $name ), array_keys( $response->get_data()['data']['params'] ) );
	}

	public function test_a_cursor_needs_the_order_of_creation(): void {
		$this->as_admin();
		$this->random_jobs( 5 );
		$cursor = $this->rest( 'GET', '/smi/v1/jobs', array( 'per_page' => 2 ) )->get_headers()['X-SMI-Next-Cursor'];
		self::assertSame( 400, $this->rest( 'GET', '/smi/v1/jobs', array( 'cursor' => $cursor, 'orderby' => 'email' ) )->get_status() );
		self::assertCount( 3, $this->rest( 'GET', '/smi/v1/jobs', array( 'cursor' => $cursor ) )->get_data() );
		self::assertMatchesRegularExpression( '/^[\w-]+$/', $cursor );
	}

	public function test_says_totals_pages_and_neighbours(): void {
		$this->as_admin();
		$this->random_jobs( 25 );
		$response = $this->rest( 'GET', '/smi/v1/jobs', array( 'per_page' => 10, 'page' => 2, 'status' => array( 'pending', 'completed', 'failed', 'abandoned', 'processing', 'awaiting_payment' ) ) );
		$headers  = $response->get_headers();
		self::assertSame( array( '25', '3' ), array( $headers['X-WP-Total'], $headers['X-WP-TotalPages'] ) );
		self::assertArrayNotHasKey( 'X-SMI-Total-Relation', $headers );
		self::assertMatchesRegularExpression( '/page=1.*status.*rel="prev".*page=3.*status.*rel="next"/', $headers['Link'] );
		self::assertStringNotContainsString( 'rel="next"', $this->rest( 'GET', '/smi/v1/jobs', array( 'per_page' => 10, 'page' => 3 ) )->get_headers()['Link'] );
		self::assertSame( array(), $this->rest( 'GET', '/smi/v1/jobs', array( 'page' => 9 ) )->get_data() );
	}

	public function test_answers_what_the_contracts_say_and_no_secret(): void {
		$this->as_admin();
		$this->random_jobs( 40 );
		$uploads = wp_upload_dir()['basedir'];
		$job     = Plugin::instance()->jobs()->insert( array( 'upscaled_file_path' => "$uploads/sell-my-images/x.jpg", 'upload_file_path' => '/etc/elsewhere.jpg', 'created_at' => '2030-01-01 00:00:00' ) );
		$list    = $this->rest( 'GET', '/smi/v1/jobs', array( 'per_page' => 100 ) )->get_data();
		self::assertCount( 41, $list );
		foreach ( $list as $item ) {
			self::assertTrue( rest_validate_value_from_schema( $item, Contract::load( 'job' ), 'job' ), (string) wp_json_encode( $item ) );
		}
		self::assertSame( array( 'sell-my-images/x.jpg', 'elsewhere.jpg' ), array( $list[0]['upscaled_file_path'], $list[0]['upload_file_path'] ) );
		self::assertSame( array(), array_intersect( array( 'id', 'download_token', 'buyer_key_hash', 'facet', 'email_domain', 'payment_action_at', 'payment_action_tries' ), array_keys( $list[0] ) ) );
		$detail = $this->rest( 'GET', "/smi/v1/jobs/$job->job_id" )->get_data();
		self::assertTrue( rest_validate_value_from_schema( $detail, Contract::load( 'job-detail' ), 'job' ) );
		$stats = $this->rest( 'GET', '/smi/v1/jobs/stats', array( 'report' => true ) )->get_data();
		self::assertTrue( rest_validate_value_from_schema( $stats, Contract::load( 'stats' ), 'stats' ) );
		self::assertSame( 41, $stats['counts']['all'] );
		self::assertArrayNotHasKey( 'report', $this->rest( 'GET', '/smi/v1/jobs/stats' )->get_data() );
		self::assertTrue( rest_validate_value_from_schema( $this->rest( 'GET', '/smi/v1/settings' )->get_data(), Contract::load( 'settings' ), 'settings' ) );
	}

	public function test_counts_say_which_status_the_jobs_of_a_problem_have(): void {
		$this->as_admin();
		$params = array( 'after' => '2026-01-15T00:00:00Z', 'before' => '2026-03-20T12:00:00Z' );
		$wanted = array();
		foreach ( $this->random_jobs( 200 ) as $job ) {
			if ( null !== $job->attention && $job->created_at > '2026-01-15 00:00:00' && $job->created_at < '2026-03-20 12:00:00' ) {
				$wanted[ "{$job->attention->value} {$job->status->value}" ] = ( $wanted[ "{$job->attention->value} {$job->status->value}" ] ?? 0 ) + 1;
			}
		}
		// The filters of the tabs themselves do not count.
		$stats = $this->rest( 'GET', '/smi/v1/jobs/stats', $params + array( 'attention' => array( 'disputed' ), 'status' => array( 'failed' ) ) )->get_data();
		self::assertTrue( rest_validate_value_from_schema( $stats, Contract::load( 'stats' ), 'stats' ) );
		$found = array();
		foreach ( $stats['counts']['attention_status'] as $row ) {
			$found[ "{$row['attention']} {$row['status']}" ] = $row['jobs'];
		}
		ksort( $wanted );
		ksort( $found );
		self::assertSame( $wanted, $found );
		self::assertSame( $stats['counts']['attention']['any'], array_sum( $found ) );
	}

	public function test_counts_and_visible_rows_come_in_one_answer(): void {
		$this->as_admin();
		$this->random_jobs( 12 );
		$jobs  = Plugin::instance()->jobs();
		$still = $jobs->insert( array( 'status' => 'pending' ) );
		$moved = $jobs->insert( array( 'status' => 'pending' ) );
		$jobs->update( $moved, array( 'status' => 'processing' ) );
		Plugin::instance()->db()->execute( "UPDATE {jobs} SET updated_at = '2026-01-01 00:00:00' WHERE job_id = %s", $still->job_id );
		$ids = array( $still->job_id, $moved->job_id, 'abcd0000-0000-4000-8000-00000000dead' );
		$of  = fn( array $more ): array => $this->rest( 'GET', '/smi/v1/jobs/stats', array( 'rows' => $ids ) + $more )->get_data();
		$all = $of( array( 'status' => array( 'failed' ) ) );
		self::assertEqualsCanonicalizing( array( $still->job_id, $moved->job_id ), array_column( $all['rows'], 'job_id' ) );
		self::assertTrue( rest_validate_value_from_schema( $all, Contract::load( 'stats' ), 'stats' ) );
		self::assertSame( 14, $all['counts']['all'] );
		self::assertSame( array( $moved->job_id ), array_column( $of( array( 'rows_since' => '2026-02-01T00:00:00Z' ) )['rows'], 'job_id' ) );
		self::assertArrayNotHasKey( 'rows', $this->rest( 'GET', '/smi/v1/jobs/stats' )->get_data() );
		self::assertSame( 400, $this->rest( 'GET', '/smi/v1/jobs/stats', array( 'rows' => $ids, 'rows_since' => '2026-02-30T00:00:00Z' ) )->get_status() );
		self::assertSame( 400, $this->rest( 'GET', '/smi/v1/jobs/stats', array( 'rows' => array( 'x' ) ) )->get_status() );
	}

	public function test_a_contract_that_is_broken_is_noticed(): void {
		self::assertWPError( rest_validate_value_from_schema( array( 'job_id' => 'x' ), Contract::load( 'job-detail' ), 'job' ) );
	}

	public function test_gives_only_the_fields_asked_for(): void {
		$this->as_admin();
		$this->random_jobs( 2 );
		add_filter( 'rest_post_dispatch', 'rest_filter_response_fields', 10, 3 ); // WordPress adds it once, with the REST server.
		self::assertSame( array( 'status', 'job_id' ), array_keys( $this->rest( 'GET', '/smi/v1/jobs', array( '_fields' => 'job_id,status' ) )->get_data()[0] ) );
	}

	public function test_the_details_come_with_a_tag_and_are_not_sent_twice(): void {
		$this->as_admin();
		$job      = Plugin::instance()->jobs()->insert( array() );
		$response = $this->rest( 'GET', '/smi/v1/jobs/' . strtoupper( $job->job_id ) );
		$tag      = $response->get_headers()['ETag'];
		self::assertSame( 200, $response->get_status() );
		self::assertMatchesRegularExpression( '/^W\/"1-[0-9a-f]{16}"$/', $tag );
		$again = $this->rest( 'GET', "/smi/v1/jobs/$job->job_id", array(), array( 'If-None-Match' => $tag ) );
		self::assertSame( array( 304, null ), array( $again->get_status(), $again->get_data() ) );
		Plugin::instance()->jobs()->update( $job, array( 'status' => 'pending' ) );
		self::assertSame( 200, $this->rest( 'GET', "/smi/v1/jobs/$job->job_id", array(), array( 'If-None-Match' => $tag ) )->get_status() );
	}

	public function test_an_unknown_job_is_not_found(): void {
		$this->as_admin();
		$response = $this->rest( 'GET', '/smi/v1/jobs/' . Uuid::v4() );
		self::assertSame( array( 404, 'smi_job_not_found' ), array( $response->get_status(), $response->get_data()['code'] ) );
	}

	/**
	 * Not beside the hostile neighbour: one that empties the cache at each job makes WordPress read its options again for each.
	 *
	 * @group not-beside-hostile
	 */
	public function test_a_page_costs_the_same_number_of_queries_for_one_job_and_for_fifty(): void {
		$this->as_admin();
		$this->random_jobs( 50 );
		$this->rest( 'GET', '/smi/v1/jobs', array( 'per_page' => 1 ) );
		$count = function ( int $per_page ): int {
			wp_cache_flush();
			$this->rest( 'GET', '/smi/v1/jobs', array( 'per_page' => 1, 'page' => 40 ) );
			$before = $GLOBALS['wpdb']->num_queries;
			$this->rest( 'GET', '/smi/v1/jobs', array( 'per_page' => $per_page ) );
			return $GLOBALS['wpdb']->num_queries - $before;
		};
		self::assertLessThanOrEqual( $count( 2 ) + 2, $count( 40 ) );
	}

	public function test_margin_is_what_is_kept(): void {
		$this->as_admin();
		$values = array( 'payment_status' => 'partially_refunded', 'amount_charged' => '9.90', 'refund_amount' => '2.00', 'stripe_fee' => '0.59', 'amount_cost' => '0.16', 'paid_at' => '2026-01-01 00:00:00', 'processing_started_at' => '2026-01-01 00:00:10', 'completed_at' => '2026-01-01 00:01:00' );
		$job    = Plugin::instance()->jobs()->insert( $values );
		$detail = $this->rest( 'GET', "/smi/v1/jobs/$job->job_id" )->get_data();
		self::assertSame( '7.15', $detail['margin'] );
		self::assertSame( array( 'waiting_s' => 10, 'processing_s' => 50, 'total_s' => 60 ), $detail['durations'] );
		self::assertNull( $this->rest( 'GET', '/smi/v1/jobs/' . Plugin::instance()->jobs()->insert( array() )->job_id )->get_data()['margin'] );
		Plugin::instance()->jobs()->insert( array( 'dispute_status' => 'lost', 'dispute_amount' => '7.90' ) + $values );
		self::assertEqualsCanonicalizing( array( '7.15', null, '-0.75' ), array_column( $this->rest( 'GET', '/smi/v1/jobs' )->get_data(), 'margin' ), 'A row says the same as the details.' );
	}

	private static function assertWPError( mixed $value ): void {
		self::assertInstanceOf( \WP_Error::class, $value );
	}
}
