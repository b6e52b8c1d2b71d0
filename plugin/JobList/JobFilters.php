<?php
/**
 * Which jobs are meant.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList;

use SellMyImages\JobList\Filters\Attachment;
use SellMyImages\JobList\Filters\Created;
use SellMyImages\JobList\Filters\Email;
use SellMyImages\JobList\Filters\EmailStart;
use SellMyImages\JobList\Filters\FacetFilter;
use SellMyImages\JobList\Filters\Filter;
use SellMyImages\JobList\Filters\Ids;
use SellMyImages\JobList\Filters\ModifiedAfter;
use SellMyImages\JobList\Filters\Params;
use SellMyImages\JobList\Filters\Payment;
use SellMyImages\JobList\Filters\Post;
use SellMyImages\JobList\Filters\Problem;
use SellMyImages\JobList\Filters\Resolution;
use SellMyImages\JobList\Filters\RowFilter;
use SellMyImages\JobList\Filters\Search;
use SellMyImages\JobList\Filters\Status;
use SellMyImages\JobList\Filters\UnionFilter;
use SellMyImages\Jobs\Facet;

/**
 * The filters of GET /jobs, understood: for lists, counts, batches and exports alike.
 */
final class JobFilters {

	/** Every filter there is. Where several know a way to their jobs, the first is asked first. */
	public const ALL = array(
		Ids::class,
		Status::class,
		Payment::class,
		Problem::class,
		Email::class,
		EmailStart::class,
		Post::class,
		Attachment::class,
		Resolution::class,
		Created::class,
		ModifiedAfter::class,
		Search::class,
	);

	/** @param list<Filter> $filters In the order of ALL; none: every job. */
	public function __construct( private readonly array $filters = array() ) {
	}

	/**
	 * @param array<string,mixed> $params Of jobs-query.schema.json, validated; others are not looked at.
	 * @throws InvalidFilter When a value means nothing.
	 */
	public static function from_params( array $params ): self {
		$read   = new Params( $params );
		$parsed = array_map( static fn( string $filter ): ?Filter => $filter::parse( $read ), self::ALL );

		return new self( array_values( array_filter( $parsed ) ) );
	}

	/** The same jobs in every status, with and without attention: what the tabs count. */
	public function for_tabs(): self {
		$is_other = static fn( Filter $filter ): bool => ! $filter instanceof FacetFilter || ! $filter->is_of_tabs();

		return new self( array_values( array_filter( $this->filters, $is_other ) ) );
	}

	/** Whether status, payment status or attention are filtered. */
	public function has_facets(): bool {
		return array() !== $this->of( FacetFilter::class );
	}

	/** Whether the facet passes the filters on status, payment status and attention. */
	public function takes( int $facet ): bool {
		foreach ( $this->of( FacetFilter::class ) as $filter ) {
			$parts ??= Facet::decode( $facet );
			if ( ! $filter->takes( $parts ) ) {
				return false;
			}
		}

		return true;
	}

	/** The range of created_at; null: none. */
	public function created(): ?Created {
		return $this->of( Created::class )[0] ?? null;
	}

	/** @return list<RowFilter> Those that are a condition on a column. */
	public function on_rows(): array {
		return $this->of( RowFilter::class );
	}

	/** The one whose jobs several indexes find; null: none. */
	public function union(): ?UnionFilter {
		return $this->of( UnionFilter::class )[0] ?? null;
	}

	/** @return list<RowFilter|UnionFilter> All but those on the facet and on created_at, which every counter knows. */
	public function others(): array {
		$on_rows = array_filter( $this->on_rows(), static fn( RowFilter $filter ): bool => ! $filter instanceof Created );

		return array( ...array_values( $on_rows ), ...$this->of( UnionFilter::class ) );
	}

	/** @return list<string>|null The jobs that are named one by one; null: they are not. */
	public function job_ids(): ?array {
		return ( $this->of( Ids::class )[0] ?? null )?->ids;
	}

	/**
	 * @template T of Filter
	 * @param class-string<T> $kind Class or interface.
	 * @return list<T>
	 */
	private function of( string $kind ): array {
		return array_values( array_filter( $this->filters, static fn( Filter $filter ): bool => $filter instanceof $kind ) );
	}
}
