<?php
/**
 * What other people's code is to leave as it found it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Hooks;

use SellMyImages\Support\Redaction;

/**
 * The language, the site of a network, and the state of the database connection, as they were before a callback; restore() makes them so
 * again. Where the callback changed nothing that costs no query.
 */
final class Surroundings {

	private readonly ?string $locale;

	private readonly int $site;

	private readonly int $depth;

	private readonly OpenedTransaction $opened;

	public function __construct() {
		$this->locale = self::locale();
		$this->site   = get_current_blog_id();
		$this->depth  = self::depth();
		$this->opened = new OpenedTransaction();
	}

	/**
	 * @param bool $has_failed Whether the callback threw.
	 * @return list<string> What had to be put right, as sentences for Site Health.
	 */
	public function restore( bool $has_failed ): array {
		$left = array( $this->opened->close( $has_failed ) );
		try {
			// The language last: WordPress reads options of the site that is current. Other people's code hears of both.
			array_push( $left, $this->restore_site(), $this->restore_locale() );
		} catch ( \Throwable $error ) {
			$left[] = 'It switched, and back was not possible: ' . Redaction::text( $error->getMessage() );
		}

		return array_values( array_filter( $left ) );
	}

	private function restore_site(): ?string {
		if ( ! is_multisite() || ( self::depth() === $this->depth && get_current_blog_id() === $this->site ) ) {
			return null;
		}
		while ( self::depth() > $this->depth ) {
			restore_current_blog();
		}
		if ( get_current_blog_id() !== $this->site ) {
			switch_to_blog( $this->site );
		}

		return 'It switched to another site and not back.';
	}

	private function restore_locale(): ?string {
		if ( self::locale() === $this->locale ) {
			return null;
		}
		do {
			$is_restored = false !== restore_previous_locale();
		} while ( $is_restored && self::locale() !== $this->locale );
		if ( null !== $this->locale && self::locale() !== $this->locale ) {
			switch_to_locale( $this->locale );
		}

		return 'It switched to another language and not back.';
	}

	/** What was switched to last; null when nothing is switched. */
	private static function locale(): ?string {
		$switcher = $GLOBALS['wp_locale_switcher'] ?? null;
		$locale   = $switcher instanceof \WP_Locale_Switcher ? $switcher->get_switched_locale() : false;

		return is_string( $locale ) ? $locale : null;
	}

	/** How many switches of the site wait to be taken back. */
	private static function depth(): int {
		return count( (array) ( $GLOBALS['_wp_switched_stack'] ?? array() ) );
	}
}
