<?php
/**
 * One job's life, told step by step.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Sandbox;

use SellMyImages\Downloads\LinkTokens;
use SellMyImages\Storefront\Picture;
use SellMyImages\Storefront\SizePlan;
use SellMyImages\Support\Money;
use SellMyImages\Upscaling\Attempt;
use SellMyImages\Upscaling\AttemptPlan;
use SellMyImages\Upscaling\AttemptToken;
use SellMyImages\Upscaling\PrivateFolder;

/**
 * Each step moves the clock on and leaves the rows that the real one would have left; nothing is left to do.
 */
final class Story {

	private const CREDIT_CENTS = 4;

	/** @var array<string,mixed> Columns of smi_jobs. */
	public array $job;

	/** @var list<array<string,mixed>> Rows of smi_attempts. */
	public array $attempts = array();

	/** @var list<array<string,mixed>> Rows of smi_refunds. */
	public array $refunds = array();

	/** @var list<array<string,mixed>> Rows of smi_job_events. */
	public array $events = array();

	/** @var array<string,mixed> What Stripe's emulator remembers. */
	public array $sale;

	/** @var list<array<string,mixed>> What Upsampler's emulator remembers. */
	public array $upscales = array();

	/** @var list<array{path:string,picture:string}> Files that must exist. */
	public array $files = array();

	private int $refunded = 0;

	/**
	 * @param array{post_id:int,resolution:string,price:int,currency:string,email:string,site:string,stripe:string,lifetime:int} $order What is bought.
	 * @param int $clock Unix seconds of the click.
	 */
	public function __construct(
		private readonly Dice $dice,
		private readonly Picture $picture,
		private readonly SizePlan $plan,
		private readonly array $order,
		private int $clock,
		private readonly LinkTokens $links,
		private readonly PrivateFolder $folder,
		private readonly AttemptToken $tokens
	) {
		$job_id     = $dice->uuid();
		$this->sale = array(
			'session_id'        => $dice->id( 'cs_test_', 58 ),
			'payment_intent_id' => $dice->id( 'pi_', 24 ),
			'charge_id'         => $dice->id( 'ch_', 24 ),
			'amount_minor'      => $order['price'],
			'currency'          => strtolower( $order['currency'] ),
			'created'           => $clock,
			'email'             => $order['email'],
			'product'           => get_the_title( $order['post_id'] ),
			'metadata'          => $this->metadata( $job_id ),
			'state'             => 'open',
			'refunds'           => array(),
		);
		$this->job  = array(
			'job_id'                     => $job_id,
			'image_url'                  => $picture->shown_url,
			'source_url'                 => $picture->source_url,
			'upload_file_path'           => $picture->source_path,
			'resolution'                 => $order['resolution'],
			'email'                      => $order['email'],
			'post_id'                    => $order['post_id'],
			'attachment_id'              => $picture->attachment_id,
			'image_width'                => $picture->source_width,
			'image_height'               => $picture->source_height,
			'target_width'               => $plan->width,
			'target_height'              => $plan->height,
			'amount_charged'             => Money::to_decimal( $order['price'], $order['currency'] ),
			'currency'                   => $order['currency'],
			'livemode'                   => false,
			'status'                     => 'awaiting_payment',
			'payment_status'             => 'pending',
			'buyer_key_hash'             => $this->links->buyer_key_hash( $job_id ),
			'stripe_checkout_session_id' => $this->sale['session_id'],
			'created_at'                 => $this->time(),
		);
		$this->event( 'status', null, 'awaiting_payment', 'buyer', 'checkout' );
	}

	/** The buyer is still on the payment page. */
	public function open(): self {
		unset( $this->sale['payment_intent_id'], $this->sale['charge_id'] );
		$this->job['checkout_url'] = $this->order['stripe'] . '/c/pay/' . $this->sale['session_id'];
		return $this;
	}

	public function expire(): self {
		unset( $this->sale['payment_intent_id'], $this->sale['charge_id'] );
		$this->wait( HOUR_IN_SECONDS, HOUR_IN_SECONDS + 90 );
		$this->sale['state']         = 'expired';
		$this->job['failure_reason'] = 'The checkout expired without a payment.';
		return $this->status( 'abandoned', 'bridge', $this->job['failure_reason'] );
	}

