<?php
/**
 * Rules that hold for every REST route of the plugin.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Rest;

use SellMyImages\Tests\TestCase;

final class RoutesTest extends TestCase {
	public function test_every_route_says_who_may_call_it(): void {
		$checked = 0;
		foreach ( rest_get_server()->get_routes( 'smi/v1' ) as $route => $handlers ) {
			if ( '/smi/v1' === $route ) {
				continue;
			}
			foreach ( $handlers as $handler ) {
				self::assertArrayHasKey( 'permission_callback', $handler, $route );
				self::assertIsCallable( $handler['permission_callback'], $route );
				++$checked;
			}
		}
		self::assertGreaterThan( 5, $checked );
	}

	public function test_jobs_are_closed_to_visitors_and_to_subscribers(): void {
		self::assertSame( 401, $this->rest( 'GET', '/smi/v1/jobs' )->get_status() );
		$this->as_role( 'subscriber' );
		self::assertSame( 403, $this->rest( 'GET', '/smi/v1/jobs' )->get_status() );
	}

	public function test_jobs_are_open_to_the_administrator(): void {
		$this->as_admin();
		self::assertSame( 200, $this->rest( 'GET', '/smi/v1/jobs' )->get_status() );
	}
}
