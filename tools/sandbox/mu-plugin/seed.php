<?php
/**
 * About 200 jobs of the last 90 days.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Sandbox;

/**
 * Writes the jobs once, and says what the emulators must know about them.
 *
 * @param array<string, mixed> $body With now, seconds.
 * @return array<string, mixed>
 */
function seed( array $body ): array {
	return array( 'sales' => array(), 'upscales' => array() );
}
