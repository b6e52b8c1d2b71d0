<?php
/**
 * Numbers about jobs.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList;

use SellMyImages\JobList\Report\ReportRows;
use SellMyImages\JobList\Report\SiteDays;
use SellMyImages\Jobs\Attention;
use SellMyImages\Jobs\Counting\CounterRows;
use SellMyImages\Jobs\Facet;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Support\Money;

/**
 * Counts for the tabs, and the report per day.
 */
class StatsQuery {

	/** Jobs that are read one by one for a report, at most. */
	private const READ_TO = 10000;

	public function __construct( private readonly JobQuery $jobs, private readonly ReportRows $rows ) {
	}

	/** @return array{all:int,status:array<string,int>,attention:array<string,int>,attention_status:list<array{attention:string,status:string,jobs:int}>} All filters but those on status and attention. */
	public function counts( JobFilters $filters ): array {
		$status    = array_fill_keys( array_column( JobStatus::cases(), 'value' ), 0 );
		$attention = array( 'any' => 0 ) + array_fill_keys( array_column( Attention::cases(), 'value' ), 0 );
		$both      = array();
		$all       = 0;
		foreach ( $this->jobs->by_facet( $filters ) as $facet => $n ) {
			$parts = Facet::decode( $facet );
			$all  += $n;
			$status[ $parts['status']->value ] += $n;
			if ( null !== $parts['attention'] ) {
				$attention['any'] += $n;
				$attention[ $parts['attention']->value ] += $n;
				$key = $parts['attention']->value . '|' . $parts['status']->value;
				$both[ $key ] ??= array( 'attention' => $parts['attention']->value, 'status' => $parts['status']->value, 'jobs' => 0 );
				$both[ $key ]['jobs'] += $n;
			}
		}

		return array(
			'all'              => $all,
			'status'           => $status,
			'attention'        => $attention,
			'attention_status' => array_values( $both ),
		);
	}

	/**
	 * Whose days the report has: the site's, as long as the jobs are few enough to be read; else those of UTC, which the counters know.
	 */
	public function report_zone( JobFilters $filters ): \DateTimeZone {
		$zone = wp_timezone();
		if ( array() !== $filters->others() || SiteDays::are_utc( $zone ) ) {
			return $zone;
		}
		$jobs = array_sum( array_filter( $this->jobs->by_facet( $filters ), static fn( int $facet ): bool => $filters->takes( $facet ), ARRAY_FILTER_USE_KEY ) );

		return $jobs <= self::READ_TO ? $zone : new \DateTimeZone( 'UTC' );
	}

	/**
	 * @param \DateTimeZone|null $zone Whose days; null: what report_zone() says.
	 * @return list<array<string,mixed>> The shape of stats.schema.json's report: by day, currency and mode, the oldest first.
	 */
	public function report( JobFilters $filters, ?\DateTimeZone $zone = null ): array {
		$days = array();
		foreach ( $this->rows->read( $filters, $zone ?? $this->report_zone( $filters ) ) as $row ) {
			$day  = substr( (string) $row['day'], 0, 10 );
			$live = 1 === (int) $row['livemode'];
			$key  = $day . $row['currency'] . (int) $live;
			$days[ $key ] ??= array( 'day' => $day, 'currency' => strtoupper( (string) $row['currency'] ), 'livemode' => $live, 'waiting' => array_fill( 0, count( CounterRows::WAITING ) + 1, 0 ) ) + array_fill_keys( array( 'n', 'paid', 'charged', 'refunded', 'lost', 'cost', 'fee' ), 0 );
			$days[ $key ] = self::add( $days[ $key ], $row );
		}
		ksort( $days, SORT_STRING );

		return array_map( array( self::class, 'present' ), array_values( $days ) );
	}

	/**
	 * @param array<string,mixed>           $day Sums so far.
	 * @param array<string,string|int|null> $row Of ReportRows.
	 * @return array<string,mixed>
	 */
	private static function add( array $day, array $row ): array {
		$day['n']    += (int) $row['n'];
		$day['paid'] += (int) $row['paid'];
		foreach ( array( 'charged', 'refunded', 'lost', 'cost', 'fee' ) as $sum ) {
			$day[ $sum ] += Money::units( $row[ $sum ] ?? null, 4 );
		}
		foreach ( array_keys( $day['waiting'] ) as $i ) {
			$day['waiting'][ $i ] += (int) ( $row[ "w$i" ] ?? 0 );
		}

		return $day;
	}

	/**
	 * @param array<string,mixed> $day Sums, of money in ten-thousandths.
	 * @return array<string,mixed>
	 */
	private static function present( array $day ): array {
		$digits = max( 2, Money::exponent( $day['currency'] ) );
		$money  = static fn( int $sum ): string => (string) Money::plain( Money::scaled( $sum, 4 ), $digits );

		return array(
			'day'        => $day['day'],
			'currency'   => $day['currency'],
			'livemode'   => $day['livemode'],
			'jobs'       => $day['n'],
			'paid'       => $day['paid'],
			'charged'    => Money::plain( $money( $day['charged'] ), Money::exponent( $day['currency'] ) ),
			'refunded'   => Money::plain( $money( $day['refunded'] ), Money::exponent( $day['currency'] ) ),
			'lost'       => Money::plain( $money( $day['lost'] ), Money::exponent( $day['currency'] ) ),
			'cost'       => $money( $day['cost'] ),
			'fees'       => $money( $day['fee'] ),
			'kept'       => $money( $day['charged'] - $day['refunded'] - $day['lost'] - $day['cost'] - $day['fee'] ),
			'conversion' => 0 === $day['n'] ? null : round( $day['paid'] / $day['n'], 4 ),
			'waiting'    => $day['waiting'],
		);
	}
}
