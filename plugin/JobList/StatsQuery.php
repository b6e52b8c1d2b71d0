<?php
/**
 * Numbers about jobs.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList;

use SellMyImages\JobList\Report\DayTotals;
use SellMyImages\JobList\Report\ReportRows;
use SellMyImages\Jobs\Attention;
use SellMyImages\Jobs\Facet;
use SellMyImages\Jobs\JobStatus;

/**
 * Counts for the tabs, and the report per day.
 */
final class StatsQuery {

	public function __construct( private readonly JobQuery $jobs, private readonly ReportRows $rows ) {
	}

	/**
	 * @return array{all:int,status:array<string,int>,attention:array<string,int>,attention_status:list<array{attention:string,
	 *   status:string,jobs:int}>} All
	 *   filters but those on status and attention.
	 */
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

	/** Whose days the report has: the site's, unless too many jobs had to be read for it; then those of UTC, which the counters know. */
	public function report_zone( JobFilters $filters ): \DateTimeZone {
		$zone = wp_timezone();

		return $this->rows->can_tell( $filters, $zone ) ? $zone : new \DateTimeZone( 'UTC' );
	}

	/**
	 * @param \DateTimeZone|null $zone Whose days; null: what report_zone() says.
	 * @return list<array<string,mixed>> The shape of stats.schema.json's report: by day, currency and mode, the oldest first.
	 */
	public function report( JobFilters $filters, ?\DateTimeZone $zone = null ): array {
		$days = array();
		foreach ( $this->rows->read( $filters, $zone ?? $this->report_zone( $filters ) ) as $row ) {
			$day      = substr( (string) $row['day'], 0, 10 );
			$currency = strtoupper( (string) $row['currency'] );
			$is_live  = 1 === (int) $row['livemode'];
			$key      = $day . $currency . (int) $is_live;
			$days[ $key ] ??= new DayTotals( $day, $currency, $is_live );
			$days[ $key ]->add( $row );
		}
		// A job that was taken out of a day may have been its only one.
		$days = array_filter( $days, static fn( DayTotals $totals ): bool => ! $totals->is_empty() );
		ksort( $days, SORT_STRING );

		return array_map( static fn( DayTotals $totals ): array => $totals->to_rest(), array_values( $days ) );
	}
}
