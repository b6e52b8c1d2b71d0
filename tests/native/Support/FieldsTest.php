<?php
/**
 * The fields of a checked message.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Support;

use SellMyImages\Support\Fields;
use SellMyImages\Tests\TestCase;

final class FieldsTest extends TestCase {

	public function test_reads_each_field_as_its_type_and_what_is_absent_as_null(): void {
		$charge = array( 'id' => 'ch_1' );
		$parts  = array( 'charge' => $charge, 'refunds' => array( $charge ) );
		$fields = new Fields( $parts + array( 'id' => 'pi_1', 'amount' => 490, 'live' => false, 'none' => null ) );
		self::assertSame( array( 'pi_1', 490, false ), array( $fields->text( 'id' ), $fields->number( 'amount' ), $fields->flag( 'live' ) ) );
		self::assertSame( array( $charge, array( $charge ) ), array( $fields->part( 'charge' ), $fields->parts( 'refunds' ) ) );
		foreach ( array( 'none', 'absent' ) as $name ) {
			self::assertSame( array( null, null ), array( $fields->text_or_null( $name ), $fields->number_or_null( $name ) ) );
			self::assertSame( array( null, array() ), array( $fields->part( $name ), $fields->parts( $name ) ) );
		}
	}

	/** WordPress's check lets them through, and a string that says false is no yes. */
	public function test_reads_what_wordpress_takes_for_a_number_or_a_flag(): void {
		$fields = new Fields( array( 'text' => '490', 'float' => 490.0, 'no' => 'false', 'zero' => 0, 'yes' => 'TRUE', 'one' => '1' ) );
		self::assertSame( array( 490, 490 ), array( $fields->number( 'text' ), $fields->number( 'float' ) ) );
		self::assertSame( array( false, false, true, true ), array_map( array( $fields, 'flag' ), array( 'no', 'zero', 'yes', 'one' ) ) );
	}

	/** @return array<string,array{string,mixed}> */
	public function nonsense(): array {
		return array(
			'no text'           => array( 'text', null ),
			'a number for text' => array( 'text', 5 ),
			'no number'         => array( 'number', null ),
			'half a cent'       => array( 'number', 4.5 ),
			'words for numbers' => array( 'number', 'five' ),
			'no flag'           => array( 'flag', null ),
			'maybe'             => array( 'flag', 'maybe' ),
			'text for an object' => array( 'part', '' ),
			'text for a list'   => array( 'parts', '' ),
			'a list of texts'   => array( 'parts', array( 're_1' ) ),
		);
	}

	/** @dataProvider nonsense */
	public function test_guesses_at_nothing( string $as, mixed $value ): void {
		$this->expectException( \UnexpectedValueException::class );
		( new Fields( array( 'field' => $value ) ) )->$as( 'field' );
	}
}
