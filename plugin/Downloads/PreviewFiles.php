<?php
/**
 * Small pictures of finished files, for the owner's screen.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Downloads;

use SellMyImages\Errors\ActionRefused;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\Files\PrivateFolder;
use SellMyImages\Files\WhiteGround;
use SellMyImages\Jobs\Job;

/**
 * Made once, and kept beside the file in its private folder, so that whatever takes the one away takes the other as well.
 */
final class PreviewFiles {

	/** Pixels of the long side: a comparison on a large screen shows no more. */
	public const LONG_SIDE = 1600;

	private const QUALITY = 85;

	/** Raised when previews are made in another way: those that were kept are made anew. */
	private const MAKING = 2;

	/** Bytes that a pixel takes while the file is decoded; of a PNG PHP holds the rows and the picture at once. */
	private const BYTES_PER_PIXEL = array(
		'image/jpeg' => 4.2,
		'image/png'  => 8.4,
		'image/webp' => 8.4,
	);

	public function __construct( private readonly PrivateFolder $folder ) {
	}

	/** Changes with the file; null when there is none that could be shown. */
	public function tag( Job $job ): ?string {
		$path = $job->has_file() ? (string) $job->file_path() : '';
		if ( '' === $path || ! FileName::is_picture( (string) wp_get_image_mime( $path ) ) ) {
			return null;
		}

		return substr( md5( self::MAKING . '|' . basename( $path ) . '|' . filemtime( $path ) . '|' . filesize( $path ) ), 0, 16 );
	}

	/**
	 * @return string Where the preview lies.
	 * @throws ActionRefused 404 without a file; 503 when this server cannot make one.
	 */
	public function path( Job $job ): string {
		$tag = $this->tag( $job ) ?? throw new ActionRefused(
			ErrorCode::PREVIEW_NONE,
			__( 'There is no finished file to show. If the picture was made once, it can be made again.', 'sell-my-images' ),
			404
		);
		$file = (string) $job->file_path();
		$path = $this->folder_of( $job, $file ) . '/' . pathinfo( $file, PATHINFO_FILENAME ) . ".preview-$tag.jpg";
		if ( ! is_file( $path ) ) {
			$this->make( $file, $path );
		}

		return $path;
	}

	/** Beside the file; of one from before there were private folders, in a private folder of its own. */
	private function folder_of( Job $job, string $file ): string {
		$is_private = str_starts_with( wp_normalize_path( $file ), wp_normalize_path( $this->folder->root() ) . '/' );

		return $is_private ? dirname( $file ) : $this->folder->open( $job->job_id ) ?? throw self::not_made();
	}

	/** Under another name first: two requests may make it at once, and nobody may see half of it. */
	private function make( string $file, string $path ): void {
		$this->check_memory( $file );
		$editor = wp_get_image_editor( $file );
		if ( is_wp_error( $editor ) ) {
			throw self::not_made();
		}
		$size = $editor->get_size();
		if (
			max( $size['width'], $size['height'] ) > self::LONG_SIDE
			&& is_wp_error( $editor->resize( self::LONG_SIDE, self::LONG_SIDE ) )
		) {
			throw self::not_made();
		}
		$editor->set_quality( self::QUALITY );
		$new = $this->saved(
			$editor,
			dirname( $path ) . '/new-' . bin2hex( random_bytes( 6 ) ),
			'image/jpeg' !== wp_get_image_mime( $file )
		);
		// A rename is atomic; WP_Filesystem's move may copy.
		// phpcs:ignore WordPress.WP.AlternativeFunctions, WordPress.PHP.NoSilencedErrors
		if ( null === $new || ! @rename( $new, $path ) ) {
			throw self::not_made();
		}
		foreach ( array_diff( (array) glob( dirname( $path ) . '/*.preview-*.jpg' ), array( $path ) ) as $older ) {
			wp_delete_file( (string) $older );
		}
	}

	/**
	 * @param string $name     Path without an ending.
	 * @param bool   $is_clear Whether some of it may be transparent.
	 * @return string|null Where it is; null when it could not be written.
	 */
	private function saved( \WP_Image_Editor $editor, string $name, bool $is_clear ): ?string {
		$saved = $is_clear ? $editor->save( "$name.png", 'image/png' ) : $editor->save( "$name.jpg", 'image/jpeg' );
		if ( is_wp_error( $saved ) || ! $is_clear ) {
			return is_wp_error( $saved ) ? null : $saved['path'];
		}
		$is_laid = WhiteGround::lay( $saved['path'], "$name.jpg", self::QUALITY );
		wp_delete_file( $saved['path'] );

		return $is_laid ? "$name.jpg" : null;
	}

	/**
	 * GD holds the whole picture in memory, and running out of it is a fatal error that nothing catches. Other editors manage theirs
	 * themselves.
	 */
	private function check_memory( string $file ): void {
		$mime   = (string) wp_get_image_mime( $file );
		$editor = _wp_image_editor_choose( array( 'mime_type' => $mime, 'methods' => array( 'resize', 'save' ) ) );
		if ( ! is_string( $editor ) || ! is_a( $editor, \WP_Image_Editor_GD::class, true ) ) {
			return;
		}
		wp_raise_memory_limit( 'image' );
		$limit = wp_convert_hr_to_bytes( (string) ini_get( 'memory_limit' ) );
		$size  = wp_getimagesize( $file );
		$needs = false === $size
			? 0
			: $size[0] * $size[1] * ( self::BYTES_PER_PIXEL[ $mime ] ?? 8.4 ) + (int) filesize( $file ) + 2 * 4 * self::LONG_SIDE ** 2;
		if ( $limit > 0 && memory_get_usage( true ) + $needs > $limit ) {
			throw new ActionRefused(
				ErrorCode::PREVIEW_TOO_LARGE,
				__(
					'This picture is too large for a preview: your server’s memory limit for PHP does not hold it. The file itself is complete, and customers can download it.',
					'sell-my-images'
				),
				503,
				array( 'needs' => (int) $needs, 'limit' => $limit )
			);
		}
	}

	private static function not_made(): ActionRefused {
		return new ActionRefused(
			ErrorCode::PREVIEW_FAILED,
			__(
				'The preview could not be made. The file itself was not touched. Is the disk full, or the uploads folder read-only?',
				'sell-my-images'
			),
			503
		);
	}
}
