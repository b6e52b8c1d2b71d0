<?php
/**
 * What was measured of a picture's best file.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

/**
 * Kept in the attachment's metadata, since reading an original takes long, above all where the media library lies on another machine. What
 * is kept counts only for the file that it was measured of.
 */
final class SourceMeta {

	public const KEY = '_smi_source';

	/**
	 * @return array{is_original:bool,has_file:bool,width:int,height:int}|null Null where nothing is known, or the attachment changed since.
	 */
	public static function get( int $attachment_id, string $path ): ?array {
		$kept = get_post_meta( $attachment_id, self::KEY, true );
		if ( ! is_array( $kept ) || ( $kept['of'] ?? '' ) !== self::mark( $attachment_id, $path ) ) {
			return null;
		}
		return array(
			'is_original' => (bool) ( $kept['is_original'] ?? false ),
			'has_file'    => (bool) ( $kept['has_file'] ?? false ),
			'width'       => (int) ( $kept['width'] ?? 0 ),
			'height'      => (int) ( $kept['height'] ?? 0 ),
		);
	}

	/**
	 * @param string                                                             $path  The original, which get() is asked with.
	 * @param array{is_original:bool,has_file:bool,width:int,height:int} $facts What was measured.
	 * @param string|null                                                        $file The file that is sold from; null where it is
	 *   elsewhere.
	 */
	public static function keep( int $attachment_id, string $path, array $facts, ?string $file ): void {
		$hash = null === $file || wp_is_stream( $file ) ? false : hash_file( 'sha256', $file );
		$more = array( 'of' => self::mark( $attachment_id, $path ), 'sha256' => false === $hash ? null : $hash );
		update_post_meta( $attachment_id, self::KEY, $facts + $more );
	}

	/**
	 * Changes whenever the attachment does: another file, sizes made anew, an edit. A file that was exchanged in its place is told by its
	 * size and time; elsewhere than on this machine that would be a request each, so there WordPress's own word has to do.
	 */
	private static function mark( int $attachment_id, string $path ): string {
		$meta  = wp_get_attachment_metadata( $attachment_id, true );
		$names = array_flip( array( 'file', 'width', 'height', 'filesize', 'original_image' ) );
		$facts = is_array( $meta ) ? array_intersect_key( $meta, $names ) : array();
		$local = '' !== $path && ! wp_is_stream( $path ) && is_file( $path ) ? array( filesize( $path ), filemtime( $path ) ) : array();
		$file  = get_post_meta( $attachment_id, '_wp_attached_file', true );
		return md5( (string) wp_json_encode( array( $file, $facts, $local ) ) );
	}
}
