<?php
/**
 * What cannot be stored is its own trouble, not the channel's.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Channel;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Database\DatabaseError;
use SellMyImages\Hooks\Failures;

final class BrokenReportsTest extends ChannelTestCase {

	public function test_an_emoji_that_a_column_cannot_hold_is_one_reports_trouble(): void {
		$this->allow_log( '/.*contains invalid data.*/' );
		$this->allow_hooks_in_transactions(); // WordPress translates its error.
		$command = $this->lease( CommandKind::RefreshPayment, 'a' );
		// As a table of an older site may be.
		$this->db->execute( 'CREATE TABLE {older} (word varchar(20) CHARACTER SET utf8mb3) ENGINE=InnoDB' );
		$this->payment->during_report = fn() => $this->db->insert( 'older', array( 'word' => 'José 🎉' ) );
		$answer = $this->answered( $command );
		$this->db->execute( 'DROP TABLE {older}' );
		self::assertSame( array( 'retry', 'internal_error' ), array( $answer['answer'], $answer['code'] ) );
		self::assertSame( array( 'channel', 'report/refresh_payment' ), array( Failures::all()[0]->kind, Failures::all()[0]->what ) );
	}

	public function test_it_is_handed_out_again_later_each_time_and_finds_an_ended_lease(): void {
		$this->commands->hint( CommandKind::RefreshPayment, 'a', null );
		$this->payment->during_report = static fn() => throw new DatabaseError( 'Duplicate entry', DatabaseError::DUPLICATE );
		$waits = array();
		for ( $try = 0; $try < 3; $try++ ) {
			self::assertCount( 1, $this->claims()->claim( 4, 20 ) );
			$command = $this->command( CommandKind::RefreshPayment, 'a' );
			self::assertSame( 'retry', $this->answered( $command )['answer'] );
			$waits[] = (int) $this->db->value( 'SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), leased_until) FROM {commands} WHERE id = %d', $command->id );
			$this->age( $command, 5000 );
		}
		self::assertEqualsWithDelta( array( 180, 360, 720 ), $waits, 2 );
		self::assertSame( 3, Failures::all()[0]->count );
	}

	public function test_a_database_that_takes_nothing_is_the_channels_trouble(): void {
		$command = $this->lease( CommandKind::RefreshPayment, 'a' );
		$this->payment->during_report = function (): void {
			$this->db->execute( 'COMMIT' );
			$this->db->execute( 'SET SESSION TRANSACTION READ ONLY' );
			throw new DatabaseError( 'read-only', 1290 );
		};
		try {
			$this->answered( $command );
			self::fail( 'It would be asked again and again.' );
		} catch ( DatabaseError $error ) {
			self::assertSame( 1792, $error->getCode() );
		} finally {
			$this->db->execute( 'SET SESSION TRANSACTION READ WRITE' );
		}
	}

	/** @dataProvider passing */
	public function test_what_passes_is_kept_by_the_sender( int $code ): void {
		$command = $this->lease( CommandKind::RefreshPayment, 'a' );
		$this->payment->during_report = static fn() => throw new DatabaseError( 'busy', $code );
		$this->expectExceptionCode( $code );
		$this->answered( $command );
	}

	/** @return array<string,array{int}> */
	public static function passing(): array {
		return array( 'deadlock' => array( 1213 ), 'lock timeout' => array( 1205 ), 'gone away' => array( 2006 ) );
	}

	public function test_a_sync_takes_the_other_reports_and_hands_out_commands(): void {
		$bad  = $this->lease( CommandKind::RefreshPayment, 'a' );
		$good = $this->lease( CommandKind::RefreshAttempt, 'b' );
		$this->commands->hint( CommandKind::RefreshAttempt, 'c', null );
		$this->payment->during_report = static fn() => throw new DatabaseError( 'Incorrect string value', 1366 );
		$report = static fn( $command, string $id ): array => array( 'id' => $id, 'command' => $command->uuid, 'lease_no' => $command->lease_no, 'outcome' => 'snapshot' );
		$answer = $this->sync()->answer( $this->message( array(), array( $report( $bad, 'r1' ), $report( $good, 'r2' ) ) ) );
		self::assertSame( array( 'retry', 'applied' ), array_column( $answer['answers'], 'answer' ) );
		self::assertSame( array( 'c' ), array_column( $answer['commands'], 'object' ) );
	}

	public function test_a_hint_that_cannot_be_noted_is_obeyed_and_one_that_cannot_be_stored_keeps_no_other_back(): void {
		$jobs   = array( $this->jobs->insert( array() )->job_id, $this->jobs->insert( array() )->job_id, $this->jobs->insert( array() )->job_id );
		$faults = array(
			fn( string $sql ): string => 1 === preg_match( '/INSERT INTO \S+smi_provider_events.*e0/', $sql ) ? 'INSERT INTO nowhere' : $sql,
			fn( string $sql ): string => 1 === preg_match( "/INSERT INTO \\S+smi_commands.*$jobs[1]/s", $sql ) ? 'INSERT INTO nowhere' : $sql,
		);
		array_map( static fn( callable $fault ) => add_filter( 'query', $fault ), $faults );
		$hints = array_map( static fn( string $job_id, int $n ): array => array( 'id' => "e$n", 'provider' => 'stripe', 'type' => 't', 'job_id' => $job_id ), $jobs, array_keys( $jobs ) );
		$answer = $this->sync()->answer( $this->message( $hints, array(), 0, 0 ) );
		array_map( static fn( callable $fault ) => remove_filter( 'query', $fault ), $faults );
		self::assertSame( array( 'applied', 'retry', 'applied' ), array_column( $answer['answers'], 'answer' ) );
		self::assertNotNull( $this->commands->find( CommandKind::RefreshPayment, $jobs[0] ) );
		self::assertNotNull( $this->commands->find( CommandKind::RefreshPayment, $jobs[2] ) );
	}

	public function test_a_command_that_cannot_be_handed_out_is_not_the_first_of_every_claim(): void {
		for ( $i = 0; $i < 12; $i++ ) {
			$this->commands->hint( CommandKind::RefreshPayment, "bad$i", null );
		}
		$this->commands->hint( CommandKind::RefreshAttempt, 'good', null );
		$this->payment->during_claim = static fn() => throw new DatabaseError( 'Incorrect string value', 1366 );
		$claimed = array_merge( $this->claims()->claim( 0, 2 ), $this->claims()->claim( 0, 2 ) );
		self::assertSame( array( 'good' ), array_column( $claimed, 'object' ) );
		self::assertSame( 'claim/refresh_payment', Failures::all()[0]->what );
	}

	/** @return array{id:string,answer:string,code?:string} */
	private function answered( \SellMyImages\Commands\Command $command ): array {
		return $this->reports()->apply( \SellMyImages\Commands\Report::from_array( array( 'id' => 'r1', 'command' => $command->uuid, 'lease_no' => $command->lease_no, 'outcome' => 'snapshot' ) ) );
	}
}
