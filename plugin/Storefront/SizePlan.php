<?php
/**
 * How one size of a picture would be made.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use SellMyImages\Upscaling\AttemptPlan;

/**
 * The exact size that is sold, who makes it, and by what whole factor.
 *
 * Pure: knows numbers only. `local` means that the source is already large enough, so that a plain resize does
 * it; `upsampler` means the source is enlarged by `factor` and then brought to exactly the size that was sold.
 */
final class SizePlan {

	public const LOCAL      = 'local';
	public const UPSAMPLER  = 'upsampler';
	public const MAX_PIXELS = 50000000;

	/**
	 * What the upscaler may put out on the way, in pixels: a whole factor overshoots what is sold by up to four times. A lossless result of
	 * that size has at most 500 MB, which the bridge still fetches (`MAX_BYTES` in bridge/src/results/fetcher.ts).
	 */
	public const MAX_OUTPUT_PIXELS = 125000000;

	/**
	 * @param int    $width    Width sold, in pixels.
	 * @param int    $height   Height sold, in pixels.
	 * @param string $provider SizePlan::LOCAL or SizePlan::UPSAMPLER.
	 * @param int    $factor   Whole factor of enlargement from the source; 1 for a plain resize.
	 */
	private function __construct(
		public readonly int $width,
		public readonly int $height,
		public readonly string $provider,
		public readonly int $factor
	) {}

	/**
	 * Plans one multiple of the picture as the site shows it, or says that it cannot be made.
	 *
	 * @param int $shown_w    Width of the picture as shown.
	 * @param int $shown_h    Height of the picture as shown.
	 * @param int $source_w   Width of the best source.
	 * @param int $source_h   Height of the best source.
	 * @param int $multiplier 4 or 8.
	 * @return self|null Null where the size is too large, too far from the source, or too much for the upscaler to put out.
	 */
	public static function for( int $shown_w, int $shown_h, int $source_w, int $source_h, int $multiplier ): ?self {
		if ( min( $shown_w, $shown_h, $source_w, $source_h, $multiplier ) < 1 ) {
			return null;
		}
		$width  = $shown_w * $multiplier;
		$height = $shown_h * $multiplier;
		if ( $width * $height > self::MAX_PIXELS ) {
			return null;
		}
		$factor = AttemptPlan::factor( $width, $height, $source_w, $source_h );
		if ( $factor > AttemptPlan::MAX_FACTOR ) {
			return null;
		}
		if ( $factor > 1 && $source_w * $source_h * $factor ** 2 > self::MAX_OUTPUT_PIXELS ) {
			return null;
		}
		return new self( $width, $height, $factor > 1 ? self::UPSAMPLER : self::LOCAL, $factor );
	}
}
