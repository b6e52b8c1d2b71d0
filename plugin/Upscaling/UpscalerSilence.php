<?php
/**
 * The upscaler cannot be reached at all.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upscaling;

use SellMyImages\Database\StoredOptions;
use SellMyImages\Support\Durations;
use SellMyImages\Support\Times;

/**
 * For how long no connection opened, whichever job tried. Nobody is troubled for a moment's silence; a long one pauses selling.
 */
final class UpscalerSilence {

	public const OPTION = 'smi_upscaler_silence';

	public function __construct( private readonly StoredOptions $options ) {
	}

	/**
	 * One more try in vain.
	 *
	 * @return bool Whether all of them were, for so long that it should be told.
	 */
	public function note(): bool {
		$now    = Times::now();
		$longest = Times::add( $now, -Durations::seconds( 'UPSCALER_SILENT' ) );
		$state  = $this->options->change(
			self::OPTION,
			static function ( mixed $stored ) use ( $now, $longest ): array {
				$known = self::known( $stored );
				// Without a try for as long as that, nobody knows how it was meanwhile.
				$since = null === $known || $known['last'] < $longest ? $now : $known['since'];

				return array( 'since' => $since, 'last' => $now );
			}
		);

		return ( self::known( $state )['since'] ?? $now ) <= $longest;
	}

	/** It answered. */
	public function end(): void {
		if ( null !== $this->options->read( self::OPTION ) ) {
			$this->options->change( self::OPTION, static fn() => null );
		}
	}

	/** @return array{since:string,last:string}|null */
	private static function known( mixed $stored ): ?array {
		return is_array( $stored ) && isset( $stored['since'], $stored['last'] ) ? $stored : null;
	}
}
