<?php
/**
 * Words in a given language, whoever is logged in.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Support;

/**
 * What a buyer reads is written in the buyer's language, or the site's; never in that of the administrator in whose request it happens to
 * be written.
 */
final class Locales {

	private const DOMAIN = 'sell-my-images';

	/** What fits jobs.locale. */
	private const LONGEST = 20;

	/**
	 * The language of this request, as it is kept with an order: asked for by the page, else WordPress's own; '' when it is not installed.
	 */
	public static function of_request( string $asked = '' ): string {
		$known = array_filter( array( $asked, determine_locale() ), array( self::class, 'is_installed' ) );

		return (string) reset( $known );
	}

	/**
	 * Runs work in a language: its translations, number and date formats, direction.
	 *
	 * @template T
	 * @param string        $locale As kept with the order; the site's where it is empty or not installed any more.
	 * @param callable(): T $work   What is written in it. It may throw.
	 * @return T
	 */
	public static function during( string $locale, callable $work ): mixed {
		$wanted      = self::is_installed( $locale ) ? $locale : self::of_site();
		$is_switched = switch_to_locale( $wanted );
		$pin         = static fn(): string => $wanted;
		$is_pinned   = determine_locale() !== $wanted;
		if ( $is_pinned ) {
			// Some plugin insists on a language for the whole request, which is the reader's of the page, not the reader's of this.
			add_filter( 'pre_determine_locale', $pin, PHP_INT_MAX );
			self::reload();
		}
		try {
			return $work();
		} finally {
			if ( $is_pinned ) {
				remove_filter( 'pre_determine_locale', $pin, PHP_INT_MAX );
			}
			if ( $is_switched ) {
				restore_previous_locale();
			}
			if ( $is_pinned ) {
				self::reload();
			}
		}
	}

	/** Has WordPress load our words for the language of this moment, so that it does not at the first sentence that a transaction makes. */
	public static function load_words(): void {
		if ( did_action( 'after_setup_theme' ) > 0 ) { // Before, WordPress says that it is too early.
			get_translations_for_domain( self::DOMAIN );
		}
	}

	/** The site's language; what other code has switched to for a while is not it. */
	public static function of_site(): string {
		if ( ! is_locale_switched() ) {
			return get_locale();
		}
		$locale = get_option( 'WPLANG', '' );
		if ( is_multisite() && ( false === $locale || '' === $locale ) ) {
			$locale = get_site_option( 'WPLANG', '' );
		}

		return is_string( $locale ) && '' !== $locale ? $locale : 'en_US';
	}

	public static function is_installed( string $locale ): bool {
		return '' !== $locale
			&& strlen( $locale ) <= self::LONGEST
			&& ( 'en_US' === $locale || in_array( $locale, get_available_languages(), true ) );
	}

	/** Words that were loaded for another language are read again when the next one is needed. */
	private static function reload(): void {
		unload_textdomain( self::DOMAIN, true );
		\WP_Translation_Controller::get_instance()->set_locale( determine_locale() );
	}
}
