<?php
/**
 * Files by their place below the uploads folder.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Files;

use SellMyImages\Database\Beforehand;
use SellMyImages\Plugin;

/**
 * Rows hold `smi-private/…`, as WordPress holds `2026/11/photo.jpg` for an attachment: sites move to other hosts, and folders are renamed.
 * Where a server keeps its files is nobody's business either. Rows of earlier versions hold whole paths, which are understood as well.
 */
final class UploadsPath {

	/** Option: the folders that files were stored in, the newest first. Another `upload_dir` does not take what is sold along. */
	public const FOLDERS = 'smi_uploads_folders';

	private const MOST_FOLDERS = 5;

	/** The uploads folder of this site as it is now, without closing slash; may be a stream such as s3://bucket/uploads. */
	public static function base(): string {
		return Beforehand::ask( 'uploads', static fn(): string => untrailingslashit( wp_upload_dir( null, false )['basedir'] ) );
	}

	/** Writes down where files are being stored. */
	public static function remember(): void {
		$base = self::base();
		if ( ( self::folders()[0] ?? '' ) !== $base ) {
			$add = static fn( mixed $known ): array => array_slice(
				array_values( array_unique( array( $base, ...self::texts( $known ) ) ) ),
				0,
				self::MOST_FOLDERS
			);
			Plugin::instance()->stored_options()->change( self::FOLDERS, $add );
		}
	}

	/** Asks for what a transaction may need to know of this. */
	public static function ask(): void {
		self::base();
		self::folders();
	}

	/** What a row is to hold; of a file that lies elsewhere its whole path. Null stays null, and so does nothing. */
	public static function to_store( ?string $path ): ?string {
		return null === $path || '' === $path ? null : self::own_place( $path ) ?? $path;
	}

	/** What others may see: of a file elsewhere its name alone. Null stays null, and so does nothing. */
	public static function below( ?string $path ): ?string {
		if ( null === $path || '' === $path ) {
			return null;
		}

		return self::place( $path ) ?? basename( wp_normalize_path( $path ) );
	}

	/**
	 * Where a file lies that a row names.
	 *
	 * @param string|null                 $path As the row holds it.
	 * @param (callable(): ?string)|null $last Whom to ask when the file is nowhere.
	 * @return string|null Where it would have to lie when it is nowhere; null when the row names none.
	 */
	public static function resolve( ?string $path, ?callable $last = null ): ?string {
		$first = null;
		foreach ( self::candidates( (string) $path ) as $candidate ) {
			if ( self::is_there( $candidate ) ) {
				return $candidate;
			}
			$first ??= $candidate;
		}

		return null === $first || null === $last ? $first : $last() ?? $first;
	}

	/** Whether the path says by itself where it begins, on this server or on one that the site came from. */
	public static function is_absolute( string $path ): bool {
		return 1 === preg_match( '#^(/|\\\\|[A-Za-z]:[/\\\\]|[a-z][a-z0-9+.-]*://)#i', $path );
	}

	/** @return \Generator<int,string> Where it may lie, the likeliest first. */
	private static function candidates( string $path ): \Generator {
		$place = '' === $path ? null : self::place( $path );
		if ( null !== $place ) {
			yield self::join( self::base(), $place );
		}
		if ( '' !== $path && self::is_absolute( $path ) ) {
			yield $path;
		}
		if ( null !== $place ) {
			foreach ( self::folders() as $folder ) {
				yield self::join( $folder, $place );
			}
		}
	}

	/** @return string|null The part below an uploads folder, this site's or the one of the host that it came from. */
	private static function place( string $path ): ?string {
		$place = self::own_place( $path );
		$path  = wp_normalize_path( $path );
		if (
			null === $place
			&& (
				1 === preg_match( '#^.*/(smi-private/.+)$#sD', $path, $found )
				|| 1 === preg_match( '#/uploads/(?:sites/\d+/)?(.+)$#sD', $path, $found )
			)
		) {
			return $found[1];
		}

		return $place;
	}

	/** @return string|null The part below this site's uploads folder. */
	private static function own_place( string $path ): ?string {
		if ( ! self::is_absolute( $path ) ) {
			return $path;
		}
		$path = wp_normalize_path( $path );
		$base = self::join( wp_normalize_path( self::base() ), '' );

		return str_starts_with( $path, $base ) ? substr( $path, strlen( $base ) ) : null;
	}

	private static function join( string $folder, string $place ): string {
		return ( str_ends_with( $folder, '/' ) ? $folder : "$folder/" ) . $place;
	}

	/** Without a warning where the host forbids to look (open_basedir). */
	private static function is_there( string $path ): bool {
		clearstatcache( true, $path );

		return @is_file( $path ); // phpcs:ignore WordPress.PHP.NoSilencedErrors -- an earlier host's folder may be out of bounds here.
	}

	/** @return list<string> */
	private static function folders(): array {
		return Beforehand::ask(
			self::FOLDERS,
			static fn(): array => self::texts( Plugin::instance()->stored_options()->get( self::FOLDERS ) )
		);
	}

	/** @return list<string> */
	private static function texts( mixed $stored ): array {
		return array_values( array_filter( (array) $stored, 'is_string' ) );
	}
}
