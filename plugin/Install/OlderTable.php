<?php
/**
 * What an older table tells only as long as it is as it was.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Install\Layout\Found;
use SellMyImages\Jobs\OlderRow;

/**
 * Kept with the clocks of that moment: a setting of the site may be changed while rows are put right.
 */
final class OlderTable {

	/** Hours for which links were good in the published versions, unless they had a setting. */
	private const HOURS = 24;

	/**
	 * @param string       $site         The site's zone.
	 * @param string       $database     The database's.
	 * @param bool         $is_dated     Whether the database dated updated_at with every change.
	 * @param list<string> $stamps       Columns that were timestamps: changing the table puts them into UTC from the database's zone.
	 * @param bool         $has_currency Whether rows say their currency.
	 * @param int          $hours        For which links were good.
	 */
	private function __construct(
		public readonly string $site,
		public readonly string $database,
		public readonly bool $is_dated,
		public readonly array $stamps,
		public readonly bool $has_currency,
		public readonly int $hours
	) {
	}

	public static function describe( Found $jobs, string $database ): self {
		$is_stamp = static fn( array $column ): bool => str_starts_with( strtolower( (string) $column['Type'] ), 'timestamp' );
		$stamps   = array_filter( $jobs->columns, $is_stamp );

		return new self(
			wp_timezone()->getName(),
			$database,
			str_contains( strtolower( (string) ( $jobs->columns['updated_at']['Extra'] ?? '' ) ), 'on update' ),
			array_values( array_intersect( OlderEvidence::COLUMNS, array_keys( $stamps ) ) ),
			isset( $jobs->columns['currency'] ),
			max( 1, (int) get_option( 'smi_download_expiry_hours', self::HOURS ) )
		);
	}

	/** @param array<string,mixed> $kept Of to_array(). */
	public static function from_array( array $kept ): self {
		return new self(
			(string) $kept['site'],
			(string) $kept['database'],
			(bool) $kept['is_dated'],
			array_values( array_map( 'strval', (array) $kept['stamps'] ) ),
			(bool) $kept['has_currency'],
			(int) $kept['hours']
		);
	}

	/** @return array<string,mixed> */
	public function to_array(): array {
		return get_object_vars( $this );
	}

	/** Whether the table is still as an older version made it. */
	public static function is_older( Found $jobs ): bool {
		$missing = array_diff( OlderRow::NEW_COLUMNS, array_keys( $jobs->columns ) );

		return array() !== $jobs->columns && OlderRow::is_table_older( array_values( $missing ) );
	}

	/** SQL that is true of rows as an older version wrote them. */
	public static function untouched( Found $jobs ): string {
		return isset( $jobs->columns['older_times'] ) ? 'older_times = 1 AND version = 1' : '1 = 1';
	}
}
