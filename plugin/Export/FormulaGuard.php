<?php
/**
 * Keeps a spreadsheet from calculating what a buyer typed.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Export;

/**
 * A spreadsheet takes a cell that begins with =, +, - or @ for a formula, and formulas can start programs and send cells away. Such a cell
 * gets an apostrophe in front, which every spreadsheet takes for "this is text".
 *
 * The rule, for cells that hold text:
 *
 * 1. A cell begins where the text begins, and again after each semicolon, tab or line break inside: a spreadsheet whose separator is the
 *    semicolon (Excel in most of Europe) or the tab splits there, whatever quotes stand around the text. In a file whose separator is no
 *    comma,
 *    it begins again after each comma as well: a spreadsheet that expects commas splits there.
 * 2. It is dangerous when it begins with = + - @ or one of their full-width forms, also behind quotes, control characters or, at the
 * beginning
 *    of the text, spaces: some programs drop those. A text that begins with a tab or a line break is guarded as a whole.
 * 3. A plain number (-4.90, +4) and a plain e-mail address (+nina@example.com) stay as they are: neither can call a function or name
 * another
 *    program. An address is plain when it is made of letters, digits and . _ + - alone. What e-mail addresses may hold besides (=cmd|'/C
 *    calc'!A0@example.com is one) is guarded.
 * 4. nina+prints@example.com does not begin with any of these signs, so nothing happens to it.
 */
final class FormulaGuard {

	/** Whatever the file's own separator. */
	private const SEPARATORS = ";\t\r\n";

	/** First bytes that make a closer look necessary; \xEF begins the full-width signs, \xC2 the hard space. */
	private const SUSPECT = '=+-@"\' ' . "\xEF\xC2";

	private const DANGEROUS = '/^(?:[\x00-\x1F"]|%s)*(?:[=+\-@]|\xEF\xBC[\x9D\x8B\x8D\xA0])/';

	private const NUMBER  = '/^[+-]?\d+(?:[.,]\d+)?$/D';
	private const ADDRESS = '/^[+-]?[A-Za-z0-9._][A-Za-z0-9._+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/D';

	/** The text, safe in a cell. */
	public static function safe( string $text, Separator $separator = Separator::Comma ): string {
		if ( '' === $text ) {
			return $text;
		}
		$signs    = self::SEPARATORS . ( Separator::Comma === $separator ? '' : ',' );
		$is_split = false !== strpbrk( $text, $signs );
		if ( ! $is_split && $text[0] > ' ' && ! str_contains( self::SUSPECT, $text[0] ) ) {
			return $text;
		}
		if ( ! $is_split ) {
			return self::cell( $text, true );
		}
		$parts = (array) preg_split( "/([$signs])/", $text, -1, PREG_SPLIT_DELIM_CAPTURE );
		foreach ( $parts as $i => $part ) {
			$parts[ $i ] = self::cell( (string) $part, 0 === $i );
		}
		$safe = implode( '', $parts );

		return str_contains( "\t\r\n", $text[0] ) ? "'$safe" : $safe;
	}

	private static function cell( string $text, bool $is_first ): string {
		$is_dangerous = 1 === preg_match( sprintf( self::DANGEROUS, $is_first ? ' |\xC2\xA0' : '\xC2\xA0' ), $text );

		return $is_dangerous && 1 !== preg_match( self::NUMBER, $text ) && 1 !== preg_match( self::ADDRESS, $text ) ? "'$text" : $text;
	}
}
