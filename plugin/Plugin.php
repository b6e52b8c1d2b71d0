<?php
/**
 * The composition root: the only place that wires.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages;

use SellMyImages\Cli\Command;
use SellMyImages\Commands\CommandHandler;
use SellMyImages\Commands\SiteCommandHandler;
use SellMyImages\Wiring\BatchServices;
use SellMyImages\Wiring\BuyerServices;
use SellMyImages\Wiring\ChannelServices;
use SellMyImages\Wiring\CoreServices;
use SellMyImages\Wiring\OwnerServices;
use SellMyImages\Wiring\SaleServices;

/**
 * One accessor per service, each made once; nothing is hooked before boot().
 */
final class Plugin {
	use BatchServices;
	use BuyerServices;
	use ChannelServices;
	use CoreServices;
	use OwnerServices;
	use SaleServices;

	public const VERSION = '0.1.0';

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

	private function register(): void {
		$this->installer()->register();
		$this->payment_completed()->register();
		$this->cron()->register();
		$this->title_words()->register();
		$this->language_packs()->register();
		( new Rest\BodyRules() )->register();
		( new Rest\ThrownErrors() )->register();
		$this->bridge_controller()->register();
		$this->connection_controller()->register();
		$this->jobs_controller()->register();
		$this->export_controller()->register();
		$this->preview_controller()->register();
		$this->job_actions_controller()->register();
		$this->batch_controller()->register();
		$this->settings_controller()->register();
		$this->offers_controller()->register();
		$this->checkouts_controller()->register();
		$this->clicks_controller()->register();
		$this->download_controller()->register();
		$this->side_door()->register();
		$this->buttons()->register();
		$this->storefront_assets()->register();
		$this->return_page()->register();
		$this->privacy()->register();
		$this->menu()->register();
		$this->command_palette()->register();
		$this->site_health()->register();
		$this->failure_health()->register();
		Command::register( fn(): Command => $this->cli() );
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
