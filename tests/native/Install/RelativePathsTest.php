<?php
/**
 * Whole paths of earlier versions, carried over.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Files\UploadsPath;
use SellMyImages\Install\Installer;
use SellMyImages\Install\RelativePaths;
use SellMyImages\Install\Schema;
use SellMyImages\Plugin;
use SellMyImages\Tests\TestCase;

final class RelativePathsTest extends TestCase {

	private const PLACE = 'smi-private/ab/abcdef/file.jpg';

	private string $uploads = '';

	protected function setUp(): void {
		parent::setUp();
		$this->uploads = wp_upload_dir( null, false )['basedir'];
		wp_mkdir_p( dirname( "$this->uploads/" . self::PLACE ) );
		file_put_contents( "$this->uploads/" . self::PLACE, 'a picture' );
	}

	protected function tearDown(): void {
		unlink( "$this->uploads/" . self::PLACE );
		parent::tearDown();
	}

	public function test_an_upgrade_from_version_3_leaves_no_whole_path_of_ours(): void {
		$ours   = $this->make_job( array( 'upscaled_file_path' => "$this->uploads/" . self::PLACE, 'upload_file_path' => "$this->uploads/2026/11/photo.jpg" ) );
		$plugin = Plugin::instance();
		$this->attempt( "$this->uploads/" . self::PLACE );
		update_option( Installer::VERSION_OPTION, '3' );
		$plugin->installer()->install_if_needed();
		$command = $plugin->commands()->find( CommandKind::UpgradeStep, 'jobs' );
		self::assertNotNull( $command );
		$parts = 0;
		while ( $plugin->upgrade()->is_running() && ++$parts < 50 ) {
			$plugin->upgrade()->run( $command, 0.0 );
		}
		self::assertSame( (string) Schema::VERSION, get_option( Installer::VERSION_OPTION ) );
		self::assertSame( array( self::PLACE, '2026/11/photo.jpg' ), $this->paths( $ours ) );
		self::assertSame( self::PLACE, $plugin->db()->value( 'SELECT file_path FROM {attempts}' ) );
		self::assertSame( array( $this->uploads ), get_option( UploadsPath::FOLDERS ) );
	}

	public function test_paths_of_another_host_follow_where_the_file_is_and_stay_where_it_is_not(): void {
		$moved   = $this->make_job( array( 'upscaled_file_path' => '/home/a/wp-content/uploads/' . self::PLACE ) );
		$windows = $this->make_job( array( 'upscaled_file_path' => 'C:\\www\\wp-content\\uploads\\' . str_replace( '/', '\\', self::PLACE ) ) );
		$stream  = $this->make_job( array( 'upscaled_file_path' => 's3://bucket/uploads/' . self::PLACE ) );
		$missing = $this->make_job( array( 'upscaled_file_path' => '/home/a/wp-content/uploads/smi-private/ab/gone.jpg' ) );
		$other   = $this->make_job( array( 'upscaled_file_path' => '/etc/elsewhere.jpg', 'upload_file_path' => __FILE__ ) );
		$place   = $this->make_job( array( 'upscaled_file_path' => self::PLACE ) );
		$none    = $this->make_job();
		$this->run_step();
		self::assertSame( array( self::PLACE, self::PLACE, self::PLACE ), array( $this->paths( $moved )[0], $this->paths( $windows )[0], $this->paths( $stream )[0] ) );
		self::assertSame( array( '/home/a/wp-content/uploads/smi-private/ab/gone.jpg', null ), $this->paths( $missing ) );
		self::assertSame( array( '/etc/elsewhere.jpg', __FILE__ ), $this->paths( $other ) );
		self::assertSame( array( self::PLACE, null ), $this->paths( $place ) );
		self::assertSame( array( null, null ), $this->paths( $none ) );
	}

	public function test_it_may_be_cut_off_and_done_again(): void {
		$jobs = array_map( fn(): string => $this->make_job( array( 'upscaled_file_path' => "$this->uploads/" . self::PLACE ) ), range( 1, 3 ) );
		$this->run_step();
		$this->run_step();
		foreach ( $jobs as $job ) {
			self::assertSame( self::PLACE, $this->paths( $job )[0] );
		}
	}

	private function run_step(): void {
		$step = new RelativePaths( Plugin::instance()->db(), 'jobs', array( 'upscaled_file_path', 'upload_file_path' ) );
		for ( $at = 0; null !== $at; ) {
			$at = $step->run( $at );
		}
	}

	/** @return array{0:string|null,1:string|null} */
	private function paths( string $job_id ): array {
		return array_values( (array) Plugin::instance()->db()->row( 'SELECT upscaled_file_path, upload_file_path FROM {jobs} WHERE job_id = %s', $job_id ) );
	}

	private function attempt( string $path ): void {
		Plugin::instance()->db()->insert(
			'attempts',
			array( 'uuid' => wp_generate_uuid4(), 'job_id' => 'x', 'seq' => 1, 'provider' => 'local', 'state' => 'succeeded', 'token_hash' => str_repeat( 'a', 64 ), 'file_path' => $path, 'created_at' => '2026-01-01 00:00:00' )
		);
	}
}
