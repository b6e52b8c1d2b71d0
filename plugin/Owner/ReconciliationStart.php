<?php
/**
 * Begins a look through all that Stripe has.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Owner;

use SellMyImages\Channel\ConnectionProblems;
use SellMyImages\Errors\ActionRefused;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\JobList\InvalidFilter;
use SellMyImages\Reconciliation\Run;
use SellMyImages\Reconciliation\Runs;
use SellMyImages\Support\Times;
use SellMyImages\Support\Uuid;

/**
 * By REST and by WP-CLI. Refuses where no bridge would ever be given the work; a bridge that is only away is waited for.
 */
final class ReconciliationStart {

	public const DEFAULT_DAYS = 30;
	public const MOST_DAYS    = 731;

	/** Problems under which no pass is handed out. */
	private const REFUSED = array( 'not_paired', 'safe_mode', 'protocol_mismatch', 'stripe_account_changed' );

	public function __construct( private readonly Runs $runs, private readonly ConnectionProblems $problems ) {}

	/**
	 * @param string|null $since ISO 8601; null: as usual.
	 * @return array{0:Run,1:bool} The run, and whether it is a new one.
	 * @throws InvalidFilter Naming `since`.
	 * @throws ActionRefused When no bridge would do it.
	 */
	public function begin( bool $is_dry, ?string $since ): array {
		$unix = self::unix( $since );
		$runs = $this->runs->running();
		if ( null !== $runs ) {
			return array( $runs, false );
		}
		$this->refuse_if_pointless();
		$id  = Uuid::v4();
		$run = $this->runs->start( $is_dry, $unix, $id );

		return array( $run, $run->id() === $id );
	}

	private function refuse_if_pointless(): void {
		foreach ( $this->problems->all() as $problem ) {
			if ( in_array( $problem['code'], self::REFUSED, true ) ) {
				throw new ActionRefused(
					ErrorCode::RECONCILIATION_REFUSED,
					__( 'Stripe was not asked.', 'sell-my-images' ) . ' ' . $problem['message'] . ' ' . $problem['remedy'],
					409,
					array( 'reason' => $problem['code'] )
				);
			}
		}
	}

	private static function unix( ?string $since ): int {
		if ( null === $since ) {
			return time() - self::DEFAULT_DAYS * DAY_IN_SECONDS;
		}
		$utc  = Times::from_iso( $since );
		$unix = null === $utc ? null : Times::unix( $utc );
		if ( null === $unix ) {
			throw new InvalidFilter(
				'since',
				__( 'Not a day or a time; write it as 2026-11-23 or 2026-11-23T00:00:00Z.', 'sell-my-images' )
			);
		}
		if ( $unix > time() ) {
			throw new InvalidFilter( 'since', __( 'That is in the future: Stripe has nothing from then on.', 'sell-my-images' ) );
		}
		if ( $unix < time() - self::MOST_DAYS * DAY_IN_SECONDS ) {
			throw new InvalidFilter( 'since', __( 'At most two years can be looked through.', 'sell-my-images' ) );
		}

		return $unix;
	}
}
