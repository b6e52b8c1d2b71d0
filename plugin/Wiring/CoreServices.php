<?php
/**
 * Database, settings and jobs.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Wiring;

use SellMyImages\Database\Connection;
use SellMyImages\Database\StoredOptions;
use SellMyImages\Database\Transaction;
use SellMyImages\Install\Backfill;
use SellMyImages\Install\Installer;
use SellMyImages\Install\JobKeys;
use SellMyImages\Install\LearnTitles;
use SellMyImages\Install\LegacyRefunds;
use SellMyImages\Install\LostColumn;
use SellMyImages\Install\NewColumns;
use SellMyImages\Install\OldColumns;
use SellMyImages\Install\Recount;
use SellMyImages\Install\RelativePaths;
use SellMyImages\Install\Schema;
use SellMyImages\Install\Upgrade;
use SellMyImages\Install\UpgradeStep;
use SellMyImages\Jobs\Actions;
use SellMyImages\Jobs\AllowedActions;
use SellMyImages\Jobs\CounterProgress;
use SellMyImages\Jobs\Counters;
use SellMyImages\Jobs\EventLog;
use SellMyImages\Jobs\JobRepository;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Jobs\LockedActions;
use SellMyImages\Jobs\LostProgress;
use SellMyImages\Jobs\Sweeper;
use SellMyImages\Jobs\SweepRepository;
use SellMyImages\Jobs\TitleWords;
use SellMyImages\Settings\Settings;
use SellMyImages\Support\LanguagePacks;
use SellMyImages\Support\Salts;
use SellMyImages\Support\UploadsPath;

/**
 * Part of the composition root, SellMyImages\Plugin.
 */
trait CoreServices {

	public function db(): Connection {
		return $this->once( Connection::class, fn(): Connection => new Connection( $GLOBALS['wpdb'] ) );
	}

	public function transaction(): Transaction {
		return $this->once( Transaction::class, fn(): Transaction => $this->new_transaction() );
	}

	/** What may be needed inside, and must not be asked for there. */
	private function new_transaction(): Transaction {
		$transaction = new Transaction( $this->db() );
		$transaction->before_start( fn() => $this->settings()->all() );
		$transaction->before_start( static fn() => Salts::auth() );
		$transaction->before_start( static fn() => Salts::secure_auth() );
		$transaction->before_start( static fn() => UploadsPath::ask() );

		return $transaction;
	}

	public function stored_options(): StoredOptions {
		return $this->once( StoredOptions::class, fn(): StoredOptions => new StoredOptions( $this->db(), $this->transaction() ) );
	}

	public function settings(): Settings {
		return $this->once( Settings::class, fn(): Settings => new Settings( $this->stored_options() ) );
	}

	public function schema(): Schema {
		return $this->once( Schema::class, fn(): Schema => new Schema( $this->db() ) );
	}

	public function upgrade(): Upgrade {
		return $this->once( Upgrade::class, fn(): Upgrade => new Upgrade( new OldColumns( $this->db(), $this->schema() ), $this->job_keys(), new LostColumn( $this->db(), $this->schema(), $this->lost_progress() ), $this->counter_progress(), $this->commands(), $this->upgrade_steps() ) );
	}

	/** @return array<string,UpgradeStep> In order: reads may be switched over only when all that they rest on is there. */
	private function upgrade_steps(): array {
		return array(
			'backfill' => new Backfill( $this->db(), $this->transaction(), new LegacyRefunds( $this->db() ) ),
			'keys'     => $this->job_keys(),
			'counters' => new Recount( $this->db(), $this->transaction(), $this->counters(), $this->counter_progress() ),
			'titles'   => new LearnTitles( $this->db(), $this->title_words() ),
			'lost'     => new Recount( $this->db(), $this->transaction(), $this->counters(), $this->lost_progress(), 'lost' ),
			'paths'    => new RelativePaths( $this->db(), 'jobs', array( 'upscaled_file_path', 'upload_file_path' ) ),
			'files'    => new RelativePaths( $this->db(), 'attempts', array( 'file_path' ) ),
		);
	}

	public function job_keys(): JobKeys {
		return $this->once( JobKeys::class, fn(): JobKeys => new JobKeys( $this->db() ) );
	}

	public function installer(): Installer {
		return $this->once( Installer::class, fn(): Installer => new Installer( $this->schema(), $this->upgrade(), new NewColumns( $this->db(), $this->schema() ), $this->file ) );
	}

	public function counter_progress(): CounterProgress {
		return $this->once( CounterProgress::class, fn(): CounterProgress => new CounterProgress( $this->db(), $this->stored_options() ) );
	}

	private function lost_progress(): LostProgress {
		return $this->once( LostProgress::class, fn(): LostProgress => new LostProgress( $this->db(), $this->stored_options() ) );
	}

	public function counters(): Counters {
		return $this->once( Counters::class, fn(): Counters => new Counters( $this->db(), $this->transaction(), $this->counter_progress(), $this->lost_progress() ) );
	}

	public function language_packs(): LanguagePacks {
		return $this->once( LanguagePacks::class, fn(): LanguagePacks => new LanguagePacks() );
	}

	public function title_words(): TitleWords {
		return $this->once( TitleWords::class, fn(): TitleWords => new TitleWords( $this->db() ) );
	}

	public function jobs(): JobRepository {
		return $this->once( JobRepository::class, fn(): JobRepository => new JobRepository( $this->db(), $this->transaction(), $this->counters(), $this->title_words() ) );
	}

	public function event_log(): EventLog {
		return $this->once( EventLog::class, fn(): EventLog => new EventLog( $this->db() ) );
	}

	public function lifecycle(): Lifecycle {
		return $this->once( Lifecycle::class, fn(): Lifecycle => new Lifecycle( $this->transaction(), $this->jobs(), $this->event_log(), $this->attempt_repository(), $this->refund_repository() ) );
	}

	public function actions(): Actions {
		return $this->once( Actions::class, fn(): Actions => new Actions( $this->lifecycle(), $this->locked_actions(), $this->attempt_repository(), $this->attempts(), $this->refunds(), $this->links() ) );
	}

	public function locked_actions(): LockedActions {
		return $this->once( LockedActions::class, fn(): LockedActions => new LockedActions( $this->lifecycle(), $this->attempt_repository(), $this->attempts(), $this->refund_repository(), $this->refunds(), $this->links(), $this->commands(), $this->override(), $this->payment_completed() ) );
	}

	public function allowed_actions(): AllowedActions {
		return $this->once( AllowedActions::class, fn(): AllowedActions => new AllowedActions( $this->refund_repository() ) );
	}

	public function sweep_repository(): SweepRepository {
		return $this->once( SweepRepository::class, fn(): SweepRepository => new SweepRepository( $this->db() ) );
	}

	public function sweeper(): Sweeper {
		return $this->once( Sweeper::class, fn(): Sweeper => new Sweeper( $this->sweep_repository(), $this->lifecycle(), $this->payment_action(), $this->open_checkout_handler(), $this->attempt_repository(), $this->attempts() ) );
	}
}
