<?php
/**
 * Chance that falls the same way every time.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Sandbox;

/**
 * A repeated or resumed seeding makes the very same jobs, so it can see which are there already. What is thrown is
 * the same in every sandbox; only the identifiers are a sandbox's own.
 */
final class Dice {

	private const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

	private int $throws = 0;

	/**
	 * @param string $seed   Decides every throw.
	 * @param string $secret Decides the identifiers as well.
	 */
	public function __construct( private readonly string $seed, private readonly string $secret = '' ) {
	}

	/** A whole number, both ends included. */
	public function between( int $low, int $high ): int {
		return $low + self::number( $this->hash() ) % ( $high - $low + 1 );
	}

	/**
	 * One of them.
	 *
	 * @template T
	 * @param list<T> $of Not empty.
	 * @return T
	 */
	public function one( array $of ): mixed {
		return $of[ $this->between( 0, count( $of ) - 1 ) ];
	}

	/** An identifier such as Stripe makes. */
	public function id( string $prefix, int $length ): string {
		$id = '';
		while ( strlen( $id ) < $length ) {
			$id .= self::LETTERS[ self::number( $this->hash( $this->secret ) ) % 62 ];
		}
		return $prefix . $id;
	}

	/** A UUID v4. */
	public function uuid(): string {
		$hex = $this->hash( $this->secret );
		return sprintf( '%s-%s-4%s-%s%s-%s', substr( $hex, 0, 8 ), substr( $hex, 8, 4 ), substr( $hex, 13, 3 ), $this->one( array( '8', '9', 'a', 'b' ) ), substr( $hex, 17, 3 ), substr( $hex, 20, 12 ) );
	}

	private static function number( string $hash ): int {
		return (int) hexdec( substr( $hash, 0, 12 ) );
	}

	private function hash( string $secret = '' ): string {
		return hash( 'sha256', $secret . $this->seed . ':' . ( ++$this->throws ) );
	}
}
