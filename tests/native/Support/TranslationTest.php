<?php
/**
 * The plugin in another language.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Support;

use SellMyImages\Support\LanguagePacks;
use SellMyImages\Tests\TestCase;

final class TranslationTest extends TestCase {
	private const DOMAIN = 'sell-my-images';

	/** @var string[] */
	private array $files = array();

	protected function setUp(): void {
		parent::setUp();
		add_filter( 'pre_determine_locale', static fn(): string => 'de_DE' );
		$this->forget();
	}

	protected function tearDown(): void {
		array_map( 'unlink', array_filter( $this->files, 'is_file' ) );
		remove_all_filters( 'pre_determine_locale' );
		$this->forget();
		\WP_Translation_Controller::get_instance()->set_locale( get_locale() );
		parent::tearDown();
	}

	public function test_rest_says_in_german_what_went_wrong(): void {
		$this->as_admin();
		$answer = $this->rest( 'GET', '/smi/v1/jobs/00000000-0000-4000-8000-000000000000' );
		self::assertSame( 404, $answer->get_status() );
		self::assertSame( 'Kein Auftrag hat diese Nummer. Vielleicht ist sie falsch abgetippt.', $answer->get_data()['message'] );
		wp_set_current_user( 0 );
		self::assertSame( 'Bitte melde dich erst an.', $this->rest( 'GET', '/smi/v1/jobs' )->get_data()['message'] );
	}

	public function test_the_menu_is_german(): void {
		global $menu, $submenu;
		$this->as_admin();
		$menu    = array(); // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- what the admin starts with.
		$submenu = array(); // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- as above.
		do_action( 'admin_menu' );
		$titles = array_map( 'wp_strip_all_tags', array_column( $GLOBALS['submenu']['smi-jobs'] ?? array(), 0 ) );
		self::assertStringStartsWith( 'Aufträge', $titles[0] ?? '' );
		self::assertContains( 'Einstellungen', $titles );
	}

	public function test_one_and_many_are_told_apart(): void {
		$said = static fn( int $count ): string => _n( '%s could not be done.', '%s could not be done.', $count, 'sell-my-images' ); // phpcs:ignore WordPress.WP.I18n.MissingTranslatorsComment -- the plugin's own sentence.
		self::assertSame( '%s konnte nicht erledigt werden.', $said( 1 ) );
		self::assertSame( '%s konnten nicht erledigt werden.', $said( 2 ) );
		self::assertSame( '%s konnten nicht erledigt werden.', $said( 0 ) );
	}

	public function test_the_plugins_own_description_is_german(): void {
		$data = get_plugin_data( WP_PLUGIN_DIR . '/sell-my-images/sell-my-images.php', false );
		self::assertStringStartsWith( 'Verkauft vergrößerte Kopien', $data['Description'] );
	}

	/** @dataProvider scripts */
	public function test_a_script_is_given_its_words( string $handle, string $english, string $german ): void {
		wp_register_script( $handle, plugins_url( 'build/x.js', WP_PLUGIN_DIR . '/sell-my-images/sell-my-images.php' ), array(), '1', true );
		$words = json_decode( (string) load_script_textdomain( $handle, self::DOMAIN, WP_PLUGIN_DIR . '/sell-my-images/languages' ), true );
		wp_deregister_script( $handle );
		self::assertIsArray( $words );
		self::assertSame( array( $german ), $words['locale_data'][ self::DOMAIN ][ $english ] ?? null );
	}

	/** @return array<string,array{string,string,string}> */
	public static function scripts(): array {
		return array(
			'jobs'              => array( 'smi-jobs', 'Awaiting payment', 'Wartet auf Zahlung' ),
			'the bundled list'  => array( 'smi-jobs', 'Add filter', 'Filter hinzufügen' ),
			'a word in context' => array( 'smi-jobs', "View is used as a noun\4View options", 'Ansichtsoptionen' ),
			'settings'          => array( 'smi-settings', 'Settings saved.', 'Einstellungen gespeichert.' ),
			'command palette'   => array( 'smi-commands', 'Go to Jobs', 'Zu den Aufträgen' ),
		);
	}

	public function test_a_language_pack_goes_before_what_the_plugin_brings(): void {
		$this->install( 'sell-my-images-de_DE.l10n.php', "<?php return array( 'messages' => array( 'Settings' => 'Paket' ) );" );
		self::assertSame( 'Paket', __( 'Settings', 'sell-my-images' ) );
		$this->install( 'sell-my-images-de_DE-0123.json', (string) wp_json_encode( array( 'locale_data' => array( 'messages' => array( 'Refund' => array( 'Paket' ) ) ) ) ) );
		$ours  = WP_PLUGIN_DIR . '/sell-my-images/languages/sell-my-images-de_DE-smi-jobs.json';
		$json  = apply_filters( 'load_script_translations', file_get_contents( $ours ), $ours, 'smi-jobs', self::DOMAIN );
		$words = json_decode( (string) $json, true )['locale_data'][ self::DOMAIN ];
		self::assertSame( array( 'Paket' ), $words['Refund'] );
		self::assertSame( array( 'Wartet auf Zahlung' ), $words['Awaiting payment'] );
	}

	public function test_other_plugins_words_are_left_alone(): void {
		self::assertSame( '{}', ( new LanguagePacks() )->prefer( '{}', '/x.json', 'theirs', 'their-domain' ) );
		self::assertFalse( ( new LanguagePacks() )->prefer( false, false, 'smi-jobs', self::DOMAIN ) );
	}

	/** Makes a file of a language pack, for this test. */
	private function install( string $name, string $contents ): void {
		wp_mkdir_p( WP_LANG_DIR . '/plugins' );
		$this->files[] = WP_LANG_DIR . "/plugins/$name";
		file_put_contents( WP_LANG_DIR . "/plugins/$name", $contents );
		$this->forget();
	}

	/** Whatever was loaded, and where a language was found. */
	private function forget(): void {
		wp_cache_flush();
		unload_textdomain( self::DOMAIN, true );
		\WP_Translation_Controller::get_instance()->unload_textdomain( self::DOMAIN );
		$registry = new \WP_Textdomain_Registry();
		$registry->set_custom_path( self::DOMAIN, WP_PLUGIN_DIR . '/sell-my-images/languages' );
		$GLOBALS['wp_textdomain_registry'] = $registry; // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- the site has no way to make it forget.
	}
}
