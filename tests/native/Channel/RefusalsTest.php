<?php
/**
 * What the providers refuse, the owner reads.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Channel;

use SellMyImages\Bridge\PaymentsPause;
use SellMyImages\Bridge\StripeRights;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Tests\Jobs\LifecycleTestCase;

final class RefusalsTest extends LifecycleTestCase {

	private const SAID = "The provided key 'rk_test_*********abc' does not have the required permissions for this endpoint. Having the 'rak_refund_write' permission would allow this request to continue.";

	/** @var list<array{to:string,subject:string,message:string}> */
	private array $mails = array();

	protected function setUp(): void {
		parent::setUp();
		$this->mails = array();
		add_filter( 'pre_wp_mail', array( $this, 'post' ), 10, 2 );
		$this->plugin()->key_ring()->create( 'test' );
		$this->plugin()->bridge_state()->seen();
	}

	protected function tearDown(): void {
		remove_filter( 'pre_wp_mail', array( $this, 'post' ) );
		parent::tearDown();
	}

	/** @param array{to:string,subject:string,message:string} $mail */
	public function post( mixed $before, array $mail ): bool {
		$this->mails[] = $mail;
		return true;
	}

	/** @dataProvider kinds */
	public function test_any_of_stripes_commands_that_is_refused_closes_the_shop( string $kind ): void {
		$this->refuse( $this->leased( $kind ) );
		self::assertSame( 'payments_paused', $this->plugin()->shop()->closed_because() );
	}

	/** @return array<string,array{string}> */
	public static function kinds(): array {
		return array(
			'open_checkout'   => array( 'open_checkout' ),
			'refresh_payment' => array( 'refresh_payment' ),
			'refund'          => array( 'refund' ),
			'reconcile'       => array( 'reconcile' ),
		);
	}

	public function test_the_owner_reads_stripes_words_and_the_right_on_screen_in_site_health_and_in_one_mail(): void {
		$this->refuse( $this->leased( 'refresh_payment' ), self::SAID . ' https://dashboard.stripe.com/secret/way sk_test_abcdefgh buyer@example.org' );
		$this->refuse( $this->leased( 'refresh_payment' ) );
		$notice = $this->notice( 'payments_blocked' );
		self::assertSame( array( 'rak_refund_write', 'Refunds: write' ), array( $notice['right'], $notice['right_words'] ) );
		$health = $this->health();
		self::assertSame( 'critical', $health['status'] );
		self::assertStringContainsString( 'Refunds: write', $health['description'] );
		self::assertCount( 1, $this->mails );
		self::assertStringContainsString( 'Refunds: write', $this->mails[0]['message'] );
		foreach ( array( $notice['message'], $health['description'], $this->mails[0]['message'] ) as $words ) {
			self::assertStringContainsString( 'required permissions', $words );
			self::assertDoesNotMatchRegularExpression( '~sk_test_abc|secret/way|buyer@~', $words );
		}
	}

	public function test_other_trouble_of_stripes_pauses_nothing(): void {
		$this->report( $this->leased( 'refresh_payment' ), array( 'outcome' => 'retry', 'error' => array( 'code' => 'no_answer', 'message' => 'Timeout.' ) ) );
		self::assertFalse( $this->plugin()->payments_pause()->is_on() );
		$this->refuse( $this->leased( 'refresh_payment' ) );
		self::assertTrue( $this->plugin()->payments_pause()->is_on() );
	}

	public function test_the_bridges_own_look_lifts_it_and_what_waited_is_tried_at_once(): void {
		$command = $this->leased( 'refresh_payment' );
		$this->refuse( $command );
		$this->sync( array( 'providers' => array( 'stripe' => $this->stripe( 'refused' ) ) ) );
		self::assertSame( 'payments_paused', $this->plugin()->shop()->closed_because() );
		self::assertSame( array(), $this->sync( array( 'want' => array( 'submit' => 0, 'other' => 20 ) ) )['commands'], 'It waits for its next try.' );
		$answer = $this->sync( array( 'providers' => array( 'stripe' => $this->stripe( 'ok' ) ), 'want' => array( 'submit' => 0, 'other' => 20 ) ) );
		self::assertNull( $this->plugin()->shop()->closed_because() );
		self::assertSame( array( $command['uuid'] ), array_column( $answer['commands'], 'uuid' ) );
		self::assertSame( array(), $this->notices() );
		self::assertSame( 'good', $this->health()['status'] );
	}

	public function test_what_was_refused_lifts_it_when_it_works_and_nothing_else_does(): void {
		$job_id  = $this->paid_job();
		$refused = $this->leased( 'refund', $job_id );
		$this->refuse( $refused );
		$this->see_payment( $job_id );
		self::assertTrue( $this->plugin()->payments_pause()->is_on(), 'Reading payments is another right.' );
		$again = $this->claim( 'refund' );
		self::assertNotNull( $again );
		$this->report( $again, array( 'outcome' => 'ok', 'provider_ids' => array( 'refund' => 're_1' ) ) );
		self::assertFalse( $this->plugin()->payments_pause()->is_on() );
	}

	public function test_a_key_that_is_refused_from_the_start_is_told_before_anybody_buys(): void {
		$told = array( 'code' => 'unauthorized', 'message' => 'Invalid API Key provided: sk_test_****dead', 'right' => null ) + $this->stripe( 'refused' );
		for ( $n = 0; $n < 3; $n++ ) {
			$this->sync( array( 'providers' => array( 'stripe' => $told ) ) );
		}
		self::assertSame( 'payments_paused', $this->plugin()->shop()->closed_because() );
		self::assertCount( 1, $this->mails );
		self::assertStringContainsString( 'STRIPE_SECRET_KEY', $this->mails[0]['message'] );
	}

	public function test_a_flapping_key_is_mailed_once_an_hour_and_another_right_at_once(): void {
		foreach ( array( 'refused', 'ok', 'refused', 'ok' ) as $state ) {
			$this->sync( array( 'providers' => array( 'stripe' => $this->stripe( $state ) ) ) );
		}
		self::assertCount( 1, $this->mails );
		$this->sync( array( 'providers' => array( 'stripe' => array( 'right' => 'rak_charge_read' ) + $this->stripe( 'refused' ) ) ) );
		self::assertCount( 2, $this->mails );
	}

	public function test_an_older_bridge_that_never_looks_does_not_keep_the_shop_closed_for_ever(): void {
		$this->refuse( $this->leased( 'open_checkout' ) );
		$options = $this->plugin()->stored_options();
		$options->change( PaymentsPause::OPTION, static fn( mixed $state ): array => array( 'told_at' => gmdate( 'Y-m-d H:i:s', time() - 601 ) ) + (array) $state );
		self::assertNull( $this->plugin()->shop()->closed_because() );
		self::assertNotNull( $this->notice( 'payments_blocked' ) );
	}

	public function test_a_refused_key_of_the_upscaler_is_told_too_and_credits_are_not_its_business(): void {
		$this->sync( array( 'providers' => array( 'upsampler' => $this->stripe( 'refused' ) ) ) );
		$this->sync( array( 'providers' => array( 'upsampler' => $this->stripe( 'refused' ) ) ) );
		self::assertSame( 'paused', $this->plugin()->shop()->closed_because() );
		self::assertCount( 1, $this->mails );
		self::assertSame( 'critical', $this->tests()['smi_upscaler']['test']()['status'] );
		$this->sync( array( 'providers' => array( 'upsampler' => $this->stripe( 'ok' ) ) ) );
		self::assertNull( $this->plugin()->shop()->closed_because() );
		$this->plugin()->upscaler_pause()->raise( 'blocked', 'No credits.' );
		$this->sync( array( 'providers' => array( 'upsampler' => $this->stripe( 'ok' ) ) ) );
		self::assertSame( 'paused', $this->plugin()->shop()->closed_because() );
	}

	public function test_refused_webhooks_are_told_until_the_bridge_tells_of_none(): void {
		$webhook = array( 'refused' => 3, 'last_at' => '2026-11-30T00:00:00Z', 'message' => 'The signature is not ours.' );
		$this->sync( array( 'providers' => array( 'stripe' => $this->stripe( 'ok' ), 'webhook' => $webhook ) ) );
		self::assertSame( 3, $this->notice( 'webhooks_refused' )['refused'] ?? null );
		self::assertStringContainsString( 'STRIPE_WEBHOOK_SECRET', $this->health()['description'] );
		self::assertNull( $this->plugin()->shop()->closed_because(), 'Payments are seen, only later.' );
		$this->sync();
		self::assertNotNull( $this->notice( 'webhooks_refused' ), 'A sync without a word says nothing.' );
		$this->sync( array( 'providers' => array( 'stripe' => $this->stripe( 'ok' ) ) ) );
		self::assertNull( $this->notice( 'webhooks_refused' ) );
	}

	public function test_a_fee_that_may_not_be_read_is_told_and_sells_on(): void {
		$this->sync( array( 'providers' => array( 'stripe' => array( 'lacking' => array( 'rak_balance_read' ) ) + $this->stripe( 'ok' ) ) ) );
		self::assertSame( 'Balance: read', $this->notice( 'fee_unknown' )['right_words'] ?? null );
		self::assertSame( 'recommended', $this->health()['status'] );
		self::assertNull( $this->plugin()->shop()->closed_because() );
	}

	public function test_a_line_that_is_dead_for_long_is_told(): void {
		$this->sync( array( 'providers' => array( 'stripe' => array( 'since' => gmdate( 'c', time() - 60 ) ) + $this->stripe( 'unreachable' ) ) ) );
		self::assertNull( $this->notice( 'stripe_silent' ) );
		$this->sync( array( 'providers' => array( 'stripe' => array( 'since' => gmdate( 'c', time() - 600 ) ) + $this->stripe( 'unreachable' ) ) ) );
		self::assertNotNull( $this->notice( 'stripe_silent' ) );
	}

	public function test_every_notice_has_words_and_a_remedy(): void {
		$webhook = array( 'refused' => 1, 'last_at' => '2026-11-30T00:00:00Z', 'message' => '' );
		$this->sync( array( 'providers' => array( 'stripe' => array( 'lacking' => array( 'rak_balance_read' ) ) + $this->stripe( 'refused' ), 'webhook' => $webhook ) ) );
		$problems = $this->plugin()->connection_problems()->all();
		self::assertSame( array( 'payments_blocked', 'webhooks_refused', 'fee_unknown' ), array_column( $problems, 'code' ) );
		foreach ( $problems as $problem ) {
			self::assertNotSame( $problem['code'], $problem['message'] );
			self::assertNotSame( '', $problem['remedy'] );
		}
	}

	public function test_finds_the_right_in_stripes_sentences(): void {
		self::assertSame( 'rak_refund_write', StripeRights::named_in( self::SAID ) );
		self::assertSame( 'rak_plan_read', StripeRights::named_in( 'Enabling "Prices Read" (\'plan_read\') permissions on this key would allow this request to continue.' ) );
		self::assertNull( StripeRights::named_in( 'Invalid API Key provided: rk_test_***read' ) );
		self::assertSame( 'Issuing Cards: write', StripeRights::words( 'rak_issuing_cards_write' ) );
	}

	/**
	 * A command that the bridge holds.
	 *
	 * @return array<string,mixed>
	 */
	private function leased( string $kind, ?string $job_id = null ): array {
		if ( 'reconcile' === $kind ) {
			$this->plugin()->commands()->hint( CommandKind::Reconcile, 'objects', null );
		} elseif ( 'refund' === $kind ) {
			$job_id ??= $this->paid_job();
			self::assertNotNull( $this->plugin()->refunds()->request_automatic( $this->job( $job_id ) ) );
		} else {
			$job_id = $this->order();
			if ( 'refresh_payment' === $kind ) {
				$this->open_session( $job_id );
			}
		}
		$command = $this->claim( $kind, 'reconcile' === $kind || 'refund' === $kind ? null : $job_id );
		self::assertNotNull( $command );
		return $command;
	}

	/** @param array<string,mixed> $command Leased. */
	private function refuse( array $command, string $said = self::SAID ): void {
		self::assertSame( 'retry', $this->report( $command, array( 'outcome' => 'retry', 'error' => array( 'code' => 'unauthorized', 'message' => $said, 'status' => 403 ) ) ) );
	}

	/**
	 * What the bridge says of a provider.
	 *
	 * @return array<string,mixed>
	 */
	private function stripe( string $state ): array {
		$is_refused = 'refused' === $state;
		return array(
			'state'   => $state,
			'code'    => $is_refused ? 'forbidden' : null,
			'message' => $is_refused ? self::SAID : null,
			'right'   => $is_refused ? 'rak_refund_write' : null,
			'lacking' => array(),
			'since'   => gmdate( 'c' ),
		);
	}

	/** @return list<array{code:string,data:array<string,mixed>}> */
	private function notices(): array {
		return $this->plugin()->channel_notices()->all();
	}

	/** @return array<string,mixed>|null */
	private function notice( string $code ): ?array {
		return array_column( $this->notices(), 'data', 'code' )[ $code ] ?? null;
	}

	/** @return array<string,mixed> */
	private function health(): array {
		return $this->tests()['smi_stripe']['test']();
	}

	/** @return array<string,array{label:string,test:callable}> */
	private function tests(): array {
		return apply_filters( 'site_status_tests', array( 'direct' => array(), 'async' => array() ) )['direct'];
	}
}
