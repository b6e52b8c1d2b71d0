<?php
/**
 * The key of the bridge that is calling.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Bridge;

/**
 * Kept in memory while a signed message is answered: what is proved under a connection's key is proved under the key of this very bridge,
 * and no option is read for it inside a transaction.
 */
final class CallingKey {

	private ?string $secret = null;

	/**
	 * A message was found to be signed.
	 *
	 * @param string $secret The secret it was signed with.
	 */
	public function is( string $secret ): void {
		$this->secret = $secret;
	}

	/** The secret; null while no bridge is calling. */
	public function secret(): ?string {
		return $this->secret;
	}
}