	/** A delayed payment that did not arrive. */
	public function payment_fails(): self {
		$this->wait( DAY_IN_SECONDS, 2 * DAY_IN_SECONDS );
		$this->sale['state']                   = 'failed';
		$this->job['failure_reason']           = 'The delayed payment failed.';
		$this->job['stripe_payment_intent_id'] = $this->sale['payment_intent_id'];
		$this->job['stripe_charge_id']         = $this->sale['charge_id'];
		$this->status( 'abandoned', 'bridge', $this->job['failure_reason'] );
		return $this->payment( 'failed' );
	}

	public function pay(): self {
		$this->wait( 40, 500 );
		$this->sale['state'] = 'paid';
		$fee                 = (int) round( $this->order['price'] * 0.029 ) + 30;
		$this->job           = array(
			'paid_at'                  => $this->time(),
			'stripe_payment_intent_id' => $this->sale['payment_intent_id'],
			'stripe_charge_id'         => $this->sale['charge_id'],
			'stripe_fee'               => Money::to_decimal( $fee, $this->order['currency'] ),
		) + $this->job;
		$this->status( 'pending', 'bridge', null, $this->sale['payment_intent_id'] );
		return $this->payment( 'paid', $this->sale['payment_intent_id'] );
	}

	/** The action has run, whatever came of it. */
	public function fire(): self {
		$this->job = array(
			'payment_action_tries'   => 1,
			'payment_action_at'      => $this->time(),
			'payment_action_done_at' => $this->time(),
		) + $this->job;
		return $this;
	}

	/** The buyer paid something else than the price. */
	public function mismatch(): self {
		$received                    = $this->order['price'] - 100;
		$this->sale['amount_minor']  = $received;
		$this->job['amount_charged'] = Money::to_decimal( $received, $this->order['currency'] );
		$this->job['mismatch']       = "amount_subtotal $received instead of {$this->order['price']}";
		return $this->attention( 'amount_mismatch' );
	}

	/** An attempt begins and stays where it is. */
	public function begin( string $state = Attempt::RUNNING, array $more = array() ): self {
		$uuid             = $this->dice->uuid();
		$is_local         = SizePlan::LOCAL === $this->plan->provider;
		$pixels           = $this->picture->source_width * $this->picture->source_height * $this->plan->factor ** 2;
		$credits          = $is_local ? 0 : AttemptPlan::credits_for( $pixels );
		$this->attempts[] = $more + array(
			'uuid'        => $uuid,
			'job_id'      => $this->job['job_id'],
			'provider'    => $this->plan->provider,
			'state'       => $state,
			'provider_id' => $is_local || Attempt::UNKNOWN === $state ? null : $this->dice->id( 'ups_', 20 ),
			'token_hash'  => AttemptToken::hash( $this->tokens->token( $uuid ) ),
			'factor'      => $this->plan->factor,
			'source_url'  => $this->picture->source_url,
			'credits'     => Attempt::UNKNOWN === $state ? null : $credits,
			'may_cost_credits' => Attempt::UNKNOWN === $state ? $credits : 0,
			'cost'        => Attempt::UNKNOWN === $state ? null : sprintf( '%.4f', $credits * self::CREDIT_CENTS / 100 ),
			'created_at'  => $this->time(),
		);
		$this->event( 'attempt', null, Attempt::QUEUED, 'system', $more['override_by'] ?? '', $uuid );
		$this->wait( 2, 12 );
		$last                                         = array_key_last( $this->attempts );
		$this->attempts[ $last ][ $is_local ? 'started_at' : 'sent_at' ] = $this->time();
		$this->job['current_attempt']                 = $uuid;
		$this->job['source_type']                     = $this->plan->provider;
		$this->job['upsampler_job_id']                = $this->attempts[ $last ]['provider_id'];
		$this->job['attempt_count']                   = count( $this->attempts );
		$this->job['processing_started_at']           = $this->time();
		$this->event( 'attempt', Attempt::QUEUED, Attempt::RUNNING === $state ? 'running' : $state, 'bridge', null, $uuid );
		if ( 'completed' !== $this->job['status'] && 'processing' !== $this->job['status'] ) {
			$this->status( 'processing', 'bridge' );
		}
		return $this->remember( 'IN_PROGRESS' )->sum();
	}

