<?php
/**
 * What became of an action.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Actions;

final class ActionResult {

	/**
	 * @param bool                                  $is_queued    Whether it is done later, by the site.
	 * @param bool                                  $needs_bridge Whether it is done by the bridge, as soon as that is there.
	 * @param bool                                  $is_announced Whether Announced::announce() is to be called once it is committed.
	 * @param (\Closure(): array<string,mixed>)|null $answer       More fields of action-result.schema.json; asked after the commit.
	 */
	public function __construct(
		public readonly bool $is_queued = false,
		public readonly bool $needs_bridge = false,
		public readonly bool $is_announced = false,
		private readonly ?\Closure $answer = null
	) {
	}

	/** @return array<string,mixed> */
	public function answer(): array {
		return null === $this->answer ? array() : ( $this->answer )();
	}
}
