<?php
/**
 * The answers that come with the Jobs screen.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Admin;

use SellMyImages\Admin\FirstRequests;
use SellMyImages\JobList\JobFilters;
use SellMyImages\Plugin;
use SellMyImages\Tests\TestCase;

final class FirstRequestsTest extends TestCase {

	/** @return array<string,array{0:array<string,mixed>}> By what the address is. */
	public function addresses(): array {
		$cases = json_decode( (string) file_get_contents( dirname( __DIR__, 2 ) . '/admin/support/addresses.json' ), true );

		return array_combine( array_column( $cases, 'what' ), array_map( static fn( array $case ): array => array( $case ), $cases ) );
	}

	/**
	 * The screen's own tests hold the screen to the same file.
	 *
	 * @dataProvider addresses
	 * @param array<string,mixed> $case Of addresses.json.
	 */
	public function test_are_those_that_the_screen_makes( array $case ): void {
		parse_str( ltrim( $case['search'], '?' ), $address );
		$first = new FirstRequests( $address, $case['perPage'] ?? 20, new \DateTimeZone( $case['zone'] ?? 'Europe/Berlin' ), (int) strtotime( $case['now'] ?? '2026-03-01T22:30:00Z' ) );
		self::assertSame( array_map( array( self::class, 'parsed' ), $case['paths'] ), array_map( array( self::class, 'parsed' ), $first->paths() ) );
	}

	/** Each filter of the list stands in an address that both sides know, or has no place on the screen. */
	public function test_no_filter_is_forgotten(): void {
		$asked = array();
		foreach ( $this->addresses() as [ $case ] ) {
			foreach ( $case['paths'] as $path ) {
				$asked += self::parsed( $path )[1];
			}
		}
		$all = array_merge( ...array_map( static fn( string $filter ): array => $filter::params(), JobFilters::ALL ) );
		self::assertSame( array( 'include', 'modified_after' ), array_values( array_diff( $all, array_keys( $asked ) ) ), 'Of these the screen has no filter.' );
	}

	/**
	 * @dataProvider addresses
	 * @param array<string,mixed> $case Of addresses.json.
	 */
	public function test_are_understood_by_the_api( array $case ): void {
		$this->as_admin();
		foreach ( $case['paths'] as $path ) {
			[ $route, $query ] = self::parsed( $path );
			self::assertContains( $this->rest( 'GET', $route, $query )->get_status(), array( 200, str_contains( $case['search'], 'job=' ) ? 404 : 200 ), $path );
		}
	}

	public function test_their_answers_come_with_the_page_and_close_no_script(): void {
		$this->as_admin();
		$id   = $this->make_job( array( 'failure_reason' => '</script><script>alert(1)</script>' ) );
		$_GET = array( 'page' => 'smi-jobs', 'job' => $id );
		$boot = Plugin::instance()->boot_data();
		try {
			$script = $boot->script( true );
		} finally {
			$_GET = array();
		}
		self::assertStringNotContainsString( '<', $script );
		$data = json_decode( substr( $script, strlen( 'window.smiJobs = ' ), -1 ), true, 512, JSON_THROW_ON_ERROR );
		self::assertSame( array( '/smi/v1/jobs?per_page=20&page=1&orderby=created_at&order=desc', '/smi/v1/jobs/stats', "/smi/v1/jobs/$id" ), array_keys( $data['answers'] ) );
		[ $list, $stats, $detail ] = array_values( $data['answers'] );
		self::assertSame( array( $id ), array_column( $list['body'], 'job_id' ) );
		self::assertEquals( 1, $list['headers']['X-WP-Total'] );
		self::assertSame( $this->rest( 'GET', '/smi/v1/jobs/stats' )->get_data()['counts'], $stats['body']['counts'] );
		self::assertSame( $id, $detail['body']['job_id'] );
		self::assertNotEmpty( $detail['headers']['ETag'] );
	}

	public function test_nothing_comes_along_for_somebody_who_may_not_see_jobs(): void {
		$this->as_role( 'author' );
		$this->make_job();
		$script = Plugin::instance()->boot_data()->script( true );
		self::assertStringContainsString( '"answers":{}', $script );
	}

	/** @return array{0:string,1:array<string,mixed>} Route and parameters, in one order. */
	private static function parsed( string $path ): array {
		parse_str( (string) wp_parse_url( $path, PHP_URL_QUERY ), $query );
		ksort( $query );

		return array( (string) wp_parse_url( $path, PHP_URL_PATH ), $query );
	}
}
