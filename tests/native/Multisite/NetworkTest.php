<?php
/**
 * The plugin on all sites of a network.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Multisite;

use SellMyImages\Capabilities;
use SellMyImages\Install\Schema;
use SellMyImages\Plugin;
use SellMyImages\Upkeep\Cron;

final class NetworkTest extends MultisiteTestCase {

	public function test_activation_makes_a_shop_of_every_site_and_deactivation_lets_its_work_rest(): void {
		$site = $this->make_site();
		$this->be_network_active();
		Plugin::instance()->installer()->activate( true );
		self::assertEquals( $this->tables_of( 1 ), $this->tables_of( $site ) );
		self::assertSame( Schema::VERSION, $this->schema_version( $site ) );
		$this->on( $site, static fn() => Plugin::instance()->cron()->ensure() );
		Plugin::instance()->installer()->deactivate( true );
		self::assertFalse( $this->on( $site, static fn() => wp_next_scheduled( Cron::EVENT ) ) );
		self::assertEquals( $this->tables_of( 1 ), $this->tables_of( $site ) );
	}

	public function test_a_new_site_is_a_shop_of_its_own_and_takes_all_of_it_along(): void {
		$job = $this->make_job();
		$this->be_network_active();
		$site  = $this->make_site();
		$other = $this->make_site();
		self::assertEquals( $this->tables_of( 1 ), $this->tables_of( $site ) );
		$plugin = Plugin::instance();
		$here   = $plugin->site_identity()->uuid();
		$this->on(
			$site,
			function () use ( $plugin, $job, $here ): void {
				$plugin->settings()->save( array( 'currency' => 'JPY' ) );
				$this->make_job();
				self::assertNull( $plugin->jobs()->find( $job ) );
				self::assertNotSame( $here, $plugin->site_identity()->uuid() );
			}
		);
		self::assertSame( 'USD', $plugin->settings()->currency() );
		wp_delete_site( $site );
		self::assertSame( array(), $this->tables_of( $site ) );
		self::assertEquals( $this->tables_of( 1 ), $this->tables_of( $other ) );
		self::assertNotNull( $plugin->jobs()->find( $job ) );
	}

	public function test_rights_are_those_of_the_site(): void {
		$user = $this->as_role( 'subscriber' );
		$this->be_network_active();
		$site = $this->make_site( $user );
		$job  = $this->on( $site, fn(): string => $this->make_job() );
		wp_set_current_user( $user );
		self::assertSame( 403, $this->rest( 'GET', '/smi/v1/jobs' )->get_status() );
		$seen = $this->on( $site, fn(): array => array( current_user_can( Capabilities::REFUND ), array_column( (array) $this->rest( 'GET', '/smi/v1/jobs' )->get_data(), 'job_id' ) ) );
		self::assertSame( array( true, array( $job ) ), $seen );
		self::assertFalse( current_user_can( Capabilities::VIEW ) );
	}

	/** Activation takes the first 200 sites on; the others come later. */
	public function test_a_site_that_activation_did_not_reach_works_for_visitors(): void {
		$site = $this->make_site();
		$this->be_network_active();
		self::assertSame( '200 whole', $this->visit( $site ) );
		self::assertSame( '200 whole', $this->visit( $site ) );
	}

	public function test_a_site_that_cannot_be_set_up_is_made_all_the_same(): void {
		$this->be_network_active();
		$refuse = static fn( string $query ): string => str_contains( $query, 'CREATE TABLE' ) && str_contains( $query, 'smi_' ) ? 'SELECT nothing FROM nowhere' : $query;
		add_filter( 'query', $refuse );
		$heard = did_action( 'wp_insert_site' );
		$after = 0;
		add_action(
			'wp_initialize_site',
			function () use ( &$after ): void {
				++$after;
			},
			1000
		);
		$site = $this->make_site();
		self::assertSame( array( $heard + 1, 1, 1 ), array( did_action( 'wp_insert_site' ), $after, get_current_blog_id() ) );
		Plugin::instance()->installer()->activate( true );
		remove_filter( 'query', $refuse );
		self::assertSame( array( 0, array() ), array( $this->schema_version( $site ), $this->tables_of( $site ) ) );
		Plugin::instance()->installer()->activate( true );
		self::assertEquals( $this->tables_of( 1 ), $this->tables_of( $site ) );
	}
}
