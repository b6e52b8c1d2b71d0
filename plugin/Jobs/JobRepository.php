<?php
/**
 * Reads and writes jobs.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

use SellMyImages\Database\Connection;
use SellMyImages\Database\Transaction;
use SellMyImages\Jobs\Counting\Counters;
use SellMyImages\Jobs\Titles\TitleWords;
use SellMyImages\Support\Amount;
use SellMyImages\Support\Times;
use SellMyImages\Support\Uuid;

/**
 * Keeps what is derived true with every write: facet, e-mail domain, version, counters.
 */
final class JobRepository {

	/** Columns that a job may be found by, besides its job_id. */
	private const FOUND_BY = array(
		'stripe_payment_intent_id', 'stripe_checkout_session_id', 'stripe_charge_id', 'upsampler_job_id', 'download_token',
	);

	/** Columns cut to what they hold: providers' words may be longer. */
	private const CUT = array(
		'failure_reason' => 255,
		'mismatch'       => 255,
		'dispute_status' => 32,
		'dispute_id'     => 255,
	);

	public function __construct(
		private readonly Connection $db,
		private readonly Transaction $transaction,
		private readonly Counters $counters,
		private readonly ?TitleWords $titles = null
	) {
	}

	public function find( string $job_id ): ?Job {
		return $this->one( $this->db->row( 'SELECT * FROM {jobs} WHERE job_id = %s', $job_id ) );
	}

	/** Locks the row until the open transaction ends. */
	public function lock( string $job_id ): ?Job {
		return $this->one( $this->db->row( 'SELECT * FROM {jobs} WHERE job_id = %s FOR UPDATE', $job_id ) );
	}

	/**
	 * Locks many, always in the same order, so that two who do it do not block each other.
	 *
	 * @param list<string> $ids Job identifiers.
	 * @return array<string,Job> Those that are there.
	 */
	public function lock_many( array $ids ): array {
		$ids = array_values( array_unique( $ids ) );
		sort( $ids );

		return $this->keyed( 'SELECT * FROM {jobs} WHERE job_id IN (%s) ORDER BY job_id FOR UPDATE', $ids );
	}

	/**
	 * @param list<string> $ids Job identifiers.
	 * @return array<string,Job> Those that are there, in the order asked for.
	 */
	public function find_many( array $ids ): array {
		$found   = $this->keyed( 'SELECT * FROM {jobs} WHERE job_id IN (%s)', $ids );
		$ordered = array();
		foreach ( $ids as $id ) {
			if ( isset( $found[ $id ] ) ) {
				$ordered[ $id ] = $found[ $id ];
			}
		}

		return $ordered;
	}

	/**
	 * @param string $column One of FOUND_BY.
	 * @param string $value  What it holds.
	 */
	public function find_by( string $column, string $value ): ?Job {
		if ( ! in_array( $column, self::FOUND_BY, true ) ) {
			throw new \LogicException( "Jobs are not found by $column." );
		}

		return '' === $value
			? null
			: $this->one( $this->db->row( "SELECT * FROM {jobs} WHERE $column = %s ORDER BY id DESC LIMIT 1", $value ) );
	}

	/**
	 * @param array<string,mixed> $values Column values; enums, amounts or strings.
	 * @return Job As it is in the database.
	 */
	public function insert( array $values ): Job {
		return $this->transaction->run(
			function () use ( $values ): Job {
				$id  = $this->db->insert( 'jobs', $this->complete( $values ) );
				$job = $this->one( $this->db->row( 'SELECT * FROM {jobs} WHERE id = %d', $id ) );
				assert( null !== $job );
				$this->counters->queue( null, $job );
				$this->transaction->after_commit( fn() => $this->titles?->learn( $job->post_id ) );

				return $job;
			}
		);
	}

	/**
	 * Changes the columns that differ, if the row is still the version that was read.
	 *
	 * @param Job                 $job     As it was read.
	 * @param array<string,mixed> $changes Column values; enums, amounts or strings.
	 * @return Job As it is now; the same when nothing differs.
	 * @throws StaleJob When it has changed since.
	 */
	public function update( Job $job, array $changes ): Job {
		$changes = $this->differing( $job, self::with_args( $job, self::tidy( $changes, $job->currency ) ) );
		if ( array() === $changes ) {
			return $job;
		}

		return $this->transaction->run(
			function () use ( $job, $changes ): Job {
				$changes += array(
					'version'    => (string) ( $job->version + 1 ),
					'updated_at' => Times::now(),
				);
				$after    = Job::from_row( $changes + $job->to_row() );
				$facet    = Facet::of( $after->status, $after->payment_status, $after->attention );
				if ( $facet !== $job->facet ) {
					$changes['facet'] = (string) $facet;
				}
				$this->write( $job, $changes );
				$after = Job::from_row( $changes + $job->to_row() );
				$this->counters->queue( $job, $after );

				return $after;
			}
		);
	}

	/** Makes a new version of a locked job of which nothing else differs. */
	public function touch( Job $job ): void {
		$this->write( $job, array( 'version' => (string) ( $job->version + 1 ), 'updated_at' => Times::now() ) );
	}

