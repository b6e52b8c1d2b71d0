<?php
/**
 * Plugin Name: Hostile neighbour
 * Description: Everything that other people's code does wrong around Sell My Images, at once. For tests only: `npm run test:native -- --hostile`.
 *
 * SMI_HOSTILE in the environment names some of its deeds (throw, print, locale, transaction, cache, uploads, closed), to find out which
 * one it was.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Hostile;

/** Every action and filter of the plugin. */
const ACTIONS = array( 'smi_payment_completed', 'smi_job_status_changed', 'smi_job_created', 'smi_job_completed', 'smi_job_failed', 'smi_job_refunded' );
const FILTERS = array(
	'smi_price', 'smi_checkout_session', 'smi_rest_prepare_job', 'smi_rest_prepare_batch', 'smi_rest_job_collection_params',
	'smi_is_for_sale', 'smi_show_button', 'smi_button_label', 'smi_rate_limit', 'smi_client_address', 'smi_email_subject', 'smi_email_html',
	'smi_email_text', 'smi_email_headers', 'smi_clear_output_buffers',
);

/** Where it fails the plugin sells nothing and starts no batch, which is right. So it does everything else wrong, and gives back what it got. */
const FILTERS_OF_RIGHTS = array( 'smi_visitor_may_see', 'smi_rest_job_query' );

/** Before our own listener, beside other people's, and after all. */
const PRIORITIES = array( -5, 10, PHP_INT_MAX );

function does( string $deed ): bool {
	// Poor hosts switch functions off, and tests are such hosts.
	$deeds = function_exists( 'getenv' ) ? \getenv( 'SMI_HOSTILE' ) : false;

	return ! is_string( $deeds ) || '' === $deeds || in_array( $deed, explode( ',', $deeds ), true );
}

function misbehave( string $hook ): void {
	// Bytes that WordPress cannot take back where an answer in JSON has begun.
	if ( does( 'print' ) && ( in_array( $hook, ACTIONS, true ) || is_rest() ) ) {
		echo "\xEF\xBB\xBF<!-- $hook -->"; // phpcs:ignore WordPress.Security.EscapeOutput -- a fixed word.
	}
	if ( does( 'cache' ) ) {
		wp_cache_flush();
	}
	if ( ! is_fired_by_the_plugin() ) {
		return;
	}
	if ( does( 'locale' ) ) {
		switch_to_locale( 'de_DE' ); // And never back.
	}
	if ( does( 'transaction' ) ) {
		$GLOBALS['wpdb']->query( 'START TRANSACTION' ); // And never the end of it.
	}
	if ( does( 'throw' ) && ! in_array( $hook, FILTERS_OF_RIGHTS, true ) ) {
		throw new \Error( "The hostile neighbour at $hook" );
	}
}

function is_rest(): bool {
	return defined( 'REST_REQUEST' ) && REST_REQUEST;
}

/** Whoever fires an action himself gets what its listeners throw and leave: that is WordPress's rule, and no test of ours is against it. */
function is_fired_by_the_plugin(): bool {
	return in_array( \SellMyImages\Hooks\Guard::class, array_column( debug_backtrace( DEBUG_BACKTRACE_IGNORE_ARGS, 12 ), 'class' ), true ); // phpcs:ignore WordPress.PHP.DevelopmentFunctions.error_log_debug_backtrace -- who calls is what counts.
}

foreach ( PRIORITIES as $smi_priority ) {
	foreach ( ACTIONS as $smi_hook ) {
		add_action( $smi_hook, static fn() => misbehave( $smi_hook ), $smi_priority, 0 );
	}
	foreach ( FILTERS as $smi_hook ) {
		add_filter(
			$smi_hook,
			static function () use ( $smi_hook ): void {
				misbehave( $smi_hook ); // What it returns is nothing, which is wrong too.
			},
			$smi_priority,
			0
		);
	}
	foreach ( FILTERS_OF_RIGHTS as $smi_hook ) {
		add_filter(
			$smi_hook,
			static function ( mixed $may ) use ( $smi_hook ): mixed {
				misbehave( $smi_hook );
				return $may;
			},
			$smi_priority
		);
	}
}

// As a file does that was saved with a byte order mark: in front of each page, answer and download.
if ( does( 'print' ) && 'cli' !== PHP_SAPI ) {
	echo "\xEF\xBB\xBF";
}

if ( does( 'closed' ) ) {
	add_filter(
		'rest_authentication_errors',
		static fn( mixed $result ): mixed => is_user_logged_in()
			? $result
			: new \WP_Error( 'rest_login_required', 'Members only.', array( 'status' => 401 ) ),
		99
	);
}

if ( does( 'uploads' ) ) {
	add_filter(
		'upload_dir',
		static function ( array $dir ): array {
			$dir['basedir'] = WP_CONTENT_DIR . '/media';
			$dir['baseurl'] = content_url( 'media' );
			$dir['path']    = $dir['basedir'] . $dir['subdir'];
			$dir['url']     = $dir['baseurl'] . $dir['subdir'];
			return $dir;
		}
	);
}

// Some wrap the whole of a request in a transaction. In a process of tests, which is not one request, nobody would end it.
if ( does( 'transaction' ) && 'cli' !== PHP_SAPI ) {
	add_action( 'init', static fn() => $GLOBALS['wpdb']->query( 'START TRANSACTION' ), -5 );
	add_action(
		'shutdown',
		static function (): void {
			global $wpdb;
			// Not by wpdb, which puts a page of its own behind the answer when the database is away.
			// phpcs:ignore WordPress.DB.RestrictedFunctions, WordPress.PHP.NoSilencedErrors
			$wpdb->dbh instanceof \mysqli && @mysqli_query( $wpdb->dbh, 'COMMIT' );
		},
		PHP_INT_MIN // Before the answer goes out: whoever hears it finds what it says.
	);
}
