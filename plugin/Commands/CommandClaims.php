<?php
/**
 * Hands commands out to the bridge.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Commands;

use SellMyImages\Database\DatabaseError;
use SellMyImages\Database\Transaction;
use SellMyImages\Hooks\Failures;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobRepository;
use SellMyImages\Support\Durations;

/**
 * Reads candidates unlocked, then per command: locks its job (or skips it), takes the lease by compare-and-set,
 * asks the handler. One transaction per command, so that a command is handed out by exactly one caller.
 */
final class CommandClaims {

	/** How many more candidates are read than wanted, because some turn out to be taken, locked or not ready. */
	private const SPARE = 8;

	/**
	 * @param CommandRepository $commands    The rows.
	 * @param Transaction       $transaction The database's.
	 * @param JobRepository     $jobs        To lock a job.
	 * @param Handlers          $handlers    Who knows each kind.
	 */
	public function __construct(
		private readonly CommandRepository $commands,
		private readonly Transaction $transaction,
		private readonly JobRepository $jobs,
		private readonly Handlers $handlers,
	) {}

	/**
	 * Leases what is due, up to what is wanted.
	 *
	 * @param int               $submits At most so many paid submissions: a bridge that dies loses no more than it can send at once.
	 * @param int               $others  At most so many others together.
	 * @param array<string,int> $most    At most so many of a CommandClass, by its value; else `$others` counts alone.
	 * @return list<array{uuid:string,kind:string,object:string,lease_no:int,lease_ms:int,payload:object}>
	 */
	public function claim( int $submits, int $others, array $most = array() ): array {
		$claims = array();
		foreach ( CommandClass::cases() as $class ) {
			$is_submit = CommandClass::Submit === $class;
			$wanted    = $is_submit ? $submits : min( $others, $most[ $class->value ] ?? $others );
			$more      = $this->claim_class( $class, $wanted, array() !== $claims );
			$others   -= $is_submit ? 0 : count( $more );
			$claims    = array_merge( $claims, $more );
		}
		return $claims;
	}

	/** Whether something is due, so that a bridge that comes now does not come for nothing. */
	public function has_due(): bool {
		return array() !== $this->commands->due( $this->handlers->bridge_kinds(), 1 );
	}

	/**
	 * Leases one command if it is free, for a push.
	 *
	 * @param Command $command As it was read.
	 * @return array{uuid:string,kind:string,object:string,lease_no:int,lease_ms:int,payload:object}|null
	 */
	public function claim_one( Command $command ): ?array {
		try {
			return $this->transaction->run( fn(): ?array => $this->lease( $command ) );
		} catch ( ClaimLost ) { // @phpstan-ignore catch.neverThrown (the work throws it)
			return null;
		}
	}

	/**
	 * Leases commands of a class.
	 *
	 * @param CommandClass $class   The class.
	 * @param int          $wanted  At most so many.
	 * @param bool         $has_any Whether the answer already holds a command.
	 * @return list<array{uuid:string,kind:string,object:string,lease_no:int,lease_ms:int,payload:object}>
	 */
	private function claim_class( CommandClass $class, int $wanted, bool $has_any ): array {
		if ( $wanted < 1 ) {
			return array();
		}
		$claims = array();
		$kinds  = array_map( static fn( CommandKind $kind ): string => $kind->value, $class->kinds() );
		$known  = array_values( array_intersect( $this->handlers->bridge_kinds(), $kinds ) );
		foreach ( $this->commands->due( $known, $wanted + self::SPARE, $class->wants_ready() ) as $command ) {
			$claim = $this->claim_safely( $command, $has_any || array() !== $claims );
			if ( null !== $claim ) {
				$claims[] = $claim;
			}
			if ( count( $claims ) >= $wanted ) {
				break;
			}
		}
		return $claims;
	}

