<?php
/**
 * Amounts.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Support;

use SellMyImages\Support\Amount;
use SellMyImages\Tests\TestCase;

final class AmountTest extends TestCase {

	public function test_adds_and_takes_away_without_losing_less_than_a_coin(): void {
		$left = Amount::of( '4.90', 'usd' )->minus( Amount::of_minor( 44, 'USD' ), Amount::of( '0.0125', 'USD' ) )->plus( Amount::of( null, 'USD' ) );
		self::assertSame( array( 'USD', '4.4475', '4.45' ), array( $left->currency, $left->to_decimal( 4 ), $left->to_decimal() ) );
		self::assertSame( array( 445, 44475 ), array( $left->minor(), $left->units( 4 ) ) );
		self::assertSame( '0.0375', Amount::of( '0.0125', 'USD' )->times( 3 )->to_decimal( 4 ) );
		self::assertSame( '-0.45', Amount::of( '-0.445', 'USD' )->to_decimal( 2 ) );
	}

	/** @return array<string,array{int,string,string}> */
	public function coins(): array {
		return array(
			'two digits'    => array( 490, 'USD', '4.90' ),
			'none'          => array( 490, 'JPY', '490' ),
			'three'         => array( 1234, 'KWD', '1.234' ),
			'below nothing' => array( -5, 'EUR', '-0.05' ),
		);
	}

	/** @dataProvider coins */
	public function test_counts_in_the_coins_of_its_currency( int $minor, string $currency, string $decimal ): void {
		self::assertSame( $decimal, Amount::of_minor( $minor, $currency )->to_decimal() );
		self::assertSame( $minor, Amount::of( $decimal, $currency )->minor() );
	}

	/** As MySQL, SQLite and PHP write one and the same. */
	public function test_reads_whatever_a_database_gives(): void {
		foreach ( array( '4.9', '4.90', '4.9000', 4.9, '4.9E0', '0.49e1' ) as $given ) {
			self::assertSame( '4.9000', Amount::of( $given, 'USD' )->to_decimal( 4 ), (string) $given );
		}
		self::assertSame( '15000.0000', Amount::of( '1.5e+4', 'USD' )->to_decimal( 4 ), 'The point is where a plain decimal has it.' );
		self::assertTrue( Amount::of( null, 'USD' )->equals( Amount::of( 0, 'USD' ) ) );
	}

	public function test_compares(): void {
		[ $less, $more ] = array( Amount::of_minor( 489, 'USD' ), Amount::of( '4.90', 'USD' ) );
		self::assertTrue( $less->is_less_than( $more ) );
		self::assertFalse( $more->is_less_than( $less ) || $more->is_less_than( $more ) || $less->equals( $more ) );
	}

	/** @return list<array{string}> */
	public function together(): array {
		return array_map( static fn( string $how ): array => array( $how ), array( 'plus', 'minus', 'is_less_than', 'equals' ) );
	}

	/** @dataProvider together */
	public function test_dollars_and_yen_are_never_taken_together( string $how ): void {
		$this->expectException( \LogicException::class );
		Amount::of_minor( 490, 'USD' )->$how( Amount::of_minor( 490, 'JPY' ) );
	}
}
