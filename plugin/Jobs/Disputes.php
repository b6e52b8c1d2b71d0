<?php
/**
 * What a dispute's status means here.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

/**
 * Stripe's list of dispute states is open: an unknown one counts as open.
 */
final class Disputes {

	private const CLOSED = array( 'won', 'lost', 'warning_closed', 'prevented', 'charge_refunded' );

	/** What the column held of `warning_needs_response` when it was 20 characters wide. */
	private const CUT = 'warning_needs_respon';

	/** @param string $status As it is stored, perhaps by an earlier version. */
	public static function whole( string $status ): string {
		return self::CUT === $status ? 'warning_needs_response' : $status;
	}

	/**
	 * What a dispute took: its amount once it is lost, beside whatever was refunded; null as long as it may come back.
	 *
	 * @param string|null $amount A decimal, as it is stored.
	 */
	public static function lost( ?string $status, ?string $amount ): ?string {
		return 'lost' === $status ? $amount : null;
	}

	public static function is_open( ?string $status ): bool {
		return null !== $status && '' !== $status && ! in_array( $status, self::CLOSED, true );
	}

	/** An inquiry: the bank asks, no money has moved, and a refund ends it. */
	public static function is_inquiry( ?string $status ): bool {
		return null !== $status && str_starts_with( $status, 'warning_' );
	}

	public static function needs_answer( ?string $status ): bool {
		return self::is_open( $status );
	}

	/** Whether making the file would be work for money that is gone or going. */
	public static function holds_the_work( Job $job ): bool {
		return 'lost' === $job->dispute_status || ( self::is_open( $job->dispute_status ) && ! self::is_inquiry( $job->dispute_status ) );
	}

	/** Whether a refund may be asked for: no dispute, or Stripe says it can be. */
	public static function allows_refund( Job $job ): bool {
		return null === $job->dispute_status
			|| '' === $job->dispute_status
			|| $job->dispute_refundable
			|| in_array( $job->dispute_status, array( 'won', 'warning_closed' ), true );
	}
}