	/**
	 * Forgets a job and takes it out of the counters; its other rows are the caller's.
	 *
	 * @param Job $job A locked job.
	 */
	public function delete( Job $job ): void {
		$this->transaction->run(
			function () use ( $job ): void {
				if ( 1 !== $this->db->execute( 'DELETE FROM {jobs} WHERE id = %d AND version = %d', $job->id, $job->version ) ) {
					throw new StaleJob( $job->job_id );
				}
				$this->counters->queue( $job, null );
			}
		);
	}

	/** @param array<string,string|null> $changes Columns to write. */
	private function write( Job $job, array $changes ): void {
		$sets = array_map( static fn( string $column ): string => "$column = %s", array_keys( $changes ) );
		if ( $job->older_times > 0 ) {
			$sets[] = OlderRow::note( array_keys( $changes ) );
		}
		$sets = implode( ', ', $sets );
		$args = array( ...array_values( $changes ), $job->id, $job->version );
		if ( 1 !== $this->db->execute( "UPDATE {jobs} SET $sets WHERE id = %d AND version = %d", ...$args ) ) {
			throw new StaleJob( $job->job_id );
		}
	}

	/**
	 * @param array<string,mixed> $values Column values.
	 * @return array<string,string|null>
	 */
	private function complete( array $values ): array {
		$now     = Times::now();
		$values  = self::tidy( $values, strtoupper( is_string( $values['currency'] ?? null ) ? $values['currency'] : 'USD' ) );
		$values += array(
			'job_id'         => Uuid::v4(),
			'image_url'      => '',
			'resolution'     => '',
			'post_id'        => '0',
			'email'          => '',
			'email_domain'   => '',
			'status'         => JobStatus::AwaitingPayment->value,
			'payment_status' => PaymentStatus::Pending->value,
			'created_at'     => $now,
			'updated_at'     => $now,
			'version'        => '1',
		);
		$job     = Job::from_row( $values + array( 'currency' => 'USD' ) );

		return array( 'facet' => (string) Facet::of( $job->status, $job->payment_status, $job->attention ) ) + $values;
	}

	/**
	 * @param array<string,mixed> $values   Enums, booleans, numbers, strings, and amounts of the job's currency.
	 * @param string              $currency The job's.
	 * @return array<string,string|null> As the database holds them.
	 */
	private static function tidy( array $values, string $currency ): array {
		$tidy = array();
		foreach ( $values as $column => $value ) {
			$value           = $value instanceof \BackedEnum ? $value->value : $value;
			$value           = is_bool( $value ) ? (int) $value : $value;
			$value           = $value instanceof Amount ? $value->in( $currency )->to_decimal( 2 ) : $value;
			$tidy[ $column ] = null === $value ? null : (string) $value;
			if ( null !== $value && isset( self::CUT[ $column ] ) ) {
				$tidy[ $column ] = mb_substr( (string) $value, 0, self::CUT[ $column ] );
			}
		}
		if ( isset( $tidy['email'] ) ) {
			// Lower case on writing: a function around the column would cost the index on reading.
			$tidy['email']        = mb_strtolower( trim( $tidy['email'] ) );
			$tidy['email_domain'] = self::domain( $tidy['email'] );
		}
		if ( isset( $tidy['currency'] ) ) {
			$tidy['currency'] = strtoupper( $tidy['currency'] );
		}

		return $tidy;
	}

	/** What stands behind the last @. */
	public static function domain( string $email ): string {
		$at = strrpos( $email, '@' );

		return false === $at ? '' : mb_substr( substr( $email, $at + 1 ), 0, 191 );
	}

	/**
	 * The arguments of another reason say nothing about this one.
	 *
	 * @param array<string,string|null> $changes Wanted values.
	 * @return array<string,string|null>
	 */
	private static function with_args( Job $job, array $changes ): array {
		$is_another = array_key_exists( 'failure_reason', $changes ) && $changes['failure_reason'] !== $job->failure_reason;

		return $changes + ( $is_another ? array( 'failure_args' => null ) : array() );
	}

	/**
	 * @param array<string,string|null> $changes Wanted values.
	 * @return array<string,string|null> Those that are not so already.
	 */
	private function differing( Job $job, array $changes ): array {
		$after = Job::from_row( $changes + $job->to_row() );

		return array_filter(
			$changes,
			static fn( string $column ): bool => ! property_exists( $job, $column ) || $after->$column !== $job->$column,
			ARRAY_FILTER_USE_KEY
		);
	}

	/**
	 * @param string       $sql With one list of ids.
	 * @param list<string> $ids Job identifiers.
	 * @return array<string,Job>
	 */
	private function keyed( string $sql, array $ids ): array {
		$jobs = array();
		foreach ( array() === $ids ? array() : $this->db->rows( $sql, $ids ) as $row ) {
			$job                  = Job::from_row( $row );
			$jobs[ $job->job_id ] = $job;
		}

		return $jobs;
	}

	/** @param array<string,string|null>|null $row A row. */
	private function one( ?array $row ): ?Job {
		return null === $row ? null : Job::from_row( $row );
	}
}
