<?php
/**
 * What a visitor may not see is not sold.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Storefront;

require_once __DIR__ . '/membership-stubs.php';

final class MembersOnlyTest extends StorefrontTestCase {

	protected function tearDown(): void {
		\SmiMembershipStub::$kept = array();
		$GLOBALS['wp_query']      = new \WP_Query(); // phpcs:ignore WordPress.WP.GlobalVariablesOverride
		parent::tearDown();
	}

	/** @return array<string,array{0:string}> */
	public function plugins(): array {
		return array(
			'Paid Memberships Pro'      => array( 'pmpro' ),
			'Restrict Content Pro'      => array( 'rcp' ),
			'Members'                   => array( 'members' ),
			'Paid Member Subscriptions' => array( 'pms' ),
			'WP-Members'                => array( 'wpmem' ),
			'WooCommerce Memberships'   => array( 'wc' ),
			'MemberPress'               => array( 'mepr' ),
			'Ultimate Member'           => array( 'um' ),
		);
	}

	/** @dataProvider plugins */
	public function test_a_post_for_members_sells_to_members_alone( string $plugin ): void {
		$picture = $this->make_picture( 300, 200 );
		$post    = $this->make_post( array( $picture ) );
		$open    = $this->make_post( array( $picture ) );

		\SmiMembershipStub::$kept = array( $plugin => array( $post ) );
		self::assertSame( array( 404, 404, 404 ), $this->ask( $picture, $post ) );
		self::assertSame( array( 200, 503, 204 ), $this->ask( $picture, $open ), 'The same picture, on a post for all.' );
		$this->as_role( 'subscriber' );
		add_filter( 'user_has_cap', static fn( array $caps ): array => $caps + array( 'wc_memberships_view_restricted_post_content' => true, 'wc_memberships_view_delayed_post_content' => true ) );
		self::assertSame( array( 200, 503, 204 ), $this->ask( $picture, $post ), 'No bridge here, but a member gets that far.' );
	}

	public function test_a_guest_sees_no_button_where_nothing_is_sold_to_guests(): void {
		add_filter( 'smi_show_button', static fn( bool $shows, int $attachment_id ): bool => true, 10, 2 );
		$picture = $this->make_picture( 300, 200 );
		$post    = $this->make_post( array( $picture ) );
		self::assertStringContainsString( 'smi-buy', $this->page( $post ) );
		\SmiMembershipStub::$kept = array( 'pmpro' => array( $post ) );
		self::assertStringNotContainsString( 'smi-buy', $this->page( $post ) );
	}

	public function test_a_plugin_that_nobody_knows_takes_the_filter(): void {
		$picture = $this->make_picture( 300, 200 );
		$post    = $this->make_post( array( $picture ) );
		add_filter( 'smi_visitor_may_see', static fn( bool $may, \WP_Post $asked, int $user ): bool => $may && ! ( $asked->ID === $post && 0 === $user ), 10, 3 );
		self::assertSame( array( 404, 404, 404 ), $this->ask( $picture, $post ) );
		$this->as_role( 'subscriber' );
		self::assertSame( array( 200, 503, 204 ), $this->ask( $picture, $post ) );
	}

	public function test_where_the_plugin_that_knows_fails_nothing_is_sold(): void {
		$this->allow_log( '/.*smi_visitor_may_see.*\n?/' );
		$picture = $this->make_picture( 300, 200 );
		$post    = $this->make_post( array( $picture ) );
		add_filter( 'smi_visitor_may_see', static fn() => throw new \RuntimeException( 'no connection' ) );
		self::assertSame( array( 404, 404, 404 ), $this->ask( $picture, $post ) );
	}

	public function test_a_plugin_that_only_hides_the_content_hides_what_is_sold(): void {
		$picture = $this->make_picture( 300, 200 );
		$post    = $this->make_post( array( $picture ) );
		add_filter( 'the_content', static fn( string $html ): string => is_singular() && in_the_loop() && is_main_query() && ! is_user_logged_in() ? 'For members.' : $html );
		self::assertSame( array( 404, 404 ), array_slice( $this->ask( $picture, $post ), 0, 2 ) );
		$this->as_role( 'subscriber' );
		self::assertSame( array( 200, 503, 204 ), $this->ask( $picture, $post ) );
	}

	public function test_a_plugin_that_hides_the_post_from_queries_hides_what_is_sold(): void {
		$picture = $this->make_picture( 300, 200 );
		$post    = $this->make_post( array( $picture ) );
		add_filter( 'the_posts', static fn( array $posts ): array => is_user_logged_in() ? $posts : array() );
		self::assertSame( 404, $this->ask( $picture, $post )[0] );
	}

	public function test_a_part_of_the_post_for_members_is_not_sold_and_the_rest_is(): void {
		$open   = $this->make_picture( 300, 200 );
		$secret = $this->make_picture( 300, 200 );
		$post   = $this->make_post( array( $open, $secret ) );
		add_filter( 'render_block_core/image', static fn( string $html, array $block ): string => $block['attrs']['id'] === $secret ? '' : $html, 10, 2 ); // phpcs:ignore WordPress.NamingConventions.ValidHookName.UseUnderscores -- WordPress's own filter.
		self::assertSame( array( 200, 404 ), array( $this->ask( $open, $post )[0], $this->ask( $secret, $post )[0] ) );
	}

	public function test_a_picture_is_sold_only_on_a_post_that_shows_it(): void {
		$picture  = $this->make_picture( 300, 200 );
		$other    = $this->make_post( array( $this->make_picture( 300, 200 ) ) );
		$attached = $this->make_post( array() );
		self::assertSame( 404, $this->ask( $picture, $other )[0] );
		wp_update_post( array( 'ID' => $picture, 'post_parent' => $attached ) );
		self::assertSame( 404, $this->ask( $picture, $attached )[0], 'Attached once, and shown no more.' );
		wp_update_post( array( 'ID' => $attached, 'post_content' => '[gallery]' ) );
		self::assertSame( 200, $this->ask( $picture, $attached )[0], 'A gallery of all that is attached.' );
	}

	public function test_a_picture_in_the_trash_is_not_sold(): void {
		$picture = $this->make_picture( 300, 200 );
		$post    = $this->make_post( array( $picture ) );
		global $wpdb;
		$wpdb->update( $wpdb->posts, array( 'post_status' => 'trash' ), array( 'ID' => $picture ) );
		clean_post_cache( $picture );
		self::assertSame( 404, $this->ask( $picture, $post )[0] );
	}

	public function test_looking_at_a_post_leaves_the_request_as_it_was_and_survives_what_breaks(): void {
		$this->allow_log( '/Sell My Images: post \d+ could not be shown.*/' );
		$picture = $this->make_picture( 300, 200 );
		$post    = $this->make_post( array( $picture ) );
		$page    = $this->make_post( array() );
		$this->page( $page );
		$before = array( $GLOBALS['wp_query'], $GLOBALS['post'], get_the_ID(), ob_get_level() );
		add_filter(
			'the_content',
			static function (): string {
				ob_start();
				throw new \RuntimeException( 'broken' );
			}
		);
		self::assertSame( 404, $this->ask( $picture, $post )[0] );
		self::assertSame( $before, array( $GLOBALS['wp_query'], $GLOBALS['post'], get_the_ID(), ob_get_level() ) );
	}

	/** @return list<int> What offers, checkouts and clicks answer. */
	private function ask( int $attachment_id, int $post_id ): array {
		$body = compact( 'attachment_id', 'post_id' );
		return array(
			$this->rest( 'GET', '/smi/v1/offers', $body )->get_status(),
			$this->rest( 'POST', '/smi/v1/checkouts', $body + array( 'resolution' => '4x' ) )->get_status(),
			$this->rest( 'POST', '/smi/v1/clicks', $body )->get_status(),
		);
	}

	private function page( int $post_id ): string {
		query_posts( array( 'p' => $post_id, 'post_type' => 'post' ) ); // phpcs:ignore WordPress.WP.DiscouragedFunctions
		$GLOBALS['wp_the_query'] = $GLOBALS['wp_query']; // phpcs:ignore WordPress.WP.GlobalVariablesOverride
		the_post();
		return do_blocks( (string) get_post_field( 'post_content', $post_id ) );
	}
}
