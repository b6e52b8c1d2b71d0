<?php
/**
 * Files that lie in no folder of this machine, as those of a plugin that keeps uploads elsewhere.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Files;

// phpcs:disable WordPress.NamingConventions, Squiz.Commenting -- names and arguments are PHP's.

final class MemoryStream {

	/** @var array<string,string> Address => bytes. */
	public static array $files = array();

	/** @var resource|null */
	public $context;

	private string $address = '';

	private int $at = 0;

	public function stream_open( string $path, string $mode, int $options, ?string &$opened ): bool {
		$this->address = $path;

		return isset( self::$files[ $path ] );
	}

	public function stream_read( int $count ): string {
		$piece     = substr( self::$files[ $this->address ], $this->at, $count );
		$this->at += strlen( $piece );

		return $piece;
	}

	public function stream_eof(): bool {
		return $this->at >= strlen( self::$files[ $this->address ] );
	}

	public function stream_seek( int $offset, int $whence ): bool {
		$this->at = $offset;

		return SEEK_SET === $whence;
	}

	public function stream_tell(): int {
		return $this->at;
	}

	/** @return array<string,int> */
	public function stream_stat(): array {
		return array( 'size' => strlen( self::$files[ $this->address ] ), 'mode' => 0100644 );
	}

	/** @return array<string,int>|false */
	public function url_stat( string $path, int $flags ): array|false {
		return isset( self::$files[ $path ] ) ? array( 'size' => strlen( self::$files[ $path ] ), 'mode' => 0100644, 'mtime' => 1 ) : false;
	}
}
