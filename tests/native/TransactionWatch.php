<?php
/**
 * Sees what runs inside a transaction that should not.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests;

/**
 * A hook hands control to code that nobody knows: it may call HTTP, mail, or begin a transaction of its own, which commits ours. An option or a
 * cache entry written inside outlives a rollback. So while a transaction is open, no hook may fire and no cache be written.
 *
 * It knows from the statements themselves when one is open, whoever began it.
 */
final class TransactionWatch {

	/**
	 * What WordPress fires by itself where nothing else could be used: wpdb for each statement and for its letters beyond ASCII, and the translation of
	 * a sentence, a number or an amount. Not the loading of words, which is done before.
	 */
	private const ALLOWED = '/^(query|pre_get_table_charset|pre_get_col_charset|n?gettext(_with_context)?(_sell-my-images|_default)?|number_format_i18n|(pre_)?determine_locale|locale)$/D';

	private static bool $is_open = false;

	/** @var array<string,true> What was seen, as sentences. */
	private static array $seen = array();

	/** Begins to watch, from nothing. Called for every test, since each begins with its own hooks. */
	public static function start(): void {
		self::$is_open = false;
		self::$seen    = array();
		add_action( 'all', array( self::class, 'fired' ), PHP_INT_MAX, 2 );
		if ( ! $GLOBALS['wp_object_cache'] instanceof WatchedCache ) {
			$watched = new WatchedCache();
			// Else every site of a network would have users of its own.
			$watched->add_global_groups( array_keys( $GLOBALS['wp_object_cache']->global_groups ) );
			$GLOBALS['wp_object_cache'] = $watched; // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- it is emptied before each test anyway.
		}
	}

	/**
	 * @param string $hook  Which is about to fire.
	 * @param mixed  $first Its first argument.
	 */
	public static function fired( string $hook, mixed $first = null ): void {
		if ( 'query' === $hook && is_string( $first ) ) {
			self::$is_open = 1 === preg_match( '/^\s*START TRANSACTION\b/i', $first ) || ( self::$is_open && 1 !== preg_match( '/^\s*(COMMIT|ROLLBACK)\s*$/i', $first ) );
		}
		if ( 1 !== preg_match( self::ALLOWED, $hook ) ) {
			self::note( "the hook $hook" );
		}
	}

	/** @param string $what What happened just now. */
	public static function note( string $what ): void {
		if ( self::$is_open ) {
			self::$seen[ $what . ' (' . self::caller() . ')' ] = true;
		}
	}

	/** @return list<string> What was seen since the last call or start(); forgotten then. */
	public static function take(): array {
		$seen       = array_keys( self::$seen );
		self::$seen = array();

		return $seen;
	}

	/** The nearest place in the plugin. */
	private static function caller(): string {
		foreach ( debug_backtrace( DEBUG_BACKTRACE_IGNORE_ARGS, 60 ) as $frame ) { // phpcs:ignore WordPress.PHP.DevelopmentFunctions -- this is what a test is to say.
			if ( 1 === preg_match( '#/plugin/(.+)$#', $frame['file'] ?? '', $found ) && ! str_contains( $found[1], 'Database/' ) ) {
				return $found[1] . ':' . ( $frame['line'] ?? 0 );
			}
		}

		return 'not by the plugin';
	}
}
