<?php
/**
 * Finds the picture behind an attachment.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

/**
 * Reads an attachment's sizes and files.
 */
final class Pictures {

	public const MIME_TYPES = array( 'image/jpeg', 'image/png', 'image/webp' );

	/** More than this between two aspect ratios is a crop, not rounding. */
	private const CROP_TOLERANCE = 0.02;

	/**
	 * The picture of an attachment; null where it is not a JPEG, PNG or WebP image with a known size.
	 */
	public function find( int $attachment_id ): ?Picture {
		return $this->read( $attachment_id, fn(): ?array => $this->source( $attachment_id ) );
	}

	/**
	 * The same by what WordPress knows, without a look at any file: enough to tell whether there is something to sell, for page views.
	 */
	public function glance( int $attachment_id ): ?Picture {
		return $this->read( $attachment_id, fn(): ?array => $this->as_stored( $attachment_id ) );
	}

	/** @param \Closure(): (array{url:string,path:string,width:int,height:int}|null) $source Finds the best source. */
	private function read( int $attachment_id, \Closure $source ): ?Picture {
		if ( ! wp_attachment_is_image( $attachment_id ) ) {
			return null;
		}
		$source = $source();
		$mime   = (string) get_post_mime_type( $attachment_id );
		if ( null === $source || ! in_array( $mime, self::MIME_TYPES, true ) ) {
			return null;
		}
		$shown = $this->shown( $attachment_id, $source );
		return new Picture(
			$attachment_id,
			$shown['width'],
			$shown['height'],
			$shown['url'],
			$source['width'],
			$source['height'],
			$source['url'],
			$source['path'],
			$mime
		);
	}

	/**
	 * The site's `large` size, or the full picture where that is smaller. A theme may crop `large`: then the size
	 * sold keeps the picture's own shape, fitted into that box.
	 *
	 * @param array{url:string,path:string,width:int,height:int} $source Best source.
	 * @return array{url:string,width:int,height:int}
	 */
	private function shown( int $attachment_id, array $source ): array {
		$large = $this->large( $attachment_id );
		if ( null === $large ) {
			return $source;
		}
		$same = ( $large['width'] * $source['height'] ) / ( $large['height'] * $source['width'] );
		if ( abs( $same - 1 ) <= self::CROP_TOLERANCE ) {
			return $large;
		}
		list( $width, $height ) = wp_constrain_dimensions( $source['width'], $source['height'], $large['width'], $large['height'] );
		return array(
			'url'    => $large['url'],
			'width'  => (int) $width,
			'height' => (int) $height,
		);
	}

	/**
	 * The sizes are read from the metadata: `wp_get_attachment_image_src()` shrinks them to the theme's content width.
	 *
	 * @return array{url:string,width:int,height:int}|null
	 */
	private function large( int $attachment_id ): ?array {
		$meta = wp_get_attachment_metadata( $attachment_id );
		$url  = wp_get_attachment_url( $attachment_id );
		if ( ! is_array( $meta ) || ! is_string( $url ) ) {
			return null;
		}
		$size = $meta['sizes']['large'] ?? null;
		if ( is_array( $size ) && ! empty( $size['width'] ) && ! empty( $size['height'] ) && ! empty( $size['file'] ) ) {
			$url = path_join( dirname( $url ), (string) $size['file'] );
		} else {
			$size = $this->fitted( $meta );
		}
		return null === $size ? null : array(
			'url'    => $url,
			'width'  => (int) $size['width'],
			'height' => (int) $size['height'],
		);
	}

