<?php
/**
 * The report of GET /jobs/stats.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\JobList;

use SellMyImages\JobList\JobFilters;
use SellMyImages\JobList\Report\ReportRows;
use SellMyImages\JobList\StatsQuery;
use SellMyImages\Jobs\Counting\CounterRows;
use SellMyImages\Jobs\Job;
use SellMyImages\Owner\JobPresenter;
use SellMyImages\Plugin;
use SellMyImages\Rest\Contract;
use SellMyImages\Support\Times;
use SellMyImages\Tests\TestCase;

final class ReportTest extends TestCase {
	use RandomJobs;

	/** @return array<string,array{0:array<string,mixed>}> */
	public function ranges(): array {
		return array(
			'everything'                      => array( array() ),
			'whole days in UTC'               => array( array( 'after' => '2026-01-31T23:59:59Z', 'before' => '2026-03-01T00:00:00Z' ) ),
			'February in Kolkata, +05:30'     => array( array( 'after' => '2026-01-31T23:59:59+05:30', 'before' => '2026-03-01T00:00:00+05:30' ) ),
			'February in Los Angeles, -08:00' => array( array( 'after' => '2026-01-31T23:59:59-08:00', 'before' => '2026-03-01T00:00:00-08:00' ) ),
			'one day in Kolkata'              => array( array( 'after' => '2026-02-09T23:59:59+05:30', 'before' => '2026-02-11T00:00:00+05:30' ) ),
			'less than a day'                 => array( array( 'after' => '2026-02-10T05:59:59Z', 'before' => '2026-02-10T18:00:01Z' ) ),
			'over midnight'                   => array( array( 'after' => '2026-02-10T17:00:00Z', 'before' => '2026-02-11T07:00:00Z' ) ),
			'nothing between'                 => array( array( 'after' => '2026-02-10T18:00:00Z', 'before' => '2026-02-10T18:00:00Z' ) ),
			'the wrong way round'             => array( array( 'after' => '2026-03-10T00:00:00Z', 'before' => '2026-02-10T00:00:00Z' ) ),
			'since an odd second'             => array( array( 'after' => '2026-02-10T11:59:59Z' ) ),
			'until an odd second'             => array( array( 'before' => '2026-02-10T12:00:01Z' ) ),
			'with a status'                   => array( array( 'after' => '2026-01-31T23:59:59-08:00', 'status' => array( 'completed', 'failed' ), 'payment_status' => array( 'paid' ) ) ),
			'of an attention'                 => array( array( 'attention' => array( 'any' ), 'before' => '2026-03-01T00:00:00+05:30' ) ),
			'of a post'                       => array( array( 'post_id' => 2, 'after' => '2026-01-31T23:59:59-08:00' ) ),
			'of an e-mail'                    => array( array( 'email' => 'ann@example.org' ) ),
			'of a search'                     => array( array( 'search' => '@shop.test', 'status' => array( 'completed' ) ) ),
		);
	}

	/**
	 * @dataProvider ranges
	 * @param array<string,mixed> $params Of the request.
	 */
	public function test_is_what_adding_up_all_rows_gives( array $params ): void {
		$this->as_admin();
		$jobs  = $this->random_jobs( 300 );
		$stats = $this->rest( 'GET', '/smi/v1/jobs/stats', $params + array( 'report' => true ) )->get_data();
		self::assertTrue( rest_validate_value_from_schema( $stats, Contract::load( 'stats' ), 'stats' ) );
		self::assertSame( self::naive( $jobs, $params ), $stats['report'] );
		self::assertSame( CounterRows::WAITING, $stats['waiting_bounds'] );
	}

	/**
	 * On the counters and on rows; a cost without a payment has no margin, but is gone.
	 *
	 * @dataProvider ranges
	 * @param array<string,mixed> $params Of the request.
	 */
	public function test_keeps_what_the_margins_of_its_jobs_add_up_to( array $params ): void {
		$this->as_admin();
		$kept = array();
		foreach ( $this->random_jobs( 300 ) as $job ) {
			if ( self::is_meant( $job, $params ) ) {
				$margin = JobPresenter::margin( $job );
				self::assertSame( $job->is_paid(), null !== $margin );
				$kept[ $job->currency ] = ( $kept[ $job->currency ] ?? 0 ) + (int) round( 100 * (float) ( $margin ?? 0 - (float) $job->amount_cost - (float) $job->stripe_fee ) );
			}
		}
		$found = array();
		foreach ( $this->rest( 'GET', '/smi/v1/jobs/stats', $params + array( 'report' => true ) )->get_data()['report'] as $row ) {
			$found[ $row['currency'] ] = ( $found[ $row['currency'] ] ?? 0 ) + (int) str_replace( '.', '', $row['kept'] );
		}
		ksort( $kept );
		ksort( $found );
		self::assertSame( $kept, $found );
	}

	/** @return array<string,array{string,array<string,mixed>}> */
	public static function zones(): array {
		$february = array( 'after' => '2026-01-31T23:59:59-08:00', 'before' => '2026-03-01T00:00:00-08:00' );
		$auckland = array( 'after' => '2026-01-31T23:59:59+13:00', 'before' => '2026-03-01T00:00:00+13:00' );
		$two_days = array( 'after' => '2026-02-09T23:59:59+09:00', 'before' => '2026-02-12T00:00:00+09:00' );

		return array(
			'Kolkata, half hours'         => array( 'Asia/Kolkata', array() ),
			'Los Angeles, over a change'  => array( 'America/Los_Angeles', array() ),
			'a month of Los Angeles'      => array( 'America/Los_Angeles', $february ),
			'a post, which rows alone tell' => array( 'Asia/Kolkata', array( 'post_id' => 2 ) ),
			'a status'                    => array( 'Pacific/Chatham', array( 'status' => array( 'completed' ) ) ),
			'Tokyo, all of it'            => array( 'Asia/Tokyo', array() ),
			'Auckland, most of a day ahead' => array( 'Pacific/Auckland', array() ),
			'a month of Auckland'         => array( 'Pacific/Auckland', $auckland ),
			'two days of Tokyo'           => array( 'Asia/Tokyo', $two_days ),
			'most statuses'               => array( 'America/New_York', array( 'payment_status' => array( 'paid', 'refunded', 'pending' ) ) ),
			'London, where winter is UTC' => array( 'Europe/London', array() ),
			'an offset'                   => array( '-11:00', array() ),
		);
	}

	/**
	 * @dataProvider zones
	 * @param array<string,mixed> $params Of the request.
	 */
	public function test_its_days_are_those_of_the_site( string $zone, array $params ): void {
		$this->as_admin();
		$this->live_in( $zone );
		$jobs  = $this->random_jobs( 200 );
		$stats = $this->rest( 'GET', '/smi/v1/jobs/stats', $params + array( 'report' => true ) )->get_data();
		self::assertTrue( rest_validate_value_from_schema( $stats, Contract::load( 'stats' ), 'stats' ) );
		self::assertSame( $zone, $stats['report_zone'] );
		self::assertSame( self::naive( $jobs, $params, $zone ), $stats['report'] );
	}

	public function test_a_sale_of_the_evening_is_of_that_evening(): void {
		$this->as_admin();
		$this->live_in( 'America/New_York' );
		Plugin::instance()->jobs()->insert( array( 'payment_status' => 'paid', 'amount_charged' => '4.00', 'currency' => 'USD', 'created_at' => '2026-05-02 03:30:00' ) );
		$day = $this->rest( 'GET', '/smi/v1/jobs/stats', array( 'report' => true ) )->get_data()['report'][0]['day'];
		self::assertSame( '2026-05-01', $day );
	}

	public function test_more_jobs_than_may_be_read_are_told_by_the_days_of_the_counters(): void {
		$plugin = Plugin::instance();
		$this->live_in( 'Asia/Tokyo' );
		// Three in the evening of Greenwich, which is the next day in Tokyo, and nine that are of the same day in both.
		foreach ( array( '2026-05-01 15:00:00', '2026-05-01 23:59:59', '2026-05-02 20:00:00' ) as $at ) {
			$plugin->jobs()->insert( array( 'created_at' => $at ) );
		}
		for ( $i = 0; $i < 9; $i++ ) {
			$plugin->jobs()->insert( array( 'created_at' => '2026-05-02 14:59:59' ) );
		}
		$told = static function ( int $most ) use ( $plugin ): array {
			$stats = new StatsQuery( $plugin->job_query(), new ReportRows( $plugin->db(), $plugin->job_walk(), $most ) );
			$all   = new JobFilters();

			return array( $stats->report_zone( $all )->getName(), array_column( $stats->report( $all ), 'jobs', 'day' ) );
		};
		self::assertSame( array( 'UTC', array( '2026-05-01' => 2, '2026-05-02' => 10 ) ), $told( 2 ) );
		self::assertSame( array( 'Asia/Tokyo', array( '2026-05-02' => 11, '2026-05-03' => 1 ) ), $told( 3 ) );
	}

	public function test_days_of_the_site_read_only_what_lies_beside_its_midnights(): void {
		$this->live_in( 'Asia/Tokyo' );
		$this->random_jobs( 100 );
		$rows = $this->rows_read( fn() => Plugin::instance()->stats_query()->report( new JobFilters() ) );
		self::assertNotSame( array(), $rows );
		foreach ( $rows as $sql ) {
			self::assertStringContainsString( 'FORCE INDEX (k_list)', $sql );
			preg_match_all( "/created_at >= '[\d-]+ (\S+)' AND created_at <= '[\d-]+ (\S+)'/", $sql, $found );
			self::assertSame( array( '15:00:00' ), array_unique( $found[1] ) );
			self::assertSame( array( '23:59:59' ), array_unique( $found[2] ) );
		}
	}

	public function test_a_status_that_few_have_is_read_without_the_others(): void {
		$this->live_in( 'Asia/Tokyo' );
		foreach ( range( 1, 30 ) as $day ) {
			$at = sprintf( '2026-04-%02d 18:00:00', $day );
			Plugin::instance()->jobs()->insert( array( 'status' => 'abandoned', 'created_at' => $at ) );
		}
		Plugin::instance()->jobs()->insert( array( 'status' => 'failed', 'created_at' => '2026-04-10 18:00:00' ) );
		$report = array();
		$rows   = $this->rows_read(
			function () use ( &$report ): void {
				$report = Plugin::instance()->stats_query()->report( JobFilters::from_params( array( 'status' => array( 'failed' ) ) ) );
			}
		);
		self::assertSame( array( '2026-04-11' => 1 ), array_column( $report, 'jobs', 'day' ) );
		self::assertNotSame( array(), $rows );
		foreach ( $rows as $sql ) {
			self::assertMatchesRegularExpression( '/FORCE INDEX \(k_fc\) WHERE facet = \d+ AND /', $sql );
		}
	}

	public function test_a_cost_in_another_currency_goes_to_the_day_of_the_site_too(): void {
		$this->live_in( 'Asia/Tokyo' );
		$costs = array( 'amount_cost' => '0.04', 'cost_other' => 'JPY 6.0000' );
		Plugin::instance()->jobs()->insert( array( 'created_at' => '2026-05-01 20:00:00', 'payment_status' => 'paid', 'amount_charged' => '4.00' ) + $costs );
		$rows = array_map(
			static fn( array $row ): array => array( $row['day'], $row['currency'], $row['jobs'], $row['cost'] ),
			Plugin::instance()->stats_query()->report( new JobFilters() )
		);
		self::assertSame( array( array( '2026-05-02', 'JPY', 0, '6.00' ), array( '2026-05-02', 'USD', 1, '0.04' ) ), $rows );
	}

	public function test_a_lost_dispute_is_not_kept(): void {
		$this->as_admin();
		$paid = array( 'status' => 'completed', 'amount_cost' => '0.16', 'stripe_fee' => '0.55', 'created_at' => '2026-05-01 10:00:00' );
		$jobs = array(
			// Sold and lost; half given back and all of it lost, so that the shop is worse off than before.
			array( 'payment_status' => 'paid', 'currency' => 'USD', 'amount_charged' => '9.00', 'dispute_status' => 'lost', 'dispute_amount' => '9.00' ),
			array( 'payment_status' => 'partially_refunded', 'currency' => 'USD', 'amount_charged' => '8.00', 'refund_amount' => '3.00', 'dispute_status' => 'lost', 'dispute_amount' => '8.00' ),
			array( 'payment_status' => 'paid', 'currency' => 'USD', 'amount_charged' => '7.00', 'dispute_status' => 'won', 'dispute_amount' => '7.00' ),
			array( 'payment_status' => 'paid', 'currency' => 'USD', 'amount_charged' => '6.00', 'dispute_status' => 'needs_response', 'dispute_amount' => '6.00' ),
			array( 'payment_status' => 'paid', 'currency' => 'JPY', 'amount_charged' => '900', 'dispute_status' => 'lost', 'dispute_amount' => '900', 'stripe_fee' => '32' ),
		);
		$ids = array();
		foreach ( $jobs as $values ) {
			$ids[] = Plugin::instance()->jobs()->insert( $values + $paid )->job_id;
		}
		$report = fn( array $params ): array => array_map( static fn( array $row ): array => array( $row['currency'], $row['charged'], $row['refunded'], $row['lost'], $row['kept'] ), $this->rest( 'GET', '/smi/v1/jobs/stats', $params + array( 'report' => true ) )->get_data()['report'] );
		$wanted = array( array( 'JPY', '900', '0', '900', '-32.16' ), array( 'USD', '30.00', '3.00', '17.00', '7.16' ) );
		self::assertSame( $wanted, $report( array() ) );
		self::assertSame( $wanted, $report( array( 'include' => $ids ) ) );
		$margins = array_map( fn( string $id ): string => $this->rest( 'GET', "/smi/v1/jobs/$id" )->get_data()['margin'], $ids );
		self::assertSame( array( '-0.71', '-3.71', '6.29', '5.29', '-32.16' ), $margins );
	}

	public function test_keeps_test_sales_apart_from_real_ones(): void {
		$this->as_admin();
		$jobs = Plugin::instance()->jobs();
		foreach ( array( array( 1, '4.00' ), array( 0, '9.00' ), array( 1, '2.00' ) ) as [ $live, $price ] ) {
			$jobs->insert( array( 'payment_status' => 'paid', 'amount_charged' => $price, 'currency' => 'EUR', 'livemode' => $live, 'created_at' => '2026-05-01 10:00:00' ) );
		}
		$rows = $this->rest( 'GET', '/smi/v1/jobs/stats', array( 'report' => true ) )->get_data()['report'];
		self::assertSame( array( array( false, 1, '9.00' ), array( true, 2, '6.00' ) ), array_map( static fn( array $row ): array => array( $row['livemode'], $row['jobs'], $row['charged'] ), $rows ) );
	}

	public function test_a_range_reads_rows_only_at_its_ends(): void {
		$this->random_jobs( 50 );
		$asked = array();
		add_filter(
			'query',
			static function ( string $sql ) use ( &$asked ): string {
				$asked[] = $sql;
				return $sql;
			}
		);
		Plugin::instance()->stats_query()->report( JobFilters::from_params( array( 'after' => '2026-01-31T23:59:59Z', 'before' => '2026-03-01T00:00:00Z' ) ) );
		self::assertSame( array(), preg_grep( '/smi_jobs/', $asked ) );
		$asked = array();
		Plugin::instance()->stats_query()->report( JobFilters::from_params( array( 'after' => '2026-01-31T23:59:59+05:30', 'before' => '2026-03-01T00:00:00+05:30' ) ) );
		$rows = preg_grep( '/smi_jobs/', $asked );
		self::assertNotSame( array(), $rows );
		foreach ( $rows as $sql ) {
			self::assertMatchesRegularExpression( "/FORCE INDEX \(k_list\) WHERE \( \( created_at >= '([\d-]+) [\d:]+' AND created_at <= '\\1 /", $sql );
		}
	}

	/**
	 * Not beside the hostile neighbour: it counts queries, and those that put right what the neighbour left count as well.
	 *
	 * @group not-beside-hostile
	 */
	public function test_the_poll_of_the_tabs_reads_no_job(): void {
		$this->as_admin();
		$this->random_jobs( 20 );
		$this->rest( 'GET', '/smi/v1/jobs/stats' );
		$asked = array();
		add_filter(
			'query',
			static function ( string $sql ) use ( &$asked ): string {
				$asked[] = $sql;
				return $sql;
			}
		);
		$this->rest( 'GET', '/smi/v1/jobs/stats' );
		self::assertSame( array(), preg_grep( '/smi_jobs/', $asked ) );
		self::assertLessThanOrEqual( 6, count( $asked ), implode( "\n", $asked ) );
	}

	/** Until the test is over. */
	private function live_in( string $zone ): void {
		add_filter( 'pre_option_timezone_string', static fn(): string => $zone );
	}

	/** @return list<string> Queries that read rows of jobs; those that count entries of an index are left out. */
	private function rows_read( callable $asking ): array {
		$asked = array();
		add_filter(
			'query',
			static function ( string $sql ) use ( &$asked ): string {
				$asked[] = $sql;
				return $sql;
			}
		);
		$asking();

		return array_values( (array) preg_grep( '/^SELECT (?!COUNT).*smi_jobs/', $asked ) );
	}

	/**
	 * @param list<Job>           $jobs   All there are.
	 * @param array<string,mixed> $params Of the request.
	 * @return list<array<string,mixed>>
	 */
	private static function naive( array $jobs, array $params, string $zone = 'UTC' ): array {
		$days = array();
		foreach ( $jobs as $job ) {
			if ( ! self::is_meant( $job, $params ) ) {
				continue;
			}
			$day = ( new \DateTimeImmutable( "$job->created_at UTC" ) )->setTimezone( new \DateTimeZone( $zone ) )->format( 'Y-m-d' );
			$days[ $day . $job->currency . (int) $job->livemode ][] = $job;
		}
		ksort( $days, SORT_STRING );

		return array_map( static fn( string $key, array $of_day ): array => array( 'day' => substr( $key, 0, 10 ) ) + self::sum( $of_day ), array_keys( $days ), $days );
	}

	/** @param array<string,mixed> $params Of the request. */
	private static function is_meant( Job $job, array $params ): bool {
		return ( ! isset( $params['after'] ) || $job->created_at > Times::from_iso( $params['after'] ) )
			&& ( ! isset( $params['before'] ) || $job->created_at < Times::from_iso( $params['before'] ) )
			&& ( ! isset( $params['status'] ) || in_array( $job->status->value, $params['status'], true ) )
			&& ( ! isset( $params['payment_status'] ) || in_array( $job->payment_status->value, $params['payment_status'], true ) )
			&& ( ! isset( $params['attention'] ) || null !== $job->attention )
			&& ( ! isset( $params['post_id'] ) || $job->post_id === $params['post_id'] )
			&& ( ! isset( $params['email'] ) || $job->email === $params['email'] )
			&& ( ! isset( $params['search'] ) || str_ends_with( $job->email, $params['search'] ) );
	}

	/**
	 * @param list<Job> $jobs Of one day, currency and mode.
	 * @return array<string,mixed>
	 */
	private static function sum( array $jobs ): array {
		$yen     = 'JPY' === $jobs[0]->currency;
		$paid    = array_values( array_filter( $jobs, static fn( Job $job ): bool => $job->is_paid() ) );
		$add     = static fn( array $some, string $column ): float => array_sum( array_map( static fn( Job $job ): float => (float) $job->$column, $some ) );
		$money   = static fn( float $sum, int $digits = 2 ): string => number_format( $sum, $digits, '.', '' );
		$waiting = array_fill( 0, 12, 0 );
		foreach ( $jobs as $job ) {
			$seconds = Times::between( $job->paid_at, $job->completed_at );
			if ( null !== $seconds ) {
				++$waiting[ count( array_filter( CounterRows::WAITING, static fn( int $end ): bool => $seconds >= $end ) ) ];
			}
		}
		$lost = $add( array_filter( $paid, static fn( Job $job ): bool => 'lost' === $job->dispute_status ), 'dispute_amount' );
		[ $charged, $refunded, $cost, $fees ] = array( $add( $paid, 'amount_charged' ), $add( $paid, 'refund_amount' ), $add( $jobs, 'amount_cost' ), $add( $jobs, 'stripe_fee' ) );

		return array(
			'currency'   => $jobs[0]->currency,
			'livemode'   => $jobs[0]->livemode,
			'jobs'       => count( $jobs ),
			'paid'       => count( $paid ),
			'charged'    => $money( $charged, $yen ? 0 : 2 ),
			'refunded'   => $money( $refunded, $yen ? 0 : 2 ),
			'lost'       => $money( $lost, $yen ? 0 : 2 ),
			'cost'       => $money( $cost ),
			'fees'       => $money( $fees ),
			'kept'       => $money( $charged - $refunded - $lost - $cost - $fees ),
			'conversion' => round( count( $paid ) / count( $jobs ), 4 ),
			'waiting'    => $waiting,
		);
	}
}
