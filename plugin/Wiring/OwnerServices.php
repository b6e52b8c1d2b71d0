<?php
/**
 * The owner's side: REST, screens, WP-CLI.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Wiring;

use SellMyImages\Admin\BootData;
use SellMyImages\Admin\CommandPalette;
use SellMyImages\Admin\FailureHealth;
use SellMyImages\Admin\Menu;
use SellMyImages\Admin\Notices;
use SellMyImages\Admin\ProvidersHealth;
use SellMyImages\Admin\SiteHealth;
use SellMyImages\Admin\TablesHealth;
use SellMyImages\Admin\VisitorHealth;
use SellMyImages\Bridge\StripeRights;
use SellMyImages\Cli\Command;
use SellMyImages\Cli\ReconcileCommand;
use SellMyImages\Downloads\PreviewFiles;
use SellMyImages\Export\Exports;
use SellMyImages\Files\FileStreamer;
use SellMyImages\JobList\JobQuery;
use SellMyImages\JobList\Query\JobWalk;
use SellMyImages\JobList\Report\ReportRows;
use SellMyImages\JobList\StatsQuery;
use SellMyImages\Jobs\Job;
use SellMyImages\Owner\ExportController;
use SellMyImages\Owner\JobActionsController;
use SellMyImages\Owner\JobDetailPresenter;
use SellMyImages\Owner\JobItems;
use SellMyImages\Owner\JobPresenter;
use SellMyImages\Owner\JobsController;
use SellMyImages\Owner\PreviewController;
use SellMyImages\Owner\ReconciliationPresenter;
use SellMyImages\Owner\ReconciliationsController;
use SellMyImages\Owner\ReconciliationStart;
use SellMyImages\Owner\SettingsController;
use SellMyImages\Reconciliation\Comparison;
use SellMyImages\Reconciliation\Outcomes;
use SellMyImages\Visitors\ProxyOffer;

/**
 * Part of the composition root, SellMyImages\Plugin.
 */
trait OwnerServices {

	public function job_query(): JobQuery {
		return $this->once( JobQuery::class, fn(): JobQuery => new JobQuery( $this->db(), $this->title_words() ) );
	}

	public function stats_query(): StatsQuery {
		return $this->once(
			StatsQuery::class,
			fn(): StatsQuery => new StatsQuery( $this->job_query(), new ReportRows( $this->db(), $this->job_walk() ) )
		);
	}

	public function job_walk(): JobWalk {
		return $this->once( JobWalk::class, fn(): JobWalk => new JobWalk( $this->db(), $this->title_words() ) );
	}

	public function job_presenter(): JobPresenter {
		return $this->once( JobPresenter::class, fn(): JobPresenter => new JobPresenter( $this->actions(), $this->job_facts() ) );
	}

	public function job_detail_presenter(): JobDetailPresenter {
		return $this->once(
			JobDetailPresenter::class,
			fn(): JobDetailPresenter => new JobDetailPresenter(
				$this->job_presenter(),
				$this->job_facts(),
				$this->event_log(),
				$this->links(),
				fn( Job $job ): array => $this->lifecycle()->attention_all( $job ),
				fn( Job $job ): ?string => $this->preview_controller()->url( $job ),
				fn(): bool => $this->provider_health()->lacks( StripeRights::BALANCE )
			)
		);
	}

	public function job_items(): JobItems {
		return $this->once( JobItems::class, fn(): JobItems => new JobItems( $this->job_presenter(), $this->job_detail_presenter() ) );
	}

	public function notices(): Notices {
		return $this->once(
			Notices::class,
			fn(): Notices => new Notices(
				$this->upscaler_pause(),
				$this->channel_notices(),
				$this->stats_query(),
				$this->running_batches(),
				$this->upgrade_report()
			)
		);
	}

	/**
	 * An owner who looks at the screen also moves the queue, after the answer is sent: WP-Cron must never be needed.
	 *
	 * @return list<array{code:string,data:array<string,mixed>}>
	 */
	private function told_to_a_looking_owner(): array {
		$this->site_worker()->tick();
		$this->installer()->go_on_with_poll();

		return $this->notices()->all();
	}

