<?php
/**
 * The queue, and the channel to the bridge.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Wiring;

use SellMyImages\Batches\BatchRepository;
use SellMyImages\Bridge\BridgeState;
use SellMyImages\Bridge\BridgeStatus;
use SellMyImages\Bridge\CallingKey;
use SellMyImages\Bridge\Interest;
use SellMyImages\Bridge\KeyRing;
use SellMyImages\Bridge\PaymentsPause;
use SellMyImages\Bridge\ProviderEvents;
use SellMyImages\Bridge\ProviderHealth;
use SellMyImages\Bridge\SafeMode;
use SellMyImages\Bridge\SiteIdentity;
use SellMyImages\Bridge\StripeAccount;
use SellMyImages\Channel\BridgeController;
use SellMyImages\Channel\BridgePush;
use SellMyImages\Channel\ChannelNotices;
use SellMyImages\Channel\ConnectionController;
use SellMyImages\Channel\ConnectionProblems;
use SellMyImages\Channel\Contact;
use SellMyImages\Channel\Findings;
use SellMyImages\Channel\Hello;
use SellMyImages\Channel\HintResolver;
use SellMyImages\Channel\Hints;
use SellMyImages\Channel\KnownState;
use SellMyImages\Channel\Pace;
use SellMyImages\Channel\Pairing;
use SellMyImages\Channel\ReconcileHandler;
use SellMyImages\Channel\SignedRequest;
use SellMyImages\Channel\Sync;
use SellMyImages\Channel\ToldHealth;
use SellMyImages\Channel\Turns;
use SellMyImages\Channel\Uploads;
use SellMyImages\Commands\CommandClaims;
use SellMyImages\Commands\CommandReports;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Commands\Handlers;
use SellMyImages\Commands\LeaseRenewals;
use SellMyImages\Reconciliation\AskedPass;
use SellMyImages\Reconciliation\Comparison;
use SellMyImages\Reconciliation\Runs;
use SellMyImages\Upkeep\AbandonedJobs;
use SellMyImages\Upkeep\Cron;
use SellMyImages\Upkeep\Purge;
use SellMyImages\Upkeep\SiteWorker;

/**
 * Part of the composition root, SellMyImages\Plugin.
 */
trait ChannelServices {

	public function commands(): CommandRepository {
		return $this->once(
			CommandRepository::class,
			fn(): CommandRepository => new CommandRepository( $this->db(), fn() => $this->bridge_push()->nudge(), $this->touched_jobs() )
		);
	}

	public function handlers(): Handlers {
		return $this->once( Handlers::class, fn(): Handlers => new Handlers( $this->bridge_handlers(), $this->site_handlers() ) );
	}

	public function command_claims(): CommandClaims {
		return $this->once(
			CommandClaims::class,
			fn(): CommandClaims => new CommandClaims( $this->commands(), $this->transaction(), $this->jobs(), $this->handlers() )
		);
	}

	public function command_reports(): CommandReports {
		return $this->once(
			CommandReports::class,
			fn(): CommandReports => new CommandReports(
				$this->commands(),
				$this->transaction(),
				$this->jobs(),
				$this->handlers(),
				$this->payments_pause()
			)
		);
	}

	public function site_worker(): SiteWorker {
		return $this->once(
			SiteWorker::class,
			fn(): SiteWorker => new SiteWorker(
				$this->commands(),
				$this->handlers(),
				$this->safe_mode(),
				$this->transaction(),
				fn(): bool => $this->upgrade_state()->is_usable(),
				fn(): bool => ! $this->upgrade()->waits_for_keys()
			)
		);
	}

	public function cron(): Cron {
		return $this->once( Cron::class, fn(): Cron => new Cron( $this->site_worker( ... ) ) );
	}

	public function purge(): Purge {
		return $this->once(
			Purge::class,
			fn(): Purge => new Purge(
				$this->commands(),
				$this->provider_events(),
				$this->result_files(),
				$this->settings(),
				$this->purge_steps()
			)
		);
	}

