<?php
/**
 * Money.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Support;

use SellMyImages\Support\Money;
use SellMyImages\Tests\TestCase;

final class MoneyTest extends TestCase {

	/** @return array<string,array{0:string,1:string,2:int,3:string}> */
	public function amounts(): array {
		return array(
			'two digits'           => array( '4.90', 'USD', 490, '4.90' ),
			'one digit'            => array( '4.9', 'usd', 490, '4.90' ),
			'none'                 => array( '4', 'EUR', 400, '4.00' ),
			'a cent'               => array( '0.01', 'GBP', 1, '0.01' ),
			'below nothing'        => array( '-0.05', 'USD', -5, '-0.05' ),
			'what floats get wrong' => array( '1.15', 'USD', 115, '1.15' ),
			'the most that fits'   => array( '99999999.99', 'USD', 9999999999, '99999999.99' ),
			'yen'                  => array( '490', 'JPY', 490, '490' ),
			'yen from the table'   => array( '490.00', 'JPY', 490, '490' ),
			'three digits'         => array( '1.234', 'KWD', 1234, '1.234' ),
		);
	}

	/** @dataProvider amounts */
	public function test_counts_in_minor_units_and_back( string $decimal, string $currency, int $minor, string $shown ): void {
		self::assertSame( $minor, Money::to_minor( $decimal, $currency ) );
		self::assertSame( $shown, Money::to_decimal( $minor, $currency ) );
	}

	/** @return list<array{0:string,1:string}> */
	public function nonsense(): array {
		return array( array( '4.901', 'USD' ), array( '4.5', 'JPY' ), array( '', 'USD' ), array( '4,90', 'USD' ), array( '1e3', 'USD' ), array( ' 4', 'USD' ), array( "4\n", 'USD' ), array( '.5', 'USD' ) );
	}

	/** @dataProvider nonsense */
	public function test_refuses_what_is_no_amount_of_the_currency( string $decimal, string $currency ): void {
		$this->expectException( \InvalidArgumentException::class );
		Money::to_minor( $decimal, $currency );
	}

	public function test_writes_what_a_database_gives_as_number_like_a_decimal(): void {
		self::assertSame( '4.90', Money::plain( 4.9 ) );
		self::assertSame( '0.00', Money::plain( 0 ) );
		self::assertSame( '4.90', Money::plain( '4.9' ) );
		self::assertSame( '490', Money::plain( '490.00', 0 ) );
		self::assertSame( '0.0000', Money::plain( 1.0e-9, 4 ) );
		self::assertNull( Money::plain( null ) );
		self::assertNull( Money::plain( '' ) );
	}

	public function test_every_currency_for_sale_has_at_most_two_digits_and_a_minimum(): void {
		foreach ( Money::CURRENCIES as $currency => $minimum ) {
			self::assertLessThanOrEqual( 2, Money::exponent( $currency ) );
			self::assertGreaterThan( 0, $minimum );
		}
	}
}
