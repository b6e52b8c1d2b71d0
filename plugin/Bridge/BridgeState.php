<?php
/**
 * What the bridge said of itself.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Bridge;

use SellMyImages\Database\StoredOptions;

/**
 * Two small options: the last hello, and when the bridge was last heard.
 */
final class BridgeState {

	public const OPTION = 'smi_bridge';
	public const SEEN   = 'smi_bridge_seen';

	/** Seconds between two writes of "last heard". */
	private const SEEN_EVERY = 5;

	/**
	 * @param StoredOptions $options Where they are kept.
	 */
	public function __construct( private readonly StoredOptions $options ) {}

	/**
	 * The last hello.
	 *
	 * @return array{version?:string,protocol?:int,public_url?:string|null,can_push?:bool,livemode?:bool|null,stripe_account?:string|null,
	 *   skew?:int,key_id?:string,hello_at?:int,mismatch?:int|null}
	 */
	public function hello(): array {
		$hello = $this->options->get( self::OPTION );
		return is_array( $hello ) ? $hello : array();
	}

	/**
	 * Keeps a hello.
	 *
	 * @param array<string,mixed> $hello As hello() gives it.
	 */
	public function keep( array $hello ): void {
		$this->options->put( self::OPTION, $hello );
	}

	/** Whether the bridge has live keys; null when it never said. */
	public function livemode(): ?bool {
		$live = $this->hello()['livemode'] ?? null;
		return is_bool( $live ) ? $live : null;
	}

	/** Where the bridge listens, without closing slash; null when it cannot be reached. */
	public function public_url(): ?string {
		$url = (string) ( $this->hello()['public_url'] ?? '' );
		return '' === $url ? null : untrailingslashit( $url );
	}

	/** Unix seconds of the last contact; null when there was none. */
	public function seen_at(): ?int {
		$seen = (int) $this->options->get( self::SEEN );
		return $seen > 0 ? $seen : null;
	}

	/**
	 * Notes a contact.
	 *
	 * @return int|null Seconds since the one before; null for the first ever.
	 */
	public function seen(): ?int {
		$before = $this->seen_at();
		$since  = null === $before ? null : time() - $before;
		if ( null === $since || $since >= self::SEEN_EVERY ) {
			$this->options->put( self::SEEN, time() );
		}
		return $since;
	}
}
