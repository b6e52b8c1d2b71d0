<?php
/**
 * What is forgotten after its time, and what never is.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Upkeep;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Tests\Jobs\LifecycleTestCase;

final class ForgettingTest extends LifecycleTestCase {

	public function test_only_old_abandoned_checkouts_go(): void {
		$old    = $this->expired_job();
		$fresh  = $this->expired_job();
		$paid   = $this->completed_job();
		$this->age( $old, 91 );
		$this->age( $paid, 400 );
		$this->plugin()->commands()->schedule( CommandKind::Purge, 'site', null, 0 );
		$command = $this->plugin()->commands()->find( CommandKind::Purge, 'site' );
		self::assertNotNull( $command );
		$this->plugin()->purge()->run( $command, microtime( true ) + 5 );
		self::assertNull( $this->plugin()->jobs()->find( $old ) );
		self::assertNotNull( $this->plugin()->jobs()->find( $fresh ) );
		self::assertNotNull( $this->plugin()->jobs()->find( $paid ) );
		$this->as_admin();
		self::assertSame( 2, $this->rest( 'GET', '/smi/v1/jobs/stats' )->get_data()['counts']['all'] );
	}

	private function expired_job(): string {
		$job_id  = $this->order();
		$this->open_session( $job_id );
		$session = array( 'status' => 'expired', 'payment_status' => 'unpaid' ) + $this->payment( $job_id )['session'];
		$this->see_payment( $job_id, array( 'session' => $session, 'payment_intent' => null, 'charge' => null ) );

		return $job_id;
	}

	/** Counters go by the day of creation, so the row is moved in both. */
	private function age( string $job_id, int $days ): void {
		global $wpdb;
		$wpdb->query( $wpdb->prepare( "UPDATE {$wpdb->prefix}smi_jobs SET created_at = DATE_SUB(created_at, INTERVAL %d DAY) WHERE job_id = %s", $days, $job_id ) );
	}
}
