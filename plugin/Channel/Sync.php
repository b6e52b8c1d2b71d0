<?php
/**
 * The bridge's one call.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Bridge\SafeMode;
use SellMyImages\Bridge\SiteIdentity;
use SellMyImages\Bridge\StripeAccount;
use SellMyImages\Commands\CommandClaims;
use SellMyImages\Commands\CommandClass;
use SellMyImages\Commands\CommandReports;
use SellMyImages\Commands\LeaseRenewals;
use SellMyImages\Commands\Report;
use SellMyImages\Database\Transaction;
use SellMyImages\Errors\ActionRefused;
use SellMyImages\Upkeep\SiteWorker;

/**
 * Hints and reports in, commands out. Every item is committed before any hook fires, and hooks fire before commands
 * are handed out, so that what they ask for travels with this very answer.
 */
final class Sync {

	/** Seconds of site commands under a call that brought nothing. */
	private const SLICE = 1.0;

	/**
	 * @param Hints          $hints       Takes hints.
	 * @param CommandReports $reports     Applies reports.
	 * @param CommandClaims  $claims      Hands out.
	 * @param SiteWorker     $worker      Site commands.
	 * @param LeaseRenewals  $leases      Prolongs what is still worked on.
	 * @param Pace           $pace        When to come again.
	 * @param SafeMode       $safe_mode   Whether the site holds still.
	 * @param SiteIdentity   $site        Who it is.
	 * @param Transaction    $transaction Holds hooks back.
	 * @param ToldHealth|null $health     Hears whether the providers take the bridge's keys.
	 * @param StripeAccount|null $account With whose money.
	 */
	public function __construct(
		private readonly Hints $hints,
		private readonly CommandReports $reports,
		private readonly CommandClaims $claims,
		private readonly SiteWorker $worker,
		private readonly LeaseRenewals $leases,
		private readonly Pace $pace,
		private readonly SafeMode $safe_mode,
		private readonly SiteIdentity $site,
		private readonly Transaction $transaction,
		private readonly ?ToldHealth $health = null,
		private readonly ?StripeAccount $account = null,
	) {}

	/**
	 * Answers a validated message.
	 *
	 * @param array<string,mixed> $message As sync-request.schema.json has it.
	 * @return array<string,mixed> As sync-response.schema.json has it.
	 * @throws ActionRefused When the bridge speaks a protocol that this plugin does not.
	 */
	public function answer( array $message ): array {
		/** @var list<array{command:string,lease_no:int}>|null $running */
		$running = $message['running'] ?? null;
		if ( isset( $message['protocol'] ) && ! Hello::speaks( (int) $message['protocol'] ) ) {
			throw Hello::mismatch( (int) $message['protocol'] );
		}
		$this->safe_mode->contact();
		$hints   = array_values( (array) $message['hints'] );
		$reports = array_values( (array) $message['reports'] );
		$want    = $this->may_claim( (array) ( $message['want'] ?? array() ) );
		$answers = $this->hints->take( $hints );
		$answers = array_merge( $answers, $this->take_reports( $reports ) );
		$this->health?->take( (array) ( $message['providers'] ?? array() ) );
		if ( array() === $hints && array() === $reports ) {
			$this->worker->run_slice( self::SLICE );
		}
		$commands = $this->safe_mode->is_on()
			? array()
			: $this->claims->claim( $want['submit'] ?? 0, $want['other'] ?? 0, $want );
		return array(
			'answers'    => $answers,
			'commands'   => $commands,
			'next_in_ms' => $this->pace->next_in_ms( CommandClass::with_room( $want, $commands ) ),
			'time'       => gmdate( 'Y-m-d\TH:i:s\Z' ),
			'site'       => $this->site->pair(),
		) + ( null === $running ? array() : array( 'renewed' => $this->leases->renew( $running ) ) );
	}

	/**
	 * At most so many of each class.
	 *
	 * @param array<mixed> $want As the bridge says.
	 * @return array<string,int>
	 */
	private function may_claim( array $want ): array {
		$most = array_map( 'intval', $want );
		return null === $this->account ? $most : $this->account->hold_back( $most );
	}

	/**
	 * Commits every report, then lets the hooks fire.
	 *
	 * @param list<array<string,mixed>> $reports As report.schema.json has them.
	 * @return list<array{id:string,answer:string,code?:string}>
	 */
	private function take_reports( array $reports ): array {
		if ( $this->safe_mode->is_on() ) {
			return array_map( array( $this, 'put_off' ), $reports );
		}
		$answers = array();
		$this->transaction->hold();
		try {
			foreach ( $reports as $report ) {
				$answers[] = $this->reports->apply( Report::from_array( $report ) );
			}
		} finally {
			$this->transaction->release();
		}
		return $answers;
	}

	/**
	 * What a site in safe mode says to a report: nothing was applied, nothing is lost.
	 *
	 * @param array<string,mixed> $report The report.
	 * @return array{id:string,answer:string,code:string}
	 */
	private function put_off( array $report ): array {
		return array(
			'id'     => (string) $report['id'],
			'answer' => 'retry',
			'code'   => 'safe_mode',
		);
	}
}
