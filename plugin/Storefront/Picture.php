<?php
/**
 * A picture that may be sold: how it is shown, and the best file there is of it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

/**
 * Facts about one attachment. Sizes in pixels, as a viewer sees them.
 */
final class Picture {

	/**
	 * @param int    $attachment_id The attachment.
	 * @param int    $shown_width   Width of the picture as the site shows it.
	 * @param int    $shown_height  Height of the picture as the site shows it.
	 * @param string $shown_url     Address of the picture as the site shows it.
	 * @param int    $source_width  Width of the best source.
	 * @param int    $source_height Height of the best source.
	 * @param string $source_url    Address of the best source.
	 * @param string $source_path   File of the best source; empty where the media library lives elsewhere.
	 * @param string $mime          Type of the source.
	 */
	public function __construct(
		public readonly int $attachment_id,
		public readonly int $shown_width,
		public readonly int $shown_height,
		public readonly string $shown_url,
		public readonly int $source_width,
		public readonly int $source_height,
		public readonly string $source_url,
		public readonly string $source_path,
		public readonly string $mime
	) {}

	/**
	 * How a size such as `4x` of this picture would be made; null where it cannot.
	 */
	public function plan( string $resolution ): ?SizePlan {
		return SizePlan::for( $this->shown_width, $this->shown_height, $this->source_width, $this->source_height, (int) $resolution );
	}

	/**
	 * The source as `Payments\Checkouts::open()` wants it.
	 *
	 * @return array{url:string,path:string,width:int,height:int,mime:string}
	 */
	public function source(): array {
		return array(
			'url'    => $this->source_url,
			'path'   => $this->source_path,
			'width'  => $this->source_width,
			'height' => $this->source_height,
			'mime'   => $this->mime,
		);
	}
}
