<?php
/**
 * Where a buyer comes back to, whatever became of the post meanwhile.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Storefront;

use SellMyImages\Plugin;

/**
 * Over HTTP: WordPress answers a dead address by redirects and templates that no call from within would meet.
 */
final class ReturnPageTest extends StorefrontTestCase {

	/** @return array<string,array{0:callable(int):mixed}> What happens to the post while its buyer pays. */
	public static function fates(): array {
		return array(
			'nothing'                => array( static fn( int $id ) => null ),
			'a draft again'          => array( static fn( int $id ) => wp_update_post( array( 'ID' => $id, 'post_status' => 'draft' ) ) ),
			'private'                => array( static fn( int $id ) => wp_update_post( array( 'ID' => $id, 'post_status' => 'private' ) ) ),
			'planned for later'      => array( static fn( int $id ) => wp_update_post( array( 'ID' => $id, 'post_status' => 'future', 'post_date' => '2039-01-01 00:00:00', 'post_date_gmt' => '2039-01-01 00:00:00' ) ) ),
			'protected'              => array( static fn( int $id ) => wp_update_post( array( 'ID' => $id, 'post_password' => 'secret' ) ) ),
			'in the trash'           => array( static fn( int $id ) => wp_trash_post( $id ) ),
			'deleted'                => array( static fn( int $id ) => wp_delete_post( $id, true ) ),
			'renamed'                => array( static fn( int $id ) => wp_update_post( array( 'ID' => $id, 'post_name' => 'quite-another-name' ) ) ),
			'renamed, nearly so'     => array( static fn( int $id ) => wp_update_post( array( 'ID' => $id, 'post_name' => get_post( $id )->post_name . '-2' ) ) ),
		);
	}

	/**
	 * @dataProvider fates
	 * @param callable(int):mixed $fate What happens.
	 */
	public function test_the_order_is_shown_whatever_happens_to_the_post( callable $fate ): void {
		foreach ( array( '/%postname%/', '' ) as $permalinks ) {
			update_option( 'permalink_structure', $permalinks );
			$GLOBALS['wp_rewrite']->init();
			flush_rewrite_rules();
			$post    = $this->make_post( array() );
			$job_id  = $this->make_completed_job( __FILE__, array( 'post_id' => $post ) );
			$address = add_query_arg( array( 'smi_job' => $job_id, 'smi_key' => Plugin::instance()->links()->buyer_key( $job_id ) ), (string) get_permalink( $post ) );
			$fate( $post );
			[ $status, $body ] = $this->open( $address );
			self::assertSame( 200, $status, "$permalinks $address" );
			self::assertStringContainsString( 'id="smi-order"', $body, $address );
			self::assertStringContainsString( 'smiStorefront', $body, 'The script that follows the order.' );
		}
	}

	public function test_the_page_needs_no_script_and_is_kept_by_nobody(): void {
		$job_id = $this->make_completed_job( ABSPATH . 'wp-includes/images/media/default.png' );
		$answer = wp_remote_get( home_url( "/gone/?smi_job=$job_id&smi_key=" . Plugin::instance()->links()->buyer_key( $job_id ) ), array( 'redirection' => 0 ) );
		$body   = wp_remote_retrieve_body( $answer );
		self::assertStringContainsString( 'Your picture is ready.', $body );
		self::assertStringContainsString( esc_url( (string) Plugin::instance()->links()->url( Plugin::instance()->jobs()->find( $job_id ) ) ), $body );
		self::assertStringContainsString( 'no-store', (string) wp_remote_retrieve_header( $answer, 'cache-control' ) );
		self::assertSame( array( 'noindex', 'no-referrer' ), array( wp_remote_retrieve_header( $answer, 'x-robots-tag' ), wp_remote_retrieve_header( $answer, 'referrer-policy' ) ) );
	}

	public function test_a_stranger_meets_the_ordinary_page(): void {
		$job_id = $this->make_completed_job( null );
		foreach ( array( "smi_job=$job_id&smi_key=wrong", "smi_job=$job_id", 'smi_job[]=1&smi_key[]=2', 'smi_job=x&smi_key=' . Plugin::instance()->links()->buyer_key( $job_id ) ) as $query ) {
			[ $status, $body ] = $this->open( home_url( "/gone/?$query" ) );
			self::assertSame( 404, $status, $query );
			self::assertStringNotContainsString( 'class="smi-order is-page"', $body );
		}
	}

	protected function tearDown(): void {
		update_option( 'permalink_structure', self::$permalinks );
		$GLOBALS['wp_rewrite']->init();
		flush_rewrite_rules();
		parent::tearDown();
	}

	private static string $permalinks = '';

	protected function setUp(): void {
		parent::setUp();
		self::$permalinks = (string) get_option( 'permalink_structure' );
	}

	/** @return array{0:int,1:string} Status and body, redirects followed as a browser does. */
	private function open( string $address ): array {
		$answer = wp_remote_get( $address, array( 'timeout' => 20 ) );

		return array( (int) wp_remote_retrieve_response_code( $answer ), is_wp_error( $answer ) ? $answer->get_error_message() : wp_remote_retrieve_body( $answer ) );
	}
}
