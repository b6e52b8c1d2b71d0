<?php
/**
 * What can be bought of a picture.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use SellMyImages\Settings\Settings;

/**
 * Joins a picture's sizes with the shop's prices. Computed on the server each time: nobody can bring their own price.
 */
final class Offers {

	public const RESOLUTIONS = array( '4x', '8x' );

	public function __construct(
		private readonly Settings $settings,
		private readonly Prices $prices,
		private readonly Pictures $pictures,
		private readonly ForSale $for_sale
	) {}

	/**
	 * All offers of a picture on a post, the smallest first.
	 *
	 * @return list<Offer>|null Null when nothing of that picture is sold there at all: unknown, private, or not a picture.
	 */
	public function of( int $attachment_id, int $post_id ): ?array {
		$picture = $this->picture( $attachment_id, $post_id );
		if ( null === $picture ) {
			return null;
		}
		$offers = array();
		foreach ( self::RESOLUTIONS as $resolution ) {
			$offer = $this->offer( $picture, $resolution, $post_id );
			if ( null !== $offer ) {
				$offers[] = $offer;
			}
		}
		return $offers;
	}

	/**
	 * Whether a page that is being made shows a picture of which some size is sold. Nobody is asked for prices yet.
	 */
	public function is_any( int $attachment_id, int $post_id ): bool {
		$picture = $this->picture( $attachment_id, $post_id, true );
		$is_sold = fn( string $resolution ): bool => $this->prices->is_sold( $resolution ) && null !== $picture?->plan( $resolution );

		return array() !== array_filter( self::RESOLUTIONS, $is_sold );
	}

	/**
	 * One offer; null when that size cannot be made or has no price.
	 *
	 * @param int $post_id The post it is bought on.
	 */
	public function offer( Picture $picture, string $resolution, int $post_id ): ?Offer {
		$plan  = in_array( $resolution, self::RESOLUTIONS, true ) ? $picture->plan( $resolution ) : null;
		$price = null === $plan ? 0 : $this->prices->of( $resolution, $plan, $picture->attachment_id, $post_id );
		if ( null === $plan || $price < 1 ) {
			return null;
		}
		return new Offer( $resolution, $plan, $price, strtoupper( $this->currency() ) );
	}

	/**
	 * The picture, if it is sold on that post.
	 *
	 * @param bool $is_shown See ForSale::is_sold().
	 */
	public function picture( int $attachment_id, int $post_id, bool $is_shown = false ): ?Picture {
		// First whether: what is measured of a file is kept, and a refusal must change nothing.
		$is_sold = $attachment_id > 0 && $this->for_sale->is_sold( $attachment_id, $post_id, $is_shown );
		return $is_sold ? $this->look( $attachment_id, $is_shown ) : null;
	}

	/**
	 * Whether a visitor can have clicked on a picture. That costs nobody anything, so the post's content is not made again for it.
	 */
	public function is_clickable( int $attachment_id, int $post_id ): bool {
		$post = $post_id > 0 ? get_post( $post_id ) : null;
		return $this->for_sale->may_see( $post ) && null !== $this->picture( $attachment_id, $post_id, true );
	}

	/** A page that is being made shows twenty pictures and sells none of them yet: a glance is enough. */
	private function look( int $attachment_id, bool $is_shown ): ?Picture {
		return $is_shown ? $this->pictures->glance( $attachment_id ) : $this->pictures->find( $attachment_id );
	}

	/**
	 * How a size of an attachment would be made now, whoever sells it and wherever; null where it cannot.
	 */
	public function plan( int $attachment_id, string $resolution ): ?SizePlan {
		return $this->pictures->find( $attachment_id )?->plan( $resolution );
	}

	/**
	 * The shop's currency, ISO code, upper case.
	 */
	public function currency(): string {
		return $this->settings->currency();
	}
}
