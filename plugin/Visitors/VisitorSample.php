<?php
/**
 * Whether all visitors look like one.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Visitors;

/**
 * A few short hashes of visitors' addresses, and of those that proxies claim for them, of one day. One request in some is looked at, and
 * it is written down only while it shows something new: at most a dozen times a day.
 */
final class VisitorSample {

	public const OPTION = 'smi_visitors';

	/** So many are enough to tell one from several. */
	private const ENOUGH = 4;

	/** So many claimed addresses behind one seen address are no accident. */
	private const ALARMING = 3;

	/** @param int $one_in One request in so many is looked at. */
	public function __construct(
		private readonly ClientAddress $address,
		private readonly TrustedProxies $trust,
		private readonly int $one_in = 10
	) {}

	/** Takes this request into account. */
	public function note(): void {
		if ( 1 !== random_int( 1, $this->one_in ) ) {
			return;
		}
		$before  = $this->current();
		$claim   = ForwardedHeaders::claim();
		$seen    = $this->with( $before['seen'], $this->address->get() );
		$claimed = null === $claim ? $before['claimed'] : $this->with( $before['claimed'], $claim );
		if ( $seen !== $before['seen'] || $claimed !== $before['claimed'] ) {
			update_option( self::OPTION, array_replace( $before, array( 'seen' => $seen, 'claimed' => $claimed ) ), false );
		}
	}

	/** Whether one address stood for all visitors of the day, though proxies spoke of several. */
	public function is_alike(): bool {
		$sample = $this->current();
		return 1 === count( $sample['seen'] ) && count( $sample['claimed'] ) >= self::ALARMING;
	}

	/**
	 * Today's sample under today's trust; an empty one otherwise.
	 *
	 * @return array{since:int,trust:list<string>,seen:list<string>,claimed:list<string>}
	 */
	private function current(): array {
		$kept   = get_option( self::OPTION );
		$trust  = $this->trust->all();
		$kept   = is_array( $kept ) && ( $kept['trust'] ?? null ) === $trust ? $kept : array();
		$since  = (int) ( $kept['since'] ?? 0 );
		$is_new = time() - $since >= DAY_IN_SECONDS;
		return array(
			'since'   => $is_new ? time() : $since,
			'trust'   => $trust,
			'seen'    => $is_new ? array() : self::hashes( $kept['seen'] ?? null ),
			'claimed' => $is_new ? array() : self::hashes( $kept['claimed'] ?? null ),
		);
	}

	/** @return list<string> */
	private static function hashes( mixed $kept ): array {
		return is_array( $kept ) ? array_values( array_filter( $kept, 'is_string' ) ) : array();
	}

	/**
	 * @param list<string> $known Hashes.
	 * @return list<string>
	 */
	private function with( array $known, string $address ): array {
		$hash = substr( hash_hmac( 'sha256', IpAddress::network( $address ), wp_salt( 'nonce' ) ), 0, 8 );
		return count( $known ) >= self::ENOUGH || in_array( $hash, $known, true ) ? $known : array( ...$known, $hash );
	}
}
