<?php
/**
 * Plays the bridge, so that a job's whole life runs through the plugin's own services.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Jobs;

use SellMyImages\Errors\ActionRefused;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\Jobs\Job;
use SellMyImages\Plugin;
use SellMyImages\Tests\TestCase;
use SellMyImages\Upscaling\Attempt;

abstract class LifecycleTestCase extends TestCase {

	/** @var list<array{0:string,1:array<mixed>}> Every firing of the plugin's actions. */
	protected array $fired = array();

	protected function setUp(): void {
		parent::setUp();
		$this->fired = array();
		foreach ( array( 'smi_payment_completed', 'smi_job_status_changed', 'smi_job_created', 'smi_job_completed', 'smi_job_failed', 'smi_job_refunded' ) as $name ) {
			add_action(
				$name,
				function ( ...$args ) use ( $name ): void {
					$this->fired[] = array( $name, $args );
				},
				0,
				4
			);
		}
	}

	protected function plugin(): Plugin {
		return Plugin::instance();
	}

	/** @return list<array<mixed>> The arguments of each firing. */
	protected function firings( string $name ): array {
		return array_values( array_map( static fn( array $one ): array => $one[1], array_filter( $this->fired, static fn( array $one ): bool => $one[0] === $name ) ) );
	}

	protected function job( string $job_id ): Job {
		$job = $this->plugin()->jobs()->find( $job_id );
		self::assertNotNull( $job );

		return $job;
	}

	/** @return list<Attempt> Newest first. */
	protected function attempts( string $job_id ): array {
		return $this->plugin()->attempt_repository()->for_job( $job_id );
	}

	/**
	 * A new job, its checkout asked for.
	 *
	 * @param array<string,mixed> $order Overrides.
	 */
	protected function order( array $order = array() ): string {
		$opened = $this->plugin()->checkouts()->open(
			$order + array(
				'attachment_id' => 7,
				'post_id'       => 5,
				'resolution'    => '4x',
				'email'         => 'buyer@example.org',
				'width'         => 400,
				'height'        => 320,
				'price_minor'   => 490,
				'currency'      => 'USD',
				'source'        => array( 'url' => 'http://127.0.0.1/photo.jpg', 'path' => '2026/11/photo.jpg', 'width' => 100, 'height' => 80, 'mime' => 'image/jpeg' ),
				'title'         => 'A harbour',
				'image_url'     => 'http://127.0.0.1/photo.jpg',
				'return_url'    => 'http://127.0.0.1/a-harbour/',
			)
		);

		return $opened['job']->job_id;
	}

	/**
	 * @param array<string,mixed> $message Parts of sync-request.schema.json.
	 * @return array<string,mixed> Of sync-response.schema.json.
	 */
	protected function sync( array $message = array() ): array {
		return $this->plugin()->sync()->answer( $message + array( 'hints' => array(), 'reports' => array(), 'want' => array( 'submit' => 0, 'other' => 0 ) ) );
	}

	/**
	 * Leases what is due, of one kind.
	 *
	 * @param string|null $of Only the command of this object.
	 * @return array<string,mixed>|null The command.
	 */
	protected function claim( string $kind, ?string $of = null ): ?array {
		$this->make_due( $kind );
		$commands = $this->sync( array( 'hints' => array(), 'want' => 'submit' === $kind ? array( 'submit' => 4, 'other' => 0 ) : array( 'submit' => 0, 'other' => 20 ) ) )['commands'];
		$wanted   = array_values( array_filter( $commands, static fn( array $command ): bool => $command['kind'] === $kind && ( null === $of || $command['object'] === $of ) ) );

		return $wanted[0] ?? null;
	}

	/** Nobody answered what is handed out. */
	protected function end_leases(): void {
		global $wpdb;
		$wpdb->query( "UPDATE {$wpdb->prefix}smi_commands SET leased_until = DATE_SUB(UTC_TIMESTAMP(), INTERVAL 1 SECOND) WHERE leased_until IS NOT NULL" );
	}

	/** Brings waiting commands of a kind forward, and keeps the others back. */
	private function make_due( string $kind ): void {
		global $wpdb;
		$wpdb->query( $wpdb->prepare( "UPDATE {$wpdb->prefix}smi_commands SET due_at = DATE_SUB(UTC_TIMESTAMP(), INTERVAL 1 SECOND) WHERE kind = %s AND done_at IS NULL AND leased_until IS NULL", $kind ) );
		$wpdb->query( $wpdb->prepare( "UPDATE {$wpdb->prefix}smi_commands SET due_at = DATE_ADD(UTC_TIMESTAMP(), INTERVAL 1 DAY) WHERE kind <> %s AND done_at IS NULL AND leased_until IS NULL", $kind ) );
	}

	/**
	 * @param array<string,mixed> $command From claim().
	 * @param array<string,mixed> $report  outcome, provider_ids, error, snapshot.
	 * @return string The answer.
	 */
	protected function report( array $command, array $report ): string {
		$answers = $this->sync( array( 'reports' => array( $report + array( 'id' => wp_generate_uuid4(), 'command' => $command['uuid'], 'lease_no' => $command['lease_no'] ) ) ) )['answers'];

		return $answers[0]['answer'];
	}

	/** The session is made. */
	protected function open_session( string $job_id ): string {
		$command = $this->claim( 'open_checkout' );
		self::assertNotNull( $command );
		$session = 'cs_test_' . str_replace( '-', '', $job_id );
		self::assertSame( 'applied', $this->report( $command, array( 'outcome' => 'ok', 'provider_ids' => array( 'session' => $session, 'session_url' => "http://127.0.0.1/c/pay/$session" ) ) ) );

		return $session;
	}

	/**
	 * @param array<string,mixed> $overrides Top-level parts.
	 * @return array<string,mixed> Of payment-snapshot.schema.json.
	 */
	protected function payment( string $job_id, array $overrides = array() ): array {
		$id = str_replace( '-', '', $job_id );

		return $overrides + array(
			'type'           => 'payment',
			'livemode'       => false,
			'smi_job'        => $job_id,
			'smi_site'       => $this->plugin()->site_identity()->uuid(),
			'session'        => array( 'id' => "cs_test_$id", 'status' => 'complete', 'payment_status' => 'paid', 'url' => null, 'expires_at' => time() + 3600, 'amount_subtotal' => 490, 'amount_total' => 490, 'currency' => 'usd', 'email' => 'Payer@Example.org' ),
			'payment_intent' => array( 'id' => "pi_$id", 'status' => 'succeeded', 'amount_received' => 490, 'currency' => 'usd', 'last_error' => null ),
			'charge'         => array( 'id' => "ch_$id", 'fee_minor' => 44, 'fee_currency' => 'usd' ),
			'refunds'        => array(),
			'dispute'        => null,
		);
	}

	/** @param array<string,mixed> $overrides See payment(). */
	protected function see_payment( string $job_id, array $overrides = array() ): string {
		$this->hint( $job_id );
		$command = $this->claim( 'refresh_payment' );
		self::assertNotNull( $command );

		return $this->report( $command, array( 'outcome' => 'snapshot', 'snapshot' => $this->payment( $job_id, $overrides ) ) );
	}

	protected function hint( string $job_id ): void {
		$this->sync( array( 'hints' => array( array( 'id' => wp_generate_uuid4(), 'provider' => 'stripe', 'type' => 'checkout.session.completed', 'job_id' => $job_id ) ) ) );
	}

	/** A job whose payment is in. */
	protected function paid_job(): string {
		$job_id = $this->order();
		$this->open_session( $job_id );
		self::assertSame( 'applied', $this->see_payment( $job_id ) );

		return $job_id;
	}

	/**
	 * Just before the call to the upscaler.
	 *
	 * @param array<string,mixed> $command A leased submit.
	 * @return string The attempt's state, or why it must not be sent.
	 */
	protected function begin( array $command, string $turn = 'one' ): string {
		return $this->turn( fn(): array => $this->plugin()->submit_turns()->begin( $command['object'], $command['lease_no'], $turn ) );
	}

	/**
	 * It was not sent after all.
	 *
	 * @param array<string,mixed> $command A leased submit.
	 * @return string The attempt's state, or why it cannot be taken back.
	 */
	protected function give_back( array $command, string $turn = 'one' ): string {
		return $this->turn( fn(): array => $this->plugin()->submit_turns()->give_back( $command['object'], $command['lease_no'], $turn ) );
	}

	/** @param \Closure(): array{state:string} $ask What is asked. */
	private function turn( \Closure $ask ): string {
		try {
			return $ask()['state'];
		} catch ( ActionRefused $refused ) {
			self::assertSame( array( ErrorCode::ATTEMPT_BEGUN, 409 ), array( $refused->error_code, $refused->status ) );

			return (string) $refused->details['reason'];
		}
	}

	/** Sends the current attempt to the upscaler. */
	protected function submit( string $job_id, string $provider_id = 'up_1' ): void {
		$command = $this->claim( 'submit' );
		self::assertNotNull( $command );
		self::assertSame( 'sent', $this->begin( $command ) );
		self::assertSame( $job_id, $command['payload']->job_id );
		$this->report( $command, array( 'outcome' => 'ok', 'provider_ids' => array( 'upsampler' => $provider_id ) ) );
	}

	/**
	 * @param array<string,mixed> $snapshot Parts of attempt-snapshot.schema.json.
	 * @param string|null         $attempt  Which one; the first that is due unless told.
	 */
	protected function see_attempt( array $snapshot, ?string $attempt = null ): string {
		$command = $this->claim( 'refresh_attempt', $attempt );
		self::assertNotNull( $command );
		if ( 'succeeded' === $snapshot['state'] ) {
			$snapshot['file'] = $this->upload( $command );
		}

		return $this->report( $command, array( 'outcome' => 'snapshot', 'snapshot' => $snapshot + array( 'type' => 'attempt', 'provider_id' => null, 'is_transient' => false, 'code' => null, 'error' => null, 'credits' => 1, 'result_url' => null, 'file' => null ) ) );
	}

	/**
	 * @param array<string,mixed> $command A leased refresh_attempt.
	 * @return array<string,mixed> The file, for the snapshot.
	 */
	protected function upload( array $command ): array {
		$image = imagecreatetruecolor( $command['payload']->width, $command['payload']->height );
		imagefill( $image, 0, 0, (int) imagecolorallocate( $image, 90, 60, 30 ) );
		ob_start();
		imagejpeg( $image );
		$bytes = (string) ob_get_clean();
		$sha   = hash( 'sha256', $bytes );
		$this->plugin()->result_files()->add( $command['payload']->job_id, $command['payload']->attempt, (int) $command['lease_no'], 0, strlen( $bytes ), $sha, $bytes );

		return array( 'sha256' => $sha, 'bytes' => strlen( $bytes ), 'width' => $command['payload']->width, 'height' => $command['payload']->height, 'mime' => 'image/jpeg' );
	}

	/** A job from order to finished file. */
	protected function completed_job(): string {
		$job_id = $this->paid_job();
		$this->submit( $job_id );
		self::assertSame( 'applied', $this->see_attempt( array( 'state' => 'succeeded' ) ) );

		return $job_id;
	}

	/** A job that failed for good. */
	protected function failed_job(): string {
		$job_id = $this->paid_job();
		$this->submit( $job_id );
		self::assertSame( 'applied', $this->see_attempt( array( 'state' => 'failed', 'code' => 'provider_failed', 'error' => 'The image could not be read.' ) ) );

		return $job_id;
	}

	/**
	 * Carries out the one refund that is due.
	 *
	 * @param array<string,mixed> $overrides Of the snapshot's refund.
	 */
	protected function make_refund( string $job_id, array $overrides = array() ): string {
		$command = $this->claim( 'refund' );
		self::assertNotNull( $command );
		$this->report( $command, array( 'outcome' => 'ok', 'provider_ids' => array( 'refund' => 're_' . $command['payload']->refund ) ) );
		$refund = $overrides + array( 'id' => 're_' . $command['payload']->refund, 'amount_minor' => $command['payload']->amount_minor, 'status' => 'succeeded', 'smi_refund' => $command['payload']->refund, 'reason' => null, 'failure_reason' => null, 'created' => time() );

		return $this->see_payment( $job_id, array( 'refunds' => array( $refund ) ) );
	}
}
