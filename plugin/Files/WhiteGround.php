<?php
/**
 * A picture on white paper.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Files;

/**
 * A JPEG knows no transparency, and both libraries would paint black where there is any.
 */
final class WhiteGround {

	/**
	 * @param string $from    A small picture, perhaps transparent.
	 * @param string $to      Where its JPEG goes.
	 * @param int    $quality 1 to 100.
	 * @return bool Whether it was made.
	 */
	public static function lay( string $from, string $to, int $quality ): bool {
		return function_exists( 'imagecreatefromstring' )
			? self::with_gd( $from, $to, $quality )
			: self::with_imagick( $from, $to, $quality );
	}

	private static function with_gd( string $from, string $to, int $quality ): bool {
		// A file that we have just made; a broken one is answered below.
		// phpcs:ignore WordPress.WP.AlternativeFunctions, WordPress.PHP.NoSilencedErrors
		$picture = @imagecreatefromstring( (string) file_get_contents( $from ) );
		$paper   = false === $picture ? false : imagecreatetruecolor( imagesx( $picture ), imagesy( $picture ) );
		if ( false === $picture || false === $paper ) {
			return false;
		}
		imagefill( $paper, 0, 0, (int) imagecolorallocate( $paper, 255, 255, 255 ) );

		return imagecopy( $paper, $picture, 0, 0, 0, 0, imagesx( $picture ), imagesy( $picture ) ) && imagejpeg( $paper, $to, $quality );
	}

	private static function with_imagick( string $from, string $to, int $quality ): bool {
		try {
			$picture = new \Imagick( $from );
			$picture->setImageBackgroundColor( 'white' );
			$paper = $picture->mergeImageLayers( \Imagick::LAYERMETHOD_FLATTEN );
			$paper->setImageFormat( 'jpeg' );
			$paper->setImageCompressionQuality( $quality );

			return $paper->writeImage( "jpeg:$to" );
		} catch ( \ImagickException ) {
			return false;
		}
	}
}
