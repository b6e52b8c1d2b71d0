<?php
/**
 * WordPress's filters, after another plugin's filter gave something else.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Hooks;

use SellMyImages\Plugin;
use SellMyImages\Tests\TestCase;

final class ForeignValuesTest extends TestCase {

	/** The services come when their hook is fired; here all are there. */
	protected function setUp(): void {
		parent::setUp();
		$plugin = Plugin::instance();
		foreach ( array( $plugin->buttons(), $plugin->site_health(), $plugin->privacy(), $plugin->menu(), $plugin->language_packs(), $plugin->jobs_controller(), $plugin->installer(), $plugin->title_words() ) as $service ) {
			$service->register();
		}
	}

	/** @return array<string,array{0:string,1:array<mixed>}> Filter, and what comes after the value. */
	public static function filters(): array {
		return array(
			'an image block'      => array( 'render_block_core/image', array( array( 'blockName' => 'core/image' ), null ) ),
			'a block that begins' => array( 'render_block_data', array( array(), null ) ),
			'a featured block'     => array( 'render_block_core/post-featured-image', array( array(), null ) ),
			'a thumbnail'          => array( 'post_thumbnail_html', array( 1, 2, 'large', '' ) ),
			'schedules'            => array( 'cron_schedules', array() ),
			'Site Health'          => array( 'site_status_tests', array() ),
			'exporters'            => array( 'wp_privacy_personal_data_exporters', array() ),
			'erasers'              => array( 'wp_privacy_personal_data_erasers', array() ),
			'tables to drop'       => array( 'wpmu_drop_tables', array( 2 ) ),
			'headers'              => array( 'rest_exposed_cors_headers', array( null ) ),
			'the plugin’s row'     => array( 'plugin_action_links_sell-my-images/sell-my-images.php', array( '', array(), '' ) ),
			'a script’s words'     => array( 'load_script_translations', array( null, null, null ) ),
		);
	}

	/**
	 * @dataProvider filters
	 * @param array<mixed> $more What WordPress gives beside the value.
	 */
	public function test_a_filter_that_gave_nothing_breaks_no_page( string $filter, array $more ): void {
		self::assertTrue( has_filter( $filter ) );
		// Ours alone: what WordPress does with such a value is its own.
		foreach ( $GLOBALS['wp_filter'][ $filter ]->callbacks as $priority => $callbacks ) {
			foreach ( $callbacks as $one ) {
				if ( ! self::is_ours( $one['function'] ) ) {
					remove_filter( $filter, $one['function'], $priority );
				}
			}
		}
		self::assertTrue( has_filter( $filter ), 'The plugin listens here.' );
		foreach ( array( null, false, 5 ) as $value ) {
			$given = apply_filters( $filter, $value, ...$more );
			self::assertTrue( $given === $value || is_array( $given ) );
		}
	}

	/** Code that fires WordPress's action itself, and has no old post to give. */
	public function test_an_action_that_is_fired_with_less_breaks_nothing(): void {
		self::assertNotFalse( has_action( 'post_updated', array( Plugin::instance()->title_words(), 'post_updated' ) ) );
		Plugin::instance()->title_words()->post_updated( '5', (object) array( 'post_title' => 'a' ) );
	}

	private static function is_ours( mixed $callback ): bool {
		$class = is_array( $callback ) ? ( is_object( $callback[0] ) ? $callback[0]::class : (string) $callback[0] ) : '';
		if ( $callback instanceof \Closure ) {
			return str_starts_with( (string) ( new \ReflectionFunction( $callback ) )->getFileName(), realpath( WP_PLUGIN_DIR . '/sell-my-images/plugin' ) . '/' );
		}

		return str_starts_with( $class, 'SellMyImages\\' );
	}
}
