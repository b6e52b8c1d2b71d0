<?php
/**
 * Database, settings and jobs.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Wiring;

use SellMyImages\Attention\AttentionReader;
use SellMyImages\Database\Connection;
use SellMyImages\Database\StoredOptions;
use SellMyImages\Database\Transaction;
use SellMyImages\Files\UploadsPath;
use SellMyImages\Install\Backfill;
use SellMyImages\Install\LearnTitles;
use SellMyImages\Install\LegacyRefunds;
use SellMyImages\Install\MissingKeys;
use SellMyImages\Install\Recount;
use SellMyImages\Install\RelativePaths;
use SellMyImages\Install\RightRows;
use SellMyImages\Install\Schema;
use SellMyImages\Install\UpgradeStep;
use SellMyImages\Install\Versions\Version;
use SellMyImages\Install\Versions\Version1;
use SellMyImages\Install\Versions\Version3;
use SellMyImages\Install\Versions\Version4;
use SellMyImages\Jobs\Counting\CounterProgress;
use SellMyImages\Jobs\Counting\Counters;
use SellMyImages\Jobs\Counting\LostProgress;
use SellMyImages\Jobs\EventLog;
use SellMyImages\Jobs\JobRepository;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Jobs\Titles\TitleWords;
use SellMyImages\Jobs\TouchedJobs;
use SellMyImages\Links\Salts;
use SellMyImages\Settings\Settings;
use SellMyImages\Support\LanguagePacks;
use SellMyImages\Support\Locales;
use SellMyImages\Upkeep\Sweeper;
use SellMyImages\Upkeep\SweepRepository;

/**
 * Part of the composition root, SellMyImages\Plugin.
 */
trait CoreServices {

	public function db(): Connection {
		return $this->once(
			Connection::class,
			fn(): Connection => new Connection(
				$GLOBALS['wpdb'],
				fn(): bool => $this->upgrade_state()->has_keys(),
				fn( int $code ) => $this->tables_check()->suspect( $code )
			)
		);
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
		$transaction->before_start( static fn() => Locales::load_words() );

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

	/**
	 * What rows written before a version lack. A new step of a version goes into its list here, under a name of its own.
	 *
	 * @return list<Version> The oldest first.
	 */
	private function versions(): array {
		return array(
			new Version1( $this->steps_of_1(), $this->counter_progress(), $this->older_facts() ),
			new Version3(
				array( 'lost' => new Recount( $this->db(), $this->transaction(), $this->counters(), $this->lost_progress(), 'lost' ) ),
				$this->lost_progress()
			),
			new Version4(
				array(
					'paths'  => new RelativePaths( $this->db(), 'jobs', array( 'upscaled_file_path', 'upload_file_path' ) ),
					'files'  => new RelativePaths( $this->db(), 'attempts', array( 'file_path' ) ),
					// Titles in scripts without spaces were one word each.
					'titles' => new LearnTitles( $this->db(), $this->title_words() ),
				)
			),
		);
	}

	/** @return array<string,UpgradeStep> In order. */
	private function steps_of_1(): array {
		return array(
			'rows'     => new RightRows( $this->db(), $this->transaction() ),
			'older'    => $this->older_rows(),
			'backfill' => new Backfill( $this->db(), $this->transaction(), new LegacyRefunds( $this->db() ), $this->upgrade_state() ),
			'keys'     => $this->missing_keys(),
			'counters' => new Recount( $this->db(), $this->transaction(), $this->counters(), $this->counter_progress() ),
			'titles'   => new LearnTitles( $this->db(), $this->title_words() ),
		);
	}

	/** @return array<string,UpgradeStep> All of them, in order. */
	private function upgrade_steps(): array {
		return array_merge( ...array_map( static fn( Version $version ): array => $version->steps(), $this->versions() ) );
	}

	public function counter_progress(): CounterProgress {
		return $this->once( CounterProgress::class, fn(): CounterProgress => new CounterProgress( $this->db(), $this->stored_options() ) );
	}

	private function lost_progress(): LostProgress {
		return $this->once( LostProgress::class, fn(): LostProgress => new LostProgress( $this->db(), $this->stored_options() ) );
	}

	public function counters(): Counters {
		return $this->once(
			Counters::class,
			fn(): Counters => new Counters( $this->db(), $this->transaction(), $this->counter_progress(), $this->lost_progress() )
		);
	}

	public function language_packs(): LanguagePacks {
		return $this->once( LanguagePacks::class, fn(): LanguagePacks => new LanguagePacks() );
	}

	public function title_words(): TitleWords {
		return $this->once( TitleWords::class, fn(): TitleWords => new TitleWords( $this->db() ) );
	}

	public function jobs(): JobRepository {
		return $this->once(
			JobRepository::class,
			fn(): JobRepository => new JobRepository( $this->db(), $this->transaction(), $this->counters(), $this->title_words() )
		);
	}

	public function event_log(): EventLog {
		return $this->once( EventLog::class, fn(): EventLog => new EventLog( $this->db(), $this->touched_jobs() ) );
	}

	public function touched_jobs(): TouchedJobs {
		return $this->once( TouchedJobs::class, fn(): TouchedJobs => new TouchedJobs( $this->transaction() ) );
	}

	public function lifecycle(): Lifecycle {
		return $this->once(
			Lifecycle::class,
			fn(): Lifecycle => new Lifecycle(
				$this->transaction(),
				$this->jobs(),
				$this->event_log(),
				$this->attention(),
				$this->touched_jobs()
			)
		);
	}

	private function attention(): AttentionReader {
		return $this->once( AttentionReader::class, fn(): AttentionReader => new AttentionReader( $this->job_facts() ) );
	}

	public function sweep_repository(): SweepRepository {
		return $this->once( SweepRepository::class, fn(): SweepRepository => new SweepRepository( $this->db() ) );
	}

	public function sweeper(): Sweeper {
		return $this->once(
			Sweeper::class,
			fn(): Sweeper => new Sweeper(
				$this->sweep_repository(),
				$this->lifecycle(),
				$this->payment_action(),
				$this->open_checkout_handler(),
				$this->attempt_repository(),
				$this->attempts()
			)
		);
	}
}
