<?php
/**
 * The jobs a batch is about.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Batches;

use SellMyImages\JobList\JobFilters;
use SellMyImages\JobList\JobQuery;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobRepository;

/**
 * Named one by one or by a filter; read in chunks, so that fifty thousand take no more memory than five hundred.
 */
final class JobSet {

	/** More jobs are not taken into one batch: looking at each must stay below ten seconds. */
	public const MOST = 50_000;

	private const CHUNK = 500;

	/**
	 * @param list<string>|null $ids     Job identifiers.
	 * @param JobFilters|null   $filters Exactly one of both is there.
	 */
	private function __construct( private readonly ?array $ids, private readonly ?JobFilters $filters ) {
	}

	/** @param list<string> $ids Job identifiers, in any case, perhaps twice. */
	public static function of_ids( array $ids ): self {
		return new self( array_values( array_unique( array_map( 'strtolower', $ids ) ) ), null );
	}

	public static function matching( JobFilters $filters ): self {
		return new self( null, $filters );
	}

	/** @return array{0:int,1:bool} How many are meant, and whether it may be more. */
	public function size( JobQuery $query ): array {
		return null === $this->filters ? array( count( (array) $this->ids ), false ) : $query->total( $this->filters );
	}

	/** @return \Generator<array<string,Job|null>> By identifier; null where there is no such job. */
	public function chunks( JobQuery $query, JobRepository $jobs ): \Generator {
		if ( null === $this->filters ) {
			foreach ( array_chunk( (array) $this->ids, self::CHUNK ) as $ids ) {
				yield $jobs->find_many( $ids ) + array_fill_keys( $ids, null );
			}
			return;
		}
		$after = 0;
		do {
			$found = $query->after_id( $this->filters, $after, self::CHUNK );
			yield array_column( $found, null, 'job_id' );
			$number = count( $found );
			$after  = 0 === $number ? $after : $found[ $number - 1 ]->id;
		} while ( self::CHUNK === $number );
	}
}
