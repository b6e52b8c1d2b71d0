<?php
/**
 * One job's life, told step by step.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Sandbox;

use SellMyImages\Files\PrivateFolder;
use SellMyImages\Files\UploadsPath;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Storefront\Picture;
use SellMyImages\Storefront\SizePlan;
use SellMyImages\Support\Money;
use SellMyImages\Upscaling\AttemptToken;

/**
 * Each step moves the clock on and leaves the rows that the real one would have left; nothing is left to do.
 */
final class Story {

	use Making;
	use Returning;
	use Telling;

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
			'upload_file_path'           => UploadsPath::to_store( $picture->source_path ),
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
		$this->job['failure_reason'] = 'checkout_expired';
		return $this->status( 'abandoned', 'bridge', $this->job['failure_reason'] );
	}

	/** A delayed payment that did not arrive. */
	public function payment_fails(): self {
		$this->wait( DAY_IN_SECONDS, 2 * DAY_IN_SECONDS );
		$this->sale['state']                   = 'failed';
		$this->job['failure_reason']           = 'payment_failed';
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

	public function mail( string $type, string $state = 'sent' ): self {
		$this->wait( 1, 5 );
		$this->job['email_state'] = $state;
		$this->job['email_sent']  = 'sent' === $state;
		return $this->event( 'email', null, $state, 'system', $type );
	}

	public function attention( string $reason ): self {
		$this->job['attention'] = $reason;
		return $this;
	}
}
