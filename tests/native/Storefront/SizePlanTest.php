<?php
/**
 * Which sizes can be made, and how.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Storefront;

use SellMyImages\Storefront\SizePlan;
use SellMyImages\Tests\TestCase;

final class SizePlanTest extends TestCase {

	/**
	 * @dataProvider sizes
	 * @param array{0:int,1:int,2:int,3:int,4:int} $asked   shown, source, multiplier.
	 * @param array{0:int,1:int,2:string,3:int}|null $planned width, height, provider, factor.
	 */
	public function test_plans_exactly_what_is_sold( array $asked, ?array $planned ): void {
		$plan = SizePlan::for( ...$asked );
		self::assertSame( $planned, null === $plan ? null : array( $plan->width, $plan->height, $plan->provider, $plan->factor ) );
	}

	/** @return array<string,array{0:list<int>,1:list<int|string>|null}> */
	public static function sizes(): array {
		return array(
			'small picture, no better source'        => array( array( 640, 427, 640, 427, 4 ), array( 2560, 1708, 'upsampler', 4 ) ),
			'large source, smallest whole factor'    => array( array( 1024, 683, 2560, 1707, 4 ), array( 4096, 2732, 'upsampler', 2 ) ),
			'source exactly as large'                => array( array( 1024, 683, 4096, 2732, 4 ), array( 4096, 2732, 'local', 1 ) ),
			'source one pixel short'                 => array( array( 1024, 683, 4096, 2731, 4 ), array( 4096, 2732, 'upsampler', 2 ) ),
			'source larger in both sides'            => array( array( 1024, 683, 6000, 4000, 4 ), array( 4096, 2732, 'local', 1 ) ),
			'large enough in one side only'          => array( array( 1000, 500, 4000, 1999, 4 ), array( 4000, 2000, 'upsampler', 2 ) ),
			'8x of a usual picture'                  => array( array( 1024, 683, 2560, 1707, 8 ), array( 8192, 5464, 'upsampler', 4 ) ),
			'8x of a square is over the limit'       => array( array( 1024, 1024, 4096, 4096, 8 ), null ),
			'exactly 50 megapixels'                  => array( array( 1250, 625, 1250, 625, 8 ), array( 10000, 5000, 'upsampler', 8 ) ),
			'just over 50 megapixels'                => array( array( 1250, 626, 1250, 626, 8 ), null ),
			'16 times the source is the most'        => array( array( 400, 400, 200, 200, 8 ), array( 3200, 3200, 'upsampler', 16 ) ),
			'more than 16 times the source'          => array( array( 400, 400, 199, 200, 8 ), null ),
			'what the upscaler puts out is planned'  => array( array( 1000, 781, 3900, 3046, 8 ), array( 8000, 6248, 'upsampler', 3 ) ),
			'nearly 125 megapixels put out'          => array( array( 1000, 500, 7900, 3955, 8 ), array( 8000, 4000, 'upsampler', 2 ) ),
			'more than 125 megapixels put out'       => array( array( 1000, 500, 7910, 3955, 8 ), null ),
			'a camera of 42 megapixels at 8x'        => array( array( 1024, 683, 7952, 5304, 8 ), null ),
			'the same camera at 4x'                  => array( array( 1024, 683, 7952, 5304, 4 ), array( 4096, 2732, 'local', 1 ) ),
			'an original far larger than sold'       => array( array( 1024, 683, 20000, 13340, 8 ), array( 8192, 5464, 'local', 1 ) ),
			'nothing known'                          => array( array( 0, 0, 100, 100, 4 ), null ),
			'no source'                              => array( array( 100, 100, 0, 0, 4 ), null ),
		);
	}
}