	/** The attempt brings its file, and the buyer hears of it. */
	public function finish(): self {
		$this->wait( 8, 10 + $this->dice->between( 5, 170 ) );
		$attempt  = $this->end( Attempt::SUCCEEDED, 'SUCCESS' );
		$uuid     = $attempt['uuid'];
		$path     = $this->folder->folder( $uuid ) . "/{$this->job['job_id']}-$uuid.jpg";
		$last     = array_key_last( $this->attempts );
		$this->attempts[ $last ] = array( 'file_path' => $path ) + $attempt;
		$this->files[]           = array( 'path' => $path, 'picture' => $this->picture->attachment_id . '-' . $this->order['resolution'] );
		$was_completed           = 'completed' === $this->job['status'];
		$this->job               = array(
			'upscaled_file_path' => $path,
			'completed_at'       => $this->time(),
			'failed_at'          => null,
			'failure_reason'     => null,
		) + $this->job;
		$this->link();
		return $was_completed ? $this : $this->status( 'completed', 'bridge' );
	}

	/** The attempt fails; the job goes on. */
	public function stumble( string $error ): self {
		$this->wait( 5, 40 );
		$this->end( Attempt::FAILED, 'FAILED', $error );
		return $this;
	}

	/** The attempt fails for good, and the job with it. */
	public function fail( string $error, string $message ): self {
		$this->stumble( "$error: $message" );
		$this->job['failed_at']      = $this->time();
		$this->job['failure_reason'] = $message;
		return $this->status( 'failed', 'bridge', $message );
	}

	public function mail( string $type, string $state = 'sent' ): self {
		$this->wait( 1, 5 );
		$this->job['email_state'] = $state;
		$this->job['email_sent']  = 'sent' === $state;
		return $this->event( 'email', null, $state, 'system', $type );
	}

	/**
	 * A refund, as far as it came.
	 *
	 * @param string               $status Of Stripe.
	 * @param int|null             $amount Minor units; null for all that is left.
	 * @param array<string,mixed>  $more   Columns of the row.
	 */
	public function refund( string $status, ?int $amount = null, array $more = array() ): self {
		$this->wait( 20, 200 );
		$minor           = $amount ?? $this->sale['amount_minor'] - $this->refunded;
		$row             = $more + array(
			'uuid'             => $this->dice->uuid(),
			'job_id'           => $this->job['job_id'],
			'amount_minor'     => $minor,
			'currency'         => $this->order['currency'],
			'origin'           => 'auto',
			'status'           => $status,
			'stripe_refund_id' => $this->dice->id( 're_', 24 ),
			'requested_by'     => 'system',
			'created_at'       => $this->time(),
		);
		$is_external     = 'external' === $row['origin'];
		$actor           = 'manual' === $row['origin'] ? 'user:1' : 'system';
		$this->sale['refunds'][] = array(
			'id'           => $row['stripe_refund_id'],
			'amount_minor' => $minor,
			'status'       => $status,
			'created'      => $this->clock,
			'reason'       => $row['reason'] ?? null,
			'metadata'     => $is_external ? (object) array() : array( 'smi_refund' => $row['uuid'] ) + $this->metadata( $this->job['job_id'] ),
		);
		$is_external || $this->event( 'refund', null, 'requested', $actor, $row['note'] ?? null, $row['uuid'] );
		$this->wait( 3, 20 );
		$this->event( 'refund', $is_external ? null : 'requested', $status, $is_external ? 'stripe' : 'bridge', $is_external ? 'external' : null, $row['stripe_refund_id'] );
		$row['updated_at'] = $this->time();
		$row['settled_at'] = 'pending' === $status ? null : $this->time();
		$this->refunds[]   = $row;
		return 'succeeded' === $status ? $this->returned( $minor, $row['reason'] ?? null ) : $this;
	}

	public function dispute( string $status ): self {
		$this->wait( DAY_IN_SECONDS / 2, DAY_IN_SECONDS );
		$id                              = $this->dice->id( 'dp_', 24 );
		$this->sale['dispute']           = array( 'id' => $id, 'status' => $status, 'created' => $this->clock );
		$this->job['dispute_status']     = $status;
		$this->job['dispute_amount']     = Money::to_decimal( $this->sale['amount_minor'], $this->order['currency'] );
		$this->job['dispute_refundable'] = false;
		return $this->event( 'dispute', null, $status, 'bridge', 'general', $id );
	}

	/** Somebody, days later. */
	public function wait( int $low, int $high ): self {
		$this->clock += $this->dice->between( $low, $high );
		return $this;
	}

	public function attention( string $reason ): self {
		$this->job['attention'] = $reason;
		return $this;
	}

	/** The owner asks for a new file. */
	public function override(): self {
		$this->event( 'action', null, 'retry', 'user:1', 'admin_override' );
		if ( 'completed' !== $this->job['status'] ) {
			$this->status( 'pending', 'user:1', 'admin_override' );
		}
		return $this->begin( Attempt::RUNNING, array( 'is_override' => 1, 'override_by' => 'user:1', 'keeps_file' => (int) ( 'completed' === $this->job['status'] ) ) );
	}

