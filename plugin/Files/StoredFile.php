<?php
/**
 * A file that came in whole.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Files;

/**
 * What ResultFiles knows of it.
 */
final class StoredFile {

	/**
	 * @param string $path   Absolute.
	 * @param string $sha256 Hex, of the whole file; checked when it came in.
	 * @param int    $bytes  Its size.
	 * @param int    $width  Pixels, read from the file.
	 * @param int    $height Pixels, read from the file.
	 * @param string $mime   image/jpeg or image/png, read from the file.
	 */
	public function __construct(
		public readonly string $path,
		public readonly string $sha256,
		public readonly int $bytes,
		public readonly int $width,
		public readonly int $height,
		public readonly string $mime,
	) {}
}
