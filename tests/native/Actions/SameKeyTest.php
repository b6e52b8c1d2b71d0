<?php
/**
 * One Idempotency-Key, two at once.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Actions;

use SellMyImages\Tests\Jobs\LifecycleTestCase;

/**
 * On a cluster the other's row may come in between the look for it and the INSERT: the job's lock does not hold there.
 */
final class SameKeyTest extends LifecycleTestCase {

	protected function setUp(): void {
		parent::setUp();
		$this->as_admin();
	}

	public function test_a_refund_that_came_in_between_is_the_answer(): void {
		$job_id = $this->paid_job();
		$other  = wp_generate_uuid4();
		$added  = $this->before_insert( 'refunds', "INSERT INTO {table} (uuid, job_id, amount_minor, currency, origin, status, requested_by, idempotency_key, created_at, updated_at) VALUES ('$other', '$job_id', 100, 'USD', 'manual', 'requested', 'user:1', 'k1', UTC_TIMESTAMP(), UTC_TIMESTAMP())" );
		$answer = $this->rest( 'POST', "/smi/v1/jobs/$job_id/refunds", array( 'amount' => '1.00' ), array( 'Idempotency-Key' => 'k1' ) );
		remove_filter( 'query', $added );
		self::assertSame( 202, $answer->get_status() );
		self::assertSame( array( $other ), array_map( static fn( $refund ) => $refund->uuid(), $this->plugin()->refund_repository()->for_job( $job_id ) ) );
		self::assertStringContainsString( $other, (string) wp_json_encode( $answer->get_data() ) );
	}

	public function test_an_attempt_that_came_in_between_is_the_only_one(): void {
		$job_id = $this->failed_job();
		$other  = wp_generate_uuid4();
		$seq    = count( $this->attempts( $job_id ) ) + 1;
		$added  = $this->before_insert( 'attempts', "INSERT INTO {table} (uuid, job_id, seq, provider, state, token_hash, factor, idempotency_key, created_at) VALUES ('$other', '$job_id', $seq, 'upsampler', 'queued', 'x', 4, 'k1', UTC_TIMESTAMP())" );
		$answer = $this->rest( 'POST', "/smi/v1/jobs/$job_id/retry", array( 'acknowledge_refunded' => true ), array( 'Idempotency-Key' => 'k1' ) );
		remove_filter( 'query', $added );
		self::assertSame( 200, $answer->get_status(), (string) wp_json_encode( $answer->get_data() ) );
		self::assertCount( $seq, $this->attempts( $job_id ) );
	}

	public function test_a_duplicate_of_something_else_is_no_answer(): void {
		$this->allow_log( '/.*The database did not take a request.*\n?/' );
		$job_id = $this->paid_job();
		$break  = static fn( string $sql ): string => str_starts_with( $sql, 'INSERT' ) && str_contains( $sql, 'smi_refunds' ) ? "SIGNAL SQLSTATE '23000' SET MYSQL_ERRNO = 1062, MESSAGE_TEXT = 'Duplicate entry'" : $sql;
		add_filter( 'query', $break );
		$answer = $this->rest( 'POST', "/smi/v1/jobs/$job_id/refunds", array(), array( 'Idempotency-Key' => 'k1' ) );
		remove_filter( 'query', $break );
		self::assertSame( 503, $answer->get_status() );
	}

	/** @return callable Lets another connection write when ours is about to; a filter, to be removed. */
	private function before_insert( string $table, string $sql ): callable {
		$name   = $this->plugin()->db()->table( $table );
		$filter = function ( string $query ) use ( $name, $sql, &$filter ): string {
			if ( str_starts_with( $query, "INSERT INTO $name " ) ) {
				remove_filter( 'query', $filter );
				$other = $this->other_connection();
				self::assertTrue( $other->query( str_replace( '{table}', $name, $sql ) ), $other->error );
			}

			return $query;
		};
		add_filter( 'query', $filter );

		return $filter;
	}
}