	/** How long ago the last thing happened decides nothing: the row says so itself. */
	public function ended(): int {
		return $this->clock;
	}

	private function returned( int $minor, ?string $reason ): self {
		$this->refunded += $minor;
		$is_all          = $this->refunded >= $this->sale['amount_minor'];
		$this->job       = array(
			'refund_amount' => Money::to_decimal( $this->refunded, $this->order['currency'] ),
			'refunded_at'   => $this->time(),
			'refund_reason' => $reason,
		) + $this->job;
		$this->payment( $is_all ? 'refunded' : 'partially_refunded' );
		if ( $is_all && isset( $this->job['download_token'] ) ) {
			$this->job['download_token'] = $this->links->revoked_hash( (string) $this->job['download_token'] );
			$this->event( 'link', null, 'revoked', 'bridge', 'refunded' );
		}
		return $this;
	}

	private function link(): void {
		$generation = (int) ( $this->job['download_generation'] ?? 0 ) + 1;
		$this->job  = array(
			'download_generation' => $generation,
			'download_token'      => $this->links->hash( $this->links->token( (string) $this->job['job_id'], $generation ) ),
			'download_expires_at' => gmdate( 'Y-m-d H:i:s', $this->clock + $this->order['lifetime'] ),
			'download_count'      => $this->dice->between( 0, 3 ),
		) + $this->job;
	}

	/** @return array<string,mixed> The attempt's row. */
	private function end( string $state, string $provider_state, ?string $error = null ): array {
		$last                    = array_key_last( $this->attempts );
		$was                     = $this->attempts[ $last ]['state'];
		$this->attempts[ $last ] = array(
			'state'        => $state,
			'error'        => $error,
			'is_transient' => null === $error ? null : 0,
			'ended_at'     => $this->time(),
		) + ( Attempt::FAILED === $state ? array( 'credits' => 0, 'cost' => '0.0000' ) : array() ) + $this->attempts[ $last ];
		$this->event( 'attempt', $was, $state, 'bridge', $error, $this->attempts[ $last ]['uuid'] );
		$this->remember( $provider_state, $error )->sum();
		return $this->attempts[ $last ];
	}

	/** Upsampler knows of it. */
	private function remember( string $status, ?string $error = null ): self {
		$attempt = $this->attempts[ array_key_last( $this->attempts ) ];
		if ( null !== $attempt['provider_id'] ) {
			$upscale = array( 'id' => $attempt['provider_id'], 'status' => $status, 'creditCost' => (int) $attempt['credits'] );
			$this->upscales[ $attempt['provider_id'] ] = $upscale + ( null === $error ? array() : array( 'error' => $error ) );
		}
		return $this;
	}

	private function sum(): self {
		$credits                   = (int) array_sum( array_column( $this->attempts, 'credits' ) );
		$this->job['credits_used'] = $credits;
		$this->job['amount_cost']  = sprintf( '%.2f', $credits * self::CREDIT_CENTS / 100 );
		return $this;
	}

	private function status( string $to, string $actor, ?string $reason = null, ?string $ref = null ): self {
		$from                = $this->job['status'];
		$this->job['status'] = $to;
		return $this->event( 'status', $from, $to, $actor, $reason, $ref );
	}

	private function payment( string $to, ?string $ref = null ): self {
		$from                        = $this->job['payment_status'];
		$this->job['payment_status'] = $to;
		return $this->event( 'payment', $from, $to, 'bridge', null, $ref );
	}

	private function event( string $type, ?string $from, string $to, string $actor, ?string $reason = null, ?string $ref = null ): self {
		$this->events[] = array(
			'job_id'     => $this->job['job_id'],
			'at'         => $this->time(),
			'actor'      => $actor,
			'type'       => $type,
			'from_value' => $from,
			'to_value'   => $to,
			'reason'     => '' === $reason ? null : $reason,
			'ref'        => $ref,
		);
		return $this;
	}

	/** @return array<string,string> As on every session and payment of this shop. */
	private function metadata( string $job_id ): array {
		return array(
			'smi_job'        => $job_id,
			'smi_site'       => $this->order['site'],
			'smi_attachment' => (string) $this->picture->attachment_id,
			'smi_post'       => (string) $this->order['post_id'],
			'smi_resolution' => $this->order['resolution'],
		);
	}

	private function time(): string {
		return gmdate( 'Y-m-d H:i:s', $this->clock );
	}
}
