<?php
/**
 * Paths of files as others may see them.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Support;

/**
 * Where a server keeps its files is nobody's business.
 */
final class UploadsPath {

	/** @var array<int,string> Site of a network => its uploads folder: asking WordPress takes longer than all the rest. */
	private static array $folders = array();

	/** Below the uploads folder; of a file elsewhere its name alone. Null stays null, and so does nothing. */
	public static function below( ?string $path ): ?string {
		if ( null === $path || '' === $path ) {
			return null;
		}
		// As the plugin writes it.
		if ( 1 === preg_match( '#^[A-Za-z0-9_][^\\\\:]*$#D', $path ) && ! str_contains( $path, '//' ) ) {
			return $path;
		}
		$base = self::$folders[ get_current_blog_id() ] ??= trailingslashit( wp_normalize_path( wp_upload_dir( null, false )['basedir'] ) );
		$path = wp_normalize_path( $path );

		return str_starts_with( $path, $base ) ? substr( $path, strlen( $base ) ) : ( path_is_absolute( $path ) ? basename( $path ) : $path );
	}
}
