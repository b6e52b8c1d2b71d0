<?php
/**
 * The plugin on one site of a network.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Multisite;

use SellMyImages\Capabilities;
use SellMyImages\Hooks\Failures;
use SellMyImages\Hooks\Listeners;
use SellMyImages\Plugin;

final class OneSiteTest extends MultisiteTestCase {

	public function test_a_new_site_gets_nothing_and_works(): void {
		$site = $this->make_site();
		self::assertSame( array(), $this->tables_of( $site ) );
		self::assertSame( array( 0, '200 whole' ), array( $this->schema_version( $site ), $this->visit( $site ) ) );
		self::assertFalse( $this->on( $site, static fn(): bool => (bool) get_role( 'administrator' )?->has_cap( Capabilities::VIEW ) ) );
		self::assertTrue( (bool) get_role( 'administrator' )?->has_cap( Capabilities::VIEW ) );
	}

	/** As code does that copies a post to other sites of the network. */
	public function test_foreign_code_may_rename_a_post_of_a_site_without_the_plugin(): void {
		$site  = $this->make_site();
		$saved = 0;
		add_action(
			'save_post_post',
			function () use ( &$saved ): void {
				++$saved;
			}
		);
		switch_to_blog( $site );
		$post = wp_insert_post( array( 'post_title' => 'Harbour', 'post_status' => 'publish' ) );
		self::assertSame( $post, wp_update_post( array( 'ID' => $post, 'post_title' => 'Harbour at dawn' ) ) );
		restore_current_blog();
		self::assertSame( 2, $saved );
	}

	/** Another process keeps the index; the post is saved all the same. */
	public function test_a_title_that_cannot_be_written_down_stops_no_post(): void {
		global $wpdb;
		$post = (int) wp_insert_post( array( 'post_title' => 'Harbour', 'post_status' => 'publish' ) );
		Plugin::instance()->title_words()->learn( $post );
		$other = $this->other_connection();
		$other->query( "LOCK TABLES {$wpdb->prefix}smi_title_words READ" );
		$wpdb->query( 'SET SESSION lock_wait_timeout = 1' );
		$saved = did_action( 'save_post_post' );
		self::assertSame( $post, wp_update_post( array( 'ID' => $post, 'post_title' => 'Harbour at dawn' ) ) );
		self::assertSame( $saved + 1, did_action( 'save_post_post' ) );
		$wpdb->query( 'SET SESSION lock_wait_timeout = DEFAULT' );
		$other->close();
	}

	public function test_what_is_known_of_one_site_is_not_held_for_another(): void {
		$plugin = Plugin::instance();
		$site   = $this->make_shop();
		$here   = (int) wp_insert_post( array( 'post_title' => 'Harbour', 'post_status' => 'publish', 'import_id' => 4711 ) );
		$plugin->title_words()->learn( $here );
		$found = $this->on(
			$site,
			function () use ( $plugin, $here ): array {
				self::assertSame( $here, wp_insert_post( array( 'post_title' => 'Mountain', 'post_status' => 'publish', 'import_id' => $here ) ) );
				$plugin->title_words()->learn( $here );

				return $plugin->title_words()->posts( 'mountain' );
			}
		);
		self::assertSame( array( $here ), $found );
		self::assertSame( array(), $plugin->title_words()->posts( 'mountain' ) );
		wp_delete_post( $here, true );
	}

	public function test_a_listener_that_switches_to_another_site_and_not_back_takes_nothing_there(): void {
		$site = $this->make_site();
		add_action(
			'smi_test',
			static function () use ( $site ): void {
				switch_to_blog( $site );
				switch_to_blog( $site );
			}
		);
		add_action( 'smi_test', static fn(): bool => restore_current_blog(), 20 );
		Listeners::do_action( 'smi_test' );
		self::assertSame( array( 1, false ), array( get_current_blog_id(), ms_is_switched() ) );
		self::assertSame( 'It switched to another site and not back.', Failures::all()[0]->message );
		$this->on(
			$site,
			static function () use ( $site ): void {
				Listeners::do_action( 'smi_test' );
				self::assertSame( $site, get_current_blog_id(), 'Also where it took back what it had not switched.' );
			}
		);
		self::assertSame( 1, get_current_blog_id() );
	}

	public function test_pictures_of_two_sites_with_one_number_are_two_pictures(): void {
		$plugin = Plugin::instance();
		$site   = $this->make_shop();
		$here   = $this->picture( 400, 300 );
		$plugin->pictures()->find( $here );
		$there = $this->on( $site, fn() => $plugin->pictures()->find( $this->picture( 640, 200, $here ) ) );
		self::assertSame( array( 400, 640 ), array( $plugin->pictures()->find( $here )?->source_width, $there?->source_width ) );
		wp_delete_attachment( $here, true );
	}

	/** A page that shows posts of other sites: their pictures are not sold by this site's shop. */
	public function test_no_button_while_another_site_is_looked_at(): void {
		add_filter( 'smi_show_button', '__return_true' );
		$picture = $this->picture( 400, 300 );
		$block   = "<!-- wp:image {\"id\":$picture} --><figure class=\"wp-block-image\"><img src=\"a.jpg\" class=\"wp-image-$picture\"/></figure><!-- /wp:image -->";
		$post    = (int) wp_insert_post( array( 'post_title' => 'Harbour', 'post_status' => 'publish', 'post_content' => $block ) );
		query_posts( array( 'p' => $post ) ); // phpcs:ignore WordPress.WP.DiscouragedFunctions -- the page's own query.
		self::assertStringContainsString( 'smi-', do_blocks( $block ) );
		$site = $this->make_shop();
		// The page's post has its number on the other site as well.
		$html = $this->on(
			$site,
			static function () use ( $post, $block ): string {
				wp_insert_post( array( 'post_title' => 'Mountain', 'post_status' => 'publish', 'import_id' => $post ) );

				return do_blocks( $block );
			}
		);
		wp_reset_query(); // phpcs:ignore WordPress.WP.DiscouragedFunctions -- made above.
		self::assertStringNotContainsString( 'smi-', $html );
		wp_delete_post( $post, true );
		wp_delete_attachment( $picture, true );
	}

	public function test_a_deleted_site_takes_nothing_of_this_one(): void {
		$job  = $this->make_job();
		$site = $this->make_site();
		wp_delete_site( $site );
		self::assertNotNull( Plugin::instance()->jobs()->find( $job ) );
	}

	private function picture( int $width, int $height, int $id = 0 ): int {
		$file = wp_upload_dir()['path'] . '/' . wp_generate_password( 8, false ) . '.jpg';
		imagejpeg( imagecreatetruecolor( $width, $height ), $file );
		$made = wp_insert_attachment( array( 'post_title' => 'A picture', 'post_mime_type' => 'image/jpeg', 'post_status' => 'inherit', 'import_id' => $id ), $file );
		wp_update_attachment_metadata( $made, wp_generate_attachment_metadata( $made, $file ) );
		self::assertTrue( 0 === $id || $id === $made );

		return $made;
	}
}
