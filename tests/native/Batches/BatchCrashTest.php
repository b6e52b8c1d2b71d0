<?php
/**
 * Whatever dies, and however many work at once: at most once per job.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Batches;

use SellMyImages\Actions\ActionRequest;
use SellMyImages\Actions\Announced;
use SellMyImages\Batches\Item;
use SellMyImages\Batches\Outcome;
use SellMyImages\Commands\CommandKind;

final class BatchCrashTest extends BatchTestCase {

	/** @dataProvider works */
	public function test_processes_killed_at_any_instruction_and_several_at_once( string $action ): void {
		$jobs = $this->paid_rows( 300, array( 'status' => 'failed' ) );
		$this->as_admin();
		$batch   = $this->started( array( 'action' => $action, 'ids' => $jobs, 'params' => 'refund' === $action ? array( 'percent' => 10 ) : (object) array() ) );
		$workers = array( $this->worker(), $this->worker() );
		$killed  = 0;
		while ( $killed < 6 && $this->left( $batch ) > 0 ) {
			$before = $this->left( $batch );
			$until  = microtime( true ) + 20;
			while ( microtime( true ) < $until && $this->left( $batch ) === $before ) {
				// The lease ends early, again and again: both work at the same time.
				$this->end_lease( $batch );
				usleep( 10000 );
			}
			usleep( 1000 * random_int( 0, 80 ) );
			$victim  = array_shift( $workers );
			$killed += proc_get_status( $victim )['running'] ? 1 : 0;
			proc_terminate( $victim, 9 );
			$workers[] = $this->worker();
		}
		array_map( static fn( $worker ): bool => proc_terminate( $worker, 9 ), $workers );
		self::assertGreaterThan( 0, $killed, 'Nobody was killed at work: the test proves nothing.' );
		$until = microtime( true ) + 30;
		do {
			// What a killed process had asked for, the server still does: it may take the lease once more.
			$this->end_lease( $batch );
			$body = $this->rest( 'POST', "/smi/v1/jobs/batch/$batch" )->get_data();
		} while ( 'running' === $body['state'] && microtime( true ) < $until );
		self::assertSame( array( 'done', 300, 0, 0 ), array( $body['state'], $body['done'], $body['failed'], $body['skipped'] ), "After $killed kills." );
		foreach ( $jobs as $job ) {
			self::assertCount( 1, 'refund' === $action ? $this->refunds( $job ) : $this->attempts( $job ), "After $killed kills." );
		}
		self::assertSame( '300', $this->plugin()->db()->value( 'SELECT COUNT(*) FROM {commands} WHERE kind = %s', 'refund' === $action ? 'refund' : 'submit' ) );
	}

	/** @return array<string,array{string}> */
	public static function works(): array {
		return array( 'refund' => array( 'refund' ), 'retry' => array( 'retry' ) );
	}

	public function test_a_process_that_dies_right_after_its_commit_has_done_it_once(): void {
		$jobs = $this->paid_rows( 3 );
		$this->as_admin();
		$this->allow_log( '/.*batch_item failed and will be tried again. It died.*/' );
		// Ten percent could be returned ten times: nothing but the batch itself keeps it at once.
		$batch     = $this->started( array( 'action' => 'refund', 'ids' => $jobs, 'params' => array( 'percent' => 10 ) ) );
		$committed = false;
		$fault     = $this->while_written(
			'/./',
			function ( string $sql ) use ( &$committed ): void {
				if ( 'SET autocommit = 1' === $sql ) {
					return; // The end of every transaction.
				}
				if ( $committed && ! $this->plugin()->transaction()->is_open() ) {
					$committed = false;
					throw new \Error( 'It died' );
				}
				$committed = 'COMMIT' === $sql;
			}
		);
		$this->plugin()->site_worker()->run_one( CommandKind::BatchItem, $batch );
		remove_filter( 'query', $fault );
		self::assertSame( 'running', $this->batch( $batch )->state );
		$this->plugin()->db()->execute( 'UPDATE {commands} SET due_at = UTC_TIMESTAMP() WHERE kind = %s', 'batch_item' );
		self::assertSame( 3, $this->finished( $batch )['done'] );
		self::assertSame( array( 1, 1, 1 ), array_map( fn( string $job ): int => count( $this->refunds( $job ) ), $jobs ) );
	}

	public function test_a_second_worker_in_the_middle_of_the_first_fires_no_retry_twice(): void {
		$jobs = $this->paid_rows( 4, array( 'status' => 'failed' ) );
		$this->as_admin();
		$batch = $this->started( array( 'action' => 'retry', 'ids' => $jobs ) );
		$calls = 0;
		add_action(
			'smi_payment_completed',
			function () use ( $batch, &$calls ): void {
				if ( 2 === ++$calls ) {
					$this->end_lease( $batch );
					$this->plugin()->site_worker()->run_one( CommandKind::BatchItem, $batch );
				}
			},
			0
		);
		self::assertSame( 4, $this->finished( $batch )['done'] );
		foreach ( $jobs as $job ) {
			self::assertCount( 1, $this->attempts( $job ) );
		}
	}

	public function test_a_turn_left_behind_is_done_or_taken_again(): void {
		$jobs = $this->paid_rows( 3, array( 'status' => 'failed' ) );
		$this->as_admin();
		$batch = $this->started( array( 'action' => 'retry', 'ids' => $jobs ) );
		$items = $this->plugin()->batch_items()->in_state( $this->batch( $batch ), Item::WAITING, 9 );
		$this->plugin()->batch_items()->settle( Item::WAITING, array_fill_keys( array_map( static fn( Item $item ): int => $item->id, $items ), Outcome::committed() ) );
		// Of the first the hook was fired before the process died; the second was started by hand meanwhile.
		$retry = $this->plugin()->actions()->get( 'retry' );
		self::assertInstanceOf( Announced::class, $retry );
		$retry->announce( $jobs[0], $this->batch( $batch )->request() );
		$this->plugin()->actions()->run( 'retry', $jobs[1], new ActionRequest() );
		self::assertSame( 3, $this->plugin()->batch_presenter()->present( $this->batch( $batch ) )[0]['left'], 'A turn that was taken is still shown as waiting.' );
		$this->fired = array();
		$body        = $this->finished( $batch );
		$items       = array_column( $body['items'], null, 'job_id' );
		self::assertSame( array( 'done', 'skipped', 'done' ), array_map( static fn( string $job ): string => $items[ $job ]['state'], $jobs ) );
		self::assertSame( 'smi_job_running', $items[ $jobs[1] ]['code'] );
		self::assertEqualsCanonicalizing( array( $jobs[0], $jobs[2] ), array_column( $this->firings( 'smi_payment_completed' ), 0 ), 'Listeners hear of it though the process died that was to tell them.' );
		foreach ( $jobs as $job ) {
			self::assertCount( 1, $this->attempts( $job ) );
		}
	}

	public function test_a_turn_left_behind_of_a_cancelled_batch_is_not_taken_again(): void {
		$jobs = $this->paid_rows( 2, array( 'status' => 'failed' ) );
		$this->as_admin();
		$batch = $this->started( array( 'action' => 'retry', 'ids' => $jobs ) );
		$items = $this->plugin()->batch_items()->in_state( $this->batch( $batch ), Item::WAITING, 1 );
		$this->plugin()->batch_items()->settle( Item::WAITING, array( $items[0]->id => Outcome::committed() ) );
		self::assertSame( array( 1, 1 ), array_values( array_intersect_key( $this->rest( 'DELETE', "/smi/v1/jobs/batch/$batch" )->get_data(), array( 'left' => 0, 'cancelled' => 0 ) ) ) );
		$body = $this->rest( 'POST', "/smi/v1/jobs/batch/$batch" )->get_data();
		self::assertSame( array( 2, 0 ), array( $body['cancelled'], $body['left'] ) );
		self::assertSame( array(), $this->attempts( $jobs[0] ) );
	}

	public function test_an_error_with_one_job_is_undone_and_does_not_keep_the_others(): void {
		$jobs = $this->paid_rows( 5 );
		$this->as_admin();
		$this->allow_log( '/.*failed\. a fault.*/' );
		$batch = $this->started( array( 'action' => 'refund', 'ids' => $jobs ) );
		$fault = $this->while_written(
			"/INSERT INTO \\S+smi_job_events .*$jobs[2]/s",
			static fn() => throw new \RuntimeException( 'a fault' )
		);
		$body  = $this->finished( $batch );
		remove_filter( 'query', $fault );
		$items = array_column( $body['items'], null, 'job_id' );
		self::assertSame( array( 4, 1, 'failed', 'smi_batch_item_failed' ), array( $body['done'], $body['failed'], $items[ $jobs[2] ]['state'], $items[ $jobs[2] ]['code'] ) );
		self::assertStringContainsString( 'no money', (string) $items[ $jobs[2] ]['message'] );
		self::assertSame( array( 1, 1, 0, 1, 1 ), array_map( fn( string $job ): int => count( $this->refunds( $job ) ), $jobs ) );
	}

	public function test_a_slice_that_was_undone_at_its_end_is_done_again(): void {
		$jobs = $this->paid_rows( 3, array( 'status' => 'processing' ) );
		$this->as_admin();
		$batch = $this->started( array( 'action' => 'status', 'ids' => $jobs, 'params' => array( 'status' => 'failed' ) ) );
		$this->allow_log( '/.*batch_item failed and will be tried again.*/' );
		$this->fired = array();
		// Passing faults are tried ten times; the next is another slice's. Transactions that touch no job are the worker's own.
		$has_jobs = false;
		$fault    = $this->while_written(
			'/^(START TRANSACTION|COMMIT)|UPDATE \S+smi_jobs /',
			function ( string $sql ) use ( &$has_jobs ): void {
				$has_jobs = str_contains( $sql, 'smi_jobs' ) || ( $has_jobs && 'COMMIT' === $sql );
				if ( $has_jobs && 'COMMIT' === $sql && $this->plugin()->transaction()->is_open() ) {
					throw new \SellMyImages\Database\DatabaseError( 'locked', \SellMyImages\Database\DatabaseError::LOCK_TIMEOUT );
				}
			}
		);
		$this->plugin()->site_worker()->run_one( CommandKind::BatchItem, $batch );
		remove_filter( 'query', $fault );
		self::assertSame( 'processing', $this->job( $jobs[0] )->status->value );
		self::assertSame( array(), $this->firings( 'smi_job_failed' ) );
		$this->plugin()->db()->execute( 'UPDATE {commands} SET due_at = UTC_TIMESTAMP() WHERE kind = %s', 'batch_item' );
		self::assertSame( 3, $this->finished( $batch )['done'] );
		self::assertCount( 3, $this->firings( 'smi_job_failed' ) );
	}

	public function test_a_listener_that_throws_fails_no_job_whose_image_is_being_made(): void {
		$jobs = $this->paid_rows( 2, array( 'status' => 'failed' ) );
		$this->as_admin();
		$this->allow_log( '/.*a listener of smi_payment_completed failed.*/' );
		$batch = $this->started( array( 'action' => 'retry', 'ids' => $jobs ) );
		add_action( 'smi_payment_completed', static fn( string $job ) => $job === $jobs[0] ? throw new \Error( 'a fault' ) : null, 0 );
		self::assertSame( 2, $this->finished( $batch )['done'] );
		self::assertSame( array( 1, 1 ), array( count( $this->attempts( $jobs[0] ) ), count( $this->attempts( $jobs[1] ) ) ) );
	}

	/**
	 * Not beside the hostile neighbour: where others make the images, one that throws at each job says that none is made.
	 *
	 * @group not-beside-hostile
	 */
	public function test_another_plugin_may_take_the_work_over(): void {
		$jobs = $this->paid_rows( 2, array( 'status' => 'failed' ) );
		$this->as_admin();
		$this->allow_log( '/.*a listener of smi_payment_completed failed.*/' );
		remove_action( 'smi_payment_completed', array( $this->plugin()->payment_completed(), 'handle' ), 1 );
		add_action( 'smi_payment_completed', static fn( string $job ) => $job === $jobs[0] ? throw new \Error( 'a fault' ) : null );
		$this->fired = array();
		$items       = array_column( $this->finished( $this->started( array( 'action' => 'retry', 'ids' => $jobs ) ) )['items'], 'state', 'job_id' );
		self::assertSame( array( 'failed', 'done' ), array( $items[ $jobs[0] ], $items[ $jobs[1] ] ) );
		self::assertCount( 2, $this->firings( 'smi_payment_completed' ) );
		self::assertSame( array(), $this->attempts( $jobs[1] ) );
	}

	public function test_the_bridges_heartbeat_works_on_it_in_the_name_of_who_asked(): void {
		$job = $this->paid_row();
		$who = $this->as_admin();
		$this->started( array( 'action' => 'refund', 'ids' => array( $job ) ) );
		wp_set_current_user( 0 );
		$this->plugin()->commands()->schedule( CommandKind::BatchItem, 'nobody', null, DAY_IN_SECONDS );
		self::assertSame( 0, \SellMyImages\Support\Actor::during( 'bridge', fn(): array => $this->sync() )['next_in_ms'], 'While a batch is open the bridge comes again at once.' );
		self::assertSame( "user:$who", $this->plugin()->event_log()->for_job( $this->job( $job ) )[0]['actor'] );
	}

	private function left( string $batch ): int {
		return (int) array_sum( array_intersect_key( $this->plugin()->batch_items()->counts( $this->batch( $batch ) ), array( Item::WAITING => 0, Item::COMMITTED => 0 ) ) );
	}

	private function end_lease( string $batch ): void {
		$this->plugin()->db()->execute( 'UPDATE {commands} SET leased_until = UTC_TIMESTAMP() WHERE kind = %s AND object = %s AND leased_until IS NOT NULL', 'batch_item', $batch );
	}

	/** @return resource A process that works for a while. */
	private function worker() {
		$code    = 'require ' . var_export( ABSPATH . 'wp-load.php', true ) . '; SellMyImages\Plugin::instance()->site_worker()->run_slice( 10.0 );'; // phpcs:ignore WordPress.PHP.DevelopmentFunctions.error_log_var_export -- a path in PHP code.
		$process = proc_open( array( PHP_BINARY, '-d', 'sendmail_path=/bin/true', '-r', $code ), array( 1 => array( 'file', '/dev/null', 'w' ), 2 => array( 'file', '/dev/null', 'w' ) ), $pipes ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.system_calls_proc_open -- a process that can be killed.
		self::assertIsResource( $process );

		return $process;
	}

	/** @return callable Runs before each statement that looks like this; a filter to be removed. */
	private function while_written( string $pattern, callable $then ): callable {
		$filter = static function ( string $sql ) use ( $pattern, $then ): string {
			if ( 1 === preg_match( $pattern, $sql ) ) {
				$then( $sql );
			}
			return $sql;
		};
		add_filter( 'query', $filter );

		return $filter;
	}
}
