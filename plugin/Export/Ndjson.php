<?php
/**
 * Jobs as lines of JSON.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Export;

use SellMyImages\Errors\ErrorCode;

/**
 * An object per line, with the types of the REST API; times carry the offset of the zone.
 */
final class Ndjson implements Format {

	private const FLAGS = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE;

	private readonly LocalTimes $times;

	/** @var list<string> */
	private readonly array $time_columns;

	/** @var list<string> */
	private readonly array $ints;

	/** @var list<string> */
	private readonly array $bools;

	public function __construct( Columns $columns, \DateTimeZone $zone ) {
		$this->times        = new LocalTimes( $zone, true );
		$this->time_columns = $columns->of( Columns::TIME );
		$this->ints         = $columns->of( Columns::INT );
		$this->bools        = $columns->of( Columns::BOOL );
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
		return implode( "\n", array_map( array( $this, 'line' ), $rows ) );
	}

	public function apology( string $message, int $jobs ): string {
		return self::encoded(
			array(
				'error' => array(
					'code'    => ErrorCode::EXPORT_INTERRUPTED,
					'message' => $message,
					'jobs'    => $jobs,
				),
			)
		);
	}

	/**
	 * In place: texts and amounts, which are most, stay as they are.
	 *
	 * @param array<string,string|null> $row Of Rows.
	 */
	private function line( array $row ): string {
		foreach ( $this->time_columns as $name ) {
			$row[ $name ] = $this->times->format( $row[ $name ] );
		}
		foreach ( $this->ints as $name ) {
			$row[ $name ] = null === $row[ $name ] ? null : (int) $row[ $name ];
		}
		foreach ( $this->bools as $name ) {
			$row[ $name ] = 0 !== (int) $row[ $name ];
		}

		return self::encoded( $row );
	}

	/** @param array<string,mixed> $value What to write. */
	private static function encoded( array $value ): string {
		// phpcs:ignore WordPress.WP.AlternativeFunctions -- its copy of every value would cost more than the encoding.
		return (string) json_encode( $value, self::FLAGS );
	}
}
