<?php
/**
 * Sold files on a site that moves.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Files;

use SellMyImages\Actions\ActionRequest;
use SellMyImages\Files\PrivateFolder;
use SellMyImages\Jobs\Job;
use SellMyImages\Tests\Jobs\LifecycleTestCase;

final class MovedUploadsTest extends LifecycleTestCase {

	/** @var list<string> Folders to take away. */
	private array $made = array();

	protected function setUp(): void {
		parent::setUp();
		add_filter( 'smi_clear_output_buffers', '__return_false' );
	}

	protected function tearDown(): void {
		foreach ( $this->made as $folder ) {
			self::remove( $folder );
		}
		parent::tearDown();
		update_option( 'upload_path', '' );
	}

	public function test_rows_hold_the_place_below_the_uploads_folder(): void {
		$job     = $this->job( $this->completed_job() );
		$attempt = $this->attempts( $job->job_id )[0];
		$place   = '#^' . PrivateFolder::NAME . '/[0-9a-f]{2}/[0-9a-f]{32}/' . "{$job->job_id}-{$attempt->uuid()}.jpg$#D";
		self::assertMatchesRegularExpression( $place, (string) $job->upscaled_file_path );
		self::assertSame( $job->upscaled_file_path, $attempt->file_path() );
		self::assertSame( self::uploads() . "/{$job->upscaled_file_path}", $job->file_path() );
	}

	public function test_the_source_is_kept_by_its_place_too(): void {
		$source = array( 'url' => 'http://127.0.0.1/photo.jpg', 'path' => self::uploads() . '/2026/11/photo.jpg', 'width' => 100, 'height' => 80, 'mime' => 'image/jpeg' );
		self::assertSame( '2026/11/photo.jpg', $this->job( $this->order( array( 'source' => $source ) ) )->upload_file_path );
	}

	/** @return array<string,array{0:bool}> */
	public static function layouts(): array {
		return array( 'rows of today' => array( false ), 'rows with whole paths' => array( true ) );
	}

	/** @dataProvider layouts */
	public function test_another_folder_by_filter_after_the_files_were_moved( bool $is_absolute ): void {
		$job   = $this->sold( $is_absolute );
		$bytes = $this->downloaded( $job );
		$to    = $this->new_folder();
		rename( self::uploads() . '/' . PrivateFolder::NAME, $to . '/' . PrivateFolder::NAME );
		$this->move_by_filter( $to );
		$this->expect_the_same( $job, $bytes );
	}

	/** @dataProvider layouts */
	public function test_another_folder_by_filter_while_the_files_stay( bool $is_absolute ): void {
		$job   = $this->sold( $is_absolute );
		$bytes = $this->downloaded( $job );
		$this->move_by_filter( $this->new_folder() );
		$this->expect_the_same( $job, $bytes );
	}

	/**
	 * Not beside the hostile neighbour: where a filter names the uploads folder, the option has no say.
	 *
	 * @group not-beside-hostile
	 * @dataProvider layouts
	 */
	public function test_another_folder_by_the_option( bool $is_absolute ): void {
		$job   = $this->sold( $is_absolute );
		$bytes = $this->downloaded( $job );
		rename( self::uploads() . '/' . PrivateFolder::NAME, $this->new_folder( ABSPATH . 'media' ) . '/' . PrivateFolder::NAME );
		update_option( 'upload_path', 'media' );
		wp_upload_dir( null, false, true );
		$this->expect_the_same( $job, $bytes );
		update_option( 'upload_path', '' );
		wp_upload_dir( null, false, true );
	}

	/** @dataProvider layouts */
	public function test_a_renamed_content_folder( bool $is_absolute ): void {
		$job   = $this->sold( $is_absolute );
		$bytes = $this->downloaded( $job );
		$token = $this->token( $job );
		$to    = ABSPATH . 'content';
		rename( WP_CONTENT_DIR, $to );
		try {
			$seen = self::in_another_process( $to, $token );
		} finally {
			rename( $to, WP_CONTENT_DIR );
		}
		self::assertSame( "200 {$job->job_id} " . hash( 'sha256', $bytes ), $seen );
	}

	/** A late result that the owner takes: the attempt's path is read as well. */
	public function test_a_late_result_can_still_be_taken_after_a_move(): void {
		$job_id = $this->completed_job();
		$first  = $this->attempts( $job_id )[0];
		$this->plugin()->db()->execute( 'UPDATE {attempts} SET file_path = %s', '/home/old/wp-content/uploads/' . $first->file_path() );
		$this->plugin()->actions()->run( 'retry', $job_id, new ActionRequest( array( 'force' => true ) ) );
		$this->plugin()->actions()->run( 'retry', $job_id, new ActionRequest( array( 'attempt' => $first->uuid(), 'force' => true ) ) );
		self::assertSame( array( 'completed', $first->uuid() ), array( $this->job( $job_id )->status->value, $this->job( $job_id )->current_attempt ) );
	}

	public function test_a_path_that_was_cut_off_is_found_by_its_attempt(): void {
		$job   = $this->sold( false );
		$bytes = $this->downloaded( $job );
		$name  = basename( (string) $job->upscaled_file_path );
		$this->plugin()->db()->execute( 'UPDATE {jobs} SET upscaled_file_path = %s', "/elsewhere/$name" );
		$this->expect_the_same( $job, $bytes );
	}

	public function test_erasing_a_person_takes_the_picture_where_it_lies(): void {
		$job  = $this->sold( false );
		$file = (string) $job->file_path();
		$this->move_by_filter( $this->new_folder() );
		$this->plugin()->privacy()->erase( $job->email );
		self::assertFileDoesNotExist( $file );
		self::assertDirectoryDoesNotExist( dirname( $file ) );
		self::assertDirectoryExists( dirname( $file, 3 ) );
	}

	public function test_a_stream_as_uploads_folder_is_joined_and_read(): void {
		stream_wrapper_register( 'smitest', MemoryStream::class );
		try {
			$job   = $this->sold( false );
			$bytes = $this->downloaded( $job );

			MemoryStream::$files = array( "smitest://bucket/uploads/{$job->upscaled_file_path}" => $bytes );
			$this->move_by_filter( 'smitest://bucket/uploads' );
			self::remove( self::site_uploads() . '/' . PrivateFolder::NAME );
			self::assertSame( array_key_first( MemoryStream::$files ), $this->job( $job->job_id )->file_path() );
			self::assertTrue( $this->job( $job->job_id )->has_file() );
			// As rows of earlier versions hold it.
			$this->plugin()->db()->execute( 'UPDATE {jobs} SET upscaled_file_path = %s', array_key_first( MemoryStream::$files ) );
			self::assertTrue( $this->job( $job->job_id )->has_file() );
			self::assertSame( $job->upscaled_file_path, $this->as_owner( $job->job_id )['upscaled_file_path'] );
		} finally {
			stream_wrapper_unregister( 'smitest' );
		}
	}

	/** A completed job whose files lie in the uploads folder of this site. */
	private function sold( bool $is_absolute ): Job {
		$job = $this->job( $this->completed_job() );
		if ( $is_absolute ) {
			$where = self::uploads() . '/';
			$this->plugin()->db()->execute( 'UPDATE {jobs} SET upscaled_file_path = %s', $where . $job->upscaled_file_path );
			$this->plugin()->db()->execute( 'UPDATE {attempts} SET file_path = %s', $where . $job->upscaled_file_path );
		}

		return $this->job( $job->job_id );
	}

	/** What the owner and the buyer see is what they saw. */
	private function expect_the_same( Job $job, string $bytes ): void {
		self::assertSame( $bytes, $this->downloaded( $job ) );
		$this->plugin()->sweeper()->look( $job->job_id );
		$shown = $this->as_owner( $job->job_id );
		self::assertSame( array( null, array() ), array( $shown['attention'], $shown['attention_all'] ) );
		self::assertSame( strlen( $bytes ), $shown['download']['file']['bytes'] );
	}

	/** @return array<string,mixed> GET /jobs/{id}. */
	private function as_owner( string $job_id ): array {
		$this->as_admin();
		$shown = $this->rest( 'GET', "/smi/v1/jobs/$job_id" );
		self::assertSame( 200, $shown->get_status() );

		return (array) $shown->get_data();
	}

	private function downloaded( Job $job ): string {
		$route    = '/smi/v1/download/' . $this->token( $job );
		$response = $this->rest( 'GET', $route );
		self::assertSame( 200, $response->get_status() );
		ob_start();
		apply_filters( 'rest_pre_serve_request', false, $response, new \WP_REST_Request( 'GET', $route ), rest_get_server() );

		return (string) ob_get_clean();
	}

	/** Of the link that the buyer has. */
	private function token( Job $job ): string {
		return $this->plugin()->links()->token( $job->job_id, $job->download_generation );
	}

	/** WordPress started anew, with its content elsewhere. */
	private static function in_another_process( string $content, string $token ): string {
		$code = sprintf(
			'define( "WP_CONTENT_DIR", %s ); $_SERVER["HTTP_HOST"] = "127.0.0.1"; require %s . "wp-load.php";
			$answer = rest_do_request( new WP_REST_Request( "GET", "/smi/v1/download/" . %s ) );
			foreach ( $GLOBALS["wpdb"]->get_results( "SELECT job_id FROM {$GLOBALS["wpdb"]->prefix}smi_jobs" ) as $row ) {
				$plugin = SellMyImages\Plugin::instance(); $plugin->sweeper()->look( $row->job_id ); $job = $plugin->jobs()->find( $row->job_id );
				echo $answer->get_status(), " ", $job->job_id, $job->attention?->value, " ", hash_file( "sha256", $job->file_path() );
			}',
			var_export( $content, true ), // phpcs:ignore WordPress.PHP.DevelopmentFunctions -- as PHP's own text.
			var_export( ABSPATH, true ), // phpcs:ignore WordPress.PHP.DevelopmentFunctions
			var_export( $token, true ) // phpcs:ignore WordPress.PHP.DevelopmentFunctions
		);

		return (string) shell_exec( escapeshellarg( PHP_BINARY ) . ' -d display_errors=0 -r ' . escapeshellarg( $code ) ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions -- a whole WordPress of its own.
	}

	private function move_by_filter( string $to ): void {
		add_filter( 'upload_dir', static fn( array $folders ): array => array( 'basedir' => $to, 'path' => $to ) + $folders );
	}

	private function new_folder( ?string $folder = null ): string {
		$folder     ??= get_temp_dir() . 'smi-uploads-' . wp_generate_password( 8, false );
		$this->made[] = $folder;
		wp_mkdir_p( $folder );

		return $folder;
	}

	private static function uploads(): string {
		return wp_upload_dir( null, false )['basedir'];
	}

	private static function site_uploads(): string {
		return WP_CONTENT_DIR . '/uploads';
	}

	private static function remove( string $folder ): void {
		foreach ( array_diff( (array) scandir( $folder ), array( '.', '..' ) ) as $name ) {
			$path = "$folder/$name";
			is_dir( $path ) ? self::remove( $path ) : unlink( $path );
		}
		rmdir( $folder );
	}
}
