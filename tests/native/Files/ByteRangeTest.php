<?php
/**
 * Which bytes of a file are sent.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Files;

use SellMyImages\Files\ByteRange;
use SellMyImages\Tests\TestCase;

final class ByteRangeTest extends TestCase {

	/**
	 * @dataProvider ranges
	 * @param array{0:int,1:int,2:bool}|null $expected First, last, partial.
	 */
	public function test_reads_a_range( string $header, ?array $expected ): void {
		$range = ByteRange::parse( $header, 1000 );
		self::assertSame( $expected, null === $range ? null : array( $range->start, $range->end, $range->is_partial ) );
	}

	/** @return array<string,array{0:string,1:list<int|bool>|null}> */
	public static function ranges(): array {
		return array(
			'none'                  => array( '', array( 0, 999, false ) ),
			'from the start'        => array( 'bytes=0-99', array( 0, 99, true ) ),
			'to the end'            => array( 'bytes=900-', array( 900, 999, true ) ),
			'the last ones'         => array( 'bytes=-100', array( 900, 999, true ) ),
			'more than there is'    => array( 'bytes=500-5000', array( 500, 999, true ) ),
			'longer tail'           => array( 'bytes=-5000', array( 0, 999, true ) ),
			'after the end'         => array( 'bytes=1000-', null ),
			'no last bytes'         => array( 'bytes=-0', null ),
			'backwards is ignored'  => array( 'bytes=9-3', array( 0, 999, false ) ),
			'several are ignored'   => array( 'bytes=0-1,5-6', array( 0, 999, false ) ),
			'other units'           => array( 'items=0-1', array( 0, 999, false ) ),
		);
	}
}
