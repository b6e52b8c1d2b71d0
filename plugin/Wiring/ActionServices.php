<?php
/**
 * The owner's actions, on one job and on many.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Wiring;

use SellMyImages\Actions\Action;
use SellMyImages\Actions\ActionSet;
use SellMyImages\Actions\JobFactsReader;
use SellMyImages\Actions\NewLink;
use SellMyImages\Actions\Refresh;
use SellMyImages\Actions\RefundPayment;
use SellMyImages\Actions\Retry;
use SellMyImages\Actions\SendEmail;
use SellMyImages\Actions\SetStatus;
use SellMyImages\Batches\Announcements;
use SellMyImages\Batches\Batches;
use SellMyImages\Batches\BatchRepository;
use SellMyImages\Batches\BatchRunner;
use SellMyImages\Batches\ItemRepository;
use SellMyImages\Batches\RunningBatches;
use SellMyImages\Owner\BatchController;
use SellMyImages\Owner\BatchPresenter;

/**
 * Part of the composition root, SellMyImages\Plugin.
 */
trait ActionServices {

	public function actions(): ActionSet {
		return $this->once(
			ActionSet::class,
			fn(): ActionSet => new ActionSet( $this->lifecycle(), $this->job_facts(), $this->every_action() )
		);
	}

	public function job_facts(): JobFactsReader {
		return $this->once(
			JobFactsReader::class,
			fn(): JobFactsReader => new JobFactsReader( $this->attempt_repository(), $this->refund_repository() )
		);
	}

	/** @return list<Action> In the order in which they are shown. */
	private function every_action(): array {
		return array(
			new Retry(
				$this->lifecycle(),
				$this->attempt_repository(),
				$this->attempts(),
				$this->refunds(),
				$this->override(),
				$this->payment_completed()
			),
			new RefundPayment( $this->refund_repository(), $this->refunds() ),
			new NewLink( $this->lifecycle(), $this->links(), $this->attempts() ),
			new SendEmail( $this->attempts() ),
			new SetStatus( $this->lifecycle(), $this->commands(), $this->attempts(), $this->links() ),
			new Refresh( $this->commands() ),
		);
	}

	public function batch_repository(): BatchRepository {
		return $this->once( BatchRepository::class, fn(): BatchRepository => new BatchRepository( $this->db() ) );
	}

	public function batch_items(): ItemRepository {
		return $this->once( ItemRepository::class, fn(): ItemRepository => new ItemRepository( $this->db() ) );
	}

	public function batches(): Batches {
		return $this->once(
			Batches::class,
			fn(): Batches => new Batches(
				$this->transaction(),
				$this->batch_repository(),
				$this->batch_items(),
				$this->job_facts(),
				$this->job_query(),
				$this->jobs(),
				$this->commands(),
				$this->credit_price(),
				$this->settings()
			)
		);
	}

	public function batch_runner(): BatchRunner {
		return $this->once(
			BatchRunner::class,
			fn(): BatchRunner => new BatchRunner(
				$this->batch_repository(),
				$this->batch_items(),
				$this->actions(),
				$this->job_facts(),
				new Announcements( $this->batch_items(), $this->actions() ),
				$this->lifecycle(),
				$this->commands()
			)
		);
	}

	public function running_batches(): RunningBatches {
		return $this->once(
			RunningBatches::class,
			fn(): RunningBatches => new RunningBatches( $this->batch_repository(), $this->batch_items() )
		);
	}

	public function batch_presenter(): BatchPresenter {
		return $this->once(
			BatchPresenter::class,
			fn(): BatchPresenter => new BatchPresenter(
				$this->batch_items(),
				fn(): array => array( 'safe_mode' => $this->safe_mode()->is_on(), 'silent' => $this->bridge_status()->is_silent() )
			)
		);
	}

	public function batch_controller(): BatchController {
		return $this->once(
			BatchController::class,
			fn(): BatchController => new BatchController(
				$this->actions(),
				$this->batches(),
				$this->batch_repository(),
				$this->batch_presenter(),
				$this->site_worker()
			)
		);
	}
}
