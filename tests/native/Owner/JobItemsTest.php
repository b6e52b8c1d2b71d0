<?php
/**
 * What other code adds to jobs and batches in REST, and where items lead.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Owner;

use SellMyImages\Batches\Batch;
use SellMyImages\Jobs\Job;
use SellMyImages\Tests\Hooks\FailuresOfTheTest;
use SellMyImages\Tests\Jobs\LifecycleTestCase;

final class JobItemsTest extends LifecycleTestCase {
	use FailuresOfTheTest;

	/** @var list<int> */
	private array $posts = array();

	protected function setUp(): void {
		parent::setUp();
		$GLOBALS['wp_rest_additional_fields'] = array(); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- WordPress's own.
		$this->as_admin();
	}

	protected function tearDown(): void {
		$GLOBALS['wp_rest_additional_fields'] = array(); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- WordPress's own.
		array_map( static fn( int $id ) => wp_delete_post( $id, true ), $this->posts );
		$this->posts = array();
		parent::tearDown();
	}

	/** @param array<string,mixed> $more Fields of the post. */
	private function post( array $more = array() ): int {
		$id            = (int) wp_insert_post( $more + array( 'post_title' => 'By the harbour', 'post_status' => 'publish' ) );
		$this->posts[] = $id;

		return $id;
	}

	private function picture( int $parent = 0 ): int {
		$fields        = array( 'post_title' => 'Harbour', 'post_mime_type' => 'image/jpeg', 'post_parent' => $parent );
		$id            = (int) wp_insert_attachment( $fields, 'a.jpg' );
		$this->posts[] = $id;

		return $id;
	}

	/**
	 * @param array<string,mixed> $params Query.
	 * @return array<string,mixed> The only job of the list.
	 */
	private function listed( array $params = array() ): array {
		$answer = $this->rest( 'GET', '/smi/v1/jobs', $params );
		self::assertSame( 200, $answer->get_status(), (string) wp_json_encode( $answer->get_data() ) );

		return $answer->get_data()[0];
	}

	public function test_a_field_of_other_code_stands_wherever_a_job_is_answered(): void {
		$job_id = $this->failed_job();
		register_rest_field(
			'smi_job',
			'crm',
			array(
				'get_callback' => static fn( array $job, string $field, object $request, string $type ): string => "$type $field {$job['job_id']}",
				'schema'       => array( 'type' => 'string', 'description' => 'Number in the CRM.' ),
			)
		);
		$value = "smi_job crm $job_id";
		self::assertSame( $value, $this->listed()['crm'] );
		self::assertSame( $value, $this->rest( 'GET', "/smi/v1/jobs/$job_id" )->get_data()['crm'] );
		self::assertSame( $value, $this->rest( 'GET', '/smi/v1/jobs/stats', array( 'rows' => array( $job_id ) ) )->get_data()['rows'][0]['crm'] );
		self::assertSame( $value, $this->rest( 'POST', "/smi/v1/jobs/$job_id/retry", array() )->get_data()['job']['crm'] );
		foreach ( array( '/smi/v1/jobs', "/smi/v1/jobs/$job_id" ) as $route ) {
			$schema = $this->rest( 'OPTIONS', $route )->get_data()['schema'];
			self::assertSame( array( 'smi_job', 'Number in the CRM.' ), array( $schema['title'], $schema['properties']['crm']['description'] ) );
			self::assertArrayHasKey( 'job_id', $schema['properties'] );
		}
		self::assertArrayHasKey( 'attempts', $this->rest( 'OPTIONS', "/smi/v1/jobs/$job_id" )->get_data()['schema']['properties'] );
	}

	public function test_a_field_is_made_only_where_it_is_asked_for(): void {
		$this->failed_job();
		$made = 0;
		register_rest_field(
			'smi_job',
			'crm',
			array(
				'get_callback' => static function () use ( &$made ): array {
					++$made;
					return array( 'id' => 77, 'name' => 'Ada' );
				},
			)
		);
		self::assertSame( array( 'status' => 'failed' ), $this->listed( array( '_fields' => 'status' ) ) );
		self::assertSame( 0, $made );
		self::assertSame( array( 'crm' => array( 'id' => 77 ) ), $this->listed( array( '_fields' => 'crm.id' ) ) );
		self::assertSame( 1, $made );
	}

	/** @return array<string,array{0:callable|string,1:string}> */
	public static function bad_fields(): array {
		return array(
			'throws'        => array( static fn() => throw new \Error( 'CRM is away' ), 'CRM is away' ),
			'is no JSON'    => array( static fn(): float => INF, 'JSON' ),
			'is no UTF-8'   => array( static fn(): array => array( NAN ), 'JSON' ),
			'is not called' => array( 'smi_there_is_no_such_function', 'smi_there_is_no_such_function' ),
		);
	}

	/** @dataProvider bad_fields */
	public function test_a_field_that_cannot_be_made_is_left_out_and_named( callable|string $callback, string $said ): void {
		$job_id = $this->failed_job();
		register_rest_field( 'smi_job', 'crm', array( 'get_callback' => $callback ) );
		register_rest_field( 'smi_job', 'other', array( 'get_callback' => static fn(): int => 5 ) );
		foreach ( array( $this->listed(), $this->rest( 'GET', "/smi/v1/jobs/$job_id" )->get_data() ) as $item ) {
			self::assertArrayNotHasKey( 'crm', $item );
			self::assertSame( array( $job_id, 5 ), array( $item['job_id'], $item['other'] ) );
		}
		self::assertSame( 'register_rest_field( smi_job, crm )', $this->failures()[0]->what );
		self::assertStringContainsString( $said, $this->failures()[0]->message );
	}

	public function test_a_field_that_leaves_things_changed_hurts_nobody(): void {
		global $wpdb;
		$this->failed_job();
		$leaves = static function (): int {
			switch_to_locale( 'de_DE' );
			$GLOBALS['wpdb']->query( 'START TRANSACTION' );

			return 5;
		};
		register_rest_field( 'smi_job', 'crm', array( 'get_callback' => $leaves ) );
		self::assertSame( 5, $this->listed()['crm'] );
		self::assertSame( '0', $wpdb->get_var( 'SELECT @@in_transaction' ) );
		self::assertFalse( is_locale_switched() );
		self::assertSame( 'register_rest_field( smi_job, crm )', $this->failures()[0]->what );
	}

	public function test_a_filter_changes_the_item_and_its_links(): void {
		$job_id = $this->failed_job();
		$seen   = array();
		add_filter(
			'smi_rest_prepare_job',
			static function ( \WP_REST_Response $response, Job $job, \WP_REST_Request $request ) use ( &$seen ): \WP_REST_Response {
				$seen[]            = $job->job_id . ' ' . $request->get_route();
				$data              = $response->get_data();
				$data['shouted']   = strtoupper( $data['status'] );
				$response->set_data( $data );
				$response->add_link( 'https://crm.example/rel/customer', 'https://crm.example/c/' . $job->job_id );

				return $response;
			},
			10,
			3
		);
		$listed = $this->listed();
		self::assertSame( 'FAILED', $listed['shouted'] );
		self::assertSame( "https://crm.example/c/$job_id", $listed['_links']['https://crm.example/rel/customer'][0]['href'] );
		$detail = $this->rest( 'GET', "/smi/v1/jobs/$job_id" );
		self::assertSame( 'FAILED', $detail->get_data()['shouted'] );
		self::assertArrayHasKey( 'https://crm.example/rel/customer', $detail->get_links() );
		self::assertSame( array( "$job_id /smi/v1/jobs", "$job_id /smi/v1/jobs/$job_id" ), $seen );
	}

	/** @return array<string,array{0:\Closure(\WP_REST_Response): mixed,1:string}> */
	public static function bad_items(): array {
		$set = static function ( mixed $data ): \Closure {
			return static function ( \WP_REST_Response $response ) use ( $data ): \WP_REST_Response {
				$response->set_data( $data );

				return $response;
			};
		};
		return array(
			'nothing'           => array( static fn(): mixed => null, 'It returned null' ),
			'the data alone'    => array( static fn( \WP_REST_Response $response ): mixed => $response->get_data(), 'It returned array' ),
			'an error'          => array( static fn(): mixed => new \WP_Error( 'no' ), 'It returned WP_Error' ),
			'an error’s answer' => array( static fn( \WP_REST_Response $r ): mixed => new \WP_REST_Response( $r->get_data(), 404 ), 'no item' ),
			'a word as data'    => array( $set( 'word' ), 'no item' ),
			'no JSON'           => array( $set( array( 'a' => INF ) ), 'JSON' ),
			'half done'         => array(
				static function ( \WP_REST_Response $response ): never {
					$response->set_data( array() );
					throw new \Error( 'in the middle' );
				},
				'in the middle',
			),
		);
	}

	/** @dataProvider bad_items */
	public function test_a_filter_that_gives_no_item_leaves_it_as_it_was( \Closure $callback, string $said ): void {
		$job_id = $this->failed_job();
		$before = $this->listed();
		add_filter( 'smi_rest_prepare_job', $callback );
		self::assertSame( $before, $this->listed() );
		$detail = $this->rest( 'GET', "/smi/v1/jobs/$job_id" );
		self::assertSame( array( 200, $job_id ), array( $detail->get_status(), $detail->get_data()['job_id'] ) );
		self::assertSame( 'smi_rest_prepare_job', $this->failures()[0]->what );
		self::assertStringContainsString( $said, $this->failures()[0]->message );
	}

	public function test_the_tag_stands_for_what_other_code_adds_as_well(): void {
		$job_id = $this->failed_job();
		$value  = 1;
		register_rest_field(
			'smi_job',
			'crm',
			array(
				'get_callback' => static function () use ( &$value ): int {
					return $value;
				},
			)
		);
		$get = fn( string $tag ): \WP_REST_Response => $this->rest( 'GET', "/smi/v1/jobs/$job_id", array(), array( 'If-None-Match' => $tag ) );
		$tag = $get( '' )->get_headers()['ETag'];
		self::assertSame( 304, $get( $tag )->get_status() );
		$value = 2;
		self::assertSame( array( 200, 2 ), array( $get( $tag )->get_status(), $get( $tag )->get_data()['crm'] ) );
		$tag = $get( '' )->get_headers()['ETag'];
		add_filter(
			'smi_rest_prepare_job',
			static function ( \WP_REST_Response $response ): \WP_REST_Response {
				$response->add_link( 'related', 'https://crm.example/' );
				return $response;
			}
		);
		self::assertSame( 200, $get( $tag )->get_status(), 'A link is part of the answer.' );
		$headers = array( 'If-Match' => $get( '' )->get_headers()['ETag'] );
		$after   = $this->rest( 'PATCH', "/smi/v1/jobs/$job_id", array( 'status' => 'failed' ), $headers );
		self::assertNotSame( 412, $after->get_status() );
	}

	public function test_a_job_links_to_itself_the_list_its_post_and_its_picture(): void {
		$post   = $this->post();
		$att    = $this->picture( $post );
		$job_id = $this->make_job( array( 'post_id' => $post, 'attachment_id' => $att ) );
		$links  = $this->listed()['_links'];
		self::assertSame( array( 'self', 'collection', 'post', 'attachment' ), array_keys( $links ) );
		self::assertSame( rest_url( "smi/v1/jobs/$job_id" ), $links['self'][0]['href'] );
		self::assertSame( array( 'allow' => array( 'GET', 'PATCH' ) ), $links['self'][0]['targetHints'] );
		self::assertSame( rest_url( 'smi/v1/jobs' ), $links['collection'][0]['href'] );
		self::assertSame( rest_url( "wp/v2/posts/$post" ), $links['post'][0]['href'] );
		self::assertSame( rest_url( "wp/v2/media/$att" ), $links['attachment'][0]['href'] );
		self::assertSame( array_keys( $links ), array_keys( $this->rest( 'GET', "/smi/v1/jobs/$job_id" )->get_links() ) );
		self::assertArrayNotHasKey( '_links', $this->listed( array( '_fields' => 'job_id' ) ) );
		self::assertSame( array( 'job_id', '_links' ), array_keys( $this->listed( array( '_fields' => 'job_id,_links' ) ) ) );
		$embedded = rest_get_server()->response_to_data( $this->rest( 'GET', "/smi/v1/jobs/$job_id" ), array( 'post' ) )['_embedded'];
		self::assertSame( $post, $embedded['post'][0]['id'] );
	}

	public function test_what_is_gone_or_not_to_be_read_has_no_link(): void {
		$gone = $this->make_job( array( 'post_id' => 987654, 'attachment_id' => 987655 ) );
		self::assertSame( array( 'self', 'collection' ), array_keys( $this->listed( array( 'include' => array( $gone ) ) )['_links'] ) );
		$secret = $this->make_job( array( 'post_id' => $this->post( array( 'post_status' => 'draft', 'post_author' => 1 ) ) ) );
		$this->as_role( 'subscriber' );
		add_filter( 'user_has_cap', static fn( array $caps ): array => array( 'smi_view_jobs' => true ) + $caps );
		$listed = $this->listed( array( 'include' => array( $secret ) ) );
		self::assertSame( array( 'self', 'collection' ), array_keys( $listed['_links'] ) );
		self::assertSame( array( 'GET' ), $listed['_links']['self'][0]['targetHints']['allow'] );
	}

	/**
	 * Not beside the hostile neighbour: one that empties the cache at each job makes WordPress read its options again for each.
	 *
	 * @group not-beside-hostile
	 */
	public function test_links_and_fields_cost_no_query_however_many_jobs(): void {
		for ( $i = 0; $i < 31; $i++ ) {
			$this->make_job( array( 'post_id' => $this->post(), 'attachment_id' => $this->picture( $this->post() ) ) );
		}
		register_rest_field( 'smi_job', 'crm', array( 'get_callback' => static fn(): int => 1 ) );
		add_filter( 'smi_rest_prepare_job', static fn( \WP_REST_Response $response ): \WP_REST_Response => $response );
		$queries = function ( int $per_page ): int {
			global $wpdb;
			wp_cache_flush();
			$this->rest( 'GET', '/smi/v1/jobs', array( 'per_page' => 1 ) );
			$before = $wpdb->num_queries;
			self::assertCount( $per_page, $this->rest( 'GET', '/smi/v1/jobs', compact( 'per_page' ) )->get_data() );

			return $wpdb->num_queries - $before;
		};
		self::assertSame( $queries( 3 ), $queries( 30 ) );
	}

	public function test_a_batch_is_an_item_as_well(): void {
		$job_id = $this->failed_job();
		register_rest_field( 'smi_batch', 'crm', array( 'get_callback' => static fn(): string => 'yes' ) );
		add_filter(
			'smi_rest_prepare_batch',
			static function ( \WP_REST_Response $response, Batch $batch ): \WP_REST_Response {
				$response->data['note'] = $batch->action;
				return $response;
			},
			10,
			2
		);
		$order   = array( 'action' => 'refresh', 'ids' => array( $job_id ) );
		$preview = $this->rest( 'POST', '/smi/v1/jobs/batch', $order + array( 'dry_run' => true ) )->get_data();
		$started = $this->rest( 'POST', '/smi/v1/jobs/batch', $order + array( 'expect' => $preview['expect'] ) );
		self::assertSame( 202, $started->get_status(), (string) wp_json_encode( $started->get_data() ) );
		$id   = $started->get_data()['id'];
		$seen = $this->rest( 'GET', "/smi/v1/jobs/batch/$id" );
		foreach ( array( $started, $seen ) as $answer ) {
			self::assertSame( array( 'yes', 'refresh' ), array( $answer->get_data()['crm'], $answer->get_data()['note'] ) );
			self::assertSame( rest_url( "smi/v1/jobs/batch/$id" ), $answer->get_links()['self'][0]['href'] );
		}
		self::assertSame( '1', $seen->get_headers()['X-WP-Total'] );
		self::assertSame( 'smi_batch', $this->rest( 'OPTIONS', "/smi/v1/jobs/batch/$id" )->get_data()['schema']['title'] );
	}
}
