<?php
/**
 * The fields of a message that was checked against its contract.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Support;

/**
 * Each as the type that its contract gives it. WordPress's check also takes "490" for 490 and "false" for false: so does this.
 * What no contract lets through is no value to guess at, but an error.
 */
final class Fields {

	/** What WordPress takes for a boolean. */
	private const FLAGS = array( 'true' => true, '1' => true, 'false' => false, '0' => false );

	/** @param array<mixed> $values A decoded JSON object. */
	public function __construct( private readonly array $values ) {
	}

	public function text( string $name ): string {
		return $this->text_or_null( $name ) ?? throw self::fault( $name );
	}

	public function text_or_null( string $name ): ?string {
		$value = $this->values[ $name ] ?? null;

		return null === $value || is_string( $value ) ? $value : throw self::fault( $name );
	}

	/** A whole number. */
	public function number( string $name ): int {
		return $this->number_or_null( $name ) ?? throw self::fault( $name );
	}

	public function number_or_null( string $name ): ?int {
		$value = $this->values[ $name ] ?? null;
		if ( null === $value || is_int( $value ) ) {
			return $value;
		}

		return is_numeric( $value ) && floor( (float) $value ) === (float) $value ? (int) $value : throw self::fault( $name );
	}

	public function flag( string $name ): bool {
		$value = $this->values[ $name ] ?? null;
		if ( is_bool( $value ) ) {
			return $value;
		}
		$word = is_int( $value ) || is_string( $value ) ? strtolower( (string) $value ) : '';

		return self::FLAGS[ $word ] ?? throw self::fault( $name );
	}

	/** @return array<mixed>|null An object within; null where there is none. */
	public function part( string $name ): ?array {
		$value = $this->values[ $name ] ?? null;

		return null === $value || is_array( $value ) ? $value : throw self::fault( $name );
	}

	/** @return list<array<mixed>> A list of objects; empty where it may be missing. */
	public function parts( string $name ): array {
		$parts = array();
		foreach ( $this->part( $name ) ?? array() as $part ) {
			$parts[] = is_array( $part ) ? $part : throw self::fault( $name );
		}

		return $parts;
	}

	private static function fault( string $name ): \UnexpectedValueException {
		return new \UnexpectedValueException( "$name is not what its contract says." );
	}
}
