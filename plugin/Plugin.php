<?php
/**
 * The composition root: the only place that wires.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages;

use SellMyImages\Channel\BridgeAdmission;
use SellMyImages\Cli\Command;
use SellMyImages\Commands\CommandHandler;
use SellMyImages\Commands\SiteCommandHandler;
use SellMyImages\Privacy\PersonalData;
use SellMyImages\Rest\BodyRules;
use SellMyImages\Rest\CleanAnswer;
use SellMyImages\Rest\Controller;
use SellMyImages\Rest\ThrownErrors;
use SellMyImages\Storefront\Buttons;
use SellMyImages\Storefront\StorefrontAssets;
use SellMyImages\Upkeep\Cron;
use SellMyImages\Wiring\ActionServices;
use SellMyImages\Wiring\BuyerServices;
use SellMyImages\Wiring\ChannelServices;
use SellMyImages\Wiring\CoreServices;
use SellMyImages\Wiring\InstallServices;
use SellMyImages\Wiring\Later;
use SellMyImages\Wiring\OwnerServices;
use SellMyImages\Wiring\SaleServices;

/**
 * One accessor per service, each made once; nothing is hooked before boot().
 */
final class Plugin {
	use ActionServices;
	use BuyerServices;
	use ChannelServices;
	use CoreServices;
	use InstallServices;
	use OwnerServices;
	use SaleServices;

	public const VERSION = '0.1.0';

	/** Raised with every change of a table. It stands here so that a page of the admin that is not ours need not load Install\Schema. */
	public const SCHEMA_VERSION = 6;

	private static ?self $instance = null;

	/** @var array<class-string,object> */
	private array $made = array();

	private function __construct( private readonly string $file ) {
	}

	/** @param string $file The plugin's main file. */
	public static function boot( string $file ): self {
		if ( null === self::$instance ) {
			self::$instance = new self( $file );
			self::$instance->register();
		}

		return self::$instance;
	}

	/** @throws \LogicException Before boot(). */
	public static function instance(): self {
		return self::$instance ?? throw new \LogicException( 'Sell My Images is not booted yet.' );
	}

	/** A service is made when its hook is fired: a page or request that is not ours loads next to nothing. */
	private function register(): void {
		// So that everybody finds it at its priority, to take it off or to stand before it. It makes nothing until it is called.
		$this->payment_completed()->register();
		$this->cron()->register();
		$this->register_installer();
		$this->register_rest();
		$this->register_storefront();
		Later::register( array( 'post_updated' => null ), fn() => $this->title_words()->register() );
		Later::register( array( 'load_script_translations' => null ), fn() => $this->language_packs()->register() );
		$this->register_admin();
		if ( defined( 'WP_CLI' ) && WP_CLI ) {
			Command::register( fn(): Command => $this->cli() );
		}
	}

	private function register_installer(): void {
		$plugin = plugin_basename( $this->file );
		$hooks  = array_fill_keys(
			array( "activate_$plugin", "deactivate_$plugin", 'wp_initialize_site', 'wpmu_drop_tables', Cron::EVENT ),
			null
		);
		Later::register(
			$hooks + array(
				'admin_init' => static fn(): bool => ! wp_doing_ajax()
				&& ( self::is_upgrade_due() || (int) get_option( 'smi_tables_checked', 0 ) < time() - DAY_IN_SECONDS ),
			),
			fn() => $this->installer()->register()
		);
	}

	/** One option that WordPress has loaded anyway. */
	private static function is_upgrade_due(): bool {
		return (int) get_option( 'smi_schema_version', 0 ) < self::SCHEMA_VERSION;
	}

	/** Asked for something else, the REST API needs our routes only where other code asks for them from inside. */
	private function register_rest(): void {
		$add = function (): void {
			( new BodyRules() )->register();
			( new ThrownErrors() )->register();
			( new BridgeAdmission() )->register();
			( new CleanAnswer() )->register();
			$this->upgrade_gate()->register();
			array_map( static fn( object $controller ) => $controller->register(), $this->rest_controllers() );
		};
		Later::register(
			array(
				'rest_api_init'     => static fn(): bool => self::is_our_route( self::asked_route() ),
				'rest_pre_dispatch' => static fn( mixed $result, object $server, \WP_REST_Request $request ): bool
					=> self::is_our_route( $request->get_route() ),
			),
			function () use ( $add ): void {
				$add();
				if ( ! doing_action( 'rest_api_init' ) ) {
					array_map( static fn( object $controller ) => $controller->routes(), $this->rest_controllers() );
				}
			}
		);
	}

