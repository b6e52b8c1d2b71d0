<?php
/**
 * Prolongs the leases of long work.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Commands;

use SellMyImages\Database\Transaction;
use SellMyImages\Support\Durations;

/**
 * Fetching and making a large picture, or looking through a long list, may outlive a lease. As long as the bridge says that it is at it,
 * nobody else is handed the same command. Only what may be repeated: a submission or a payment never takes so long.
 */
final class LeaseRenewals {

	private const RENEWED = array( CommandKind::RefreshAttempt, CommandKind::Reconcile );

	/**
	 * @param CommandRepository $commands    The rows.
	 * @param Transaction       $transaction The database's.
	 */
	public function __construct(
		private readonly CommandRepository $commands,
		private readonly Transaction $transaction
	) {}

	/**
	 * Renews what is still held under the lease it was handed out with.
	 *
	 * @param list<array{command:string,lease_no:int}> $running What the bridge is at.
	 * @return list<string> UUIDs of commands whose lease was renewed; the others are not that bridge's any more.
	 */
	public function renew( array $running ): array {
		$renewed = array();
		foreach ( $running as $held ) {
			$command  = $this->commands->find_uuid( $held['command'] );
			$is_long  = null !== $command && in_array( $command->kind, self::RENEWED, true );
			$renewed += $is_long && $this->prolong( $command, $held['lease_no'] ) ? array( $command->uuid => true ) : array();
		}
		return array_keys( $renewed );
	}

	private function prolong( Command $command, int $lease_no ): bool {
		return $this->transaction->run(
			fn(): bool => $this->commands->renew( $command, $lease_no, Durations::seconds( 'LEASE' ) )
		);
	}
}
