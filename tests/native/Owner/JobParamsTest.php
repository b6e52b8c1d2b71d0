<?php
/**
 * Parameters of other code for lists of jobs, and what it makes of them.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Owner;

use SellMyImages\Tests\Hooks\FailuresOfTheTest;
use SellMyImages\Tests\Jobs\LifecycleTestCase;

final class JobParamsTest extends LifecycleTestCase {
	use FailuresOfTheTest;

	private string $mine;

	private string $other;

	protected function setUp(): void {
		parent::setUp();
		$this->as_admin();
		$this->mine  = $this->order( array( 'post_id' => 5 ) );
		$this->other = $this->order( array( 'post_id' => 6 ) );
	}

	protected function tearDown(): void {
		parent::tearDown();
		$this->forget_routes();
	}

	/** Parameters belong to routes, which are made once. */
	private function forget_routes(): void {
		$GLOBALS['wp_rest_server'] = null; // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- WordPress's own.
	}

	/** A plugin with a parameter `shop`, which it knows the post of. */
	private function add_shop( mixed $rules = array( 'type' => 'string', 'enum' => array( 'harbour', 'market', 'none' ) ) ): void {
		add_filter( 'smi_rest_job_collection_params', static fn( array $params ): array => $params + array( 'shop' => $rules ) );
		add_filter(
			'smi_rest_job_query',
			static fn( array $query, \WP_REST_Request $request ): array => match ( $request['shop'] ) {
				'harbour' => array( 'post_id' => 5 ) + $query,
				'none' => array( 'include' => array() ) + $query,
				default => $query,
			},
			10,
			2
		);
		$this->forget_routes();
	}

	/**
	 * @param array<string,mixed> $params Query.
	 * @return list<string> The jobs that are listed.
	 */
	private function listed( array $params ): array {
		$answer = $this->rest( 'GET', '/smi/v1/jobs', $params );
		self::assertSame( 200, $answer->get_status(), (string) wp_json_encode( $answer->get_data() ) );
		self::assertSame( count( $answer->get_data() ), (int) $answer->get_headers()['X-WP-Total'] );
		$ids = array_column( $answer->get_data(), 'job_id' );
		sort( $ids );

		return $ids;
	}

	/** @return list<string> */
	private function both(): array {
		$ids = array( $this->mine, $this->other );
		sort( $ids );

		return $ids;
	}

	public function test_a_parameter_of_other_code_narrows_the_list_its_counts_and_its_export(): void {
		$this->add_shop();
		self::assertSame( array( $this->mine ), $this->listed( array( 'shop' => 'harbour' ) ) );
		self::assertSame( $this->both(), $this->listed( array() ) );
		self::assertSame( array(), $this->listed( array( 'shop' => 'none' ) ), 'No job is not all jobs.' );
		self::assertSame( array(), $this->listed( array( 'shop' => 'harbour', 'status' => array( 'completed' ) ) ) );
		$counts = $this->rest( 'GET', '/smi/v1/jobs/stats', array( 'shop' => 'harbour' ) )->get_data()['counts'];
		self::assertSame( 1, $counts['all'] );
		self::assertSame( '1', $this->rest( 'GET', '/smi/v1/jobs/export', array( 'shop' => 'harbour' ) )->get_headers()['X-WP-Total'] );
		self::assertSame( array(), $this->failures() );
	}

	public function test_a_parameter_is_checked_and_shown(): void {
		$this->add_shop();
		foreach ( array( '/smi/v1/jobs', '/smi/v1/jobs/stats', '/smi/v1/jobs/export' ) as $route ) {
			$answer = $this->rest( 'GET', $route, array( 'shop' => 'castle' ) );
			self::assertSame( 400, $answer->get_status() );
			self::assertArrayHasKey( 'shop', $answer->get_data()['data']['params'] );
			$args = $this->rest( 'OPTIONS', $route )->get_data()['endpoints'][0]['args'];
			self::assertSame( array( 'harbour', 'market', 'none' ), $args['shop']['enum'] );
			self::assertArrayHasKey( 'status', $args );
		}
	}

	public function test_a_check_that_throws_is_bad_input_and_named(): void {
		$this->add_shop( array( 'type' => 'string', 'validate_callback' => static fn() => throw new \Error( 'shops are away' ) ) );
		$answer = $this->rest( 'GET', '/smi/v1/jobs', array( 'shop' => 'harbour' ) );
		self::assertSame( 400, $answer->get_status() );
		self::assertStringContainsString( 'Site Health', $answer->get_data()['data']['params']['shop'] );
		self::assertSame( 'shops are away', $this->failures()[0]->message );
		self::assertSame( $this->both(), $this->listed( array() ) );
	}

	/** @return array<string,array{0:\Closure(array<string,mixed>): mixed,1:string}> */
	public static function bad_params(): array {
		$more = array( 'per_page' => array( 'maximum' => 5000 ) );

		return array(
			'nothing'        => array( static fn(): mixed => null, 'It returned null' ),
			'one less'       => array( static fn( array $params ): array => array_diff_key( $params, array( 'page' => 1 ) ), 'It changed page' ),
			'more at once'   => array( static fn( array $params ): array => array_replace_recursive( $params, $more ), 'It changed per_page' ),
			'no name'        => array( static fn( array $params ): array => $params + array( 'My Shop' => array() ), 'My Shop' ),
			'a name alone'   => array( static fn( array $params ): array => $params + array( 'shop' => 'string' ), 'shop' ),
		);
	}

	/** @dataProvider bad_params */
	public function test_parameters_that_are_none_are_not_added( \Closure $callback, string $said ): void {
		add_filter( 'smi_rest_job_collection_params', $callback );
		$this->forget_routes();
		self::assertSame( $this->both(), $this->listed( array( 'per_page' => 100 ) ) );
		self::assertSame( 400, $this->rest( 'GET', '/smi/v1/jobs', array( 'per_page' => 101 ) )->get_status() );
		self::assertStringContainsString( $said, $this->failures()[0]->message );
	}

	/** @return array<string,array{0:\Closure(array<string,mixed>): mixed,1:string}> */
	public static function bad_queries(): array {
		return array(
			'nothing'     => array( static fn(): mixed => null, 'It returned null' ),
			'SQL'         => array( static fn(): mixed => '1 = 1', 'It returned string' ),
			'no filter'   => array( static fn(): array => array( 'where' => '1 = 1' ), 'where' ),
			'no status'   => array( static fn(): array => array( 'status' => array( 'lost' ) ), 'status' ),
			'no time'     => array( static fn(): array => array( 'after' => '2026-99-99T00:00:00Z' ), 'Invalid date' ),
			'too many'    => array( static fn(): array => array( 'include' => array_fill( 0, 101, wp_generate_uuid4() ) ), 'include' ),
			'an error'    => array( static fn() => throw new \Error( 'no idea' ), 'no idea' ),
		);
	}

	/** @dataProvider bad_queries */
	public function test_a_query_that_means_nothing_is_passed_over_but_nothing_is_done_by_it( \Closure $callback, string $said ): void {
		add_filter( 'smi_rest_job_query', $callback );
		self::assertSame( $this->both(), $this->listed( array() ) );
		self::assertSame( 'smi_rest_job_query', $this->failures()[0]->what );
		self::assertStringContainsString( $said, $this->failures()[0]->message );
		$order  = array( 'action' => 'refresh', 'filter' => array( 'status' => array( 'awaiting_payment' ) ), 'dry_run' => true );
		$answer = $this->rest( 'POST', '/smi/v1/jobs/batch', $order );
		self::assertSame( array( 409, 'smi_batch_filter_failed' ), array( $answer->get_status(), $answer->get_data()['code'] ) );
		unset( $order['filter'] );
		$by_name = $this->rest( 'POST', '/smi/v1/jobs/batch', array( 'ids' => $this->both() ) + $order );
		self::assertSame( array( 200, 2 ), array( $by_name->get_status(), $by_name->get_data()['matched'] ) );
	}

	public function test_a_batch_over_all_that_match_means_what_the_list_means(): void {
		add_filter( 'smi_rest_job_query', static fn( array $query ): array => array( 'post_id' => 5 ) + $query );
		$order = array( 'action' => 'refresh', 'filter' => array( 'status' => array( 'awaiting_payment' ) ), 'dry_run' => true );
		self::assertSame( 1, $this->rest( 'POST', '/smi/v1/jobs/batch', $order )->get_data()['matched'] );
		self::assertSame( array( $this->mine ), $this->listed( array() ) );
		$empty = $this->rest( 'POST', '/smi/v1/jobs/batch', array( 'filter' => array( 'email' => '' ) ) + $order );
		self::assertSame( 400, $empty->get_status(), 'A filter that is empty is asked back as ever.' );
	}
}
