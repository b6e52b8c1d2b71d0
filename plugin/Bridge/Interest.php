<?php
/**
 * Whether somebody is about to buy.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Bridge;

use SellMyImages\Database\DatabaseError;
use SellMyImages\Database\StoredOptions;
use SellMyImages\Support\Durations;

/**
 * For ten minutes after somebody asked for a price the bridge comes every second instead of every fifteen.
 */
final class Interest {

	public const OPTION = 'smi_interest_at';

	/** Seconds between two writes: offers are asked for often. */
	private const WRITE_EVERY = 30;

	/**
	 * @param StoredOptions $options Where it is noted.
	 */
	public function __construct( private readonly StoredOptions $options ) {}

	/**
	 * Somebody asked for a price or a checkout.
	 *
	 * @throws DatabaseError When the database is away; not when it is only busy: nobody need wait for a note.
	 */
	public function touch(): void {
		try {
			if ( time() - (int) $this->options->get( self::OPTION ) >= self::WRITE_EVERY ) {
				$this->options->put( self::OPTION, time() );
			}
		} catch ( DatabaseError $error ) {
			if ( ! $error->is_passing() || $error->is_lost_connection() ) {
				throw $error;
			}
		}
	}

	/** Whether that was less than ten minutes ago. */
	public function is_alive(): bool {
		return time() - (int) $this->options->get( self::OPTION ) < Durations::seconds( 'SYNC_FAST_FOR' );
	}
}
