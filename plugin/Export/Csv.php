<?php
/**
 * Jobs as comma-separated values.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Export;

/**
 * RFC 4180, with the mark of UTF-8 in front, without which Excel spoils every umlaut.
 */
final class Csv implements Format {

	private const MARK = "\xEF\xBB\xBF";

	private readonly LocalTimes $times;

	/** @var resource Where lines are put together: PHP writes them only to streams. */
	private $buffer;

	public function __construct( private readonly Columns $columns, \DateTimeZone $zone ) {
		$this->times  = new LocalTimes( $zone, false );
		$buffer       = fopen( 'php://memory', 'w+b' ); // phpcs:ignore WordPress.WP.AlternativeFunctions -- no file.
		$this->buffer = false === $buffer ? throw new \RuntimeException( 'PHP has no memory streams.' ) : $buffer;
	}

	public function content_type(): string {
		return 'text/csv; charset=utf-8';
	}

	public function ending(): string {
		return 'csv';
	}

	public function line_break(): string {
		return "\r\n";
	}

	public function head(): string {
		return self::MARK . $this->written( array( $this->columns->names() ) );
	}

	public function lines( array $rows ): string {
		return $this->written( array_map( array( $this, 'cells' ), $rows ) );
	}

	public function apology( string $message, int $jobs ): string {
		return $this->written( array( array( $message ) ) );
	}

	/**
	 * @param array<string,string|null> $row Of Rows.
	 * @return list<string>
	 */
	private function cells( array $row ): array {
		$cells = array();
		foreach ( $this->columns->kinds as $name => $kind ) {
			$value   = $row[ $name ] ?? '';
			$cells[] = match ( $kind ) {
				Columns::TEXT => '' === $value ? '' : FormulaGuard::safe( $value ),
				Columns::TIME => '' === $value ? '' : $this->times->format( $value ) ?? '',
				Columns::BOOL => (int) $value ? 'true' : 'false',
				default => $value,
			};
		}

		return $cells;
	}

	/** @param list<list<string>> $lines Cells. */
	private function written( array $lines ): string {
		rewind( $this->buffer );
		ftruncate( $this->buffer, 0 );
		foreach ( $lines as $cells ) {
			fputcsv( $this->buffer, $cells, ',', '"', '', "\r\n" );
		}
		rewind( $this->buffer );

		return substr( (string) stream_get_contents( $this->buffer ), 0, -2 );
	}
}
