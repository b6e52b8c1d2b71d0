<?php
/**
 * Actions on many jobs.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Wiring;

use SellMyImages\Batches\Batches;
use SellMyImages\Batches\BatchRepository;
use SellMyImages\Batches\BatchRunner;
use SellMyImages\Batches\ItemRepository;
use SellMyImages\Batches\RetryTurns;
use SellMyImages\Batches\RunningBatches;
use SellMyImages\Batches\Task;
use SellMyImages\Owner\BatchController;
use SellMyImages\Owner\BatchPresenter;

/**
 * Part of the composition root, SellMyImages\Plugin.
 */
trait BatchServices {

	public function batch_repository(): BatchRepository {
		return $this->once( BatchRepository::class, fn(): BatchRepository => new BatchRepository( $this->db() ) );
	}

	public function batch_items(): ItemRepository {
		return $this->once( ItemRepository::class, fn(): ItemRepository => new ItemRepository( $this->db() ) );
	}

	public function batch_task(): Task {
		return $this->once( Task::class, fn(): Task => new Task( $this->locked_actions() ) );
	}

	public function batches(): Batches {
		return $this->once( Batches::class, fn(): Batches => new Batches( $this->transaction(), $this->batch_repository(), $this->batch_items(), $this->batch_task(), $this->job_query(), $this->jobs(), $this->attempt_repository(), $this->refund_repository(), $this->commands(), $this->credit_price(), $this->settings() ) );
	}

	public function batch_runner(): BatchRunner {
		return $this->once( BatchRunner::class, fn(): BatchRunner => new BatchRunner( $this->batch_repository(), $this->batch_items(), $this->batch_task(), new RetryTurns( $this->batch_items(), $this->attempt_repository() ), $this->lifecycle(), $this->commands() ) );
	}

	public function running_batches(): RunningBatches {
		return $this->once( RunningBatches::class, fn(): RunningBatches => new RunningBatches( $this->batch_repository(), $this->batch_items() ) );
	}

	public function batch_presenter(): BatchPresenter {
		return $this->once( BatchPresenter::class, fn(): BatchPresenter => new BatchPresenter( $this->batch_items(), fn(): array => array( 'safe_mode' => $this->safe_mode()->is_on(), 'silent' => $this->bridge_status()->is_silent() ) ) );
	}

	public function batch_controller(): BatchController {
		return $this->once( BatchController::class, fn(): BatchController => new BatchController( $this->batches(), $this->batch_repository(), $this->batch_presenter(), $this->site_worker() ) );
	}
}
