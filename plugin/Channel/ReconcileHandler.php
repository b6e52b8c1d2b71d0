<?php
/**
 * Looking through what the providers have.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Bridge\BridgeState;
use SellMyImages\Bridge\Interest;
use SellMyImages\Commands\Claim;
use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandHandler;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\Report;
use SellMyImages\Commands\ReportResult;
use SellMyImages\Database\StoredOptions;
use SellMyImages\Jobs\Job;
use SellMyImages\Reconciliation\AskedPass;
use SellMyImages\Reconciliation\Runs;
use SellMyImages\Support\Durations;
use SellMyImages\Support\Fields;

/**
 * Two commands: `events` reads Stripe's events, often where no webhook can arrive and slowly where one should; `objects` lists
 * sessions, refunds and disputes every night, after pairing and after a silence. What they find comes in as hints. A cursor each is
 * kept in an option, and moves only when a pass was finished; a long pass takes many leases, and its place is kept beside it.
 * A third, `asked`, is the owner's: a run of Reconciliation.
 */
final class ReconcileHandler implements CommandHandler {

	public const OPTION = 'smi_reconcile';

	private const EVENTS_FAST = 10;
	private const EVENTS_SLOW = 60;

	/** Seconds of a lease: the bridge reports every few pages, and one that died is not waited for. */
	private const LEASE = 30;

	/** The key in the option under which the places of unfinished passes are kept. */
	private const PLACES = 'places';

	/** Seconds that a pass looks back behind its cursor: events and lists are not strictly in order. */
	private const OVERLAP = array(
		'events'  => 120,
		'objects' => 90000,
	);

	/** Seconds that the first pass looks back. */
	private const FIRST = array(
		'events'  => 3600,
		'objects' => 2592000,
	);

	/**
	 * @param BridgeState   $bridge   Whether webhooks can arrive.
	 * @param Interest      $interest Whether somebody may buy.
	 * @param StoredOptions $options  Where the cursors are.
	 * @param AskedPass|null $asked   The pass that somebody asked for.
	 */
	public function __construct(
		private readonly BridgeState $bridge,
		private readonly Interest $interest,
		private readonly StoredOptions $options,
		private readonly ?AskedPass $asked = null
	) {}

	/** Reconcile. */
	public function kind(): CommandKind {
		return CommandKind::Reconcile;
	}

	/**
	 * From where to look.
	 *
	 * @param Command  $command events, objects or asked.
	 * @param Job|null $job     None.
	 */
	public function claim( Command $command, ?Job $job ): Claim {
		$mode = $command->object;
		if ( Runs::ASKED === $mode && null !== $this->asked ) {
			return $this->asked->claim( self::LEASE );
		}
		if ( ! isset( self::FIRST[ $mode ] ) ) {
			return Claim::close( 'unknown mode' );
		}
		$stored = self::cursors( $this->options->read( self::OPTION ) );
		$cursor = (int) ( $stored[ $mode ] ?? 0 );
		$since  = $cursor > 0 ? max( 0, $cursor - self::OVERLAP[ $mode ] ) : time() - self::FIRST[ $mode ];
		$place  = $stored[ self::PLACES ][ $mode ] ?? null;
		$pass   = array( 'mode' => $mode, 'since' => $place['since'] ?? $since );
		return Claim::give( null === $place ? $pass : $pass + array( 'from' => $place ), self::LEASE );
	}

	/**
	 * Moves the cursor when a pass was finished under the present lease.
	 *
	 * @param Command  $command    events or objects.
	 * @param Job|null $job        None.
	 * @param Report   $report     ok or snapshot, with {cursor}.
	 * @param bool     $is_current Whether the lease is current.
	 */
	public function report( Command $command, ?Job $job, Report $report, bool $is_current ): ReportResult {
		if ( ! $is_current ) {
			return ReportResult::unchanged();
		}
		if ( Runs::ASKED === $command->object && null !== $this->asked ) {
			return $this->asked->report( $report );
		}
		if ( 'retry' === $report->outcome ) {
			return new ReportResult( 'retry' );
		}
		if ( 'refused' === $report->outcome ) {
			// Perhaps the object that we were at is gone: the pass begins anew, once.
			$was_under_way = $this->keep( $command->object, null );
			return new ReportResult( 'applied', null, $was_under_way ? MINUTE_IN_SECONDS : DAY_IN_SECONDS );
		}
		$snapshot = $report->snapshot( 'reconcile' ) ?? array();
		$place    = $snapshot['next'] ?? null;
		$this->keep( $command->object, is_array( $place ) ? $place : null );
		if ( is_array( $place ) ) {
			return new ReportResult( 'applied', null, 0 );
		}
		$this->move( $command->object, ( new Fields( $snapshot ) )->number_or_null( 'cursor' ) ?? 0 );
		return new ReportResult( 'applied', null, $this->again_in( $command->object ) );
	}

	/**
	 * A pass goes on where it last reported from.
	 *
	 * @param Command  $command events or objects.
	 * @param Job|null $job     None.
	 */
	public function lease_ended( Command $command, ?Job $job ): ?Claim {
		return null;
	}

	/**
	 * Seconds until the next pass.
	 *
	 * @param string $mode events or objects.
	 */
	private function again_in( string $mode ): int {
		if ( 'objects' === $mode ) {
			return Durations::seconds( 'RECONCILE_OBJECTS' );
		}
		if ( null !== $this->bridge->public_url() ) {
			// A webhook may be refused, lost, or never have been set up: what it would have brought comes then.
			return Durations::seconds( 'RECONCILE_EVENTS' );
		}
		return $this->interest->is_alive() ? self::EVENTS_FAST : self::EVENTS_SLOW;
	}

	/**
	 * Keeps where a pass is.
	 *
	 * @param string                   $mode  events or objects.
	 * @param array<string,mixed>|null $place As reconcile-snapshot.schema.json has it; null: no pass is under way.
	 * @return bool Whether one was under way before.
	 */
	private function keep( string $mode, ?array $place ): bool {
		$before = self::cursors( $this->options->read( self::OPTION ) )[ self::PLACES ][ $mode ] ?? null;
		if ( $before !== $place ) {
			$this->options->change(
				self::OPTION,
				static function ( mixed $stored ) use ( $mode, $place ): array {
					$cursors = self::cursors( $stored );
					$places  = array_filter( array_replace( $cursors[ self::PLACES ] ?? array(), array( $mode => $place ) ) );
					return array( self::PLACES => $places ) + $cursors;
				}
			);
		}
		return null !== $before;
	}

	/**
	 * Moves a cursor forward, never back.
	 *
	 * @param string $mode   events or objects.
	 * @param int    $cursor Unix seconds.
	 */
	private function move( string $mode, int $cursor ): void {
		if ( $cursor > time() + DAY_IN_SECONDS ) {
			return;
		}
		$this->options->change(
			self::OPTION,
			static function ( mixed $stored ) use ( $mode, $cursor ): mixed {
				$cursors = self::cursors( $stored );
				return $cursor > (int) ( $cursors[ $mode ] ?? 0 ) ? array_replace( $cursors, array( $mode => $cursor ) ) : $stored;
			}
		);
	}

	/**
	 * Both cursors, and the places of passes under way.
	 *
	 * @param mixed $stored The option.
	 * @return array{events?:int,objects?:int,places?:array<string,array<string,mixed>>}
	 */
	private static function cursors( mixed $stored ): array {
		return is_array( $stored ) ? $stored : array();
	}
}
