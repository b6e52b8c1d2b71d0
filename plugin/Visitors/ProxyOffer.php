<?php
/**
 * Which proxies the owner might want to trust.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Visitors;

/**
 * Told by the owner's own request: it comes the same way as the visitors'. So nothing has to be counted or kept to know it.
 */
final class ProxyOffer {

	public function __construct( private readonly TrustedProxies $trust ) {}

	/** @return list<string> Words for `trusted_proxies` that fit this request and are missing there. */
	public function get(): array {
		$peer = ForwardedHeaders::peer();
		$hops = ForwardedHeaders::x_forwarded_for();
		$fits = array();
		if ( TrustedProxies::is_local( $peer ) && null !== ForwardedHeaders::claim() ) {
			$fits[] = TrustedProxies::SERVER;
			$peer   = IpAddress::normal( $hops[0] ?? '' ) ?? '';
		}
		if ( Cloudflare::has( $peer ) && null !== ForwardedHeaders::cloudflare() ) {
			$fits[] = TrustedProxies::CLOUDFLARE;
		}
		return array_values( array_diff( $fits, $this->trust->all() ) );
	}
}
