<?php
/**
 * Everything in the admin.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Admin;

/**
 * Hooks the parts in. Outside of the admin only WP-Cron asks for one of them, Site Health.
 */
final class AdminArea {

	public function __construct(
		private readonly Menu $menu,
		private readonly SiteHealth $health
	) {}

	/**
	 * Hooks in.
	 */
	public function register(): void {
		$this->menu->register();
		$this->health->register();
	}
}
