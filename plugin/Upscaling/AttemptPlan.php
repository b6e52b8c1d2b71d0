<?php
/**
 * How a job's file is to be made.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upscaling;

use SellMyImages\Jobs\Job;

/**
 * A source as large as what was sold is resized here at no cost; else the upscaler gets the smallest whole factor that reaches it.
 */
final class AttemptPlan {

	public const MAX_FACTOR = 16;

	/** Output pixels that one credit pays for. */
	private const PIXELS_PER_CREDIT = 4_000_000;

	private function __construct(
		public readonly string $provider,
		public readonly int $factor,
		public readonly string $source_url,
		public readonly int $credits
	) {
	}

	/** @return self|null Null when the job does not say what was sold or the source is too small. */
	public static function for_job( Job $job ): ?self {
		$width  = (int) $job->image_width;
		$height = (int) $job->image_height;
		$source = (string) ( $job->source_url ?? $job->image_url );
		if ( $width < 1 || $height < 1 || '' === $source ) {
			return null;
		}
		$target_width  = $job->target_width ?? $width * (int) $job->resolution;
		$target_height = $job->target_height ?? $height * (int) $job->resolution;
		$factor        = self::factor( $target_width, $target_height, $width, $height );
		if ( $target_width < 1 || $factor > self::MAX_FACTOR ) {
			return null;
		}
		if ( $factor <= 1 ) {
			return new self( 'local', 1, $source, 0 );
		}

		return new self( 'upsampler', $factor, $source, self::credits_for( $width * $factor * $height * $factor ) );
	}

	/** The smallest whole factor that brings both sides of a source to the size sold. Integers only: no rounding surprises. */
	public static function factor( int $width, int $height, int $source_width, int $source_height ): int {
		return max( intdiv( $width + $source_width - 1, $source_width ), intdiv( $height + $source_height - 1, $source_height ) );
	}

	public static function credits_for( int $pixels ): int {
		return max( 1, (int) ceil( $pixels / self::PIXELS_PER_CREDIT ) );
	}

	/** The kind of file sold: a JPEG or a PNG, as its source. */
	public static function mime( Job $job ): string {
		$path = strtolower( (string) wp_parse_url( (string) ( $job->source_url ?? $job->image_url ), PHP_URL_PATH ) );

		return str_ends_with( $path, '.png' ) ? 'image/png' : 'image/jpeg';
	}
}
