<?php
/**
 * The name under which a buyer saves the file.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Downloads;

use SellMyImages\Jobs\Job;
use SellMyImages\Support\Attachment;

/**
 * Makes `harbour-at-dawn-4096x2732.jpg`, in whatever script the picture's own name is.
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
	 * The Content-Disposition of a job's file.
	 *
	 * @param Job    $job  The job.
	 * @param string $mime Type of the file.
	 */
	public static function header( Job $job, string $mime ): string {
		$original = (string) preg_replace( '/[?#].*$/s', '', (string) wp_basename( (string) $job->image_url ) );
		$name     = rawurldecode( (string) preg_replace( '/(-\d+x\d+|-scaled|-rotated)?\.[a-z0-9]+$/i', '', $original ) );
		$size     = (int) $job->target_width > 0 ? "{$job->target_width}x{$job->target_height}" : (string) $job->resolution;
		$ending   = "-$size." . ( self::ENDINGS[ $mime ] ?? 'jpg' );
		$whole    = Attachment::safe( $name );
		$ascii    = Attachment::ascii( $whole );
		$ascii    = '' === $ascii ? 'picture' : $ascii;
		return Attachment::header( ( '' === $whole ? $ascii : $whole ) . $ending, $ascii . $ending );
	}
}
