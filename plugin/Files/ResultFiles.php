<?php
/**
 * The files that the bridge brings.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Files;

use SellMyImages\Errors\ActionRefused;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\Plugin;

/**
 * A file arrives in pieces under one name per lease and hash, is checked as a whole and only then gets its own name,
 * which carries the attempt: a late piece of an old attempt never touches the file of a newer one (money protocol, H14).
 */
final class ResultFiles {

	/** Bytes; 50 million pixels as the largest PNG there may be. */
	public const LARGEST = 268435456;

	private const EXTENSIONS = array(
		'image/jpeg' => 'jpg',
		'image/png'  => 'png',
	);

	/**
	 * @param PrivateFolder $folder Where they lie.
	 */
	public function __construct( private readonly PrivateFolder $folder ) {}

	/**
	 * Takes a piece in.
	 *
	 * @param string $job_id   The job.
	 * @param string $attempt  The attempt.
	 * @param int    $lease_no Its refresh lease.
	 * @param int    $offset   Where the piece begins.
	 * @param int    $total    Bytes of the whole.
	 * @param string $sha256   Hash of the whole, hex.
	 * @param string $piece    The bytes.
	 * @return int Bytes that are stored now; $total when the file is complete and checked.
	 * @throws ActionRefused 409 with the right offset; 422 for a file that is never taken (413 would mean: in smaller pieces); 503 for a
	 *   disk that fails.
	 */
	public function add( string $job_id, string $attempt, int $lease_no, int $offset, int $total, string $sha256, string $piece ): int {
		$sha256 = strtolower( $sha256 );
		$this->check_size( $offset, $total, strlen( $piece ) );
		if ( $this->finished( $attempt )?->sha256 === $sha256 ) {
			return $total;
		}
		$folder = $this->folder->open( $attempt ) ?? throw $this->disk_fault();
		$part   = "$folder/$job_id-$attempt.$lease_no-" . substr( $sha256, 0, 12 ) . '.part';
		$stored = $this->append( $part, $offset, $piece );
		if ( $stored === $total ) {
			$this->complete( $part, "$folder/$job_id-$attempt", $sha256 );
		}
		return $stored;
	}

	/**
	 * Where the file lies that a row names. A row that names it wrongly still has its name, which carries the attempt.
	 *
	 * @param string|null $path As the row holds it.
	 * @return string|null Null when the row names none.
	 */
	public static function locate( ?string $path ): ?string {
		return UploadsPath::resolve( $path, static fn(): ?string => self::by_name( wp_basename( (string) $path ) ) );
	}

	/** @param string $name Of a file, without folders. */
	private static function by_name( string $name ): ?string {
		if ( 1 !== preg_match( '/^.{36}-([0-9a-f-]{36})\.(jpg|png)$/D', $name, $found ) ) {
			return null;
		}
		$file = Plugin::instance()->result_files()->finished( $found[1] );

		return null !== $file && basename( $file->path ) === $name ? $file->path : null;
	}

	/**
	 * The attempt's file, if it came in whole.
	 *
	 * @param string $attempt UUID.
	 */
	public function finished( string $attempt ): ?StoredFile {
		$facts = $this->folder->folder( $attempt ) . '/file.json';
		// phpcs:ignore WordPress.WP.AlternativeFunctions -- a local file of ours.
		$file  = is_file( $facts ) ? json_decode( (string) file_get_contents( $facts ), true ) : null;
		if ( ! is_array( $file ) ) {
			return null;
		}
		clearstatcache();
		$path = $this->folder->folder( $attempt ) . '/' . basename( (string) $file['name'] );
		if ( ! is_file( $path ) || filesize( $path ) !== (int) $file['bytes'] ) {
			return null;
		}
		return new StoredFile(
			$path,
			(string) $file['sha256'],
			(int) $file['bytes'],
			(int) $file['width'],
			(int) $file['height'],
			(string) $file['mime']
		);
	}

	/**
	 * Deletes everything that was stored for an attempt, also where another uploads folder held it.
	 *
	 * @param string      $attempt UUID.
	 * @param string|null $path    Its file, as the row holds it.
	 */
	public function delete( string $attempt, ?string $path = null ): void {
		$file = wp_normalize_path( (string) self::locate( $path ) );
		$this->delete_folder( $this->folder->folder( $attempt ) );
		if ( 1 === preg_match( '#/' . PrivateFolder::NAME . '/[0-9a-f]{2}/[0-9a-f]{32}/[^/]+$#D', $file ) ) {
			$this->delete_folder( dirname( $file ) );
		}
	}

	/** @param string $folder Of one attempt. */
	private function delete_folder( string $folder ): void {
		foreach ( (array) glob( "$folder/*" ) as $file ) {
			wp_delete_file( (string) $file );
		}
		if ( is_dir( $folder ) ) {
			rmdir( $folder ); // phpcs:ignore WordPress.WP.AlternativeFunctions -- an empty folder of ours.
		}
	}

	/**
	 * Deletes halves that nobody will finish.
	 *
	 * @param int $seconds Not touched for so long.
	 */
	public function forget_parts( int $seconds ): void {
		foreach ( (array) glob( $this->folder->root() . '/*/*/*.part' ) as $part ) {
			if ( is_string( $part ) && (int) filemtime( $part ) < time() - $seconds ) {
				wp_delete_file( $part );
			}
		}
	}

