<?php
/**
 * What somebody wants to buy, checked.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

/**
 * A picture, one of its offers, and where it was seen.
 */
final class Order {

	public function __construct(
		public readonly Picture $picture,
		public readonly Offer $offer,
		public readonly int $post_id,
		public readonly string $email,
		public readonly string $locale = ''
	) {}

	/**
	 * As `Payments\Checkouts::open()` wants it.
	 *
	 * @return array{attachment_id:int,post_id:int,resolution:string,email:string,width:int,height:int,price_minor:int,currency:string,
	 *   source:array{url:string,path:string,width:int,height:int,mime:string},title:string,image_url:string,return_url:string,
	 *   locale:string}
	 */
	public function to_checkout(): array {
		return array(
			'attachment_id' => $this->picture->attachment_id,
			'post_id'       => $this->post_id,
			'resolution'    => $this->offer->resolution,
			'email'         => $this->email,
			'width'         => $this->offer->plan->width,
			'height'        => $this->offer->plan->height,
			'price_minor'   => $this->offer->price_minor,
			'currency'      => $this->offer->currency,
			'source'        => $this->picture->source(),
			'title'         => html_entity_decode( wp_strip_all_tags( get_the_title( $this->post_id ) ), ENT_QUOTES, 'UTF-8' ),
			'image_url'     => $this->picture->shown_url,
			'return_url'    => (string) get_permalink( $this->post_id ),
			'locale'        => $this->locale,
		);
	}
}
