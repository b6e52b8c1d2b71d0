<?php
/**
 * Money that goes back: refunds and disputes.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Sandbox;

use SellMyImages\Support\Money;

/**
 * Part of Story.
 */
trait Returning {

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
}
