<?php
/**
 * Every action on many jobs: what it would do, and what it does.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Batches;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Rest\Contract;

final class BatchActionsTest extends BatchTestCase {

	public function test_refunds_say_the_money_and_return_it_once(): void {
		$ids = $this->paid_rows( 3 );
		$eur = $this->paid_row( array( 'currency' => 'EUR', 'amount_charged' => '9.00' ) );
		$jpy = $this->paid_row( array( 'currency' => 'JPY', 'amount_charged' => '700' ) );
		$not = $this->paid_row( array( 'payment_status' => 'pending', 'paid_at' => null ) );
		$bad = $this->paid_row( array( 'dispute_status' => 'needs_response' ) );
		$who = $this->as_admin();
		$ask = array( 'action' => 'refund', 'ids' => array( ...$ids, $eur, $jpy, $not, $bad, 'aaaaaaaa-0000-4000-8000-000000000000', $ids[0] ), 'params' => array( 'reason' => 'requested_by_customer', 'note' => 'a lost drive' ) );

		$preview = $this->dry_run( $ask )->get_data();
		self::assertTrue( rest_validate_value_from_schema( $preview, Contract::load( 'batch-preview' ) ) );
		self::assertSame( array( 8, 5 ), array( $preview['matched'], $preview['eligible'] ) );
		self::assertSame( array( array( 'currency' => 'EUR', 'amount' => '9.00' ), array( 'currency' => 'JPY', 'amount' => '700' ), array( 'currency' => 'USD', 'amount' => '14.70' ) ), $preview['amounts'] );
		self::assertSame( array( 'count' => 5, 'amount' => 'EUR 9.00 + JPY 700 + USD 14.70' ), $preview['expect'] );
		$skipped = array_column( $preview['skipped'], null, 'message' );
		self::assertSame( array( $not ), $skipped['Nothing has been paid, so there is nothing to refund.']['job_ids'] );
		self::assertSame( 'smi_job_not_found', $skipped['There is no such job.']['code'] );
		self::assertCount( 3, $preview['skipped'] );
		self::assertSame( array(), $this->refunds( $ids[0] ), 'A dry run does nothing.' );

		$answer = $this->start( $ask );
		self::assertSame( 202, $answer->get_status() );
		self::assertTrue( rest_validate_value_from_schema( $answer->get_data(), Contract::load( 'batch' ) ) );
		$batch = $this->finished( $answer->get_data()['id'] );
		self::assertTrue( rest_validate_value_from_schema( $batch, Contract::load( 'batch' ) ) );
		self::assertSame( array( 'done', 5, 5, 0, 3, 0 ), array( $batch['state'], $batch['total'], $batch['done'], $batch['failed'], $batch['skipped'], $batch['left'] ) );
		self::assertSame( get_userdata( $who )->display_name, $batch['created_by'] );
		foreach ( array( ...$ids, $eur, $jpy ) as $id ) {
			$rows = $this->refunds( $id );
			self::assertCount( 1, $rows );
			self::assertSame( array( 'requested', "user:$who", 'requested_by_customer', 'a lost drive' ), array( $rows[0]->status(), $rows[0]->to_rest()['requested_by'], $rows[0]->reason(), $rows[0]->to_rest()['note'] ) );
			self::assertNotNull( $this->plugin()->commands()->find( CommandKind::Refund, $rows[0]->uuid() ) );
			self::assertSame( "user:$who", $this->plugin()->event_log()->for_job( $this->job( $id ) )[0]['actor'] );
		}
		self::assertSame( array( 700, 900 ), array( $this->refunds( $jpy )[0]->amount_minor(), $this->refunds( $eur )[0]->amount_minor() ) );
	}

	public function test_a_part_of_each_is_refunded_and_never_more_than_is_left(): void {
		$cheap = $this->paid_row( array( 'amount_charged' => '1.00' ) );
		$dear  = $this->paid_row( array( 'amount_charged' => '9.99' ) );
		$yen   = $this->paid_row( array( 'amount_charged' => '500', 'currency' => 'JPY' ) );
		$this->as_admin();
		$ids     = array( $cheap, $dear, $yen );
		$preview = $this->dry_run( array( 'action' => 'refund', 'ids' => $ids, 'params' => array( 'amount' => '2.50' ) ) )->get_data();
		self::assertSame( array( 'count' => 1, 'amount' => '2.50' ), $preview['expect'] );
		self::assertEqualsCanonicalizing( array( 'Less than this is left of the payment.', 'The currency of the payment has no such amount.' ), array_column( $preview['skipped'], 'message' ) );
		self::assertSame( array( 'smi_refund_amount', 'smi_refund_amount' ), array_column( $preview['skipped'], 'code' ) );
		$half = array( 'action' => 'refund', 'ids' => $ids, 'params' => array( 'percent' => 50 ) );
		self::assertSame( 'JPY 250 + USD 5.49', $this->dry_run( $half )->get_data()['expect']['amount'] );
		$this->finished( $this->started( $half ) );
		self::assertSame( array( 50, 499, 250 ), array_map( fn( string $id ): int => $this->refunds( $id )[0]->amount_minor(), $ids ) );
		$most = array( 'params' => array( 'percent' => 90 ) ) + $half;
		self::assertSame( 'JPY 250 + USD 5.50', $this->dry_run( $most )->get_data()['expect']['amount'], 'Never more than is left.' );
	}

	public function test_retry_says_the_cost_and_starts_one_attempt_each(): void {
		$failed  = $this->failed_job();
		$running = $this->paid_job();
		$this->submit( $running, 'up_2' );
		$plain    = $this->paid_row( array( 'status' => 'failed' ) );
		$local    = $this->paid_row( array( 'status' => 'failed', 'target_width' => 900, 'target_height' => 900 ) );
		$nothing  = $this->paid_row( array( 'status' => 'failed', 'image_width' => null ) );
		$refunded = $this->paid_row( array( 'status' => 'failed' ) );
		$this->plugin()->refund_repository()->insert( array( 'uuid' => wp_generate_uuid4(), 'job_id' => $refunded, 'amount_minor' => 490, 'currency' => 'USD', 'origin' => 'manual', 'status' => 'succeeded' ) );
		$this->as_admin();
		$ids     = array( $failed, $running, $plain, $local, $nothing, $refunded );
		$preview = $this->dry_run( array( 'action' => 'retry', 'ids' => $ids ) )->get_data();
		self::assertEqualsCanonicalizing( array( 'smi_job_running', 'smi_job_without_source', 'smi_job_refunded' ), array_column( $preview['skipped'], 'code' ) );
		// 400 x 320 is one credit, 4000 x 4000 four, the local one none; a credit costs 0.04.
		self::assertSame( array( array( 'currency' => 'USD', 'amount' => '0.20' ) ), $preview['amounts'] );
		self::assertSame( array( 'count' => 3, 'amount' => '0.20' ), $preview['expect'] );
		$this->fired = array();
		$batch       = $this->finished( $this->started( array( 'action' => 'retry', 'ids' => $ids ) ) );
		self::assertSame( array( 3, 3 ), array( $batch['done'], $batch['skipped'] ) );
		self::assertCount( 2, $this->attempts( $failed ) );
		self::assertCount( 1, $this->attempts( $plain ) );
		self::assertSame( 'local', $this->attempts( $local )[0]->provider() );
		self::assertTrue( $this->attempts( $plain )[0]->is_override() );
		self::assertSame( 'pending', $this->job( $plain )->status->value );
		self::assertSame( array(), $this->attempts( $refunded ) );
		$fired = $this->firings( 'smi_payment_completed' );
		self::assertCount( 3, $fired );
		self::assertTrue( $fired[0][1]['admin_override'] );

		$again = $this->finished( $this->started( array( 'action' => 'retry', 'ids' => array( $refunded, $running ), 'params' => array( 'acknowledge_refunded' => true, 'force' => true ) ) ) );
		self::assertSame( 2, $again['done'] );
		self::assertCount( 1, $this->attempts( $refunded ) );
		self::assertSame( array( 'queued', 'superseded' ), array( $this->attempts( $running )[0]->state(), $this->attempts( $running )[1]->state() ) );
	}

	public function test_links_and_mails(): void {
		$done    = $this->completed_job();
		$silent  = $this->completed_job();
		$unmade  = $this->paid_row();
		$revoked = $this->completed_job();
		$this->plugin()->jobs()->update( $this->job( $silent ), array( 'email' => '' ) );
		$this->plugin()->jobs()->update( $this->job( $revoked ), array( 'download_expires_at' => '2020-01-01 00:00:00' ) );
		$this->as_admin();
		$ids   = array( $done, $silent, $unmade, $revoked );
		$codes = static fn( array $preview ): array => array_column( $preview['skipped'], 'count', 'code' );
		self::assertEquals( array( 'smi_job_without_file' => 1 ), $codes( $this->dry_run( array( 'action' => 'download_token', 'ids' => $ids ) )->get_data() ) );
		$with_mail = array( 'action' => 'download_token', 'ids' => $ids, 'params' => array( 'notify' => true ) );
		self::assertEquals( array( 'smi_job_without_file' => 1, 'smi_job_without_email' => 1 ), $codes( $this->dry_run( $with_mail )->get_data() ) );
		$mails = $this->dry_run( array( 'action' => 'email', 'ids' => $ids ) )->get_data();
		self::assertEquals( array( 'smi_job_without_file' => 1, 'smi_job_without_email' => 1, 'smi_job_link_ended' => 1 ), $codes( $mails ) );
		self::assertSame( array( array(), '0.00' ), array( $mails['amounts'], $mails['expect']['amount'] ) );

		$old   = $this->job( $done )->download_token;
		$batch = $this->finished( $this->started( $with_mail ) );
		self::assertSame( 2, $batch['done'] );
		self::assertNotSame( $old, $this->job( $done )->download_token );
		self::assertSame( 'active', $this->plugin()->links()->state( $this->job( $revoked ) ) );
		self::assertSame( 1, $this->finished( $this->started( array( 'action' => 'email', 'ids' => array( $done ) ) ) )['done'] );
		self::assertSame( 'queued', $this->job( $done )->email_state, 'Mails are queued, not sent in between.' );
		self::assertNotNull( $this->plugin()->commands()->find( CommandKind::SendEmail, "$done:ready" ) );
	}

	public function test_failed_jobs_whose_money_goes_back_get_their_own_e_mail_again(): void {
		$failed = $this->failed_job();
		$this->make_refund( $failed );
		$unpaid_back = $this->paid_row( array( 'status' => 'failed' ) );
		$this->as_admin();
		$ask     = array( 'action' => 'email', 'ids' => array( $failed, $unpaid_back ) );
		$preview = $this->dry_run( $ask )->get_data();
		self::assertSame( array( 1, array( 'smi_job_without_file' ) ), array( $preview['eligible'], array_column( $preview['skipped'], 'code' ) ) );
		$this->plugin()->lifecycle()->email_sent( $failed, 'failed_refunded' );
		self::assertSame( 1, $this->finished( $this->started( $ask ) )['done'] );
		self::assertSame( 'queued', $this->job( $failed )->email_state );
		self::assertNull( $this->plugin()->commands()->find( CommandKind::SendEmail, "$failed:ready" ) );
	}

	public function test_status_moves_no_money_and_tells_listeners(): void {
		$jobs = $this->paid_rows( 2, array( 'status' => 'processing' ) );
		$same = $this->paid_row( array( 'status' => 'failed' ) );
		$this->as_admin();
		$ask     = array( 'action' => 'status', 'ids' => array( ...$jobs, $same ), 'params' => array( 'status' => 'failed', 'reason' => 'the server burnt' ) );
		$preview = $this->dry_run( $ask )->get_data();
		self::assertSame( array( array( 'smi_job_status_same' ), 2 ), array( array_column( $preview['skipped'], 'code' ), $preview['eligible'] ) );
		$this->fired = array();
		self::assertSame( 2, $this->finished( $this->started( $ask ) )['done'] );
		self::assertSame( array( 'failed', 'the server burnt', 'failed_not_refunded' ), array( $this->job( $jobs[0] )->status->value, $this->job( $jobs[0] )->failure_reason, $this->job( $jobs[0] )->attention?->value ) );
		self::assertCount( 2, $this->firings( 'smi_job_failed' ) );
		self::assertSame( array(), $this->refunds( $jobs[0] ) );
		$all = array( 'action' => 'status', 'params' => array( 'status' => 'completed' ), 'filter' => array( 'status' => array( 'failed' ) ) );
		self::assertSame( array( 'smi_job_status_not_possible' ), array_column( $this->dry_run( $all )->get_data()['skipped'], 'code' ) );
		self::assertSame( 2, $this->plugin()->stats_query()->counts( new \SellMyImages\JobList\JobFilters() )['status']['failed'] - 1, 'The counters were kept.' );
	}

	public function test_refresh_looks_at_the_providers(): void {
		$jobs = $this->paid_rows( 2 );
		$this->as_admin();
		self::assertSame( 2, $this->finished( $this->started( array( 'action' => 'refresh', 'filter' => array( 'payment_status' => array( 'paid' ) ) ) ) )['done'] );
		self::assertNotNull( $this->plugin()->commands()->find( CommandKind::RefreshPayment, $jobs[1] ) );
	}
}
