<?php
/**
 * Site Health names what went wrong without anybody looking.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Admin;

use SellMyImages\Hooks\Failures;
use SellMyImages\Hooks\Listeners;
use SellMyImages\Plugin;
use SellMyImages\Tests\TestCase;

final class FailureHealthTest extends TestCase {

	public function test_all_is_well_where_nothing_failed(): void {
		self::assertSame( array( 'good', 'good' ), array_column( array( $this->health( 'smi_listeners' ), $this->health( 'smi_work' ) ), 'status' ) );
	}

	public function test_it_names_the_plugin_the_hook_and_the_error_and_says_what_to_do(): void {
		$plugin = WP_PLUGIN_DIR . '/bad-counter';
		wp_mkdir_p( $plugin );
		file_put_contents( "$plugin/bad-counter.php", "<?php\n/* Plugin Name: Bad <b>Counter */\nadd_action( 'smi_job_created', 'bad_counter_count' );\nfunction bad_counter_count() { throw new Error( 'Table <i>is</i> missing' ); }" ); // phpcs:ignore WordPress.WP.AlternativeFunctions
		require "$plugin/bad-counter.php";
		wp_clean_plugins_cache();
		Listeners::do_action( 'smi_job_created', 'x' );
		Failures::save();
		$health = $this->health( 'smi_listeners' );
		unlink( "$plugin/bad-counter.php" ); // phpcs:ignore WordPress.WP.AlternativeFunctions
		rmdir( $plugin ); // phpcs:ignore WordPress.WP.AlternativeFunctions
		wp_clean_plugins_cache();
		self::assertSame( 'recommended', $health['status'] );
		foreach ( array( 'Bad &lt;b&gt;Counter', 'smi_job_created', 'bad_counter_count', 'Table is missing', 'No sale, payment or image was lost', 'Update its plugin' ) as $words ) {
			self::assertStringContainsString( $words, $health['description'] );
		}
		self::assertStringContainsString( '_wpnonce=', $health['actions'] );
		self::assertSame( 'good', $this->health( 'smi_work' )['status'] );
	}

	public function test_it_names_work_that_was_passed_over(): void {
		Failures::note( Failures::WORK, 'sweep/abandon_unmade', new \RuntimeException( 'Broken' ), 'a-job' );
		Failures::note( Failures::CHANNEL, 'report/refund', new \RuntimeException( 'Unfit' ), 'another' );
		$health = $this->health( 'smi_work' );
		foreach ( array( 'sweep/abandon_unmade', 'a-job', 'Broken', 'report/refund', 'another', 'Nothing is lost' ) as $words ) {
			self::assertStringContainsString( $words, $health['description'] );
		}
	}

	public function test_only_who_manages_jobs_may_forget(): void {
		Failures::note( Failures::WORK, 'x', new \RuntimeException( 'Broken' ) );
		$this->as_role( 'editor' );
		add_filter( 'wp_die_handler', static fn() => static fn() => throw new \DomainException( 'refused' ) );
		try {
			Plugin::instance()->failure_health()->forget();
			self::fail( 'Anybody may.' );
		} catch ( \DomainException ) {
			self::assertCount( 1, Failures::all() );
		}
	}

	/** @return array<string,mixed> */
	private function health( string $name ): array {
		$tests = apply_filters( 'site_status_tests', array( 'direct' => array(), 'async' => array() ) ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals.NonPrefixedHooknameFound -- WordPress's own.

		return ( $tests['direct'][ $name ]['test'] )();
	}
}
