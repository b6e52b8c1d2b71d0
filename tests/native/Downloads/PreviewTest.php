<?php
/**
 * GET /jobs/{job_id}/preview, and who did what in the details of a job.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Downloads;

use SellMyImages\Files\PrivateFolder;
use SellMyImages\Jobs\Job;
use SellMyImages\Plugin;
use SellMyImages\Tests\TestCase;

final class PreviewTest extends TestCase {

	protected function setUp(): void {
		parent::setUp();
		add_filter( 'smi_clear_output_buffers', '__return_false' );
	}

	protected function tearDown(): void {
		unset( $GLOBALS['wp_rest_auth_cookie'] );
		parent::tearDown();
	}

	public function test_needs_the_right_to_view_jobs(): void {
		$job = $this->finished( 300, 200 );
		self::assertSame( 401, $this->rest( 'GET', "/smi/v1/jobs/$job->job_id/preview" )->get_status() );
		$this->as_role( 'editor' );
		self::assertSame( 403, $this->rest( 'GET', "/smi/v1/jobs/$job->job_id/preview" )->get_status() );
	}

	public function test_is_a_jpeg_of_1600_pixels_kept_beside_the_file(): void {
		$this->as_admin();
		foreach ( array( array( 2000, 1000, 'jpg', 1600, 800 ), array( 900, 1800, 'png', 800, 1600 ), array( 320, 200, 'jpg', 320, 200 ) ) as [ $width, $height, $ending, $shown_width, $shown_height ] ) {
			$job    = $this->finished( $width, $height, $ending );
			$bytes  = $this->streamed( $job );
			$size   = (array) getimagesizefromstring( $bytes );
			self::assertSame( array( $shown_width, $shown_height, IMAGETYPE_JPEG ), array_slice( $size, 0, 3 ) );
			$beside = (array) glob( dirname( (string) $job->file_path() ) . '/*.preview-*.jpg' );
			self::assertCount( 1, $beside );
			self::assertSame( $bytes, file_get_contents( (string) $beside[0] ) );
			touch( (string) $beside[0], 1000000000 );
			self::assertSame( $bytes, $this->streamed( $job ) );
			clearstatcache();
			self::assertSame( 1000000000, filemtime( (string) $beside[0] ), 'It was made a second time.' );
		}
	}

	/** @return array<string,array{0:int,1:int,2:string,3:bool}> */
	public function transparent_pictures(): array {
		return array(
			'a large PNG'          => array( 2000, 1000, 'png', false ),
			'a small PNG'          => array( 300, 200, 'png', false ),
			'a PNG with a palette' => array( 300, 200, 'png', true ),
			'a large WebP'         => array( 2000, 1000, 'webp', false ),
		);
	}

	/** @dataProvider transparent_pictures */
	public function test_what_is_transparent_lies_on_white( int $width, int $height, string $ending, bool $has_palette ): void {
		$this->as_admin();
		$job = $this->finished( $width, $height, 'png' );
		self::clear_picture( $this->renamed( $job, $ending ), $width, $height, $ending, $has_palette );
		$job   = Plugin::instance()->jobs()->find( $job->job_id ) ?? self::fail();
		$bytes = $this->streamed( $job );
		$image = imagecreatefromstring( $bytes );
		self::assertNotFalse( $image );
		self::assertSame( IMAGETYPE_JPEG, ( (array) getimagesizefromstring( $bytes ) )[2] );
		$light = static fn( float $x, float $y ): int => array_sum( array_slice( imagecolorsforindex( $image, (int) imagecolorat( $image, (int) ( $x * ( imagesx( $image ) - 1 ) ), (int) ( $y * ( imagesy( $image ) - 1 ) ) ) ), 0, 3 ) );
		foreach ( array( array( 0, 0 ), array( 1, 0 ), array( 0, 1 ), array( 1, 1 ) ) as [ $x, $y ] ) {
			self::assertGreaterThan( 750, $light( $x, $y ), 'The ground is white.' );
		}
		self::assertLessThan( 60, $light( 0.35, 0.5 ), 'What is black stays black.' );
		self::assertEqualsWithDelta( $has_palette ? 765 : 384, $light( 0.65, 0.5 ), 30, 'What is half transparent is half as light.' );
		self::assertSame( array(), (array) glob( dirname( (string) $job->file_path() ) . '/new-*' ) );
	}

	public function test_a_new_file_has_a_new_preview_and_the_old_one_goes(): void {
		$this->as_admin();
		$job   = $this->finished( 400, 200 );
		$first = $this->streamed( $job );
		$url   = $this->preview_url( $job );
		self::picture( (string) $job->file_path(), 200, 400, 'jpg' );
		touch( (string) $job->file_path(), time() + 5 );
		clearstatcache();
		self::assertNotSame( $first, $this->streamed( $job ) );
		self::assertNotSame( $url, $this->preview_url( $job ) );
		self::assertCount( 1, (array) glob( dirname( (string) $job->file_path() ) . '/*.preview-*.jpg' ) );
	}

	public function test_a_file_of_old_outside_the_private_folder_has_its_preview_inside(): void {
		$this->as_admin();
		$path = wp_upload_dir()['basedir'] . '/old-result.jpg';
		self::picture( $path, 300, 200, 'jpg' );
		$job = Plugin::instance()->jobs()->insert( array( 'status' => 'completed', 'payment_status' => 'paid', 'upscaled_file_path' => 'old-result.jpg' ) );
		self::assertNotSame( '', $this->streamed( $job ) );
		self::assertSame( array(), glob( dirname( $path ) . '/*.preview-*' ) );
		self::assertCount( 1, (array) glob( Plugin::instance()->private_folder()->folder( $job->job_id ) . '/*.preview-*.jpg' ) );
		wp_delete_file( $path );
	}

	public function test_is_not_sent_twice(): void {
		$this->as_admin();
		$job      = $this->finished( 300, 200 );
		$response = $this->rest( 'GET', "/smi/v1/jobs/$job->job_id/preview" );
		$tag      = $response->get_headers()['ETag'];
		self::assertSame( 304, $this->rest( 'GET', "/smi/v1/jobs/$job->job_id/preview", array(), array( 'If-None-Match' => $tag ) )->get_status() );
		self::assertSame( 200, $this->rest( 'GET', "/smi/v1/jobs/$job->job_id/preview", array(), array( 'If-None-Match' => '"other"' ) )->get_status() );
	}

	public function test_says_why_there_is_none(): void {
		$this->as_admin();
		$error = fn( string $job_id ): array => array( $this->rest( 'GET', "/smi/v1/jobs/$job_id/preview" )->get_status(), $this->rest( 'GET', "/smi/v1/jobs/$job_id/preview" )->get_data()['code'] );
		self::assertSame( array( 404, 'smi_job_not_found' ), $error( 'abcd0000-0000-4000-8000-000000000001' ) );
		$without = Plugin::instance()->jobs()->insert( array() );
		self::assertSame( array( 404, 'smi_preview_none' ), $error( $without->job_id ) );
		$broken = $this->finished( 300, 200 );
		file_put_contents( (string) $broken->file_path(), substr( (string) file_get_contents( (string) $broken->file_path() ), 0, 20 ) );
		self::assertSame( array( 503, 'smi_preview_failed' ), $error( $broken->job_id ) );
		file_put_contents( (string) $broken->file_path(), '<?php echo 1;' );
		self::assertSame( array( 404, 'smi_preview_none' ), $error( $broken->job_id ) );
		self::assertNull( $this->preview_url( $broken ) );
		self::assertSame( array(), (array) glob( dirname( (string) $broken->file_path() ) . '/*.preview-*.jpg' ) );
	}

	public function test_a_picture_that_memory_does_not_hold_is_refused_before_it_is_opened(): void {
		$this->as_admin();
		$job  = $this->finished( 10, 10, 'png' );
		$path = (string) $job->file_path();
		$png  = (string) file_get_contents( $path );
		// The header alone says that it is 30,000 pixels wide and high.
		$head = 'IHDR' . pack( 'NN', 30000, 30000 ) . substr( $png, 24, 5 );
		file_put_contents( $path, substr( $png, 0, 12 ) . $head . pack( 'N', crc32( $head ) ) . substr( $png, 33 ) );
		$response = $this->rest( 'GET', "/smi/v1/jobs/$job->job_id/preview" );
		self::assertSame( array( 503, 'smi_preview_too_large' ), array( $response->get_status(), $response->get_data()['code'] ) );
		self::assertStringContainsString( 'complete', $response->get_data()['message'] );
	}

	public function test_the_address_has_a_nonce_only_for_who_came_by_cookie(): void {
		$this->as_admin();
		$job = $this->finished( 300, 200 );
		self::assertMatchesRegularExpression( "#/smi/v1/jobs/$job->job_id/preview\?v=[0-9a-f]{16}$#", (string) $this->preview_url( $job ) );
		$GLOBALS['wp_rest_auth_cookie'] = true;
		self::assertStringEndsWith( '&_wpnonce=' . wp_create_nonce( 'wp_rest' ), (string) $this->preview_url( $job ) );
		$GLOBALS['wp_rest_auth_cookie'] = 'malformed';
		self::assertStringNotContainsString( '_wpnonce', (string) $this->preview_url( $job ) );
	}

	public function test_refunds_and_events_name_people_without_a_query_for_each(): void {
		global $wpdb;
		$job = Plugin::instance()->jobs()->insert( array( 'status' => 'completed', 'payment_status' => 'paid', 'amount_charged' => '9.00' ) );
		$ids = array();
		foreach ( range( 1, 6 ) as $i ) {
			$ids[] = wp_insert_user( array( 'user_login' => "clerk-$i", 'user_pass' => 'x', 'display_name' => "Clerk $i" ) );
		}
		$this->as_admin();
		foreach ( array( ...$ids, 999901, 999902 ) as $i => $id ) {
			foreach ( range( 1, 3 ) as $time ) {
				Plugin::instance()->event_log()->append( $job, 'action', array( 'actor' => "user:$id" ) );
			}
			Plugin::instance()->refund_repository()->insert( array( 'uuid' => wp_generate_uuid4(), 'job_id' => $job->job_id, 'amount_minor' => 10, 'currency' => 'USD', 'origin' => 'manual', 'status' => 'requested', 'requested_by' => "user:$id", 'idempotency_key' => "k$i" ) );
		}
		Plugin::instance()->event_log()->append( $job, 'status', array( 'actor' => 'bridge' ) );
		wp_cache_flush();
		wp_set_current_user( 0 );
		wp_set_current_user( 1 );
		$asked = array();
		add_filter(
			'query',
			static function ( string $sql ) use ( &$asked, $wpdb ): string {
				if ( str_contains( $sql, $wpdb->users ) ) {
					$asked[] = $sql;
				}
				return $sql;
			}
		);
		$detail = $this->rest( 'GET', "/smi/v1/jobs/$job->job_id" )->get_data();
		self::assertSame( array( 'Clerk 1', 'Clerk 6', 'a deleted user', null ), array( $detail['events'][0]['actor_name'], $detail['events'][17]['actor_name'], $detail['events'][18]['actor_name'], $detail['events'][24]['actor_name'] ) );
		self::assertSame( array( array( 'user:999902', 'a deleted user' ), array( "user:$ids[0]", 'Clerk 1' ) ), array_map( static fn( int $i ): array => array( $detail['refunds'][ $i ]['requested_by'], $detail['refunds'][ $i ]['requested_by_name'] ), array( 0, 7 ) ) );
		self::assertLessThanOrEqual( 3, count( $asked ), implode( "\n", $asked ) );
		foreach ( $ids as $id ) {
			wp_delete_user( (int) $id );
		}
	}

	private function finished( int $width, int $height, string $ending = 'jpg' ): Job {
		$attempt = wp_generate_uuid4();
		$folder  = (string) Plugin::instance()->private_folder()->open( $attempt );
		self::picture( "$folder/$attempt.$ending", $width, $height, $ending );

		return Plugin::instance()->jobs()->insert( array( 'status' => 'completed', 'payment_status' => 'paid', 'upscaled_file_path' => PrivateFolder::NAME . substr( "$folder/$attempt.$ending", strlen( Plugin::instance()->private_folder()->root() ) ) ) );
	}

	private static function picture( string $path, int $width, int $height, string $ending ): void {
		$image = imagecreatetruecolor( max( 1, $width ), max( 1, $height ) );
		self::assertNotFalse( $image );
		imagefilledrectangle( $image, 0, 0, intdiv( $width, 2 ), $height, (int) imagecolorallocate( $image, 200, 90, 30 ) );
		'png' === $ending ? imagepng( $image, $path ) : imagejpeg( $image, $path );
	}

	private function renamed( Job $job, string $ending ): string {
		$path = preg_replace( '/png$/', $ending, (string) $job->upscaled_file_path );
		wp_delete_file( (string) $job->file_path() );
		Plugin::instance()->jobs()->update( $job, array( 'upscaled_file_path' => $path ) );

		return wp_upload_dir()['basedir'] . "/$path";
	}

	/** Black in the left of the middle, half of black in the right of it, nothing around. */
	private static function clear_picture( string $path, int $width, int $height, string $ending, bool $has_palette ): void {
		$image = $has_palette ? imagecreate( max( 1, $width ), max( 1, $height ) ) : imagecreatetruecolor( max( 1, $width ), max( 1, $height ) );
		self::assertNotFalse( $image );
		imagealphablending( $image, false );
		imagesavealpha( $image, true );
		$clear = (int) imagecolorallocatealpha( $image, 0, 0, 0, 127 );
		imagefilledrectangle( $image, 0, 0, $width, $height, $clear );
		imagefilledrectangle( $image, intdiv( $width, 4 ), intdiv( $height, 4 ), intdiv( $width, 2 ) - 1, intdiv( 3 * $height, 4 ), (int) imagecolorallocate( $image, 0, 0, 0 ) );
		if ( ! $has_palette ) {
			imagefilledrectangle( $image, intdiv( $width, 2 ), intdiv( $height, 4 ), intdiv( 3 * $width, 4 ), intdiv( 3 * $height, 4 ), (int) imagecolorallocatealpha( $image, 0, 0, 0, 63 ) );
		}
		'webp' === $ending ? imagewebp( $image, $path ) : imagepng( $image, $path );
	}

	private function preview_url( Job $job ): ?string {
		return $this->rest( 'GET', "/smi/v1/jobs/$job->job_id" )->get_data()['download']['file']['preview_url'];
	}

	private function streamed( Job $job ): string {
		$request  = new \WP_REST_Request( 'GET', "/smi/v1/jobs/$job->job_id/preview" );
		$response = rest_do_request( $request );
		self::assertSame( 200, $response->get_status(), (string) wp_json_encode( $response->get_data() ) );
		$server = new class() extends \WP_REST_Server {
			public function send_header( $key, $value ): void {}
			public function remove_header( $key ): void {}
		};
		ob_start();
		self::assertTrue( apply_filters( 'rest_pre_serve_request', false, $response, $request, $server ) ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals.NonPrefixedHooknameFound -- WordPress's own filter.

		return (string) ob_get_clean();
	}
}
