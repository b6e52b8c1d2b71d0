<?php
/**
 * The bridge's one call.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Channel;

use SellMyImages\Bridge\BridgeState;
use SellMyImages\Bridge\Interest;
use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandClass;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Errors\ActionRefused;

final class SyncTest extends ChannelTestCase {

	public function test_a_hint_about_a_job_comes_back_as_a_command(): void {
		$job_id = $this->make_job();
		$answer = $this->sync()->answer( $this->message( array( $this->hint( array( 'job_id' => $job_id ) ) ) ) );
		self::assertSame( array( array( 'id' => 'evt_1', 'answer' => 'applied' ) ), $answer['answers'] );
		self::assertSame( array( array( 'refresh_payment', $job_id ) ), $this->objects( $answer ) );
		self::assertSame( $this->site->pair(), $answer['site'] );
	}

	public function test_finds_the_job_by_session_and_by_payment_intent(): void {
		$one = $this->make_job( array( 'stripe_checkout_session_id' => 'cs_1' ) );
		$two = $this->make_job( array( 'stripe_payment_intent_id' => 'pi_2' ) );
		$this->sync()->answer( $this->message( array( $this->hint( array( 'session' => 'cs_1' ) ), $this->hint( array( 'id' => 'evt_2', 'payment_intent' => 'pi_2' ) ) ), array(), 0, 0 ) );
		self::assertNotNull( $this->commands->find( CommandKind::RefreshPayment, $one ) );
		self::assertNotNull( $this->commands->find( CommandKind::RefreshPayment, $two ) );
	}

	public function test_asks_stripe_whose_an_unknown_payment_is(): void {
		$this->sync()->answer( $this->message( array( $this->hint( array( 'payment_intent' => 'pi_9', 'session' => 'cs_9' ) ) ) ) );
		$command = $this->command( CommandKind::Resolve, 'cs_9' );
		self::assertSame( array( 'payment_intent' => 'pi_9', 'session' => 'cs_9' ), $command->payload );
	}

	/** A bridge that died, or a backup, took the answer with it that brought the session. */
	public function test_asks_stripe_about_a_payment_of_a_job_that_knows_of_none(): void {
		$job_id = $this->make_job();
		$this->sync()->answer( $this->message( array( $this->hint( array( 'job_id' => $job_id, 'payment_intent' => 'pi_9', 'session' => 'cs_9' ) ) ) ) );
		self::assertSame( array( 'payment_intent' => 'pi_9', 'session' => 'cs_9' ), $this->command( CommandKind::Resolve, 'cs_9' )->payload );
		self::assertNull( $this->commands->find( CommandKind::RefreshPayment, $job_id ), 'There is nothing to look at yet.' );
	}

	public function test_a_token_finds_its_attempt_and_brings_the_upscalers_id(): void {
		$attempt = $this->make_attempt();
		$hint    = $this->hint( array( 'provider' => 'upsampler', 'attempt_token' => $this->tokens()->token( $attempt ), 'provider_id' => 'u1' ) );
		$answer  = $this->sync()->answer( $this->message( array( $hint ) ) );
		self::assertSame( array( $attempt => 'u1' ), $this->learned );
		self::assertSame( array( array( 'refresh_attempt', $attempt ) ), $this->objects( $answer ) );
	}

	/**
	 * @dataProvider foreign_hints
	 * @param array<string,mixed> $fields
	 */
	public function test_rejects( string $code, array $fields ): void {
		$this->make_job( array( 'job_id' => '11111111-1111-4111-8111-111111111111', 'livemode' => 0 ) );
		$answer = $this->sync()->answer( $this->message( array( $this->hint( $fields ) ) ) );
		self::assertSame( array( array( 'id' => 'evt_1', 'answer' => 'rejected', 'code' => $code ) ), $answer['answers'] );
		self::assertSame( '0', $this->db->value( 'SELECT COUNT(*) FROM {commands}' ) );
		self::assertSame( '0', $this->db->value( 'SELECT COUNT(*) FROM {provider_events}' ), 'What strangers send fills no table.' );
	}

	public function test_a_forged_token_finds_nothing(): void {
		$attempt = $this->make_attempt();
		$token   = $this->tokens()->token( $attempt );
		foreach ( array( strrev( $token ), substr( $token, 0, -1 ) . ( 'A' === $token[-1] ? 'Q' : 'A' ), str_replace( '-', '', $attempt ) . str_repeat( 'A', 43 ) ) as $forged ) {
			$answer = $this->sync()->answer( $this->message( array( $this->hint( array( 'provider' => 'upsampler', 'attempt_token' => $forged, 'provider_id' => 'u1' ) ) ) ) );
			self::assertSame( 'unknown_attempt', $answer['answers'][0]['code'] ?? '' );
		}
		self::assertSame( array(), $this->learned );
	}

	public function test_a_protocol_that_changed_since_hello_is_a_426(): void {
		try {
			$this->sync()->answer( $this->message() + array( 'protocol' => 9 ) );
			self::fail( 'It was answered.' );
		} catch ( ActionRefused $refused ) {
			self::assertSame( array( 426, 'smi_channel_protocol_mismatch' ), array( $refused->status, $refused->error_code ) );
		}
		self::assertArrayHasKey( 'answers', $this->sync()->answer( $this->message() + array( 'protocol' => 1 ) ) );
	}

	public function test_pictures_never_keep_payments_waiting(): void {
		for ( $n = 0; $n < 20; $n++ ) {
			$this->commands->hint( CommandKind::RefreshAttempt, "ready$n", null, 0, Command::READY );
			$this->commands->hint( CommandKind::RefreshAttempt, "running$n", null );
			$this->commands->hint( CommandKind::RefreshPayment, "payment$n", null );
		}
		$message         = $this->message();
		$message['want'] = array( 'submit' => 0, 'other' => 18, 'money' => 10, 'deliver' => 2, 'poll' => 6, 'reconcile' => 0 );
		$kinds           = array_map( static fn( array $object ): string => rtrim( $object[1], '0123456789' ), $this->objects( $this->sync()->answer( $message ) ) );
		self::assertSame( array( 'payment' => 10, 'ready' => 2, 'running' => 6 ), array_count_values( $kinds ) );
	}

	public function test_a_bridge_full_of_pictures_is_not_called_for_more_of_them(): void {
		foreach ( array( 'a', 'b', 'c' ) as $attempt ) {
			$this->commands->hint( CommandKind::RefreshAttempt, $attempt, null, 0, Command::READY );
		}
		$message         = $this->message();
		$message['want'] = array( 'submit' => 4, 'other' => 20, 'money' => 10, 'deliver' => 0, 'poll' => 6, 'reconcile' => 2 );
		$answer          = $this->sync()->answer( $message );
		self::assertSame( array( array(), 15000 ), array( $answer['commands'], $answer['next_in_ms'] ), 'It comes by itself when one is made.' );
		$this->commands->hint( CommandKind::RefreshAttempt, 'running', null, 3 );
		self::assertEqualsWithDelta( 3000, $this->sync()->answer( $message )['next_in_ms'], 1000, 'What it has room for still counts.' );
		$message['want']['deliver'] = 1;
		self::assertSame( array( array( 'refresh_attempt', 'a' ) ), $this->objects( $this->sync()->answer( $message ) ) );
	}

	public function test_says_of_which_classes_a_bridge_could_take_more(): void {
		$want   = array( 'submit' => 1, 'other' => 5, 'money' => 2, 'deliver' => 1, 'poll' => 1, 'reconcile' => 0 );
		$given  = static fn( string $kind, array $payload = array() ): array => array( 'kind' => $kind, 'payload' => (object) $payload );
		$left   = static fn( array ...$claims ): array => array_column( CommandClass::with_room( $want, $claims ), 'value' );
		self::assertSame( array( 'money', 'submit', 'deliver', 'poll' ), $left() );
		self::assertSame( array( 'money', 'poll' ), $left( $given( 'submit' ), $given( 'refresh_attempt', Command::READY ) ) );
		self::assertSame( array( 'money', 'submit', 'deliver' ), $left( $given( 'refresh_attempt', array( 'is_ready' => false ) ), $given( 'refund' ) ) );
		self::assertSame( array( 'submit' ), array_column( CommandClass::with_room( array( 'submit' => 4, 'other' => 1 ), array( $given( 'refund' ) ) ), 'value' ) );
	}

	public function test_a_bridge_that_knows_no_classes_gets_payments_first(): void {
		for ( $n = 0; $n < 5; $n++ ) {
			$this->commands->hint( CommandKind::RefreshAttempt, "ready$n", null, 0, Command::READY );
			$this->commands->hint( CommandKind::RefreshAttempt, "running$n", null );
		}
		$this->commands->hint( CommandKind::RefreshPayment, 'payment', null );
		$claimed = array_column( $this->objects( $this->sync()->answer( $this->message( array(), array(), 0, 7 ) ) ), 1 );
		self::assertSame( array( 7, 'payment', 'ready0' ), array( count( $claimed ), $claimed[0], $claimed[1] ) );
	}

	public function test_renews_what_is_still_worked_on_and_tells_what_is_not_the_bridges_any_more(): void {
		$held    = $this->lease( CommandKind::RefreshAttempt, 'a' );
		$stale   = $this->lease( CommandKind::RefreshAttempt, 'b' );
		$payment = $this->lease( CommandKind::RefreshPayment, 'p' );
		foreach ( array( 'a', 'p' ) as $n => $object ) {
			$this->age( $this->command( array( CommandKind::RefreshAttempt, CommandKind::RefreshPayment )[ $n ], $object ), 170 );
		}
		$running = array(
			array( 'command' => $held->uuid, 'lease_no' => $held->lease_no ),
			array( 'command' => $stale->uuid, 'lease_no' => $stale->lease_no - 1 ),
			array( 'command' => $payment->uuid, 'lease_no' => $payment->lease_no ),
			array( 'command' => wp_generate_uuid4(), 'lease_no' => 1 ),
		);
		self::assertSame( array( $held->uuid ), $this->sync()->answer( $this->message( array(), array(), 0, 0 ) + array( 'running' => $running ) )['renewed'] );
		$left = fn( Command $command ): int => strtotime( (string) $command->leased_until ) - strtotime( $this->db->now() );
		self::assertEqualsWithDelta( 180, $left( $this->command( CommandKind::RefreshAttempt, 'a' ) ), 2 );
		self::assertLessThan( 15, $left( $this->command( CommandKind::RefreshPayment, 'p' ) ), 'What moves money ends with its lease.' );
	}

	/** @return array<string,array{string,array<string,mixed>}> */
	public function foreign_hints(): array {
		$job = array( 'job_id' => '11111111-1111-4111-8111-111111111111' );
		return array(
			'the events of another site'      => array( 'other_site', $job + array( 'site' => '22222222-2222-4222-8222-222222222222' ) ),
			'live events about a test job'    => array( 'other_mode', $job + array( 'livemode' => true ) ),
			'a token that nobody gave out'    => array( 'unknown_attempt', array( 'attempt_token' => 'made up' ) ),
			'what names nothing'              => array( 'unknown_object', array() ),
			'a job that is not there, and no payment' => array( 'unknown_object', array( 'job_id' => '33333333-3333-4333-8333-333333333333' ) ),
		);
	}

	/**
	 * @dataProvider listed
	 * @param array<string,mixed> $job What the site knows.
	 */
	public function test_looks_only_at_what_a_list_shows_otherwise( string $answer, string $type, string $state, array $job ): void {
		$job_id = $this->make_job( $job );
		$this->db->insert(
			'refunds',
			array( 'uuid' => wp_generate_uuid4(), 'job_id' => $job_id, 'amount_minor' => 500, 'currency' => 'usd', 'origin' => 'manual', 'status' => 'succeeded', 'stripe_refund_id' => 're_1', 'created_at' => gmdate( 'Y-m-d H:i:s' ), 'updated_at' => gmdate( 'Y-m-d H:i:s' ) )
		);
		$hint = $this->hint( array( 'job_id' => $job_id, 'type' => "reconcile.$type", 'state' => $state ) );
		$sync = $this->sync()->answer( $this->message( array( $hint ), array(), 0, 0 ) );
		self::assertSame( array( array( 'id' => 'evt_1', 'answer' => $answer ) ), $sync['answers'] );
		self::assertSame( 'applied' === $answer, null !== $this->commands->find( CommandKind::RefreshPayment, $job_id ) );
	}

	/** @return array<string,array{string,string,string,array<string,mixed>}> */
	public function listed(): array {
		$paid     = array( 'status' => 'completed', 'payment_status' => 'paid', 'stripe_payment_intent_id' => 'pi_1' );
		$open     = array( 'status' => 'awaiting_payment', 'payment_status' => 'pending' );
		$left     = array( 'status' => 'abandoned', 'payment_status' => 'pending' );
		$disputed = $paid + array( 'dispute_id' => 'dp_1', 'dispute_status' => 'needs_response' );
		return array(
			'paid here and there'           => array( 'unchanged', 'checkout.session', 'complete/paid', $paid ),
			'paid there, not here'          => array( 'applied', 'checkout.session', 'complete/paid', $open ),
			'paid there, left here'         => array( 'applied', 'checkout.session', 'complete/paid', $left ),
			'expired here and there'        => array( 'unchanged', 'checkout.session', 'expired/unpaid', $left ),
			'expired there, open here'      => array( 'applied', 'checkout.session', 'expired/unpaid', $open ),
			'still open'                    => array( 'applied', 'checkout.session', 'open/unpaid', $open ),
			'complete, money under way'     => array( 'applied', 'checkout.session', 'complete/unpaid', $open ),
			'a refund as it is'             => array( 'unchanged', 'refund', 're_1/succeeded/500', $paid ),
			'a refund that failed later'    => array( 'applied', 'refund', 're_1/failed/500', $paid ),
			'another amount'                => array( 'applied', 'refund', 're_1/succeeded/501', $paid ),
			'a refund nobody knows'         => array( 'applied', 'refund', 're_2/succeeded/500', $paid ),
			'a dispute as it is'            => array( 'unchanged', 'dispute', 'dp_1/needs_response', $disputed ),
			'a dispute that was decided'    => array( 'applied', 'dispute', 'dp_1/lost', $disputed ),
			'a dispute nobody knows'        => array( 'applied', 'dispute', 'dp_1/lost', $paid ),
			'a webhook, whatever it says'   => array( 'applied', 'no list', 'complete/paid', $paid ),
		);
	}

	public function test_the_same_event_fifty_times_makes_one_command(): void {
		$job_id = $this->make_job();
		$this->sync()->answer( $this->message( array_fill( 0, 50, $this->hint( array( 'job_id' => $job_id ) ) ), array(), 0, 0 ) );
		self::assertSame( 50, $this->command( CommandKind::RefreshPayment, $job_id )->wanted );
		self::assertSame( '1', $this->db->value( 'SELECT COUNT(*) FROM {provider_events}' ) );
		self::assertCount( 1, $this->claims()->claim( 0, 20 ) );
	}

	public function test_commits_every_report_before_any_hook_fires_and_fires_before_it_claims(): void {
		$one   = $this->lease( CommandKind::RefreshPayment, 'a' );
		$two   = $this->lease( CommandKind::RefreshPayment, 'b' );
		$order = array();
		$this->payment->during_report = function ( $command ) use ( &$order ): void {
			$order[] = "report {$command->object}";
			$this->transaction->after_commit(
				function () use ( &$order, $command ): void {
					$order[] = "hook {$command->object}";
					$this->commands->hint( CommandKind::Submit, "from {$command->object}", null );
				}
			);
		};
		$reports = array_map( static fn( $command ): array => array( 'id' => $command->object, 'command' => $command->uuid, 'lease_no' => 1, 'outcome' => 'snapshot' ), array( $one, $two ) );
		$answer  = $this->sync()->answer( $this->message( array(), $reports ) );
		self::assertSame( array( 'report a', 'report b', 'hook a', 'hook b' ), $order );
		self::assertSame( array( array( 'submit', 'from a' ), array( 'submit', 'from b' ) ), $this->objects( $answer ) );
		self::assertSame( array( 'applied', 'applied' ), array_column( $answer['answers'], 'answer' ) );
	}

	public function test_does_the_sites_own_work_only_when_nothing_was_brought(): void {
		$job_id = $this->make_job();
		$this->commands->hint( CommandKind::SendEmail, 'a', null );
		$answer = $this->sync()->answer( $this->message( array( $this->hint( array( 'job_id' => $job_id ) ) ) ) );
		self::assertSame( array(), $this->mailer->ran );
		self::assertSame( 0, $answer['next_in_ms'] );
		$this->sync()->answer( $this->message() );
		self::assertSame( array( 'a' ), $this->mailer->ran );
	}

	public function test_says_when_to_come_again(): void {
		self::assertSame( 15000, $this->sync()->answer( $this->message() )['next_in_ms'] );
		$this->commands->hint( CommandKind::RefreshPayment, 'a', null, 5 );
		self::assertEqualsWithDelta( 5000, $this->sync()->answer( $this->message() )['next_in_ms'], 1000 );
		( new Interest( $this->options ) )->touch();
		self::assertSame( 1000, $this->sync()->answer( $this->message() )['next_in_ms'] );
		$this->commands->hint( CommandKind::BatchItem, 'b', null, 5 );
		self::assertSame( 0, $this->sync()->answer( $this->message() )['next_in_ms'] );
	}

	public function test_a_site_in_safe_mode_hands_out_nothing_and_loses_nothing(): void {
		$command = $this->lease( CommandKind::RefreshPayment, 'a' );
		$job_id  = $this->make_job( array( 'livemode' => 1 ) );
		( new BridgeState( $this->options ) )->keep( array( 'livemode' => true ) );
		$answer = $this->sync()->answer(
			$this->message(
				array( $this->hint( array( 'job_id' => $job_id ) ) ),
				array( array( 'id' => 'r', 'command' => $command->uuid, 'lease_no' => 1, 'outcome' => 'snapshot' ) )
			)
		);
		self::assertSame( array( 'applied', 'retry' ), array_column( $answer['answers'], 'answer' ) );
		self::assertSame( array(), $answer['commands'] );
		self::assertSame( array(), $this->payment->reports );
		self::assertNotNull( $this->commands->find( CommandKind::RefreshPayment, $job_id ) );
	}

	/**
	 * A hint of Stripe's.
	 *
	 * @param array<string,mixed> $fields More fields.
	 * @return array<string,mixed>
	 */
	private function hint( array $fields ): array {
		return $fields + array( 'id' => 'evt_1', 'type' => 'checkout.session.completed', 'provider' => 'stripe' );
	}

	/**
	 * Kind and object of each command.
	 *
	 * @param array<string,mixed> $answer The answer.
	 * @return list<array{string,string}>
	 */
	private function objects( array $answer ): array {
		return array_map( static fn( array $command ): array => array( $command['kind'], $command['object'] ), $answer['commands'] );
	}

	/** An attempt; gives its UUID. */
	private function make_attempt(): string {
		$uuid = wp_generate_uuid4();
		$this->db->insert(
			'attempts',
			array( 'uuid' => $uuid, 'job_id' => $this->make_job(), 'seq' => 1, 'provider' => 'upsampler', 'state' => 'sent', 'token_hash' => hash( 'sha256', $uuid ), 'created_at' => gmdate( 'Y-m-d H:i:s' ) )
		);
		return $uuid;
	}
}
