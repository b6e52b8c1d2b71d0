<?php
/**
 * The watch that every other test is under.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Database;

use SellMyImages\Plugin;
use SellMyImages\Tests\TestCase;
use SellMyImages\Tests\TransactionWatch;

final class TransactionWatchTest extends TestCase {

	/** @dataProvider forbidden */
	public function test_sees_what_must_not_run_inside_a_transaction( callable $work, string $expected ): void {
		$plugin = Plugin::instance();
		$plugin->transaction()->run( static fn() => null );
		$work();
		self::assertSame( array(), TransactionWatch::take(), 'Outside it is nobody\'s business.' );
		$plugin->transaction()->run( static fn() => $work() );
		self::assertStringContainsString( $expected, implode( "\n", TransactionWatch::take() ) );
		$plugin->transaction()->run( static fn() => $plugin->transaction()->after_commit( $work ) );
		self::assertSame( array(), TransactionWatch::take(), 'After the commit it is right.' );
	}

	/** @return array<string,array{callable,string}> */
	public static function forbidden(): array {
		$nothing = static fn() => array( 'response' => array( 'code' => 200, 'message' => '' ), 'body' => '', 'headers' => array(), 'cookies' => array() );

		return array(
			'an action'       => array( static fn() => do_action( 'smi_job_completed', 'x' ), 'the hook smi_job_completed' ), // phpcs:ignore WordPress.NamingConventions
			'a filter'        => array( static fn() => apply_filters( 'smi_rate_limit', 1 ), 'the hook smi_rate_limit' ), // phpcs:ignore WordPress.NamingConventions
			'a read option'   => array( static fn() => get_option( 'smi_site' ), 'the hook pre_option_smi_site' ),
			'a saved option'  => array( static fn() => update_option( 'smi_reconcile', microtime( true ), false ), 'the hook updated_option' ),
			'a cache entry'   => array( static fn() => wp_cache_set( 'a', 'b', 'smi' ), 'a write to the cache of smi' ),
			'a call by HTTP'  => array(
				static function () use ( $nothing ): void {
					add_filter( 'pre_http_request', $nothing );
					wp_remote_get( 'http://127.0.0.1:9/' );
				},
				'the hook pre_http_request',
			),
			'an e-mail'       => array(
				static function (): void {
					add_filter( 'pre_wp_mail', '__return_true' );
					wp_mail( 'a@example.org', 'a', 'b' );
				},
				'the hook pre_wp_mail',
			),
		);
	}

	public function test_the_translation_of_a_sentence_is_allowed(): void {
		Plugin::instance()->transaction()->run( static fn(): string => __( 'There is no such attempt.', 'sell-my-images' ) . number_format_i18n( 5 ) );
		self::assertSame( array(), TransactionWatch::take() );
	}
}
