<?php
/**
 * Buy buttons in the page.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Storefront;

final class ButtonsTest extends StorefrontTestCase {

	protected function setUp(): void {
		parent::setUp();
		// As a shop that was set up: the bridge itself is another test's.
		add_filter( 'smi_show_button', static fn( bool $shows, int $attachment_id ): bool => array() !== get_post( $attachment_id, ARRAY_A ), 10, 2 );
	}

	protected function tearDown(): void {
		$GLOBALS['wp_query'] = new \WP_Query(); // phpcs:ignore WordPress.WP.GlobalVariablesOverride
		parent::tearDown();
	}

	public function test_each_picture_gets_one_button(): void {
		$first  = $this->make_picture( 300, 200 );
		$second = $this->make_picture( 300, 200, 'png' );
		$html   = $this->content( $this->make_post( array( $first, $second ) ) );
		foreach ( array( $first, $second ) as $id ) {
			self::assertSame( 1, substr_count( $html, "data-smi-attachment=\"$id\"" ) );
		}
		self::assertStringContainsString( '<button type="button"', $html );
		self::assertMatchesRegularExpression( '#</figcaption><div class="smi-buy">.*?</div></figure>#s', $html );
		self::assertStringContainsString( 'Harbour at &quot;dawn&quot;', $html );
		self::assertTrue( wp_script_is( 'smi-buy-button', 'enqueued' ) );
	}

	public function test_rendering_twice_adds_no_second_button(): void {
		$id = $this->make_picture( 300, 200 );
		$this->content( $this->make_post( array( $id ) ) );
		$once  = apply_filters( 'render_block_core/image', '<figure><img></figure>', array( 'attrs' => array( 'id' => $id ) ), null ); // phpcs:ignore WordPress.NamingConventions.ValidHookName.UseUnderscores -- WordPress's own filter.
		$twice = apply_filters( 'render_block_core/image', $once, array( 'attrs' => array( 'id' => $id ) ), null ); // phpcs:ignore WordPress.NamingConventions.ValidHookName.UseUnderscores -- WordPress's own filter.
		self::assertSame( 1, substr_count( $once, '<button' ) );
		self::assertSame( $once, $twice );
	}

	public function test_private_posts_lists_and_feeds_have_none(): void {
		// Who may read a private post sees it, still without a button.
		$this->as_admin();
		$id = $this->make_picture( 300, 200 );
		self::assertStringNotContainsString( 'smi-buy', $this->content( $this->make_post( array( $id ), array( 'post_status' => 'private' ) ) ) );
		self::assertStringNotContainsString( 'smi-buy', $this->content( $this->make_post( array( $id ), array( 'post_password' => 'x' ) ) ) );
		$post                         = $this->make_post( array( $id ) );
		$GLOBALS['wp_query']->is_feed = true;
		self::assertStringNotContainsString( 'smi-buy', do_blocks( (string) get_post_field( 'post_content', $post ) ) );
		$GLOBALS['wp_query'] = new \WP_Query(); // phpcs:ignore WordPress.WP.GlobalVariablesOverride
		self::assertStringNotContainsString( 'smi-buy', do_blocks( (string) get_post_field( 'post_content', $post ) ) );
	}

	public function test_a_picture_can_be_taken_off_sale(): void {
		$id   = $this->make_picture( 300, 200 );
		$post = $this->make_post( array(), array( 'post_content' => $this->image_block( $id, 'smi-not-for-sale' ) ) );
		self::assertStringNotContainsString( 'smi-buy', $this->content( $post ) );
		add_filter( 'smi_show_button', '__return_false', 99 );
		self::assertStringNotContainsString( 'smi-buy', $this->content( $this->make_post( array( $id ) ) ) );
	}

	public function test_the_featured_image_has_one_button_outside_of_its_link(): void {
		$id   = $this->make_picture( 300, 200 );
		$post = $this->make_post( array() );
		set_post_thumbnail( $post, $id );
		$this->content( $post );
		$html = do_blocks( '<!-- wp:post-featured-image {"isLink":true} /-->' );
		self::assertSame( 1, substr_count( $html, '<button' ), $html );
		self::assertMatchesRegularExpression( '#</a>.*<button#s', $html );
	}

	private function content( int $post_id ): string {
		query_posts( array( 'p' => $post_id, 'post_type' => 'post', 'post_status' => 'any' ) ); // phpcs:ignore WordPress.WP.DiscouragedFunctions
		$GLOBALS['wp_the_query'] = $GLOBALS['wp_query']; // phpcs:ignore WordPress.WP.GlobalVariablesOverride
		if ( have_posts() ) {
			the_post();
		}
		return do_blocks( (string) get_post_field( 'post_content', $post_id ) );
	}
}
