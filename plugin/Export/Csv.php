<?php
/**
 * Jobs as values with separators between.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Export;

/**
 * RFC 4180, with the mark of UTF-8 in front, without which Excel spoils every umlaut. Quotes stand where PHP's fputcsv() would write them.
 */
final class Csv implements Format {

	private const MARK = "\xEF\xBB\xBF";

	/** Needs neither quotes nor a guard, whatever the separator. */
	private const PLAIN = '/^[A-Za-z0-9][^,;"\s]*$/D';

	/** Texts that are not plain and were worked out are kept: titles and reasons come again and again. */
	private const KEPT = 2000;

	private readonly LocalTimes $times;
	private readonly string $sign;

	/** Characters that need quotes around their cell. */
	private readonly string $quoted;

	/** @var list<string> Columns that people or other services wrote. */
	private readonly array $texts;

	/** @var list<string> */
	private readonly array $time_columns;

	/** @var list<string> */
	private readonly array $bools;

	/** @var list<string> The plugin's own words. */
	private readonly array $words;

	/** @var array<string,string> Text => cell. */
	private array $known = array();

	public function __construct(
		private readonly Columns $columns,
		\DateTimeZone $zone,
		private readonly Separator $separator = Separator::Comma
	) {
		$this->times        = new LocalTimes( $zone, false );
		$this->sign         = $separator->sign();
		$this->quoted       = "$this->sign\"\r\n\t ";
		$this->texts        = $columns->of( Columns::TEXT );
		$this->time_columns = $columns->of( Columns::TIME );
		$this->bools        = $columns->of( Columns::BOOL );
		$this->words        = $columns->of( Columns::WORD );
	}

	public function content_type(): string {
		return $this->separator->content_type();
	}

	public function ending(): string {
		return $this->separator->ending();
	}

	public function line_break(): string {
		return "\r\n";
	}

	public function head(): string {
		return self::MARK . implode( $this->sign, $this->columns->names() );
	}

	/**
	 * One loop, in place, because there may be millions of rows: 3.6 µs for one of 46 columns. A decision per cell and fputcsv() took 12.8.
	 * Numbers and nulls are cells as they are.
	 */
	public function lines( array $rows ): string {
		$lines = array();
		foreach ( $rows as $row ) {
			foreach ( $this->texts as $name ) {
				$text = $row[ $name ];
				if ( null !== $text && 1 !== preg_match( self::PLAIN, $text ) ) {
					$row[ $name ] = $this->known[ $text ] ?? $this->learn( $text );
				}
			}
			foreach ( $this->words as $name ) {
				$word = $row[ $name ];
				if ( null !== $word && 1 !== preg_match( self::PLAIN, $word ) ) {
					$row[ $name ] = $this->quoted( $word );
				}
			}
			foreach ( $this->time_columns as $name ) {
				$time = $row[ $name ];
				if ( null !== $time ) {
					$local        = $this->times->format( $time );
					$row[ $name ] = null === $local ? '' : "\"$local\"";
				}
			}
			foreach ( $this->bools as $name ) {
				$row[ $name ] = (int) $row[ $name ] ? 'true' : 'false';
			}
			$lines[] = implode( $this->sign, $row );
		}

		return implode( "\r\n", $lines );
	}

	public function apology( string $message, int $jobs ): string {
		return $this->quoted( $message );
	}

	private function learn( string $text ): string {
		if ( count( $this->known ) >= self::KEPT ) {
			$this->known = array();
		}

		$this->known[ $text ] = $this->quoted( FormulaGuard::safe( $text, $this->separator ) );

		return $this->known[ $text ];
	}

	private function quoted( string $text ): string {
		return false === strpbrk( $text, $this->quoted ) ? $text : '"' . str_replace( '"', '""', $text ) . '"';
	}
}
