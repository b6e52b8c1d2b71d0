<?php
/**
 * Status, payment status and attention in one small number.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

/**
 * Any filter on the three is a set of facets, and each facet is a run of an index: that is what makes lists fast.
 */
final class Facet {

	public static function of( JobStatus $status, PaymentStatus $payment, ?Attention $attention ): int {
		return ( $status->code() * 8 + $payment->code() ) * 16 + ( $attention?->code() ?? 0 );
	}

	/**
	 * @param int $facet A stored facet.
	 * @return array{status:JobStatus,payment_status:PaymentStatus,attention:?Attention}
	 */
	public static function decode( int $facet ): array {
		return array(
			'status'         => JobStatus::cases()[ intdiv( $facet, 128 ) ],
			'payment_status' => PaymentStatus::cases()[ intdiv( $facet, 16 ) % 8 ],
			'attention'      => Attention::cases()[ $facet % 16 - 1 ] ?? null,
		);
	}

	/**
	 * Every number that means something.
	 *
	 * @return list<int>
	 */
	public static function all(): array {
		$facets = array();
		foreach ( JobStatus::cases() as $status ) {
			foreach ( PaymentStatus::cases() as $payment ) {
				foreach ( array( null, ...Attention::cases() ) as $attention ) {
					$facets[] = self::of( $status, $payment, $attention );
				}
			}
		}

		return $facets;
	}
}
