<?php
/**
 * Jobs as lines of JSON.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Export;

/**
 * An object per line, with the types of the REST API; times carry the offset of the zone.
 */
final class Ndjson implements Format {

	private const FLAGS = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE;

	private readonly LocalTimes $times;

	public function __construct( private readonly Columns $columns, \DateTimeZone $zone ) {
		$this->times = new LocalTimes( $zone, true );
	}

	public function content_type(): string {
		return 'application/x-ndjson';
	}

	public function ending(): string {
		return 'ndjson';
	}

	public function line_break(): string {
		return "\n";
	}

	public function head(): string {
		return '';
	}

	public function lines( array $rows ): string {
		return implode( "\n", array_map( fn( array $row ): string => self::encoded( $this->values( $row ) ), $rows ) );
	}

	public function apology( string $message, int $jobs ): string {
		return self::encoded(
			array(
				'error' => array(
					'code'    => 'smi_export_interrupted',
					'message' => $message,
					'jobs'    => $jobs,
				),
			)
		);
	}

	/**
	 * @param array<string,string|null> $row Of Rows.
	 * @return array<string,mixed>
	 */
	private function values( array $row ): array {
		$values = array();
		foreach ( $this->columns->kinds as $name => $kind ) {
			$value           = $row[ $name ];
			$values[ $name ] = match ( $kind ) {
				Columns::INT => null === $value ? null : (int) $value,
				Columns::TIME => $this->times->format( $value ),
				Columns::BOOL => 0 !== (int) $value,
				default => $value,
			};
		}

		return $values;
	}

	/** @param array<string,mixed> $value What to write. */
	private static function encoded( array $value ): string {
		return (string) json_encode( $value, self::FLAGS ); // phpcs:ignore WordPress.WP.AlternativeFunctions -- its copy of every value would cost more than the encoding.
	}
}
