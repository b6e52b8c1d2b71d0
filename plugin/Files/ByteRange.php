<?php
/**
 * The part of a file that a request asks for.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Files;

/**
 * One range of bytes (RFC 9110, section 14). Several ranges at once are answered with the whole file, as the RFC allows.
 */
final class ByteRange {

	/**
	 * @param int  $start      First byte.
	 * @param int  $end        Last byte, included.
	 * @param int  $size       Size of the whole file.
	 * @param bool $is_partial Whether this is an answer to a range.
	 */
	private function __construct(
		public readonly int $start,
		public readonly int $end,
		public readonly int $size,
		public readonly bool $is_partial
	) {}

	/**
	 * Reads a `Range` header.
	 *
	 * @return self|null Null when no byte of the range exists (416).
	 */
	public static function parse( string $header, int $size ): ?self {
		if ( 1 !== preg_match( '/^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i', $header, $found ) || '' === $found[1] . $found[2] ) {
			return self::whole( $size );
		}
		if ( '' === $found[1] ) {
			$length = min( (int) $found[2], $size );
			return $length > 0 ? new self( $size - $length, $size - 1, $size, true ) : null;
		}
		$start = (int) $found[1];
		$end   = '' === $found[2] ? $size - 1 : min( (int) $found[2], $size - 1 );
		if ( '' !== $found[2] && (int) $found[2] < $start ) {
			return self::whole( $size );
		}
		return $start < $size ? new self( $start, $end, $size, true ) : null;
	}

	/**
	 * The whole file.
	 */
	public static function whole( int $size ): self {
		return new self( 0, max( 0, $size - 1 ), $size, false );
	}

	/**
	 * From the first byte to the last: neither a look at the beginning nor the rest of a download that broke off.
	 */
	public function is_everything(): bool {
		return 0 === $this->start && $this->end >= $this->size - 1;
	}

	/**
	 * Bytes to send.
	 */
	public function length(): int {
		return 0 === $this->size ? 0 : $this->end - $this->start + 1;
	}

	/**
	 * The `Content-Range` header.
	 */
	public function header(): string {
		return "bytes {$this->start}-{$this->end}/{$this->size}";
	}
}
