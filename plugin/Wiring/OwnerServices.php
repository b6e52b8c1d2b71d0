<?php
/**
 * The owner's side: REST, screens, WP-CLI.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Wiring;

use SellMyImages\Admin\BootData;
use SellMyImages\Admin\Menu;
use SellMyImages\Admin\SiteHealth;
use SellMyImages\Cli\Command;
use SellMyImages\Jobs\Job;
use SellMyImages\Rest\JobActionsController;
use SellMyImages\Rest\SettingsController;

/**
 * Part of the composition root, SellMyImages\Plugin.
 */
trait OwnerServices {

	public function job_actions_controller(): JobActionsController {
		return $this->once( JobActionsController::class, fn(): JobActionsController => new JobActionsController( $this->actions(), $this->jobs(), $this->bridge_status(), fn( Job $job ): array => array( "job_id" => $job->job_id, "status" => $job->status->value ) ) );
	}

	public function settings_controller(): SettingsController {
		return $this->once( SettingsController::class, fn(): SettingsController => new SettingsController( $this->settings() ) );
	}

	public function boot_data(): BootData {
		return $this->once( BootData::class, fn(): BootData => new BootData( $this->settings(), $this->bridge_status() ) );
	}

	public function menu(): Menu {
		return $this->once( Menu::class, fn(): Menu => new Menu( $this->file, $this->boot_data() ) );
	}

	public function site_health(): SiteHealth {
		return $this->once( SiteHealth::class, fn(): SiteHealth => new SiteHealth( $this->bridge_status() ) );
	}

	public function cli(): Command {
		return $this->once( Command::class, fn(): Command => new Command( $this->site_worker(), $this->commands(), $this->bridge_status(), $this->connection_problems(), $this->pairing() ) );
	}
}
