<?php
/**
 * Parameters of a request, read by the filters.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Filters;

use SellMyImages\JobList\InvalidFilter;
use SellMyImages\Support\Times;

/**
 * Empty and missing are the same: not asked for.
 */
final class Params {

	/** @param array<string,mixed> $params Validated against jobs-filter.schema.json; there may be others. */
	public function __construct( private readonly array $params ) {
	}

	/** As it was typed, but for space around it. */
	public function text( string $name ): ?string {
		$text = trim( (string) ( $this->params[ $name ] ?? '' ) );

		return '' === $text ? null : $text;
	}

	/** In lower case. */
	public function lower( string $name ): ?string {
		$text = $this->text( $name );

		return null === $text ? null : mb_strtolower( $text );
	}

	public function number( string $name ): ?int {
		return isset( $this->params[ $name ] ) ? (int) $this->params[ $name ] : null;
	}

	/** @return string|null As the database writes it, in UTC. */
	public function time( string $name ): ?string {
		$text = (string) ( $this->params[ $name ] ?? '' );
		if ( '' === $text ) {
			return null;
		}

		return Times::from_iso( $text ) ?? throw new InvalidFilter(
			$name,
			__( 'There is no such time. Write it like 2026-10-31T23:59:59Z.', 'sell-my-images' )
		);
	}

	/** @return list<string> */
	public function many( string $name ): array {
		return array_values( array_map( 'strval', (array) ( $this->params[ $name ] ?? array() ) ) );
	}

	/**
	 * @template T of \BackedEnum
	 * @param class-string<T> $cases What the parameter holds.
	 * @return list<T>
	 */
	public function cases( string $name, string $cases ): array {
		$found = array();
		foreach ( array_unique( $this->many( $name ) ) as $value ) {
			$found[] = $cases::tryFrom( $value ) ?? throw new InvalidFilter( $name, self::unknown( $name, $value ) );
		}

		return $found;
	}

	private static function unknown( string $name, string $value ): string {
		/* translators: 1: name of a parameter, 2: its value. */
		return sprintf( __( 'There is no %1$s “%2$s”.', 'sell-my-images' ), $name, $value );
	}
}
