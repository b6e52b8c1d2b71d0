<?php
/**
 * One job with everything that belongs to it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Owner;

use SellMyImages\Actions\JobFactsReader;
use SellMyImages\Actions\RefundPayment;
use SellMyImages\Bridge\StripeRights;
use SellMyImages\Capabilities;
use SellMyImages\Jobs\Attention;
use SellMyImages\Jobs\EventLog;
use SellMyImages\Jobs\Job;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Refunds\Refund;
use SellMyImages\Support\ActorNames;
use SellMyImages\Support\Times;
use SellMyImages\Upscaling\Attempt;

/**
 * The shape of job-detail.schema.json.
 */
final class JobDetailPresenter {

	/**
	 * @param callable(Job): list<Attention>  $attention_all All reasons, the most urgent first.
	 * @param (callable(Job): ?string)|null   $preview_url   A picture of the finished file for the owner's screen.
	 * @param (callable(): bool)|null         $is_fee_hidden Whether the bridge's key may not read fees.
	 */
	public function __construct(
		private readonly JobPresenter $jobs,
		private readonly JobFactsReader $facts,
		private readonly EventLog $events,
		private readonly LinkTokens $links,
		private $attention_all,
		private $preview_url = null,
		private $is_fee_hidden = null
	) {
	}

	/** @return array<string,mixed> */
	public function present( Job $job ): array {
		$facts    = $this->facts->for_job( $job );
		$attempts = $facts->attempts();
		$refunds  = $facts->refunds();
		ActorNames::learn( array_map( static fn( Refund $refund ): ?string => $refund->requested_by(), $refunds ) );

		return $this->jobs->one( $job ) + array(
			'attempts'          => array_map(
				static fn( Attempt $attempt ): array => $attempt->to_rest( $job->current_attempt ),
				$attempts
			),
			'refunds'           => array_map( static fn( Refund $refund ): array => $refund->to_rest(), $refunds ),
			'events'            => $this->events->for_job( $job ),
			'download'          => $this->download( $job, $attempts ),
			'durations'         => self::durations( $job ),
			'refundable_amount' => $facts->ledger()->left()->to_decimal(),
			'attention_all'     => array_map(
				static fn( Attention $attention ): string => $attention->value,
				( $this->attention_all )( $job )
			),
			'stripe_url'        => self::stripe_url( $job ),
			'dispute_id'        => $job->dispute_id,
			'refund_blocked'    => RefundPayment::blocked( $facts ),
			'fee_unknown'       => $this->fee_unknown( $job ),
		);
	}

	/** Why the margin stands without Stripe's fee. */
	private function fee_unknown( Job $job ): ?string {
		if ( null !== $job->stripe_fee || ! $job->is_paid() ) {
			return null;
		}

		return null !== $this->is_fee_hidden && ( $this->is_fee_hidden )()
			? sprintf(
				/* translators: %s: a right of a key at Stripe, “Balance: read”. */
				__( 'Unknown: give the bridge’s key the right “%s” in Stripe.', 'sell-my-images' ),
				StripeRights::words( StripeRights::BALANCE )
			)
			: __( 'Not known yet.', 'sell-my-images' );
	}

	/** @return array{waiting_s:?int,processing_s:?int,total_s:?int} */
	public static function durations( Job $job ): array {
		return array(
			'waiting_s'    => Times::between( $job->paid_at, $job->processing_started_at ),
			'processing_s' => Times::between( $job->processing_started_at, $job->completed_at ?? $job->failed_at ),
			'total_s'      => Times::between( $job->paid_at, $job->completed_at ),
		);
	}

	/**
	 * @param list<Attempt> $attempts Newest first.
	 * @return array<string,mixed>
	 */
	private function download( Job $job, array $attempts ): array {
		return array(
			'state'      => LinkTokens::state( $job ),
			'expires_at' => Times::iso( $job->download_expires_at ),
			'count'      => $job->download_count,
			'url'        => current_user_can( Capabilities::MANAGE ) ? $this->links->url( $job ) : null,
			'file'       => $this->file( $job, $attempts ),
		);
	}

	/**
	 * @param list<Attempt> $attempts Newest first.
	 * @return array<string,mixed>|null
	 */
	private function file( Job $job, array $attempts ): ?array {
		if ( ! $job->has_file() ) {
			return null;
		}
		$made_by = null;
		foreach ( $attempts as $attempt ) {
			if ( null !== $attempt->file_path() && basename( $attempt->file_path() ) === basename( (string) $job->upscaled_file_path ) ) {
				$made_by = $attempt;
				break;
			}
		}

		return array(
			'bytes'       => (int) filesize( (string) $job->file_path() ),
			'width'       => $made_by?->file_width() ?? $job->target_width,
			'height'      => $made_by?->file_height() ?? $job->target_height,
			'mime'        => $made_by?->file_mime(),
			'preview_url' => null === $this->preview_url ? null : ( $this->preview_url )( $job ),
		);
	}

	private static function stripe_url( Job $job ): ?string {
		return null === $job->stripe_payment_intent_id || '' === $job->stripe_payment_intent_id
			? null
			: 'https://dashboard.stripe.com/' . ( $job->livemode ? '' : 'test/' ) . 'payments/'
				. rawurlencode( $job->stripe_payment_intent_id );
	}
}