	/**
	 * Whether the numbers can be right.
	 *
	 * @param int $offset Where the piece begins.
	 * @param int $total  Bytes of the whole.
	 * @param int $piece  Bytes of the piece.
	 * @throws ActionRefused When they cannot.
	 */
	private function check_size( int $offset, int $total, int $piece ): void {
		if ( $total > self::LARGEST ) {
			throw new ActionRefused(
				ErrorCode::FILE_TOO_LARGE,
				__( 'The finished picture is larger than this site takes.', 'sell-my-images' ),
				422,
				array( 'largest' => self::LARGEST )
			);
		}
		if ( $piece < 1 || $offset + $piece > $total ) {
			throw new ActionRefused(
				ErrorCode::FILE_WRONG_LENGTH,
				__( 'The piece does not fit into the file it belongs to. Nothing was stored.', 'sell-my-images' ),
				400
			);
		}
	}

	/**
	 * Puts a piece at the end of what is there, one request at a time.
	 *
	 * @param string $part   Path.
	 * @param int    $offset Where the sender thinks the end is.
	 * @param string $piece  The bytes.
	 * @return int Bytes there now.
	 * @throws ActionRefused When the end is elsewhere, or the disk fails.
	 */
	private function append( string $part, int $offset, string $piece ): int {
		// phpcs:disable WordPress.WP.AlternativeFunctions -- WP_Filesystem can neither lock nor append.
		$handle = fopen( $part, 'c+b' );
		if ( false === $handle || ! self::lock( $handle, LOCK_EX ) ) {
			throw $this->disk_fault();
		}
		try {
			$there = (int) ( ( (array) fstat( $handle ) )['size'] ?? 0 );
			if ( $there !== $offset ) {
				throw new ActionRefused(
					ErrorCode::FILE_WRONG_OFFSET,
					__( 'The file goes on at another place.', 'sell-my-images' ),
					409,
					array( 'offset' => $there )
				);
			}
			fseek( $handle, $offset );
			if ( fwrite( $handle, $piece ) !== strlen( $piece ) || ! fflush( $handle ) ) {
				ftruncate( $handle, max( 0, $offset ) );
				throw $this->disk_fault();
			}
		} finally {
			self::lock( $handle, LOCK_UN );
			fclose( $handle );
		}
		// phpcs:enable
		return $offset + strlen( $piece );
	}

	/**
	 * Checks the whole and gives it its name.
	 *
	 * @param string $part   The bytes.
	 * @param string $path   Path without extension.
	 * @param string $sha256 What it must hash to.
	 * @throws ActionRefused When it is not what was promised, or not a picture.
	 */
	private function complete( string $part, string $path, string $sha256 ): void {
		if ( hash_file( 'sha256', $part ) !== $sha256 ) {
			wp_delete_file( $part );
			throw new ActionRefused(
				ErrorCode::FILE_HASH_MISMATCH,
				__( 'The file arrived damaged. Send it again from the start.', 'sell-my-images' ),
				409,
				array( 'offset' => 0 )
			);
		}
		$size      = getimagesize( $part );
		$extension = self::EXTENSIONS[ $size['mime'] ?? '' ] ?? null;
		if ( false === $size || null === $extension ) {
			wp_delete_file( $part );
			throw new ActionRefused( ErrorCode::FILE_NOT_A_PICTURE, __( 'The file is neither a JPEG nor a PNG.', 'sell-my-images' ), 422 );
		}
		$facts = array(
			'name'   => basename( $path ) . ".$extension",
			'sha256' => $sha256,
			'bytes'  => (int) filesize( $part ),
			'width'  => $size[0],
			'height' => $size[1],
			'mime'   => $size['mime'],
		);
		$this->put( $part, "$path.$extension", (string) wp_json_encode( $facts ) );
	}

	/**
	 * Moves the file, then says that it is there.
	 *
	 * @param string $part  From.
	 * @param string $path  To.
	 * @param string $facts JSON.
	 * @throws ActionRefused When the disk fails.
	 */
	private function put( string $part, string $path, string $facts ): void {
		$folder = dirname( $path );
		// phpcs:disable WordPress.WP.AlternativeFunctions, WordPress.PHP.NoSilencedErrors -- a rename is atomic; WP_Filesystem's move may copy.
		if (
			! @rename( $part, $path )
			|| false === file_put_contents( "$folder/file.json.tmp", $facts )
			|| ! @rename( "$folder/file.json.tmp", "$folder/file.json" )
		) {
			throw $this->disk_fault();
		}
		if ( function_exists( 'chmod' ) ) {
			@chmod( $path, 0644 );
		}
		// phpcs:enable
	}

	/**
	 * Where the host has none, the lease alone keeps a second sender away.
	 *
	 * @param resource $handle An open file.
	 * @param 2|3      $how    LOCK_EX or LOCK_UN.
	 */
	private static function lock( $handle, int $how ): bool {
		return ! function_exists( 'flock' ) || flock( $handle, $how );
	}

	/** What the bridge waits out. */
	private function disk_fault(): ActionRefused {
		return new ActionRefused(
			ErrorCode::FILE_NOT_WRITTEN,
			__(
				'The file could not be written. Is the disk full, or the uploads folder read-only? The bridge will try again.',
				'sell-my-images'
			),
			503
		);
	}
}
