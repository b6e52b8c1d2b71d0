<?php
/**
 * Whether somebody is about to buy.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Support\Durations;

/**
 * For ten minutes after somebody asked for a price the bridge comes every second instead of every fifteen.
 */
class Interest {

	public const OPTION = 'smi_interest_at';

	/** Seconds between two writes: offers are asked for often. */
	private const WRITE_EVERY = 30;

	/** Somebody asked for a price or a checkout. */
	public function touch(): void {
		if ( time() - (int) get_option( self::OPTION, 0 ) >= self::WRITE_EVERY ) {
			update_option( self::OPTION, time(), false );
		}
	}

	/** Whether that was less than ten minutes ago. */
	public function is_alive(): bool {
		return time() - (int) get_option( self::OPTION, 0 ) < Durations::seconds( 'SYNC_FAST_FOR' );
	}
}
