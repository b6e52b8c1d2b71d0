<?php
/**
 * A site on which German and Arabic are installed.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Support;

use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Plugin;
use SellMyImages\Tests\Storefront\StorefrontTestCase;

/**
 * Small packs of WordPress's own words stand for the real ones, as there is no network; the plugin's German is its own.
 */
abstract class LanguageTestCase extends StorefrontTestCase {

	private const GERMAN = array(
		'October'                      => 'Oktober',
		'number_format_decimal_point'   => ',',
		'number_format_thousands_sep'   => '.',
	);

	/** @var list<array<string,mixed>> What wp_mail() was given. */
	protected array $mails = array();

	/** @var array<string,string|null> File => what was in it before the test; null where it was not there. */
	private array $files = array();

	protected function setUp(): void {
		parent::setUp();
		$this->mails = array();
		$this->install( 'de_DE', self::GERMAN );
		$this->install( 'ar', array( "text direction\4ltr" => 'rtl' ) );
		$this->begin_request();
		add_filter( 'pre_wp_mail', array( $this, 'take_mail' ), 10, 2 );
	}

	protected function tearDown(): void {
		foreach ( $this->files as $file => $before ) {
			null === $before ? unlink( $file ) : file_put_contents( $file, $before );
		}
		$this->files = array();
		delete_user_meta( 1, 'locale' );
		update_option( 'WPLANG', '' );
		unset( $GLOBALS['locale'] );
		set_current_screen( 'front' );
		wp_set_current_user( 0 );
		remove_all_filters( 'pre_determine_locale' );
		$this->begin_request();
		parent::tearDown();
	}

	/** @param array<string,mixed> $mail Arguments of wp_mail(). */
	public function take_mail( mixed $sent, array $mail ): bool {
		$this->mails[] = $mail + array( 'locale' => determine_locale() );

		return true;
	}

	/**
	 * WordPress's own language pack.
	 *
	 * @param array<string,string> $words By their English.
	 */
	private function install( string $locale, array $words ): void {
		wp_mkdir_p( WP_LANG_DIR );
		$file = WP_LANG_DIR . "/$locale.l10n.php";
		$this->files[ $file ] = is_file( $file ) ? (string) file_get_contents( $file ) : null;
		file_put_contents( $file, '<?php return ' . var_export( array( 'messages' => $words ), true ) . ';' ); // phpcs:ignore WordPress.PHP.DevelopmentFunctions -- writes a file.
	}

	/** What WordPress does at the start of a request: looks which languages there are, and takes the reader's. */
	protected function begin_request(): void {
		wp_cache_flush();
		foreach ( array( 'sell-my-images', 'default' ) as $domain ) {
			unload_textdomain( $domain, true );
			\WP_Translation_Controller::get_instance()->unload_textdomain( $domain );
		}
		$GLOBALS['wp_textdomain_registry'] = new \WP_Textdomain_Registry(); // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- the site has no way to make it forget.
		$GLOBALS['wp_textdomain_registry']->set_custom_path( 'sell-my-images', WP_PLUGIN_DIR . '/sell-my-images/languages' );
		$old = $GLOBALS['wp_locale_switcher'];
		remove_filter( 'locale', array( $old, 'filter_locale' ) );
		remove_filter( 'determine_locale', array( $old, 'filter_locale' ) );
		$GLOBALS['wp_locale_switcher'] = new \WP_Locale_Switcher(); // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- as above.
		$GLOBALS['wp_locale_switcher']->init();
		load_default_textdomain( determine_locale() );
		\WP_Translation_Controller::get_instance()->set_locale( determine_locale() );
		$GLOBALS['wp_locale'] = new \WP_Locale(); // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- as above.
	}

	/** The owner's screens, in the owner's own language. */
	protected function as_admin_reading( string $locale ): void {
		$this->as_admin();
		update_user_meta( 1, 'locale', $locale );
		set_current_screen( 'dashboard' );
		$this->begin_request();
		self::assertSame( $locale, determine_locale() );
	}

	protected function site_speaks( string $locale ): void {
		update_option( 'WPLANG', 'en_US' === $locale ? '' : $locale );
		unset( $GLOBALS['locale'] );
		$this->begin_request();
		self::assertSame( $locale, get_locale() );
	}

	/** @return array<string,mixed> The e-mail of a job, as wp_mail() got it. */
	protected function mail( string $job_id, string $type = 'ready' ): array {
		$now     = gmdate( 'Y-m-d H:i:s' );
		$command = new Command( 1, wp_generate_uuid4(), CommandKind::SendEmail, "$job_id:$type", $job_id, array(), 1, 1, 1, $now, $now, null, 1, $now );
		self::assertNull( Plugin::instance()->mailer()->run( $command, microtime( true ) + 2 ) );

		return end( $this->mails ) ?: self::fail( 'No mail was sent.' );
	}
}
