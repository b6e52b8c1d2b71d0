<?php
/**
 * Jobs in the database.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Jobs;

use SellMyImages\Jobs\Attention;
use SellMyImages\Jobs\Counting\CounterRows;
use SellMyImages\Jobs\Facet;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\PaymentStatus;
use SellMyImages\Jobs\StaleJob;
use SellMyImages\Plugin;
use SellMyImages\Support\Actor;
use SellMyImages\Support\Amount;
use SellMyImages\Support\Money;
use SellMyImages\Tests\JobList\RandomJobs;
use SellMyImages\Tests\TestCase;

final class JobRepositoryTest extends TestCase {
	use RandomJobs;

	public function test_fills_in_what_follows_from_the_rest(): void {
		$job = Plugin::instance()->jobs()->insert( array( 'email' => ' Ann@Example.ORG ', 'status' => 'failed', 'payment_status' => PaymentStatus::Paid, 'currency' => 'eur', 'amount_charged' => '4.9', 'email_sent' => false ) );
		self::assertSame( 'ann@example.org', $job->email );
		self::assertSame( 'example.org', $job->email_domain );
		self::assertSame( Facet::of( JobStatus::Failed, PaymentStatus::Paid, null ), $job->facet );
		self::assertSame( array( 'EUR', '4.90', 490, 1, false ), array( $job->currency, $job->amount_charged, $job->charged_minor(), $job->version, $job->email_sent ) );
		self::assertEquals( $job, Plugin::instance()->jobs()->find( $job->job_id ) );
	}

	public function test_an_update_changes_version_facet_and_only_what_differs(): void {
		$jobs  = Plugin::instance()->jobs();
		$job   = $jobs->insert( array( 'amount_charged' => '4.90', 'created_at' => '2026-01-01 00:00:00', 'updated_at' => '2026-01-01 00:00:00' ) );
		$after = $jobs->update( $job, array( 'status' => JobStatus::Completed, 'attention' => Attention::Disputed, 'failure_reason' => str_repeat( 'ä', 300 ), 'email' => 'B@C.test' ) );
		self::assertSame( 2, $after->version );
		self::assertSame( Facet::of( JobStatus::Completed, PaymentStatus::Pending, Attention::Disputed ), $after->facet );
		self::assertSame( 255, mb_strlen( (string) $after->failure_reason ) );
		self::assertNotSame( '2026-01-01 00:00:00', $after->updated_at );
		self::assertSame( '2026-01-01 00:00:00', $after->created_at );
		self::assertEquals( $after, $jobs->find( $job->job_id ) );
		self::assertSame( $after, $jobs->update( $after, array( 'status' => 'completed', 'amount_charged' => '4.9' ) ), 'Nothing differs, so nothing changes.' );
		self::assertNull( $jobs->update( $after, array( 'attention' => null ) )->attention );
	}

	public function test_writes_an_amount_of_the_jobs_currency_and_no_other(): void {
		$jobs = Plugin::instance()->jobs();
		$job  = $jobs->insert( array( 'currency' => 'jpy', 'amount_charged' => Amount::of_minor( 490, 'JPY' ) ) );
		self::assertSame( array( '490.00', 490 ), array( $job->amount_charged, $job->charged_minor() ) );
		self::assertSame( $job, $jobs->update( $job, array( 'amount_charged' => Amount::of( '490', 'JPY' ) ) ), 'Nothing differs.' );
		$this->expectException( \LogicException::class );
		$jobs->update( $job, array( 'stripe_fee' => Amount::of_minor( 44, 'USD' ) ) );
	}

	public function test_refuses_to_change_a_version_that_is_gone(): void {
		$jobs = Plugin::instance()->jobs();
		$job  = $jobs->insert( array() );
		$jobs->update( $job, array( 'status' => 'pending' ) );
		try {
			$jobs->update( $job, array( 'status' => 'failed' ) );
			self::fail( 'A stale write went through.' );
		} catch ( StaleJob $stale ) {
			self::assertSame( $job->job_id, $stale->job_id );
		}
		self::assertSame( JobStatus::Pending, $jobs->find( $job->job_id )?->status );
		self::assertSame( '1', Plugin::instance()->db()->value( 'SELECT SUM(n) AS n FROM {counts_facet}' ) );
	}

	public function test_finds_by_provider_ids_and_never_by_nothing(): void {
		$jobs = Plugin::instance()->jobs();
		$job  = $jobs->insert( array( 'stripe_payment_intent_id' => 'pi_1' ) );
		self::assertSame( $job->job_id, $jobs->find_by( 'stripe_payment_intent_id', 'pi_1' )?->job_id );
		self::assertNull( $jobs->find_by( 'stripe_payment_intent_id', '' ) );
		$this->expectException( \LogicException::class );
		$jobs->find_by( 'email', 'x' );
	}

	public function test_counters_equal_a_recount_after_a_random_life(): void {
		$plugin = Plugin::instance();
		$jobs   = $this->random_jobs( 120 );
		foreach ( range( 1, 200 ) as $i ) {
			$at          = mt_rand( 0, count( $jobs ) - 1 );
			$values      = array_diff_key( $this->random_values(), array( 'created_at' => 1, 'updated_at' => 1 ) );
			$jobs[ $at ] = $plugin->jobs()->update( $jobs[ $at ], array_intersect_key( $values, array_flip( (array) array_rand( $values, 4 ) ) ) );
		}
		foreach ( array_splice( $jobs, 0, 10 ) as $job ) {
			$plugin->jobs()->delete( $job );
		}
		$wanted = array();
		foreach ( $plugin->db()->rows( 'SELECT * FROM {jobs}' ) as $row ) {
			foreach ( CounterRows::of( Job::from_row( $row ) ) as $table => $counts ) {
				foreach ( $counts as $key => $sums ) {
					foreach ( $sums as $column => $value ) {
						$wanted[ $table ][ $key ][ $column ] = ( $wanted[ $table ][ $key ][ $column ] ?? 0 ) + $value;
					}
				}
			}
		}
		foreach ( array( 'counts_facet' => 'facet', 'counts_month' => "CONCAT_WS('|', facet, mo)", 'counts_dim' => "CONCAT_WS('|', dim, k, facet)", 'counts_day' => "CONCAT_WS('|', facet, day, currency, livemode)" ) as $table => $key ) {
			$found = array();
			foreach ( $plugin->db()->rows( "SELECT $key AS counter, t.* FROM {{$table}} t WHERE n <> 0" ) as $row ) {
				foreach ( CounterRows::COLUMNS[ $table ] as $column => $digits ) {
					$value = (int) str_replace( '.', '', (string) Money::plain( $row[ $column ], $digits ) );
					if ( 0 !== $value ) {
						$found[ $row['counter'] ][ $column ] = $value;
					}
				}
			}
			$expected = array_map( 'array_filter', $wanted[ $table ] );
			ksort( $expected );
			ksort( $found );
			self::assertSame( array_keys( $expected ), array_keys( $found ), $table );
			self::assertEquals( $expected, $found, $table );
		}
	}

	public function test_the_log_says_who_did_what(): void {
		$plugin = Plugin::instance();
		$job    = $plugin->jobs()->insert( array() );
		$this->as_admin();
		$plugin->event_log()->append( $job, 'status', array( 'from' => JobStatus::Pending, 'to' => 'failed', 'reason' => 'why', 'ref' => 're_1' ) );
		Actor::during( 'bridge', static fn() => $plugin->event_log()->append( $job, 'payment' ) );
		$log = $plugin->event_log()->for_job( $job );
		self::assertSame( array( 'user:1', get_userdata( 1 )->display_name, 'status', 'pending', 'failed', 'why', null, 're_1' ), array_values( array_slice( $log[0], 1 ) ) );
		self::assertSame( array( 'bridge', null ), array( $log[1]['actor'], $log[1]['actor_name'] ) );
	}
}