	/**
	 * One claim whose failure neither loses those made before it (a submit handed out but never received costs half an hour of
	 * uncertainty) nor keeps what comes after it from being handed out.
	 *
	 * @param Command $command The candidate.
	 * @param bool    $has_any Whether the answer already holds a command.
	 * @return array{uuid:string,kind:string,object:string,lease_no:int,lease_ms:int,payload:object}|null
	 * @throws DatabaseError When the database is away, and nothing would be lost by saying so.
	 */
	private function claim_safely( Command $command, bool $has_any ): ?array {
		try {
			return $this->claim_one( $command );
		} catch ( \Throwable $error ) {
			$is_away = $error instanceof DatabaseError && ( $error->is_passing() || $error->is_lost_connection() );
			try {
				$is_away ? throw $error : $this->put_off( $command, $error );
			} catch ( DatabaseError $error ) {
				return $has_any ? null : throw $error;
			}
			return null;
		}
	}

	/**
	 * A command that cannot be handed out is leased to nobody, longer each time, so that it is not the first of every claim.
	 *
	 * @param Command    $command The candidate.
	 * @param \Throwable $error   What was wrong.
	 */
	private function put_off( Command $command, \Throwable $error ): void {
		$seconds = Durations::seconds( 'LEASE' ) * 2 ** min( 5, $command->tries );
		$this->transaction->run( fn(): ?Command => $this->commands->take( $command, min( 3600, $seconds ) ) );
		Failures::note( Failures::CHANNEL, "claim/{$command->kind->value}", $error, $command->job_id ?? $command->object );
	}

	/**
	 * Inside a transaction: lock, take, ask.
	 *
	 * @param Command $candidate As it was read, unlocked.
	 * @return array{uuid:string,kind:string,object:string,lease_no:int,lease_ms:int,payload:object}|null
	 * @throws ClaimLost When somebody was faster.
	 */
	private function lease( Command $candidate ): ?array {
		$handler = $this->handlers->bridge( $candidate->kind );
		if ( null === $handler || ! $this->lock_job( $candidate ) ) {
			return null;
		}
		$job     = $this->job( $candidate );
		$seconds = Durations::seconds( 'LEASE' );
		$command = $this->commands->take( $candidate, $seconds ) ?? throw new ClaimLost( $candidate->uuid );
		$claim   = null === $candidate->leased_until ? null : $handler->lease_ended( $candidate, $job );
		// lease_ended() may have changed the job.
		$claim ??= $handler->claim( $command, null === $candidate->leased_until ? $job : $this->job( $candidate ) );
		return $this->obey( $claim, $command, $seconds );
	}

	/**
	 * Does what the handler said.
	 *
	 * @param Claim   $claim   Its word.
	 * @param Command $command Under its new lease.
	 * @param int     $seconds Of the lease.
	 * @return array{uuid:string,kind:string,object:string,lease_no:int,lease_ms:int,payload:object}|null
	 */
	private function obey( Claim $claim, Command $command, int $seconds ): ?array {
		if ( 'close' === $claim->verdict ) {
			$this->commands->drop( $command );
			return null;
		}
		if ( 'later' === $claim->verdict ) {
			$this->commands->release( $command, $claim->seconds );
			return null;
		}
		if ( $claim->seconds > 0 ) {
			$seconds = $claim->seconds;
			$this->commands->renew( $command, $command->lease_no, $seconds );
		}
		return array(
			'uuid'     => $command->uuid,
			'kind'     => $command->kind->value,
			'object'   => $command->object,
			'lease_no' => $command->lease_no,
			'lease_ms' => 1000 * $seconds,
			'payload'  => (object) $claim->payload,
		);
	}

	/**
	 * Locks the command's job unless somebody else has.
	 *
	 * @param Command $command The candidate.
	 * @return bool False when the job is busy. A job that is gone needs no lock.
	 */
	private function lock_job( Command $command ): bool {
		if ( null === $command->job_id || $this->commands->lock_job_or_skip( $command->job_id ) ) {
			return true;
		}
		return null === $this->jobs->find( $command->job_id );
	}

	/**
	 * The command's job as it is under the lock.
	 *
	 * @param Command $command The candidate.
	 */
	private function job( Command $command ): ?Job {
		return null === $command->job_id ? null : $this->jobs->lock( $command->job_id );
	}
}
