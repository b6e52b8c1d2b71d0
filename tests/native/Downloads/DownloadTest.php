<?php
/**
 * GET /download/{token}
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Downloads;

use SellMyImages\Jobs\Job;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Settings\Settings;
use SellMyImages\Tests\Storefront\StorefrontTestCase;

final class DownloadTest extends StorefrontTestCase {

	private string $file = '';

	protected function setUp(): void {
		parent::setUp();
		$this->file = wp_upload_dir()['basedir'] . '/smi-test-' . wp_generate_password( 8, false ) . '.jpg';
		$image      = imagecreatetruecolor( 400, 320 );
		imagejpeg( $image, $this->file );
		add_filter( 'smi_clear_output_buffers', '__return_false' );
	}

	protected function tearDown(): void {
		if ( is_file( $this->file ) ) {
			unlink( $this->file );
		}
		parent::tearDown();
	}

	public function test_gives_the_file_and_counts_it_once(): void {
		$job      = $this->make_completed_job( $this->file );
		$response = $this->download( $job );
		$headers  = $response->get_headers();
		self::assertSame( 200, $response->get_status() );
		self::assertSame( 'image/jpeg', $headers['Content-Type'] );
		self::assertSame( (string) filesize( $this->file ), $headers['Content-Length'] );
		self::assertMatchesRegularExpression( '/^attachment; filename="harbour-400x320\.jpg"; filename\*=UTF-8\'\'h%C3%A4rbour-400x320\.jpg$/', $headers['Content-Disposition'] );
		self::assertStringContainsString( 'no-store', $headers['Cache-Control'] );
		self::assertSame( file_get_contents( $this->file ), $this->served( $response, $job ) );
		self::assertSame( 1, $this->downloads( $job ) );
	}

	public function test_head_and_continuations_are_not_counted(): void {
		$job = $this->make_completed_job( $this->file );
		self::assertSame( 200, $this->download( $job, 'HEAD' )->get_status() );
		$response = $this->download( $job, 'GET', array( 'Range' => 'bytes=100-199' ) );
		self::assertSame( 206, $response->get_status() );
		self::assertSame( 'bytes 100-199/' . filesize( $this->file ), $response->get_headers()['Content-Range'] );
		self::assertSame( substr( (string) file_get_contents( $this->file ), 100, 100 ), $this->served( $response, $job ) );
		self::assertSame( 206, $this->download( $job, 'GET', array( 'Range' => 'bytes=0-1' ) )->get_status() );
		self::assertSame( 206, $this->download( $job, 'GET', array( 'Range' => 'bytes=300-' ) )->get_status() );
		self::assertSame( 416, $this->download( $job, 'GET', array( 'Range' => 'bytes=99999999-' ) )->get_status() );
		self::assertSame( 0, $this->downloads( $job ) );
		self::assertSame( 206, $this->download( $job, 'GET', array( 'Range' => 'bytes=0-' ) )->get_status() );
		self::assertSame( 1, $this->downloads( $job ), 'All of it, asked for in another way.' );
	}

	public function test_a_continuation_of_another_file_starts_anew(): void {
		$job = $this->make_completed_job( $this->file );
		self::assertSame( 200, $this->download( $job, 'GET', array( 'Range' => 'bytes=100-', 'If-Range' => '"other"' ) )->get_status() );
	}

	public function test_an_expired_link_is_gone(): void {
		$job      = $this->make_completed_job( $this->file, array( 'download_expires_at' => '2020-01-01 00:00:00' ) );
		$response = $this->download( $job );
		self::assertSame( array( 410, 'smi_download_expired' ), array( $response->get_status(), $response->get_data()['code'] ) );
	}

	public function test_a_revoked_link_is_gone_and_still_explained(): void {
		global $wpdb;
		$links = new LinkTokens( new Settings() );
		$job   = $this->make_completed_job( $this->file );
		$row   = Job::from_row( $wpdb->get_row( $wpdb->prepare( "SELECT * FROM {$wpdb->prefix}smi_jobs WHERE job_id = %s", $job ), ARRAY_A ) );
		$wpdb->update( "{$wpdb->prefix}smi_jobs", $links->revoke( $row ), array( 'job_id' => $job ) );
		$response = $this->download( $job );
		self::assertSame( array( 410, 'smi_download_revoked' ), array( $response->get_status(), $response->get_data()['code'] ) );
	}

	public function test_an_unknown_link_is_not_found(): void {
		self::assertSame( 404, $this->rest( 'GET', '/smi/v1/download/' . str_repeat( 'x', 43 ) )->get_status() );
	}

	public function test_a_missing_file_is_said_and_not_counted(): void {
		$job      = $this->make_completed_job( '/nowhere/at/all.jpg' );
		$response = $this->download( $job );
		self::assertSame( array( 503, 'smi_download_file_missing' ), array( $response->get_status(), $response->get_data()['code'] ) );
		self::assertSame( 0, $this->downloads( $job ) );
	}

	public function test_nothing_but_pictures_is_ever_sent(): void {
		self::assertSame( 503, $this->download( $this->make_completed_job( ABSPATH . 'wp-config.php' ) )->get_status() );
	}

	public function test_a_new_link_kills_the_old_one(): void {
		global $wpdb;
		$links = new LinkTokens( new Settings() );
		$job   = $this->make_completed_job( $this->file );
		$row   = Job::from_row( $wpdb->get_row( $wpdb->prepare( "SELECT * FROM {$wpdb->prefix}smi_jobs WHERE job_id = %s", $job ), ARRAY_A ) );
		$wpdb->update( "{$wpdb->prefix}smi_jobs", $links->issue( $row ), array( 'job_id' => $job ) );
		self::assertSame( 404, $this->download( $job )->get_status() );
		self::assertSame( 200, $this->rest( 'GET', '/smi/v1/download/' . $links->token( $job, 2 ) )->get_status() );
	}

	/** @param array<string,string> $headers Request headers. */
	private function download( string $job, string $method = 'GET', array $headers = array() ): \WP_REST_Response {
		return $this->rest( $method, '/smi/v1/download/' . ( new LinkTokens( new Settings() ) )->token( $job, 1 ), array(), $headers );
	}

	private function served( \WP_REST_Response $response, string $job ): string {
		$request = new \WP_REST_Request( 'GET', '/smi/v1/download/' . ( new LinkTokens( new Settings() ) )->token( $job, 1 ) );
		ob_start();
		$served = apply_filters( 'rest_pre_serve_request', false, $response, $request, rest_get_server() );
		$body   = (string) ob_get_clean();
		self::assertTrue( $served );
		return $body;
	}

	private function downloads( string $job ): int {
		global $wpdb;
		return (int) $wpdb->get_var( $wpdb->prepare( "SELECT download_count FROM {$wpdb->prefix}smi_jobs WHERE job_id = %s", $job ) );
	}
}
