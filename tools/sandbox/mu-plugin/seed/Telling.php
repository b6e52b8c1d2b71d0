<?php
/**
 * The log, and the clock it is written by.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Sandbox;

/**
 * Part of Story.
 */
trait Telling {

	/** Somebody, days later. */
	public function wait( int $low, int $high ): self {
		$this->clock += $this->dice->between( $low, $high );
		return $this;
	}

	/** How long ago the last thing happened decides nothing: the row says so itself. */
	public function ended(): int {
		return $this->clock;
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