	/**
	 * Without a file of the `large` size the browser gets the full picture. Where that is larger than `large` (the size
	 * was switched on after the upload), what is sold is still measured by `large`.
	 *
	 * @param array<string,mixed> $meta Attachment metadata.
	 * @return array{width:int,height:int}|null
	 */
	private function fitted( array $meta ): ?array {
		$width  = (int) ( $meta['width'] ?? 0 );
		$height = (int) ( $meta['height'] ?? 0 );
		if ( $width < 1 || $height < 1 ) {
			return null;
		}
		list( $width, $height ) = wp_constrain_dimensions(
			$width,
			$height,
			(int) get_option( 'large_size_w', 1024 ),
			(int) get_option( 'large_size_h', 1024 )
		);
		return array(
			'width'  => (int) $width,
			'height' => (int) $height,
		);
	}

	/**
	 * The best file: the unscaled original. An original that carries a rotation mark is passed over for the copy that
	 * WordPress turned upright, since not every program that makes pictures honours the mark.
	 *
	 * @return array{url:string,path:string,width:int,height:int}|null
	 */
	private function source( int $attachment_id ): ?array {
		$original = (string) wp_get_original_image_path( $attachment_id );
		$kept     = SourceMeta::get( $attachment_id, $original ) ?? $this->measured( $attachment_id, $original );
		if ( ! $kept['has_file'] ) {
			return $this->as_stored( $attachment_id );
		}
		$path = $kept['is_original'] ? $original : (string) get_attached_file( $attachment_id );
		$url  = $kept['is_original'] ? wp_get_original_image_url( $attachment_id ) : wp_get_attachment_url( $attachment_id );
		return $this->file( (string) $url, $path, array( $kept['width'], $kept['height'] ) );
	}

	/**
	 * Looks at the files, and keeps what it saw.
	 *
	 * @return array{is_original:bool,has_file:bool,width:int,height:int}
	 */
	private function measured( int $attachment_id, string $original ): array {
		$size        = '' === $original ? null : $this->measure( $original );
		$is_original = null !== $size && ! $this->is_turned( $original );
		$path        = $is_original ? $original : (string) get_attached_file( $attachment_id );
		$size        = $is_original ? $size : $this->measure( $path );
		$facts       = array(
			'is_original' => $is_original,
			'has_file'    => null !== $size,
			'width'       => $size[0] ?? 0,
			'height'      => $size[1] ?? 0,
		);
		SourceMeta::keep( $attachment_id, $original, $facts, null === $size ? null : $path );
		return $facts;
	}

	/**
	 * The attachment's file by its metadata alone, as where the media library lives elsewhere.
	 *
	 * @return array{url:string,path:string,width:int,height:int}|null
	 */
	private function as_stored( int $attachment_id ): ?array {
		$meta = wp_get_attachment_metadata( $attachment_id );
		$size = array( (int) ( $meta['width'] ?? 0 ), (int) ( $meta['height'] ?? 0 ) );
		return min( $size ) < 1 ? null : $this->file( (string) wp_get_attachment_url( $attachment_id ), '', $size );
	}

	/**
	 * @param array{0:int,1:int} $size Width and height.
	 * @return array{url:string,path:string,width:int,height:int}|null
	 */
	private function file( string $url, string $path, array $size ): ?array {
		return '' === $url ? null : array(
			'url'    => $url,
			'path'   => $path,
			'width'  => $size[0],
			'height' => $size[1],
		);
	}

	/**
	 * @return array{0:int,1:int}|null
	 */
	private function measure( string $path ): ?array {
		$size = is_file( $path ) ? wp_getimagesize( $path ) : false;
		return is_array( $size ) && $size[0] > 0 && $size[1] > 0 ? array( (int) $size[0], (int) $size[1] ) : null;
	}

	private function is_turned( string $path ): bool {
		if ( ! function_exists( 'exif_read_data' ) || 'image/jpeg' !== wp_get_image_mime( $path ) ) {
			return false;
		}
		// A damaged EXIF block is a warning in PHP; for us it means "no rotation known".
		$exif = @exif_read_data( $path ); // phpcs:ignore WordPress.PHP.NoSilencedErrors.Discouraged
		return is_array( $exif ) && (int) ( $exif['Orientation'] ?? 1 ) > 1;
	}
}
