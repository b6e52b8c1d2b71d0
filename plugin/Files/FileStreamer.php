<?php
/**
 * Sends a file in pieces.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Files;

use SellMyImages\Hooks\Listeners;
use SellMyImages\Support\Host;

/**
 * Memory stays flat whatever the size; nothing else of the answer (a notice, a page cache's buffer) gets mixed in.
 */
final class FileStreamer {

	private const PIECE = 524288;

	/**
	 * Sends a range of a file.
	 *
	 * @param string    $path  The file.
	 * @param ByteRange $range Which bytes.
	 */
	public function send( string $path, ByteRange $range ): void {
		$this->clear_buffers();
		$file = fopen( $path, 'rb' ); // phpcs:ignore WordPress.WP.AlternativeFunctions
		if ( false === $file ) {
			return;
		}
		fseek( $file, $range->start );
		$left = $range->length();
		while ( $left > 0 && ! feof( $file ) && 0 === connection_status() ) {
			$piece = fread( $file, min( self::PIECE, $left ) ); // phpcs:ignore WordPress.WP.AlternativeFunctions
			if ( false === $piece || '' === $piece ) {
				break;
			}
			$left -= strlen( $piece );
			echo $piece; // phpcs:ignore WordPress.Security.EscapeOutput
			flush();
		}
		fclose( $file ); // phpcs:ignore WordPress.WP.AlternativeFunctions
	}

	/** Everything that would hold back or change what is sent from here on. */
	public function clear_buffers(): void {
		/**
		 * Filters whether output buffers are closed before a file is sent. Tests keep theirs.
		 *
		 * @since 0.1.0
		 *
		 * @param bool $clear Whether to close them.
		 */
		if ( ! Listeners::apply_filters( 'smi_clear_output_buffers', true ) ) {
			return;
		}
		Host::no_time_limit();
		// A compressed answer would no longer match its Content-Length.
		Host::ini_set( 'zlib.output_compression', 'Off' );
		while ( ob_get_level() > 0 && ob_end_clean() ) {
			continue;
		}
	}
}
