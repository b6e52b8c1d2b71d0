<?php
/**
 * The only SQL about commands.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Commands;

use SellMyImages\Database\Connection;
use SellMyImages\Jobs\TouchedJobs;
use SellMyImages\Support\Uuid;

/**
 * One row per kind and object, for life. All times are the database's own clock. While a command is leased its `due_at` stands at LEASED,
 * so that a look asked for in the meantime (an earlier `due_at`) is seen when the lease is finished.
 */
final class CommandRepository {

	/** The `due_at` of a leased command for which nothing else was asked yet. */
	private const LEASED = '9000-01-01 00:00:00';

	private const OPEN_NOW = 'done_at IS NULL AND (leased_until <= UTC_TIMESTAMP() OR (leased_until IS NULL
		AND due_at <= UTC_TIMESTAMP()))';

	/**
	 * @param Connection               $db     The database.
	 * @param (\Closure(): mixed)|null $on_due  Called when the bridge has something to do at once, perhaps inside a transaction.
	 * @param TouchedJobs|null         $touched Hears of jobs about which something is to be done.
	 */
	public function __construct(
		private readonly Connection $db,
		private readonly ?\Closure $on_due = null,
		private readonly ?TouchedJobs $touched = null
	) {}

	/**
	 * Something changed: the command is wanted once more, at the latest in so many seconds.
	 *
	 * @param CommandKind         $kind    What is to be done.
	 * @param string              $target  To what.
	 * @param string|null         $job_id  The job to lock first.
	 * @param int                 $due_in  Seconds from now.
	 * @param array<string,mixed> $payload Kept from the first time unless a later one is not empty.
	 */
	public function hint( CommandKind $kind, string $target, ?string $job_id, int $due_in = 0, array $payload = array() ): void {
		$this->upsert( 'wanted = wanted + 1,', $kind, $target, $job_id, $due_in, $payload );
	}

	/**
	 * A later look without a new fact: due no later than in so many seconds; opens a finished command again.
	 *
	 * @param CommandKind $kind   What is to be done.
	 * @param string      $target To what.
	 * @param string|null $job_id The job to lock first.
	 * @param int         $due_in Seconds from now.
	 */
	public function schedule( CommandKind $kind, string $target, ?string $job_id, int $due_in ): void {
		$this->upsert( '', $kind, $target, $job_id, $due_in, array() );
	}

	/**
	 * The command about an object.
	 *
	 * @param CommandKind $kind   Its kind.
	 * @param string      $target Its object.
	 */
	public function find( CommandKind $kind, string $target ): ?Command {
		return $this->one( 'kind = %s AND object = %s', $kind->value, $target );
	}

	/**
	 * The command about an object, if it is leased just now under this number.
	 *
	 * @param CommandKind $kind     Its kind.
	 * @param string      $target   Its object.
	 * @param int         $lease_no The lease that claims to be current.
	 */
	public function leased( CommandKind $kind, string $target, int $lease_no ): ?Command {
		$where = 'kind = %s AND object = %s AND lease_no = %d AND done_at IS NULL AND leased_until > UTC_TIMESTAMP()';
		return $this->one( $where, $kind->value, $target, $lease_no );
	}

	/**
	 * The command that the bridge knows by this UUID.
	 *
	 * @param string $uuid Its UUID.
	 */
	public function find_uuid( string $uuid ): ?Command {
		return $this->one( 'uuid = %s', $uuid );
	}

	/**
	 * The command as it is now, its row locked until the transaction ends.
	 *
	 * @param int $id The row.
	 */
	public function lock( int $id ): ?Command {
		return $this->one( 'id = %d FOR UPDATE', $id );
	}

	/**
	 * Nothing is to be done any more. A report under a lease that still runs is then too late.
	 *
	 * @param CommandKind $kind   Its kind.
	 * @param string      $target Its object.
	 * @return bool Whether it was open.
	 */
	public function close( CommandKind $kind, string $target ): bool {
		$sql = 'UPDATE {commands} SET done_at = UTC_TIMESTAMP(), taken = wanted, leased_until = NULL, updated_at = UTC_TIMESTAMP()
			WHERE kind = %s AND object = %s AND done_at IS NULL';
		return $this->db->execute( $sql, $kind->value, $target ) > 0;
	}

	/** Closes every open bridge command: the site is a copy. */
	public function close_all(): int {
		return $this->db->execute(
			'UPDATE {commands} SET done_at = UTC_TIMESTAMP(), taken = wanted, leased_until = NULL, updated_at = UTC_TIMESTAMP()
				WHERE done_at IS NULL AND is_site = 0'
		);
	}

	/**
	 * What could be handed out now, unlocked, the longest waiting first.
	 *
	 * @param list<string> $kinds    Values of CommandKind.
	 * @param int          $limit    At most so many.
	 * @param bool|null    $is_ready Of refresh_attempt: only those with a picture known to be made, or only the others.
	 * @return list<Command>
	 */
	public function due( array $kinds, int $limit, ?bool $is_ready = null ): array {
		if ( array() === $kinds || $limit < 1 ) {
			return array();
		}
		$rows = $this->db->rows(
			'SELECT * FROM {commands} WHERE ' . self::OPEN_NOW . ' AND kind IN (%s)' . self::readiness( $is_ready ) . '
				ORDER BY COALESCE(leased_until, due_at), id LIMIT %d',
			$kinds,
			$limit
		);
		return array_map( array( Command::class, 'from_row' ), $rows );
	}

	/**
	 * Seconds until the next of these could be handed out.
	 *
	 * @param list<string> $kinds    Values of CommandKind.
	 * @param bool|null    $is_ready As due() has it.
	 * @return int|null 0 when something is due; null when nothing is open.
	 */
	public function next_due_in( array $kinds, ?bool $is_ready = null ): ?int {
		if ( array() === $kinds ) {
			return null;
		}
		$row  = $this->db->row(
			'SELECT MIN(COALESCE(leased_until, due_at)) AS next_at, UTC_TIMESTAMP() AS now_at FROM {commands} WHERE done_at IS NULL
				AND kind IN (%s)' . self::readiness( $is_ready ),
			$kinds
		);
		$next = $row['next_at'] ?? null;
		return null === $next ? null : max( 0, (int) strtotime( $next . ' UTC' ) - (int) strtotime( ( $row['now_at'] ?? '' ) . ' UTC' ) );
	}

	/**
	 * Whether the bridge or the site has an open command of this kind.
	 *
	 * @param CommandKind $kind The kind.
	 */
	public function has_open( CommandKind $kind ): bool {
		return null !== $this->db->value( 'SELECT 1 FROM {commands} WHERE kind = %s AND done_at IS NULL LIMIT 1', $kind->value );
	}

	/**
	 * Takes the job's lock unless somebody holds it.
	 *
	 * @param string $job_id The job.
	 * @return bool False: held by somebody, or there is no such job.
	 */
	public function lock_job_or_skip( string $job_id ): bool {
		return null !== $this->db->value( 'SELECT job_id FROM {jobs} WHERE job_id = %s FOR UPDATE SKIP LOCKED', $job_id );
	}

	/**
	 * Takes the lease, by compare-and-set on the lease number that was read.
	 *
	 * @param Command $command As it was read.
	 * @param int     $seconds How long.
	 * @return Command|null As it is now; null when somebody was faster.
	 */
	public function take( Command $command, int $seconds ): ?Command {
		$sql   = 'UPDATE {commands} SET due_at = CASE WHEN due_at > UTC_TIMESTAMP() THEN due_at ELSE %s END, taken = wanted,
			tries = tries + 1, lease_no = lease_no + 1, leased_until = DATE_ADD(UTC_TIMESTAMP(), INTERVAL %d SECOND),
				updated_at = UTC_TIMESTAMP() WHERE id = %d AND lease_no = %d AND '
			. self::OPEN_NOW;
		$taken = $this->db->execute( $sql, self::LEASED, $seconds, $command->id, $command->lease_no );
		return 1 === $taken ? $this->one( 'id = %d', $command->id ) : null;
	}

	/**
	 * Ends the lease as answered. The command closes unless it was wanted again, or a later look was asked for: then it is
	 * due when that was asked for.
	 *
	 * @param Command  $command  Under whose lease.
	 * @param int|null $again_in Keep it open, due in so many seconds; null closes it.
	 */
	public function finish( Command $command, ?int $again_in = null ): void {
		if ( null !== $again_in ) {
			$this->free( $command, $again_in, 'tries = 0' );
			return;
		}
		$sql = 'UPDATE {commands} SET done_at = CASE WHEN wanted = taken AND due_at = %s THEN UTC_TIMESTAMP() ELSE NULL END,
			due_at = CASE WHEN due_at = %s THEN UTC_TIMESTAMP() ELSE due_at END, leased_until = NULL, tries = 0,
				updated_at = UTC_TIMESTAMP() WHERE id = %d AND lease_no = %d AND done_at IS NULL AND leased_until IS NOT NULL';
		$this->db->execute( $sql, self::LEASED, self::LEASED, $command->id, $command->lease_no );
	}

	/**
	 * Ends the lease unanswered: due again in so many seconds, or when it was wanted meanwhile, whichever is first.
	 *
	 * @param Command $command Under whose lease.
	 * @param int     $seconds From now.
	 */
	public function release( Command $command, int $seconds ): void {
		$this->free( $command, $seconds, 'tries = tries' );
	}

	/**
	 * What was tried in vain and waits to be tried again is due now: what stood in its way is gone.
	 *
	 * @param list<CommandKind> $kinds Of which kinds.
	 */
	public function hurry( array $kinds ): void {
		$changed = $this->db->execute(
			'UPDATE {commands} SET due_at = UTC_TIMESTAMP(), updated_at = UTC_TIMESTAMP() WHERE kind IN (%s) AND done_at IS NULL
				AND leased_until IS NULL AND tries > 0 AND due_at > UTC_TIMESTAMP()',
			array_map( static fn( CommandKind $kind ): string => $kind->value, $kinds )
		);
		if ( $changed > 0 && null !== $this->on_due ) {
			( $this->on_due )();
		}
	}

	/**
	 * Nothing to do under this lease: closes the command for now.
	 *
	 * @param Command $command Under whose lease.
	 */
	public function drop( Command $command ): void {
		$this->db->execute(
			'UPDATE {commands} SET done_at = UTC_TIMESTAMP(), leased_until = NULL, tries = 0, updated_at = UTC_TIMESTAMP()
				WHERE id = %d AND lease_no = %d',
			$command->id,
			$command->lease_no
		);
	}

	/**
	 * Makes the command due now, because what was reported under an old lease could not be taken.
	 *
	 * @param Command $command Whichever lease it has.
	 */
	public function want_again( Command $command ): void {
		$this->hint( $command->kind, $command->object, $command->job_id );
	}

	/**
	 * Prolongs a lease that nobody else has taken meanwhile.
	 *
	 * @param Command $command  The command, by its row.
	 * @param int     $lease_no The lease that claims to be current.
	 * @param int     $seconds  From now.
	 */
	public function renew( Command $command, int $lease_no, int $seconds ): bool {
		$current = 'id = %d AND lease_no = %d AND done_at IS NULL AND leased_until IS NOT NULL';
		$this->db->execute(
			"UPDATE {commands} SET leased_until = DATE_ADD(UTC_TIMESTAMP(), INTERVAL %d SECOND) WHERE $current",
			$seconds,
			$command->id,
			$lease_no
		);
		// Not the count of changed rows: within the same second nothing changes.
		return null !== $this->one( $current, $command->id, $lease_no );
	}

	/**
	 * Forgets commands that were finished long ago. A later hint makes them anew.
	 *
	 * @param int $seconds Finished longer ago.
	 * @param int $limit   At most so many in one statement.
	 * @return int How many.
	 */
	public function forget_done( int $seconds, int $limit ): int {
		$ids = $this->db->column(
			'SELECT id FROM {commands} WHERE done_at < DATE_SUB(UTC_TIMESTAMP(), INTERVAL %d SECOND) LIMIT %d',
			$seconds,
			$limit
		);
		return array() === $ids
			? 0
			: $this->db->execute( 'DELETE FROM {commands} WHERE id IN (%d) AND done_at IS NOT NULL', array_map( 'intval', $ids ) );
	}

	/**
	 * How many commands are open, and since when the oldest waits.
	 *
	 * @return array{open:int,overdue:int}
	 */
	public function backlog(): array {
		$row = $this->db->row(
			'SELECT COUNT(*) AS n, COALESCE(SUM(CASE WHEN leased_until IS NULL AND due_at <= UTC_TIMESTAMP() THEN 1 ELSE 0 END),
				0) AS overdue FROM {commands} WHERE done_at IS NULL'
		);
		return array(
			'open'    => (int) ( $row['n'] ?? 0 ),
			'overdue' => (int) ( $row['overdue'] ?? 0 ),
		);
	}

	/**
	 * The condition about pictures that are known to be made, or not.
	 *
	 * @param bool|null $is_ready As due() has it.
	 */
	private static function readiness( ?bool $is_ready ): string {
		$equals = $is_ready ? '<>' : '=';
		return null === $is_ready ? '' : " AND (kind <> 'refresh_attempt' OR COALESCE(payload, '') $equals '')";
	}

	/**
	 * Ends a lease and keeps the command open.
	 *
	 * @param Command $command Under whose lease.
	 * @param int     $seconds Due in so many seconds.
	 * @param string  $tries   SQL assignment.
	 */
	private function free( Command $command, int $seconds, string $tries ): void {
		$sql = "UPDATE {commands} SET due_at = LEAST(due_at, DATE_ADD(UTC_TIMESTAMP(), INTERVAL %d SECOND)), leased_until = NULL,
			$tries, updated_at = UTC_TIMESTAMP() WHERE id = %d AND lease_no = %d AND done_at IS NULL AND leased_until IS NOT NULL";
		$this->db->execute( $sql, $seconds, $command->id, $command->lease_no );
	}

	/**
	 * Inserts the row or opens the one there is. The order of the assignments matters: MySQL lets a later one see what an earlier one set.
	 *
	 * @param string              $bump    SQL assignment, or nothing.
	 * @param CommandKind         $kind    Kind.
	 * @param string              $target  Object.
	 * @param string|null         $job_id  Job.
	 * @param int                 $due_in  Seconds.
	 * @param array<string,mixed> $payload Parameters.
	 */
	private function upsert( string $bump, CommandKind $kind, string $target, ?string $job_id, int $due_in, array $payload ): void {
		$this->touched?->add( $job_id );
		$sql = "INSERT INTO {commands} (uuid, kind, object, job_id, is_site, payload, wanted, taken, lease_no, due_at, tries,
			created_at, updated_at)
			VALUES (%s, %s, %s, %s, %d, %s, 1, 0, 0, DATE_ADD(UTC_TIMESTAMP(), INTERVAL %d SECOND), 0, UTC_TIMESTAMP(), UTC_TIMESTAMP())
			ON DUPLICATE KEY UPDATE
				due_at = CASE WHEN done_at IS NULL THEN LEAST(due_at, VALUES(due_at)) ELSE VALUES(due_at) END,
				tries = CASE WHEN done_at IS NULL THEN tries ELSE 0 END,
				$bump
				payload = CASE WHEN VALUES(payload) = '' THEN payload ELSE VALUES(payload) END,
				job_id = COALESCE(job_id, VALUES(job_id)), done_at = NULL, updated_at = UTC_TIMESTAMP()";
		$this->db->execute(
			$sql,
			Uuid::v4(),
			$kind->value,
			$target,
			$job_id,
			(int) $kind->is_site(),
			array() === $payload ? '' : (string) wp_json_encode( $payload ),
			$due_in
		);
		if ( $due_in <= 0 && ! $kind->is_site() && null !== $this->on_due ) {
			( $this->on_due )();
		}
	}

	/**
	 * The command of the first row that fits.
	 *
	 * @param string     $where SQL condition.
	 * @param int|string ...$args Its arguments.
	 */
	private function one( string $where, int|string ...$args ): ?Command {
		$row = $this->db->row( "SELECT * FROM {commands} WHERE $where", ...$args );
		return null === $row ? null : Command::from_row( $row );
	}
}