	/** @return list<callable(int): int> What else is forgotten, as the settings say. */
	private function purge_steps(): array {
		$abandoned = new AbandonedJobs( $this->db(), $this->jobs(), $this->event_log() );

		return array(
			fn( int $limit ): int => $abandoned->forget( $this->settings()->keep_abandoned_days(), $limit ),
			fn( int $limit ): int => $this->batch_repository()->forget( BatchRepository::KEPT_DAYS, $limit ),
		);
	}

	public function bridge_state(): BridgeState {
		return $this->once( BridgeState::class, fn(): BridgeState => new BridgeState( $this->stored_options() ) );
	}

	public function calling_key(): CallingKey {
		return $this->once( CallingKey::class, fn(): CallingKey => new CallingKey() );
	}

	public function key_ring(): KeyRing {
		return $this->once( KeyRing::class, fn(): KeyRing => new KeyRing( $this->stored_options() ) );
	}

	public function pairing(): Pairing {
		return $this->once( Pairing::class, fn(): Pairing => new Pairing( $this->key_ring() ) );
	}

	public function site_identity(): SiteIdentity {
		return $this->once( SiteIdentity::class, fn(): SiteIdentity => new SiteIdentity( $this->stored_options() ) );
	}

	public function interest(): Interest {
		return $this->once( Interest::class, fn(): Interest => new Interest( $this->stored_options() ) );
	}

	public function bridge_status(): BridgeStatus {
		return $this->once( BridgeStatus::class, fn(): BridgeStatus => new BridgeStatus( $this->bridge_state(), $this->key_ring() ) );
	}

	public function safe_mode(): SafeMode {
		return $this->once(
			SafeMode::class,
			fn(): SafeMode => new SafeMode( $this->site_identity(), $this->bridge_state(), $this->commands(), $this->stored_options() )
		);
	}

	public function provider_events(): ProviderEvents {
		return $this->once( ProviderEvents::class, fn(): ProviderEvents => new ProviderEvents( $this->db() ) );
	}

	public function hint_resolver(): HintResolver {
		return $this->once(
			HintResolver::class,
			fn(): HintResolver => new HintResolver(
				$this->jobs(),
				$this->attempt_repository(),
				$this->attempt_token(),
				new KnownState( $this->refund_repository() ),
				$this->site_identity(),
				fn( string $attempt, string $id ): bool => $this->attempt_ids()->learn( $attempt, $id )
			)
		);
	}

	public function hints(): Hints {
		return $this->once(
			Hints::class,
			fn(): Hints => new Hints(
				$this->hint_resolver(),
				$this->commands(),
				$this->provider_events(),
				$this->transaction(),
				new Findings(
					$this->reconciliation_runs(),
					$this->commands(),
					new Comparison( $this->refund_repository() ),
					$this->hint_resolver(),
					$this->site_identity()
				)
			)
		);
	}

	public function reconciliation_runs(): Runs {
		return $this->once(
			Runs::class,
			fn(): Runs => new Runs( $this->stored_options(), $this->commands(), $this->transaction() )
		);
	}

	public function pace(): Pace {
		return $this->once(
			Pace::class,
			fn(): Pace => new Pace( $this->commands(), $this->handlers(), $this->site_worker(), $this->interest(), $this->safe_mode() )
		);
	}

	public function sync(): Sync {
		return $this->once(
			Sync::class,
			fn(): Sync => new Sync(
				$this->hints(),
				$this->command_reports(),
				$this->command_claims(),
				$this->site_worker(),
				new LeaseRenewals( $this->commands(), $this->transaction() ),
				$this->pace(),
				$this->safe_mode(),
				$this->site_identity(),
				$this->transaction(),
				$this->told_health(),
				$this->stripe_account()
			)
		);
	}