	/** @return list<Controller> */
	private function rest_controllers(): array {
		return array(
			$this->bridge_controller(),
			$this->connection_controller(),
			$this->jobs_controller(),
			$this->export_controller(),
			$this->preview_controller(),
			$this->job_actions_controller(),
			$this->batch_controller(),
			$this->reconciliations_controller(),
			$this->settings_controller(),
			$this->offers_controller(),
			$this->checkouts_controller(),
			$this->clicks_controller(),
			$this->download_controller(),
		);
	}

	/** The route that this request asks for; empty where it is no REST request. */
	private static function asked_route(): string {
		return defined( 'REST_REQUEST' ) && REST_REQUEST ? (string) ( $GLOBALS['wp']->query_vars['rest_route'] ?? '' ) : '';
	}

	/** Ours, or the list of all routes. */
	private static function is_our_route( string $route ): bool {
		return '' === trim( $route, '/' ) || str_starts_with( $route, '/smi/v1' );
	}

	private function register_storefront(): void {
		$is_featured = static fn( mixed $block ): bool => is_array( $block ) && 'core/post-featured-image' === ( $block['blockName'] ?? '' )
			&& Buttons::is_a_page() && has_post_thumbnail( get_queried_object_id() );
		Later::register(
			array(
				'render_block_core/image' => static fn(): bool => Buttons::is_a_page(),
				'render_block_data'       => $is_featured,
				'post_thumbnail_html'     => static fn( mixed $html ): bool => '' !== $html && Buttons::is_a_page(),
			),
			fn() => $this->buttons()->register()
		);
		Later::register(
			array(
				// phpcs:ignore WordPress.Security.NonceVerification -- only whether.
				'wp_enqueue_scripts' => static fn(): bool => isset( $_GET['smi_job'] ),
				'wp_footer'          => fn(): bool => isset( $this->made[ StorefrontAssets::class ] ),
			),
			fn() => $this->storefront_assets()->register()
		);
		Later::register(
			// phpcs:ignore WordPress.Security.NonceVerification -- only whether.
			array( 'template_redirect' => static fn(): bool => isset( $_GET['smi_job'] ) ),
			fn() => $this->return_page()->register()
		);
		Later::register(
			// phpcs:ignore WordPress.Security.NonceVerification -- only whether.
			array( 'wp_loaded' => static fn(): bool => isset( $_GET['smi-api'] ) ),
			fn() => $this->side_door()->register()
		);
	}

	private function register_admin(): void {
		$row_links = 'plugin_action_links_' . plugin_basename( $this->file );
		Later::register( array( 'admin_menu' => null, $row_links => null ), fn() => $this->menu()->register() );
		$palettes = array( 'admin_enqueue_scripts' => null, 'enqueue_block_editor_assets' => null );
		Later::register( $palettes, fn() => $this->command_palette()->register() );
		Later::register( array( 'site_status_tests' => null ), fn() => $this->site_health()->register() );
		Later::register( array( 'debug_information' => null ), fn() => $this->tables_health()->register() );
		Later::register(
			array( 'admin_notices' => static fn(): bool => self::is_upgrade_due() ),
			fn() => $this->upgrade_notice()->register()
		);
		Later::register( array( 'admin_post_smi_older_facts' => null ), fn() => $this->older_facts_form()->register() );
		$failures = array( 'site_status_tests' => null, 'admin_post_smi_forget_failures' => null );
		Later::register( $failures, fn() => $this->failure_health()->register() );
		$personal = array( 'wp_privacy_personal_data_exporters' => null, 'wp_privacy_personal_data_erasers' => null );
		Later::register( $personal, fn() => $this->privacy()->register() );
		add_action( 'admin_init', static fn() => PersonalData::suggest_policy() );
	}

	/** @return list<CommandHandler> Who prepares and understands each bridge command. */
	private function bridge_handlers(): array {
		return array(
			$this->open_checkout_handler(),
			$this->expire_checkout_handler(),
			$this->submit_handler(),
			$this->refresh_payment_handler(),
			$this->refresh_attempt_handler(),
			$this->refund_handler(),
			$this->retry_handler(),
			$this->resolve_handler(),
			$this->reconcile_handler(),
		);
	}

	/** @return list<SiteCommandHandler> Who carries out each site command. */
	private function site_handlers(): array {
		return array( $this->mailer(), $this->sweeper(), $this->purge(), $this->upgrade(), $this->batch_runner() );
	}

	/**
	 * @template T of object
	 * @param class-string<T> $key  The class.
	 * @param callable(): T   $make Makes it.
	 * @return T
	 */
	private function once( string $key, callable $make ): object {
		/** @var T */
		return $this->made[ $key ] ??= $make();
	}
}
