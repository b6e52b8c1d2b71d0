<?php
/**
 * The name under which a browser saves what it is sent.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Support;

/**
 * A Content-Disposition header (RFC 6266): in ASCII for everybody, and whole (RFC 8187) for those who understand it, which are all
 * browsers.
 */
final class Attachment {

	/** Bytes of a name without its ending: file systems take 255, and a browser may add " (1)". */
	private const LONGEST = 180;

	/**
	 * No name: path separators, what Windows forbids, what shells and headers understand; and whatever turns the reading direction, so that
	 * no ending lies.
	 */
	private const NOT_IN_NAMES = '~[\\\\/:*?"<>|\'`%;,&#$\x{00AD}\x{061C}\x{180E}\x{200B}\x{200E}\x{200F}\x{2028}-\x{202E}\x{2060}-\x{206F}\x{FEFF}\x{FFF9}-\x{FFFF}\p{Cc}\p{Co}\s]+~u';

	/**
	 * @param string $name  In any script, made by safe(), with its ending.
	 * @param string $ascii The same for those who know no other.
	 */
	public static function header( string $name, string $ascii ): string {
		$plain = (string) preg_replace( '/[^A-Za-z0-9._-]+/', '-', $ascii );

		return "attachment; filename=\"$plain\"" . ( $name === $plain ? '' : "; filename*=UTF-8''" . rawurlencode( $name ) );
	}

	/**
	 * @param string $text Anything: a title, a file's name; perhaps no UTF-8.
	 * @return string A name in lower case without an ending; '' when nothing is left.
	 */
	public static function safe( string $text ): string {
		$text = mb_scrub( $text, 'UTF-8' );
		$text = class_exists( \Normalizer::class ) ? (string) \Normalizer::normalize( $text, \Normalizer::FORM_C ) : $text;
		$name = (string) preg_replace( self::NOT_IN_NAMES, '-', mb_strtolower( $text, 'UTF-8' ) );
		$name = mb_strcut( trim( (string) preg_replace( '/-{2,}/', '-', $name ), '-. ' ), 0, self::LONGEST, 'UTF-8' );

		// Half of a joined picture may be left at the cut.
		return trim( (string) preg_replace( '/[\x{200C}\x{200D}]+$/u', '', $name ), '-. ' );
	}

	/** @return string The same in ASCII, as near as WordPress (and plugins that transliterate) can bring it; '' when nothing is left. */
	public static function ascii( string $text ): string {
		$plain = sanitize_title( remove_accents( mb_scrub( $text, 'UTF-8' ) ) );
		$plain = (string) preg_replace( '/(?:%[0-9a-f]{2}|[^a-z0-9_-])+/i', '-', strtolower( $plain ) );

		return trim( substr( (string) preg_replace( '/-{2,}/', '-', $plain ), 0, 100 ), '-' );
	}
}
