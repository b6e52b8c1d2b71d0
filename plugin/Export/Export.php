<?php
/**
 * A file of jobs, ready to be written.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Export;

use SellMyImages\JobList\Query\FoundJobs;
use SellMyImages\Support\Redaction;

/**
 * Piece by piece, so that memory stays flat however many jobs there are.
 *
 * How a reader knows that it has all: a whole file ends with a line break. Breaks are written before each piece, and the last one when
 * everything is there; so a file that was cut off, by whatever, ends without. When the site knows why, the last line says so.
 */
final class Export {

	public function __construct(
		private readonly FoundJobs $found,
		private readonly Columns $columns,
		private readonly Rows $rows,
		public readonly Format $format,
		private readonly bool $descending
	) {
	}

	/** How many jobs; null when there are more than were counted. */
	public function total(): ?int {
		return $this->found->total;
	}

	/** @param callable(string): void $send Takes the file in pieces. */
	public function write( callable $send ): void {
		$jobs    = 0;
		$written = $this->format->head();
		try {
			foreach (
				$this->found->pieces(
					array( ...$this->columns->names(), ...$this->columns->needed() ),
					$this->descending,
					$this->columns->made()
				) as $rows
			) {
				$send(
					$written . (
						'' === $written
						&& 0 === $jobs ? '' : $this->format->line_break()
					) . $this->format->lines( $this->rows->complete( $rows ) )
				);
				$written = '';
				$jobs   += count( $rows );
			}
		} catch ( \Throwable $fault ) {
			// phpcs:ignore WordPress.PHP.DevelopmentFunctions -- the status is sent already; nobody else would hear of it.
			error_log( 'Sell My Images: an export stopped: ' . Redaction::text( $fault->getMessage() ) );
			$send(
				$written . (
					'' === $written
					&& 0 === $jobs ? '' : $this->format->line_break()
				) . $this->format->apology( self::sentence( $jobs ), $jobs )
			);
			return;
		}
		$send( $written . ( '' === $written && 0 === $jobs ? '' : $this->format->line_break() ) );
	}

	private static function sentence( int $jobs ): string {
		return sprintf(
			/* translators: %s: number of jobs. */
			_n(
				'The export stopped here, after %s job: the database did not answer. Nothing was changed; please export again.',
				'The export stopped here, after %s jobs: the database did not answer. Nothing was changed; please export again.',
				$jobs,
				'sell-my-images'
			),
			number_format_i18n( $jobs )
		);
	}
}
