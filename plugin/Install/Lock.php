<?php
/**
 * One upgrade at a time.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\Connection;
use SellMyImages\Database\DatabaseError;
use SellMyImages\Support\Times;
use SellMyImages\Support\Uuid;

/**
 * A row of the options table, taken by INSERT IGNORE and handed on by compare-and-set. Nobody waits for it: who does not get it goes on
 * without.
 *
 * GET_LOCK() would be lost with the connection, and means nothing between the servers of a cluster.
 */
final class Lock {

	public const OPTION = 'smi_upgrade_lock';

	/** After which a holder that was killed is given up. One that lives renews it with every part. */
	private const SECONDS = 300;

	/** What the row holds while it is ours: token|until. */
	private ?string $held = null;

	public function __construct( private readonly Connection $db ) {
	}

	/** @throws \SellMyImages\Database\DatabaseError When the database takes no rows at all. */
	public function take(): bool {
		if ( null !== $this->held ) {
			return false;
		}
		$now   = $this->db->now();
		$value = $this->value( $now );
		if (
			1 === $this->db->execute(
				"INSERT IGNORE INTO {$this->options()} (option_name, option_value, autoload) VALUES (%s, %s, 'off')",
				self::OPTION,
				$value
			)
		) {
			$this->held = $value;
			return true;
		}
		$other = $this->db->value( "SELECT option_value FROM {$this->options()} WHERE option_name = %s", self::OPTION );

		return null !== $other && self::is_over( $other, $now ) && $this->swap( $other, $value );
	}

	/**
	 * @param callable(): mixed $work What only one may do at a time.
	 * @return bool Whether it was done; false where another is at it.
	 */
	public function during( callable $work ): bool {
		if ( ! $this->take() ) {
			return false;
		}
		try {
			$work();
		} finally {
			$this->release();
		}

		return true;
	}

	/** Prolongs it. False: it took us so long that another has it now. */
	public function renew(): bool {
		return null !== $this->held && $this->swap( $this->held, $this->value( $this->db->now() ) );
	}

	public function release(): void {
		$held       = $this->held;
		$this->held = null;
		if ( null === $held ) {
			return;
		}
		try {
			$this->db->execute( "DELETE FROM {$this->options()} WHERE option_name = %s AND option_value = %s", self::OPTION, $held );
		} catch ( DatabaseError ) {
			return; // It ends by itself; what went wrong before is what counts.
		}
	}

	private function swap( string $from, string $to ): bool {
		$is_ours    = 1 === $this->db->execute(
			"UPDATE {$this->options()} SET option_value = %s WHERE option_name = %s AND option_value = %s",
			$to,
			self::OPTION,
			$from
		);
		$this->held = $is_ours ? $to : null;

		return $is_ours;
	}

	private function value( string $now ): string {
		return Uuid::v4() . '|' . Times::add( $now, self::SECONDS );
	}

	/** What nobody can read is nobody's. */
	private static function is_over( string $value, string $now ): bool {
		return ( explode( '|', $value )[1] ?? '' ) < $now;
	}

	private function options(): string {
		return $this->db->core_table( 'options' );
	}
}