	public function jobs_controller(): JobsController {
		$notices = fn(): array => $this->told_to_a_looking_owner();

		$make    = fn(): JobsController =>
			new JobsController( $this->job_query(), $this->stats_query(), $this->jobs(), $this->job_items(), $notices );

		return $this->once( JobsController::class, $make );
	}

	public function preview_controller(): PreviewController {
		return $this->once(
			PreviewController::class,
			fn(): PreviewController => new PreviewController(
				$this->jobs(),
				new PreviewFiles( $this->private_folder() ),
				new FileStreamer()
			)
		);
	}

	public function export_controller(): ExportController {
		return $this->once(
			ExportController::class,
			fn(): ExportController => new ExportController( new Exports( $this->db(), $this->job_walk() ), new FileStreamer() )
		);
	}

	public function job_actions_controller(): JobActionsController {
		$make = fn(): JobActionsController =>
			new JobActionsController( $this->actions(), $this->jobs(), $this->bridge_status(), $this->job_items() );

		return $this->once( JobActionsController::class, $make );
	}

	public function reconciliation_start(): ReconciliationStart {
		return $this->once(
			ReconciliationStart::class,
			fn(): ReconciliationStart => new ReconciliationStart( $this->reconciliation_runs(), $this->connection_problems() )
		);
	}

	public function reconciliation_presenter(): ReconciliationPresenter {
		return $this->once(
			ReconciliationPresenter::class,
			fn(): ReconciliationPresenter => new ReconciliationPresenter(
				new Outcomes( new Comparison( $this->refund_repository() ), $this->jobs(), $this->commands() ),
				$this->connection_problems()
			)
		);
	}

	public function reconciliations_controller(): ReconciliationsController {
		return $this->once(
			ReconciliationsController::class,
			fn(): ReconciliationsController => new ReconciliationsController(
				$this->reconciliation_runs(),
				$this->reconciliation_start(),
				$this->reconciliation_presenter()
			)
		);
	}

	public function settings_controller(): SettingsController {
		return $this->once(
			SettingsController::class,
			fn(): SettingsController => new SettingsController( $this->settings(), fn(): array => $this->visitors() )
		);
	}

	/** @return array<string,mixed> Of visitors.schema.json. */
	private function visitors(): array {
		$offer = new ProxyOffer( $this->trusted_proxies() );

		return array(
			'address' => $this->client_address()->get(),
			'offer' => $offer->get(),
			'alike' => $this->visitor_sample()->is_alike(),
		);
	}

	public function boot_data(): BootData {
		return $this->once( BootData::class, fn(): BootData => new BootData( $this->settings(), $this->bridge_status() ) );
	}

	public function menu(): Menu {
		return $this->once( Menu::class, fn(): Menu => new Menu( $this->file, $this->boot_data( ... ) ) );
	}

	public function command_palette(): CommandPalette {
		return $this->once( CommandPalette::class, fn(): CommandPalette => new CommandPalette( $this->file ) );
	}

	public function site_health(): SiteHealth {
		return $this->once(
			SiteHealth::class,
			fn(): SiteHealth => new SiteHealth(
				$this->bridge_status(),
				new VisitorHealth( fn(): bool => $this->visitor_sample()->is_alike() ),
				$this->tables_health(),
				new ProvidersHealth( $this->connection_problems(), $this->upscaler_pause() )
			)
		);
	}

	public function tables_health(): TablesHealth {
		return $this->once( TablesHealth::class, fn(): TablesHealth => new TablesHealth( $this->upgrade_report(), $this->upgrade_plan() ) );
	}

	public function failure_health(): FailureHealth {
		return $this->once( FailureHealth::class, fn(): FailureHealth => new FailureHealth() );
	}

	public function cli(): Command {
		return $this->once(
			Command::class,
			fn(): Command => new Command(
				$this->site_worker(),
				$this->commands(),
				$this->bridge_status(),
				$this->connection_problems(),
				$this->pairing(),
				$this->upgrade_command(),
				new ReconcileCommand( $this->reconciliation_runs(), $this->reconciliation_start(), $this->reconciliation_presenter() )
			)
		);
	}
}
