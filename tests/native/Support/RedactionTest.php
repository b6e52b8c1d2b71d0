<?php
/**
 * What is taken out of a sentence before it is kept.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Support;

use SellMyImages\Support\Redaction;
use SellMyImages\Tests\TestCase;

final class RedactionTest extends TestCase {

	public function test_takes_addresses_links_and_keys_and_leaves_the_sentence(): void {
		$text = Redaction::text( "Duplicate entry 'josé@example.org' at https://u:p@api.example.com/v1/x?key=1 with sk_live_abcdef12" );
		self::assertSame( "Duplicate entry '[…@…]' at https://api.example.com/… with sk_…", $text );
	}

	public function test_bytes_that_are_no_text_cost_the_bytes_and_not_the_sentence(): void {
		self::assertSame( 'Incorrect value: ? for x', Redaction::text( "Incorrect value: \xff\xfe for x" ) );
		self::assertStringNotContainsString( 'a@example.org', Redaction::text( "\xff a@example.org" ) );
	}

	/** A refused statement may be inside a transaction, where no option is read. */
	public function test_asks_wordpress_for_nothing(): void {
		$source = (string) file_get_contents( ( new \ReflectionClass( Redaction::class ) )->getFileName() );
		self::assertDoesNotMatchRegularExpression( '/\b(?:wp_|get_option|apply_filters|is_utf8_charset)\w*\s*\(/', $source );
	}
}
