<?php
/**
 * Export and erasure of a buyer's data, and what the admin is told.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Privacy;

use SellMyImages\Plugin;
use SellMyImages\Tests\Storefront\StorefrontTestCase;

final class PersonalDataTest extends StorefrontTestCase {

	public function test_exports_a_persons_orders_and_nobody_elses(): void {
		$job = $this->make_completed_job( null );
		$this->make_completed_job( null, array( 'email' => 'other@example.org' ) );
		$exporters = apply_filters( 'wp_privacy_personal_data_exporters', array() );
		$page      = $exporters['sell-my-images']['callback']( 'Buyer@example.org', 1 );
		self::assertTrue( $page['done'] );
		self::assertSame( array( "smi-job-$job" ), array_column( $page['data'], 'item_id' ) );
	}

	public function test_erasing_keeps_the_money_and_takes_the_address(): void {
		$job     = $this->make_completed_job( null );
		$erasers = apply_filters( 'wp_privacy_personal_data_erasers', array() );
		$result  = $erasers['sell-my-images']['callback']( 'buyer@example.org', 1 );
		self::assertTrue( $result['items_removed'] );
		self::assertTrue( $result['done'] );
		$after = Plugin::instance()->jobs()->find( $job );
		self::assertSame( array( '', '9.00', 'EUR' ), array( $after?->email, $after?->amount_charged, $after?->currency ) );
	}

	public function test_site_health_says_that_there_is_no_bridge(): void {
		$tests = Plugin::instance()->site_health()->tests( array( 'direct' => array() ) );
		self::assertSame( array( 'smi_bridge', 'smi_cron', 'smi_uploads', 'smi_tables', 'smi_stripe', 'smi_upscaler', 'smi_rest', 'smi_names', 'smi_visitors' ), array_keys( $tests['direct'] ) );
		self::assertSame( 'recommended', $tests['direct']['smi_bridge']['test']()['status'] );
		self::assertSame( 'good', $tests['direct']['smi_uploads']['test']()['status'] );
	}
}
