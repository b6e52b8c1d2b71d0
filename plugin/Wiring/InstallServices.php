<?php
/**
 * Installing and upgrading.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Wiring;

use SellMyImages\Admin\OlderFactsForm;
use SellMyImages\Admin\UpgradeNotice;
use SellMyImages\Cli\UpgradeCommand;
use SellMyImages\Install\Agenda;
use SellMyImages\Install\Installer;
use SellMyImages\Install\Layout\Layout;
use SellMyImages\Install\Layout\TableChanges;
use SellMyImages\Install\Lock;
use SellMyImages\Install\MissingKeys;
use SellMyImages\Install\OlderCurrency;
use SellMyImages\Install\OlderFacts;
use SellMyImages\Install\OlderRows;
use SellMyImages\Install\OlderSample;
use SellMyImages\Install\Options;
use SellMyImages\Install\RowFaults;
use SellMyImages\Install\Session;
use SellMyImages\Install\Setup;
use SellMyImages\Install\TablesCheck;
use SellMyImages\Install\Trouble;
use SellMyImages\Install\Upgrade;
use SellMyImages\Install\UpgradeGate;
use SellMyImages\Install\UpgradePlan;
use SellMyImages\Install\UpgradeReport;
use SellMyImages\Install\UpgradeState;

/**
 * Part of the composition root, SellMyImages\Plugin. The steps themselves stand in CoreServices.
 */
trait InstallServices {

	public function installer(): Installer {
		return $this->once(
			Installer::class,
			fn(): Installer => new Installer(
				$this->schema(),
				$this->setup(),
				$this->upgrade(),
				$this->upgrade_state(),
				$this->tables_check(),
				$this->file
			)
		);
	}

	public function setup(): Setup {
		return $this->once(
			Setup::class,
			fn(): Setup => new Setup(
				$this->db(),
				$this->schema(),
				$this->layout(),
				new TableChanges( $this->db() ),
				$this->upgrade_state(),
				$this->agenda(),
				$this->upgrade_lock(),
				$this->upgrade_trouble(),
				$this->upgrade_session(),
				$this->commands()
			)
		);
	}

	public function upgrade(): Upgrade {
		return $this->once(
			Upgrade::class,
			fn(): Upgrade => new Upgrade(
				$this->upgrade_state(),
				$this->upgrade_lock(),
				$this->upgrade_trouble(),
				$this->upgrade_session(),
				$this->upgrade_steps()
			)
		);
	}

	public function agenda(): Agenda {
		return $this->once(
			Agenda::class,
			fn(): Agenda => new Agenda(
				$this->db(),
				$this->layout(),
				$this->upgrade_state(),
				$this->counter_progress(),
				$this->versions(),
				$this->upgrade_steps()
			)
		);
	}

	public function layout(): Layout {
		return $this->once( Layout::class, fn(): Layout => new Layout( $this->db(), $this->schema() ) );
	}

	public function tables_check(): TablesCheck {
		return $this->once(
			TablesCheck::class,
			fn(): TablesCheck => new TablesCheck( $this->layout(), $this->upgrade_state(), $this->agenda(), $this->upgrade_options() )
		);
	}

	public function upgrade_state(): UpgradeState {
		return $this->once( UpgradeState::class, fn(): UpgradeState => new UpgradeState( $this->upgrade_options() ) );
	}

	public function upgrade_trouble(): Trouble {
		return $this->once( Trouble::class, fn(): Trouble => new Trouble( $this->upgrade_options() ) );
	}

	public function missing_keys(): MissingKeys {
		return $this->once(
			MissingKeys::class,
			fn(): MissingKeys => new MissingKeys( $this->schema(), $this->layout(), new TableChanges( $this->db() ) )
		);
	}

	public function upgrade_gate(): UpgradeGate {
		return $this->once( UpgradeGate::class, fn(): UpgradeGate => new UpgradeGate( $this->installer(), $this->upgrade_state() ) );
	}

	public function upgrade_report(): UpgradeReport {
		return $this->once(
			UpgradeReport::class,
			fn(): UpgradeReport => new UpgradeReport( $this->upgrade_state(), $this->upgrade_trouble(), $this->tables_check() )
		);
	}

	public function upgrade_plan(): UpgradePlan {
		return $this->once(
			UpgradePlan::class,
			fn(): UpgradePlan => new UpgradePlan(
				$this->layout(),
				$this->agenda(),
				$this->setup(),
				new RowFaults( $this->db() ),
				$this->older_facts()
			)
		);
	}

	public function upgrade_notice(): UpgradeNotice {
		return $this->once(
			UpgradeNotice::class,
			fn(): UpgradeNotice => new UpgradeNotice( $this->upgrade_report(), $this->older_facts_form() )
		);
	}

	public function older_facts_form(): OlderFactsForm {
		return $this->once( OlderFactsForm::class, fn(): OlderFactsForm => new OlderFactsForm( $this->older_facts(), $this->setup() ) );
	}

	public function upgrade_command(): UpgradeCommand {
		return $this->once(
			UpgradeCommand::class,
			fn(): UpgradeCommand => new UpgradeCommand(
				$this->setup(),
				$this->upgrade(),
				$this->upgrade_state(),
				$this->tables_check(),
				$this->upgrade_report(),
				$this->upgrade_plan(),
				$this->older_facts()
			)
		);
	}

	public function older_facts(): OlderFacts {
		return $this->once(
			OlderFacts::class,
			fn(): OlderFacts => new OlderFacts(
				$this->db(),
				$this->stored_options(),
				$this->upgrade_session(),
				new OlderSample( $this->db() ),
				new OlderCurrency( $this->db() )
			)
		);
	}

	private function older_rows(): OlderRows {
		return new OlderRows( $this->db(), $this->transaction(), $this->older_facts(), $this->counters(), $this->counter_progress() );
	}

	private function upgrade_session(): Session {
		return $this->once( Session::class, fn(): Session => new Session( $this->db() ) );
	}

	private function upgrade_options(): Options {
		return $this->once( Options::class, fn(): Options => new Options( $this->db() ) );
	}

	private function upgrade_lock(): Lock {
		return $this->once( Lock::class, fn(): Lock => new Lock( $this->db() ) );
	}
}
