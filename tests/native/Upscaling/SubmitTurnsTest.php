<?php
/**
 * Two phases: what was handed out is begun just before the call, or comes back.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Upscaling;

use SellMyImages\Errors\ActionRefused;
use SellMyImages\Tests\Jobs\LifecycleTestCase;
use SellMyImages\Upscaling\UpscalerSilence;

final class SubmitTurnsTest extends LifecycleTestCase {

	public function test_a_lost_sync_answer_is_a_plain_handing_out_again(): void {
		$job_id = $this->paid_job();
		$first  = $this->handed_out();
		self::assertSame( array( 'queued', null, 0, 'pending' ), $this->facts( $job_id ) );
		$this->end_leases();
		$second = $this->handed_out();
		self::assertSame( array( $first['uuid'], $first['lease_no'] + 1 ), array( $second['uuid'], $second['lease_no'] ) );
		self::assertEquals( $first['payload'], $second['payload'] );
		self::assertSame( array( 'stale_lease', 'sent' ), array( $this->begin( $first, 'one' ), $this->begin( $second, 'two' ) ) );
		self::assertSame( array( 'queued', 'sent' ), $this->states_of_the_log( $job_id ), 'It never was unknown.' );
	}

	public function test_begin_sends_and_moves_no_status_until_the_upscaler_has_it(): void {
		$job_id  = $this->paid_job();
		$command = $this->handed_out();
		self::assertSame( 'sent', $this->begin( $command ) );
		list( $state, $sent_at, $credits, $status ) = $this->facts( $job_id );
		self::assertSame( array( 'sent', 1, 'pending' ), array( $state, $credits, $status ) );
		self::assertNotNull( $sent_at );
		self::assertNull( $this->job( $job_id )->processing_started_at );
		$this->age_turns( 40 );
		$this->report( $command, array( 'outcome' => 'ok', 'provider_ids' => array( 'upsampler' => 'up_1' ) ) );
		self::assertSame( array( 'processing', 'running' ), array( $this->job( $job_id )->status->value, $this->attempts( $job_id )[0]->state() ) );
		self::assertSame( $this->attempts( $job_id )[0]->sent_at(), $this->job( $job_id )->processing_started_at, 'It began when it was sent.' );
		self::assertSame( array( 'pending', 'processing' ), array_slice( $this->firings( 'smi_job_status_changed' )[1] ?? array(), 1, 2 ) );
	}

	public function test_one_pair_hears_one_answer_and_no_other_turn_a_yes(): void {
		$job_id  = $this->paid_job();
		$command = $this->handed_out();
		self::assertSame( array( 'sent', 'sent', 'other_turn' ), array( $this->begin( $command, 'one' ), $this->begin( $command, 'one' ), $this->begin( $command, 'two' ) ) );
		self::assertSame( array( 'queued', 'sent' ), $this->states_of_the_log( $job_id ), 'Said twice, done once.' );
		$this->end_leases();
		self::assertSame( 'stale_lease', $this->begin( $command, 'one' ), 'Who is late must not send.' );
	}

	public function test_of_two_bridges_with_two_leases_only_the_later_begins(): void {
		$job_id = $this->paid_job();
		$slow   = $this->handed_out();
		$this->end_leases();
		$quick = $this->handed_out();
		self::assertSame( array( 'stale_lease', 'sent', 'other_turn' ), array( $this->begin( $slow, 'slow' ), $this->begin( $quick, 'quick' ), $this->begin( $slow, 'slow' ) ) );
		self::assertSame( 'other_turn', $this->give_back( $slow, 'slow' ), 'It takes nobody else’s turn back.' );
		$this->report( $slow, array( 'outcome' => 'refused', 'error' => array( 'code' => 'not_sent', 'message' => '' ) ) );
		self::assertSame( 'sent', $this->attempts( $job_id )[0]->state(), 'Nor does its report.' );
	}

	public function test_a_turn_given_back_is_as_if_never_taken(): void {
		$job_id  = $this->paid_job();
		$command = $this->handed_out();
		$this->begin( $command );
		self::assertSame( array( 'queued', 'queued' ), array( $this->give_back( $command ), $this->give_back( $command ) ) );
		self::assertSame( array( 'queued', null, 0, 'pending' ), $this->facts( $job_id ) );
		self::assertSame( 'given_back', $this->begin( $command ), 'A begin that was long on its way.' );
		self::assertSame( 'sent', $this->begin( $command, 'another' ) );
		self::assertSame( 'other_turn', $this->give_back( $command ) );
	}

	public function test_a_turn_given_back_before_its_begin_arrived_is_spent(): void {
		$job_id  = $this->paid_job();
		$command = $this->handed_out();
		self::assertSame( array( 'queued', 'given_back' ), array( $this->give_back( $command ), $this->begin( $command ) ) );
		self::assertSame( 'queued', $this->attempts( $job_id )[0]->state() );
	}

	public function test_giving_back_is_definite_under_a_stale_lease(): void {
		$job_id  = $this->paid_job();
		$command = $this->handed_out();
		$this->begin( $command );
		$this->end_leases();
		self::assertNull( $this->claim( 'submit' ) );
		self::assertSame( array( 'unknown', 'processing', 'submit_unknown' ), array( $this->attempts( $job_id )[0]->state(), $this->job( $job_id )->status->value, $this->job( $job_id )->attention?->value ) );
		self::assertSame( 'queued', $this->give_back( $command ) );
		self::assertSame( array( 'queued', null, 0, 'pending' ), $this->facts( $job_id ) );
		self::assertNull( $this->job( $job_id )->attention );
		self::assertSame( 'sent', $this->begin( $this->handed_out(), 'two' ) );
	}

	public function test_giving_back_after_the_lease_but_before_anybody_noticed(): void {
		$job_id  = $this->paid_job();
		$command = $this->handed_out();
		$this->begin( $command );
		$this->end_leases();
		self::assertSame( 'queued', $this->give_back( $command ) );
		self::assertSame( $command['lease_no'] + 1, $this->handed_out()['lease_no'] );
		self::assertSame( array( 'queued', 'sent', 'queued' ), $this->states_of_the_log( $job_id ) );
	}

	public function test_what_came_of_the_attempt_meanwhile_only_loses_its_cost(): void {
		$job_id  = $this->paid_job();
		$command = $this->handed_out();
		$this->begin( $command );
		do_action( 'smi_payment_completed', $job_id, array( 'admin_override' => true ) );
		self::assertSame( array( 'superseded', 'superseded' ), array( $this->begin( $command ), $this->give_back( $command ) ) );
		$old = $this->attempts( $job_id )[1];
		self::assertSame( array( 'superseded', null, 0 ), array( $old->state(), $old->sent_at(), $old->to_rest( null )['may_cost_credits'] ) );
	}

	public function test_a_superseded_attempt_is_not_begun(): void {
		$job_id  = $this->paid_job();
		$command = $this->handed_out();
		do_action( 'smi_payment_completed', $job_id, array( 'admin_override' => true ) );
		self::assertSame( 'superseded', $this->begin( $command ) );
		self::assertSame( array( 'queued', 'superseded' ), array( $this->attempts( $job_id )[0]->state(), $this->attempts( $job_id )[1]->state() ) );
	}

	public function test_never_back_once_the_upscaler_has_it(): void {
		$job_id  = $this->paid_job();
		$command = $this->handed_out();
		$this->begin( $command );
		$this->report( $command, array( 'outcome' => 'ok', 'provider_ids' => array( 'upsampler' => 'up_1' ) ) );
		self::assertSame( array( 'submitted', 'submitted' ), array( $this->give_back( $command ), $this->begin( $command ) ) );
		self::assertSame( 'running', $this->attempts( $job_id )[0]->state() );
	}

	public function test_an_id_that_comes_for_one_that_was_never_begun_keeps_it_from_being_sent(): void {
		$job_id  = $this->paid_job();
		$command = $this->handed_out();
		$this->plugin()->attempt_ids()->learn( $command['object'], 'up_hook' );
		self::assertSame( array( 'running', 'processing' ), array( $this->attempts( $job_id )[0]->state(), $this->job( $job_id )->status->value ) );
		self::assertSame( 'submitted', $this->begin( $command ) );
		$this->end_leases();
		self::assertNull( $this->claim( 'submit' ) );
	}

	public function test_a_pause_raised_after_it_was_handed_out_is_heard(): void {
		$job_id  = $this->paid_job();
		$other   = $this->paid_job();
		$command = (array) $this->claim( 'submit', $this->attempts( $other )[0]->uuid() );
		$this->plugin()->upscaler_pause()->raise( 'blocked', 'No credits.' );
		self::assertSame( 'paused', $this->begin( $command ) );
		$this->report( $command, array( 'outcome' => 'retry', 'error' => array( 'code' => 'not_begun', 'message' => '' ) ) );
		self::assertNull( $this->claim( 'submit' ) );

		// The probe went out after the pause began.
		update_option( 'smi_upscaler_pause', array( 'since' => '2020-01-01 00:00:00', 'next_probe' => '2020-01-01 00:05:00' ) + (array) get_option( 'smi_upscaler_pause' ), false );
		$this->end_leases();
		self::assertSame( 'sent', $this->begin( $this->handed_out(), 'probe' ) );
		self::assertContains( 'sent', array( $this->attempts( $job_id )[0]->state(), $this->attempts( $other )[0]->state() ) );
	}

	public function test_a_dispute_opened_meanwhile_is_heard(): void {
		$job_id  = $this->paid_job();
		$command = $this->handed_out();
		$this->plugin()->db()->execute( "UPDATE {jobs} SET dispute_status = 'needs_response' WHERE job_id = %s", $job_id );
		self::assertSame( 'disputed', $this->begin( $command ) );
		$this->plugin()->db()->execute( "UPDATE {jobs} SET dispute_status = 'warning_needs_response' WHERE job_id = %s", $job_id );
		self::assertSame( 'sent', $this->begin( $command ), 'An inquiry holds up nothing.' );
		$this->plugin()->db()->execute( "UPDATE {jobs} SET dispute_status = 'needs_response' WHERE job_id = %s", $job_id );
		self::assertSame( 'sent', $this->begin( $command ), 'The same pair hears the same.' );
	}

	public function test_a_copy_of_the_shop_begins_nothing(): void {
		$this->paid_job();
		$command = $this->handed_out();
		$state   = $this->plugin()->bridge_state();
		$state->keep( array( 'livemode' => true ) + $state->hello() );
		self::assertSame( 'safe_mode', $this->begin( $command ) );
	}

	public function test_an_attempt_that_nobody_knows_is_a_404(): void {
		$this->expectExceptionObject( new ActionRefused( 'smi_attempt_not_found', 'There is no such attempt.', 404 ) );
		$this->plugin()->submit_turns()->begin( wp_generate_uuid4(), 1, 'one' );
	}

	public function test_begin_fires_no_hook(): void {
		$this->paid_job();
		$command     = $this->handed_out();
		$this->fired = array();
		$this->begin( $command );
		$this->give_back( $command );
		self::assertSame( array(), $this->fired );
	}

	public function test_an_upscaler_out_of_reach_moves_nothing_however_often_it_is_tried(): void {
		$job_id      = $this->paid_job();
		$this->fired = array();
		$waits       = array();
		for ( $try = 1; $try <= 9; $try++ ) {
			$command = $this->handed_out();
			$this->begin( $command, "t$try" );
			$this->give_back( $command, "t$try" );
			self::assertSame( 'retry', $this->report( $command, array( 'outcome' => 'refused', 'error' => array( 'code' => 'not_sent', 'message' => 'No connection: refused' ) ) ) );
			$waits[] = $this->wait_of( $command );
		}
		self::assertSame( array( 5, 10, 20, 40, 80, 160, 300, 300, 300 ), $waits );
		self::assertSame( array( 'queued', null, 0, 'pending' ), $this->facts( $job_id ) );
		self::assertSame( array(), $this->fired );
		self::assertFalse( $this->plugin()->upscaler_pause()->is_on(), 'It did not last yet.' );
	}

	public function test_out_of_reach_for_a_quarter_of_an_hour_pauses_selling_until_the_first_success(): void {
		$this->paid_job();
		$mails = $this->count_mails();
		$this->try_in_vain();
		$this->age_silence( 901, 200 );
		$this->try_in_vain();
		$pause = $this->plugin()->upscaler_pause();
		self::assertSame( array( 'unreachable', 1 ), array( $pause->state()['code'] ?? '', $mails->count() ) );
		self::assertNull( $this->claim( 'submit' ), 'Only a probe each five minutes.' );
		update_option( 'smi_upscaler_pause', array( 'since' => '2020-01-01 00:00:00', 'next_probe' => '2020-01-01 00:05:00' ) + (array) get_option( 'smi_upscaler_pause' ), false );
		$this->try_in_vain();
		self::assertSame( 1, $mails->count(), 'Told once.' );
		update_option( 'smi_upscaler_pause', array( 'next_probe' => '2020-01-01 00:05:00' ) + (array) get_option( 'smi_upscaler_pause' ), false );
		$command = $this->handed_out();
		$this->begin( $command, 'works' );
		$this->report( $command, array( 'outcome' => 'ok', 'provider_ids' => array( 'upsampler' => 'up_1' ) ) );
		self::assertSame( array( false, null ), array( $pause->is_on(), get_option( UpscalerSilence::OPTION, null ) ) );
	}

	public function test_two_tries_in_vain_far_apart_are_not_one_long_silence(): void {
		$this->paid_job();
		$this->try_in_vain();
		$this->age_silence( 86400, 86400 );
		$this->try_in_vain();
		self::assertFalse( $this->plugin()->upscaler_pause()->is_on() );
	}

	public function test_any_answer_ends_a_silence(): void {
		$this->paid_job();
		$this->try_in_vain();
		$this->age_silence( 901, 200 );
		$this->be_limited( array() );
		$this->try_in_vain();
		self::assertFalse( $this->plugin()->upscaler_pause()->is_on() );
	}

	public function test_too_many_at_once_waits_as_told_and_troubles_nobody(): void {
		$job_id      = $this->paid_job();
		$mails       = $this->count_mails();
		$this->fired = array();
		self::assertSame( array( 30, 7, 3600 ), array( $this->be_limited( array() ), $this->be_limited( array( 'retry_after_s' => 7 ) ), $this->be_limited( array( 'retry_after_s' => 99999 ) ) ) );
		self::assertSame( array( 'queued', null, 0, 'pending' ), $this->facts( $job_id ) );
		self::assertSame( array( array(), 0, false ), array( $this->fired, $mails->count(), $this->plugin()->upscaler_pause()->is_on() ) );
	}

	public function test_a_report_stands_in_for_a_give_back_that_failed(): void {
		$job_id  = $this->paid_job();
		$command = $this->handed_out();
		$this->begin( $command );
		$this->report( $command, array( 'outcome' => 'refused', 'error' => array( 'code' => 'rate_limited', 'message' => 'Slow down.' ) ) );
		self::assertSame( array( 'queued', null, 0, 'pending' ), $this->facts( $job_id ) );
		self::assertSame( 'stale_lease', $this->begin( $command ) );
		self::assertSame( 'sent', $this->begin( $this->handed_out() ), 'Another lease, another turn.' );
	}

	/** @dataProvider undecided */
	public function test_without_a_give_back_nobody_knows( string $code ): void {
		$job_id  = $this->paid_job();
		$command = $this->handed_out();
		$this->begin( $command );
		$this->report( $command, array( 'outcome' => 'retry', 'error' => array( 'code' => $code, 'message' => '' ) ) );
		self::assertSame( array( 'unknown', 'processing' ), array( $this->attempts( $job_id )[0]->state(), $this->job( $job_id )->status->value ) );
		self::assertNull( $this->claim( 'submit' ), 'Never a second purchase.' );
	}

	/** @dataProvider undecided */
	public function test_what_was_not_begun_is_handed_out_again( string $code ): void {
		$job_id  = $this->paid_job();
		$command = $this->handed_out();
		$this->report( $command, array( 'outcome' => 'retry', 'error' => array( 'code' => $code, 'message' => '' ) ) );
		self::assertSame( 'queued', $this->attempts( $job_id )[0]->state() );
		self::assertSame( $command['lease_no'] + 1, $this->handed_out()['lease_no'] );
	}

	/** @return array<string,array{string}> */
	public function undecided(): array {
		return array_map( static fn( string $code ): array => array( $code ), array_combine( array( 'lease_ending', 'stopping', 'not_begun', 'broke_off' ), array( 'lease_ending', 'stopping', 'not_begun', 'broke_off' ) ) );
	}

	public function test_an_answer_that_was_lost_is_unknown_even_from_a_bridge_that_never_begins(): void {
		$job_id  = $this->paid_job();
		$command = $this->handed_out();
		$this->report( $command, array( 'outcome' => 'retry', 'error' => array( 'code' => 'no_answer', 'message' => '' ) ) );
		self::assertSame( 'unknown', $this->attempts( $job_id )[0]->state() );
	}

	public function test_one_that_is_on_its_way_for_ever_asks_for_attention(): void {
		global $wpdb;
		$job_id = $this->paid_job();
		$this->begin( $this->handed_out() );
		$wpdb->query( "UPDATE {$wpdb->prefix}smi_attempts SET created_at = DATE_SUB(created_at, INTERVAL 2 HOUR)" );
		$this->plugin()->lifecycle()->within( $job_id, static fn() => null );
		self::assertSame( 'paid_not_started', $this->job( $job_id )->attention?->value );
	}

	/** @return array<string,mixed> A leased submit. */
	private function handed_out(): array {
		$command = $this->claim( 'submit' );
		self::assertNotNull( $command );

		return $command;
	}

	private function try_in_vain(): void {
		$command = $this->handed_out();
		$turn    = wp_generate_uuid4();
		self::assertSame( 'sent', $this->begin( $command, $turn ) );
		$this->give_back( $command, $turn );
		$this->report( $command, array( 'outcome' => 'refused', 'error' => array( 'code' => 'not_sent', 'message' => 'No connection: refused' ) ) );
	}

	/**
	 * @param array<string,int> $more Of the report's error.
	 * @return int Seconds until it comes again.
	 */
	private function be_limited( array $more ): int {
		$command = $this->handed_out();
		$turn    = wp_generate_uuid4();
		$this->begin( $command, $turn );
		$this->give_back( $command, $turn );
		$this->report( $command, array( 'outcome' => 'refused', 'error' => $more + array( 'code' => 'rate_limited', 'message' => 'Too many.' ) ) );

		return $this->wait_of( $command );
	}

	/** @param array<string,mixed> $command A submit. */
	private function wait_of( array $command ): int {
		return (int) round( (float) $this->plugin()->db()->value( 'SELECT TIMESTAMPDIFF(SECOND, updated_at, due_at) AS s FROM {commands} WHERE uuid = %s', $command['uuid'] ) );
	}

	/** @return array{string,string|null,int,string} The attempt's state, when it was sent, what it may cost; and the job's status. */
	private function facts( string $job_id ): array {
		$attempt = $this->attempts( $job_id )[0];

		return array( $attempt->state(), $attempt->sent_at(), $attempt->to_rest( null )['may_cost_credits'], $this->job( $job_id )->status->value );
	}

	/** @return list<string> */
	private function states_of_the_log( string $job_id ): array {
		return array_map( 'strval', $this->plugin()->db()->column( "SELECT to_value FROM {job_events} WHERE job_id = %s AND type = 'attempt' ORDER BY id", $job_id ) );
	}

	private function age_turns( int $seconds ): void {
		$this->plugin()->db()->execute( 'UPDATE {attempts} SET sent_at = DATE_SUB(sent_at, INTERVAL %d SECOND)', $seconds );
	}

	/** @param int $since Seconds since the first try in vain, and $last since the last. */
	private function age_silence( int $since, int $last ): void {
		update_option( UpscalerSilence::OPTION, array( 'since' => gmdate( 'Y-m-d H:i:s', time() - $since ), 'last' => gmdate( 'Y-m-d H:i:s', time() - $last ) ), false );
	}

	/** @return \ArrayObject<int,mixed> The mails that were sent. */
	private function count_mails(): \ArrayObject {
		$mails = new \ArrayObject();
		add_filter(
			'pre_wp_mail',
			static function ( $sent, array $mail ) use ( $mails ): bool {
				$mails->append( $mail );

				return true;
			},
			10,
			2
		);

		return $mails;
	}
}