	public function payments_pause(): PaymentsPause {
		return $this->once(
			PaymentsPause::class,
			fn(): PaymentsPause => new PaymentsPause( $this->stored_options(), $this->transaction(), $this->commands() )
		);
	}

	public function stripe_account(): StripeAccount {
		return $this->once(
			StripeAccount::class,
			fn(): StripeAccount => new StripeAccount( $this->stored_options(), $this->commands() )
		);
	}

	public function provider_health(): ProviderHealth {
		return $this->once( ProviderHealth::class, fn(): ProviderHealth => new ProviderHealth( $this->stored_options() ) );
	}

	public function told_health(): ToldHealth {
		return $this->once(
			ToldHealth::class,
			fn(): ToldHealth => new ToldHealth( $this->provider_health(), $this->payments_pause(), $this->upscaler_pause() )
		);
	}

	public function hello(): Hello {
		return $this->once(
			Hello::class,
			fn(): Hello => new Hello(
				$this->bridge_state(),
				$this->site_identity(),
				$this->safe_mode(),
				$this->commands(),
				self::VERSION,
				$this->stripe_account()
			)
		);
	}

	public function contact(): Contact {
		return $this->once( Contact::class, fn(): Contact => new Contact( $this->bridge_state(), $this->commands() ) );
	}

	public function uploads(): Uploads {
		return $this->once( Uploads::class, fn(): Uploads => new Uploads( $this->commands(), $this->result_files() ) );
	}

	public function turns(): Turns {
		return $this->once( Turns::class, fn(): Turns => new Turns( $this->submit_turns() ) );
	}

	public function signed_request(): SignedRequest {
		return $this->once( SignedRequest::class, fn(): SignedRequest => new SignedRequest( $this->key_ring(), $this->calling_key() ) );
	}

	public function reconcile_handler(): ReconcileHandler {
		return $this->once(
			ReconcileHandler::class,
			fn(): ReconcileHandler => new ReconcileHandler(
				$this->bridge_state(),
				$this->interest(),
				$this->stored_options(),
				new AskedPass( $this->reconciliation_runs() )
			)
		);
	}

	public function bridge_push(): BridgePush {
		return $this->once(
			BridgePush::class,
			fn(): BridgePush => new BridgePush(
				$this->bridge_state(),
				$this->key_ring(),
				$this->site_identity(),
				$this->safe_mode(),
				$this->command_claims(),
				$this->command_reports(),
				$this->commands(),
				$this->contact()
			)
		);
	}

	public function channel_notices(): ChannelNotices {
		return $this->once(
			ChannelNotices::class,
			fn(): ChannelNotices => new ChannelNotices(
				$this->bridge_status(),
				$this->bridge_state(),
				$this->safe_mode(),
				$this->payments_pause(),
				$this->provider_health(),
				$this->stripe_account()
			)
		);
	}

	public function connection_problems(): ConnectionProblems {
		return $this->once( ConnectionProblems::class, fn(): ConnectionProblems => new ConnectionProblems( $this->channel_notices() ) );
	}

	public function bridge_controller(): BridgeController {
		return $this->once(
			BridgeController::class,
			fn(): BridgeController => new BridgeController(
				$this->signed_request(),
				$this->hello(),
				$this->sync(),
				$this->uploads(),
				$this->turns(),
				$this->contact(),
				fn(
					string $job_id,
					string $attempt,
					string $command,
					int $lease_no,
					string $reason
				): array => $this->automatic_retry()->fire( $job_id, $attempt, $command, $lease_no, $reason )
			)
		);
	}

	public function connection_controller(): ConnectionController {
		return $this->once(
			ConnectionController::class,
			fn(): ConnectionController => new ConnectionController(
				$this->pairing(),
				$this->key_ring(),
				$this->bridge_status(),
				$this->connection_problems(),
				$this->safe_mode(),
				$this->site_identity(),
				$this->commands(),
				self::VERSION,
				$this->stripe_account()
			)
		);
	}
}
