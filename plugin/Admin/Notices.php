<?php
/**
 * What the owner should know of the shop as a whole.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Admin;

use SellMyImages\Batches\RunningBatches;
use SellMyImages\Channel\ChannelNotices;
use SellMyImages\Install\UpgradeReport;
use SellMyImages\JobList\JobFilters;
use SellMyImages\JobList\StatsQuery;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Support\Times;
use SellMyImages\Upscaling\UpscalerPause;

/**
 * The `notices` of stats.schema.json, the most urgent first.
 */
final class Notices {

	public function __construct(
		private readonly UpscalerPause $upscaler,
		private readonly ChannelNotices $channel,
		private readonly StatsQuery $stats,
		private readonly RunningBatches $batches,
		private readonly UpgradeReport $upgrade
	) {
	}

	/** @return list<array{code:string,data:array<string,mixed>}> */
	public function all(): array {
		return array_merge( $this->upgrading(), $this->upscaler_blocked(), $this->channel->all(), $this->batches->notices() );
	}

	/** @return list<array{code:string,data:array<string,mixed>}> */
	private function upgrading(): array {
		$trouble = $this->upgrade->trouble();
		if ( null !== $trouble ) {
			$code = array() === $this->upgrade->questions() ? 'upgrade_failed' : 'older_orders_asked';

			return array( array( 'code' => $code, 'data' => array( 'message' => $trouble ) ) );
		}

		return null === $this->upgrade->progress()
			? array()
			: array( array( 'code' => 'upgrading', 'data' => array( 'percent' => $this->upgrade->percent() ) ) );
	}

	/** @return list<array{code:string,data:array<string,mixed>}> */
	private function upscaler_blocked(): array {
		$state = $this->upscaler->state();
		if ( null === $state ) {
			return array();
		}

		return array(
			array(
				'code' => 'upscaler_blocked',
				'data' => array(
					'reason' => $state['code'],
					'message' => $state['message'],
					'since' => Times::iso( $state['since'] ),
					'next_probe' => Times::iso( $state['next_probe'] ),
					'waiting' => $this->waiting(),
				),
			),
		);
	}

	private function waiting(): int {
		$counts = $this->stats->counts( new JobFilters() );

		return (int) ( $counts['status'][ JobStatus::Pending->value ] ?? 0 );
	}
}
