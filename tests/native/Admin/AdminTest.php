<?php
/**
 * What our screens add to the admin around them.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Admin;

use SellMyImages\Admin\CommandPalette;
use SellMyImages\Admin\HelpTabs;
use SellMyImages\Capabilities;
use SellMyImages\Tests\TestCase;
use WP_Screen;

final class AdminTest extends TestCase {
	private const JOBS = 'toplevel_page_smi-jobs';

	protected function setUp(): void {
		parent::setUp();
		require_once ABSPATH . 'wp-admin/includes/admin.php';
		$GLOBALS['wp_scripts'] = null;
	}

	protected function tearDown(): void {
		$GLOBALS['current_screen'] = null;
		$GLOBALS['wp_scripts']     = null;
		parent::tearDown();
	}

	public function test_the_jobs_screen_explains_itself_in_four_tabs(): void {
		$screen = $this->screen_for_help();
		( new HelpTabs() )->on_jobs( $screen );
		self::assertSame( array( 'Overview', 'Finding jobs', 'Actions and money', 'Keyboard' ), array_column( $screen->get_help_tabs(), 'title' ) );
		$texts = implode( '', array_column( $screen->get_help_tabs(), 'content' ) );
		foreach ( array( 'pi_', 'Alt + arrow', 'Set status', 'moves no money', 'Abandoned' ) as $said ) {
			self::assertStringContainsString( $said, $texts );
		}
	}

	public function test_help_speaks_of_settings_only_to_those_who_may_open_them(): void {
		$this->as_role( 'editor' );
		$screen = $this->screen_for_help();
		( new HelpTabs() )->on_jobs( $screen );
		self::assertStringNotContainsString( 'smi-settings', $screen->get_help_sidebar() );
		$this->as_admin();
		( new HelpTabs() )->on_jobs( $screen );
		self::assertStringContainsString( 'smi-settings', $screen->get_help_sidebar() );
	}

	public function test_the_menu_puts_the_help_on_its_own_screens(): void {
		$this->as_admin();
		do_action( 'admin_menu' );
		set_current_screen( self::JOBS );
		do_action( 'load-' . self::JOBS ); // phpcs:ignore WordPress.NamingConventions.ValidHookName.UseUnderscores -- WordPress's own hook.
		$jobs = get_current_screen();
		self::assertNotNull( $jobs );
		self::assertCount( 4, $jobs->get_help_tabs() );
		$settings = 'sell-my-images_page_smi-settings';
		set_current_screen( $settings );
		do_action( "load-$settings" ); // phpcs:ignore WordPress.NamingConventions.ValidHookName.UseUnderscores -- WordPress's own hook.
		self::assertCount( 1, get_current_screen()?->get_help_tabs() ?? array() );
	}

	public function test_the_palettes_entries_follow_the_palette(): void {
		$this->as_admin();
		$this->palette()->follow();
		self::assertFalse( wp_script_is( 'smi-commands' ), 'Without a palette there is nothing to follow.' );
		wp_enqueue_script( 'wp-core-commands' );
		$this->palette()->follow();
		self::assertTrue( wp_script_is( 'smi-commands' ) );
		$script = wp_scripts()->registered['smi-commands'];
		self::assertContains( 'wp-commands', $script->deps );
		self::assertStringContainsString( 'page=smi-jobs', implode( '', array_filter( (array) ( $script->extra['before'] ?? array() ) ) ) );
	}

	public function test_an_editor_has_the_palette_in_every_version(): void {
		$this->as_admin();
		remove_all_actions( 'enqueue_block_editor_assets' );
		$this->palette()->register();
		do_action( 'enqueue_block_editor_assets' );
		self::assertTrue( wp_script_is( 'smi-commands' ) );
	}

	public function test_those_who_may_not_see_jobs_get_no_entries(): void {
		$id = $this->as_role( 'editor' );
		wp_enqueue_script( 'wp-core-commands' );
		$this->palette()->follow();
		self::assertFalse( wp_script_is( 'smi-commands' ) );
		get_user_by( 'id', $id )->add_cap( Capabilities::VIEW );
		wp_set_current_user( 0 );
		wp_set_current_user( $id );
		$this->palette()->follow();
		self::assertTrue( wp_script_is( 'smi-commands' ), 'The capability counts, not the role.' );
		get_user_by( 'id', $id )->remove_cap( Capabilities::VIEW );
	}

	/** With scripts that stand there whether or not they were built. */
	private function palette(): CommandPalette {
		$dir = get_temp_dir() . 'smi-palette';
		wp_mkdir_p( "$dir/build/commands" );
		file_put_contents( "$dir/build/commands/index.asset.php", "<?php return array( 'dependencies' => array( 'wp-data' ), 'version' => '1' );" ); // phpcs:ignore WordPress.WP.AlternativeFunctions
		return new CommandPalette( "$dir/sell-my-images.php" );
	}

	private function screen_for_help(): WP_Screen {
		$screen = WP_Screen::get( self::JOBS );
		$screen->remove_help_tabs();
		return $screen;
	}
}
