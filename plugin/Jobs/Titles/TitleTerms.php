<?php
/**
 * What a title is found by.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs\Titles;

/**
 * Words; and where a script writes no spaces between them (Chinese, Japanese, Thai, Lao, Khmer, Burmese), each pair of neighbouring
 * characters: a word of the middle is found by its pairs, and nobody needs a dictionary.
 */
final class TitleTerms {

	/** Characters of such scripts, their marks included; the last are the Japanese mark of a long vowel and the ideographic zero. */
	private const DENSE = '[\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\x{30FC}\x{FF70}\x{3007}]';

	private const MOST_WORDS = 40;

	/** A row for each: a title of a whole paragraph must not fill the table, and a long search not stop the database. */
	private const MOST_OF_A_TITLE  = 200;
	private const MOST_OF_A_SEARCH = 24;

	/** @return list<string> Terms to store: lower case, without accents, each once. */
	public static function of_title( string $title ): array {
		return self::terms( $title, true, self::MOST_OF_A_TITLE );
	}

	/** @return list<string> Each must begin a term of the title. */
	public static function of_search( string $search ): array {
		return self::terms( $search, false, self::MOST_OF_A_SEARCH );
	}

	public static function has_dense( string $title ): bool {
		return 1 === preg_match( '/' . self::DENSE . '/u', self::plain( $title ) );
	}

	/** @return list<string> */
	private static function terms( string $text, bool $with_last, int $most ): array {
		preg_match_all(
			'/(' . self::DENSE . '+)|(?:(?!' . self::DENSE . ')[\p{L}\p{N}])+/u',
			self::plain( $text ),
			$found,
			PREG_SET_ORDER
		);
		$terms = array();
		foreach ( array_slice( $found, 0, self::MOST_WORDS ) as $match ) {
			array_push( $terms, ...( isset( $match[1] ) ? self::pairs( $match[1], $with_last ) : array( mb_substr( $match[0], 0, 64 ) ) ) );
		}

		return array_slice( array_map( 'strval', array_values( array_unique( $terms ) ) ), 0, $most );
	}

	/**
	 * @param string $run       Characters of a dense script.
	 * @param bool   $with_last The last one alone as well, which begins no pair.
	 * @return list<string>
	 */
	private static function pairs( string $run, bool $with_last ): array {
		// What a reader takes for one character: a letter with its marks.
		preg_match_all( '/\X/u', $run, $found );
		$characters = $found[0];
		$last       = count( $characters ) - 1;
		$pairs      = array();
		for ( $i = 0; $i < $last; $i++ ) {
			$pairs[] = mb_substr( $characters[ $i ] . $characters[ $i + 1 ], 0, 64 );
		}

		return $with_last || $last < 1 ? array( ...$pairs, mb_substr( $characters[ max( 0, $last ) ], 0, 64 ) ) : $pairs;
	}

	private static function plain( string $text ): string {
		return mb_strtolower(
			remove_accents( html_entity_decode( wp_strip_all_tags( mb_scrub( $text, 'UTF-8' ) ), ENT_QUOTES | ENT_HTML5, 'UTF-8' ) )
		);
	}
}
