<?php
/**
 * The name under which a buyer saves the file.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Downloads;

use SellMyImages\Jobs\Job;

/**
 * Makes `harbour-at-dawn-4096x2732.jpg`.
 */
final class FileName {

	private const ENDINGS = array(
		'image/jpeg' => 'jpg',
		'image/png'  => 'png',
		'image/webp' => 'webp',
	);

	/**
	 * Whether this is a file that may be sent at all: a picture, and nothing else.
	 */
	public static function is_picture( string $mime ): bool {
		return isset( self::ENDINGS[ $mime ] );
	}

	/**
	 * The file's name, plain ASCII.
	 *
	 * @param Job    $job  The job.
	 * @param string $mime Type of the file.
	 */
	public static function of( Job $job, string $mime ): string {
		$original = (string) wp_basename( (string) $job->image_url );
		$name     = (string) preg_replace( '/(-\d+x\d+|-scaled|-rotated)?\.[a-z0-9]+$/i', '', (string) strtok( $original, '?' ) );
		$name     = sanitize_title( remove_accents( rawurldecode( $name ) ) );
		$name     = (string) preg_replace( '/[^a-z0-9_-]+/', '', $name );
		$size     = (int) $job->target_width > 0 ? "{$job->target_width}x{$job->target_height}" : (string) $job->resolution;
		return ( '' === $name ? 'picture' : substr( $name, 0, 100 ) ) . "-$size." . ( self::ENDINGS[ $mime ] ?? 'jpg' );
	}
}
