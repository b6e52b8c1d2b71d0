<?php
/**
 * Takes out of a text what must not be kept.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Support;

/**
 * What providers and databases say is kept for the owner to read; the addresses, links and keys that they quote are not.
 */
final class Redaction {

	/** Pattern => what stands there instead. */
	private const PATTERNS = array(
		'~\b(https?://)(?:[^/\s@]*@)?([^/\s"\'<>?#]+)[/?#][^\s"\'<>]*~iu' => '$1$2/…',
		'~[^\s<>"\'()\[\]{},;:=]+@[^\s<>"\'()\[\]{},;:]+\.[^\s<>"\'()\[\]{},;:.]+~u' => '[…@…]',
		'~\b(sk|rk|pk|whsec)_\w{6,}~'             => '$1_…',
	);

	/** Fields of a message that hold a provider's sentence. */
	private const SENTENCES = array( 'message', 'error', 'last_error', 'failure_reason', 'failure_message' );

	/** The text without e-mail addresses, without what follows the host of a link, and without secret keys. */
	public static function text( string $text ): string {
		// WordPress's own check of UTF-8 reads an option, and a refused statement may stand inside a transaction.
		$valid = 1 === preg_match( '//u', $text ) ? $text : (string) preg_replace( '~[\x80-\xff]+~', '?', $text );

		return preg_replace( array_keys( self::PATTERNS ), array_values( self::PATTERNS ), $valid ) ?? '';
	}

	/**
	 * A message with its sentences made safe; all other fields as they are.
	 *
	 * @param array<int|string,mixed> $message What a bridge reports.
	 * @return array<int|string,mixed>
	 */
	public static function message( array $message ): array {
		foreach ( $message as $name => $value ) {
			if ( is_array( $value ) ) {
				$message[ $name ] = self::message( $value );
			} elseif ( is_string( $value ) && in_array( $name, self::SENTENCES, true ) ) {
				$message[ $name ] = self::text( $value );
			}
		}

		return $message;
	}
}
