<?php
/**
 * What the list, the counters and the contract must agree on about each filter.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\JobList;

use SellMyImages\Install\Schema;
use SellMyImages\JobList\Filters\FacetFilter;
use SellMyImages\JobList\Filters\Filter;
use SellMyImages\JobList\Filters\Params;
use SellMyImages\JobList\Filters\RowFilter;
use SellMyImages\JobList\Filters\UnionFilter;
use SellMyImages\JobList\InvalidFilter;
use SellMyImages\JobList\JobFilters;
use SellMyImages\JobList\Query\JobCounts;
use SellMyImages\Plugin;
use SellMyImages\Rest\Contract;
use SellMyImages\Tests\TestCase;

final class FiltersTest extends TestCase {

	/** Something that each parameter may be. */
	private const VALUES = array( 'attention' => array( 'any' ), 'include' => array( '00000000-0000-4000-8000-000000000001' ), 'resolution' => '4x' );

	private static function value( string $param ): mixed {
		$rules = Contract::args( 'jobs-filter' )[ $param ];

		return self::VALUES[ $param ] ?? match ( true ) {
			'array' === $rules['type'] => array( $rules['items']['enum'][0] ),
			'integer' === $rules['type'] => 7,
			'boolean' === $rules['type'] => true,
			'date-time' === ( $rules['format'] ?? '' ) => '2026-10-31T23:59:59Z',
			isset( $rules['enum'] ) => $rules['enum'][0],
			default => 'nina',
		};
	}

	/** @return list<Filter> Each filter, asked for. */
	private static function all(): array {
		return array_map(
			static function ( string $filter ): Filter {
				$params = array_combine( $filter::params(), array_map( array( self::class, 'value' ), $filter::params() ) );
				$parsed = $filter::parse( new Params( $params ) );
				self::assertNotNull( $parsed, $filter );

				return $parsed;
			},
			JobFilters::ALL
		);
	}

	public function test_every_parameter_of_the_contract_is_read_by_one_filter(): void {
		$read = array_merge( ...array_map( static fn( string $filter ): array => $filter::params(), JobFilters::ALL ) );
		$told = array_keys( Contract::args( 'jobs-filter' ) );
		sort( $read );
		sort( $told );
		self::assertSame( $told, $read );
	}

	/** A filter of no kind would be in no question: an export or a batch would be of all jobs. */
	public function test_each_is_of_one_kind(): void {
		$kinds = array_map( static fn( Filter $filter ): int => (int) ( $filter instanceof FacetFilter ) + (int) ( $filter instanceof RowFilter ) + (int) ( $filter instanceof UnionFilter ), self::all() );
		self::assertSame( array( 1 ), array_values( array_unique( $kinds ) ) );
		self::assertLessThanOrEqual( 1, count( array_filter( self::all(), static fn( Filter $filter ): bool => $filter instanceof UnionFilter ) ), 'The planner knows one union.' );
	}

	public function test_none_is_there_unless_it_is_asked_for(): void {
		foreach ( JobFilters::ALL as $filter ) {
			self::assertNull( $filter::parse( new Params( array() ) ), $filter );
		}
	}

	public function test_what_needs_no_row_is_said_of_facets_alone(): void {
		foreach ( self::all() as $filter ) {
			$filters = new JobFilters( array( $filter ) );
			self::assertSame( $filter instanceof FacetFilter, $filters->has_facets() );
			self::assertSame( ! $filter instanceof FacetFilter && null === $filters->created(), array() !== $filters->others(), $filter::class );
		}
	}

	public function test_conditions_and_indexes_are_about_columns_that_are_there(): void {
		$counts  = new JobCounts( Plugin::instance()->db() );
		$columns = Plugin::instance()->schema()->columns( 'jobs' );
		$keys    = Schema::JOB_KEYS + array( 'job_id' => 'job_id' );
		foreach ( self::all() as $filter ) {
			if ( ! $filter instanceof RowFilter ) {
				continue;
			}
			self::assertContains( $filter->column(), $columns );
			self::assertStringStartsWith( $filter->column() . ' ', $filter->condition()->sql, 'The column stands alone: in a function it would have no index.' );
			$index = $filter->index();
			if ( null !== $index && 'k_list' !== $index ) {
				self::assertStringStartsWith( $filter->column() . ',created_at,id,', $keys[ $index ], $filter::class );
			}
			self::assertTrue( null === $filter->dimension( $counts ) || ! in_array( $index, array( null, 'k_list' ), true ), $filter::class . ' is counted, and has no index of its own.' );
		}
	}

	/** @return array<string,array{0:string,1:mixed}> */
	public function nonsense(): array {
		return array(
			'a status'    => array( 'status', array( 'bored' ) ),
			'a payment'   => array( 'payment_status', array( 'paid', 'stolen' ) ),
			'a problem'   => array( 'attention', array( 'many' ) ),
			'a day'       => array( 'after', '2026-02-30' ),
			'an end'      => array( 'before', 'soon' ),
			'a change'    => array( 'modified_after', '1' ),
		);
	}

	/** @dataProvider nonsense */
	public function test_what_means_nothing_is_refused_by_its_name( string $param, mixed $value ): void {
		try {
			JobFilters::from_params( array( $param => $value ) );
			self::fail( 'It was understood.' );
		} catch ( InvalidFilter $invalid ) {
			self::assertSame( $param, $invalid->parameter );
			self::assertNotSame( '', $invalid->getMessage() );
		}
	}
}
