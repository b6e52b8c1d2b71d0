<?php
/**
 * Makes the image again.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Actions;

use SellMyImages\Errors\ActionRefused;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\Hooks\Listeners;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Payments\Override;
use SellMyImages\Payments\PaymentCompletedListener;
use SellMyImages\Refunds\Refunds;
use SellMyImages\Upscaling\Attempt;
use SellMyImages\Upscaling\AttemptPlan;
use SellMyImages\Upscaling\AttemptRepository;
use SellMyImages\Upscaling\Attempts;

/**
 * The attempt is made under the job's lock, so that whoever asks at the same time sees it; listeners of smi_payment_completed hear of it
 * after the commit. With `attempt`, the finished file of that one is taken instead, which costs nothing.
 */
final class Retry extends Action implements Announced {

	public function __construct(
		private readonly Lifecycle $lifecycle,
		private readonly AttemptRepository $rows,
		private readonly Attempts $attempts,
		private readonly Refunds $refunds,
		private readonly Override $override,
		private readonly PaymentCompletedListener $listener
	) {
	}

	public function name(): string {
		return 'retry';
	}

	public function route(): ActionRoute {
		return new ActionRoute( '/retry', 'retry-request' );
	}

	public function message(): string {
		return __( 'The image is being made again.', 'sell-my-images' );
	}

	/** Always: where it cannot be done, or only at a price, the owner is to read why. */
	public function is_offered( JobFacts $facts ): bool {
		return true;
	}

	public function batch_params(): array {
		return array( 'acknowledge_refunded', 'force' );
	}

	public function refusal( JobFacts $facts, ActionRequest $request ): ?ActionRefused {
		$late = $request->text( 'attempt' );
		if ( null !== $late && true !== $facts->attempt( $late )?->has_file() ) {
			return ActionRefused::because( ErrorCode::ATTEMPT_WITHOUT_FILE );
		}
		$current = $facts->current_attempt();
		if ( true === $current?->is_live() && ! $request->flag( 'force' ) ) {
			return ActionRefused::because(
				ErrorCode::JOB_RUNNING,
				array(),
				409,
				array( 'needs' => 'force', 'attempt' => $current->uuid() )
			);
		}
		if ( $facts->ledger()->is_under_way() && ! $request->flag( 'acknowledge_refunded' ) ) {
			return ActionRefused::because( ErrorCode::JOB_REFUNDED, array(), 409, array( 'needs' => 'acknowledge_refunded' ) );
		}

		return null === $late && null === AttemptPlan::for_job( $facts->job )
			? ActionRefused::because( ErrorCode::JOB_WITHOUT_SOURCE )
			: null;
	}

	public function stake( JobFacts $facts, ActionRequest $request ): Stake {
		return new Stake( null, (int) AttemptPlan::for_job( $facts->job )?->credits );
	}

	public function announce( string $job_id, ActionRequest $request ): int {
		/** This action is documented in plugin/Payments/PaymentAction.php */
		return Listeners::do_action( 'smi_payment_completed', $job_id, self::context( $request ) );
	}

	public function is_begun( string $job_id, string $key ): bool {
		return $this->attempts->has_started( $job_id, $key );
	}

	protected function done_before( JobFacts $facts, ActionRequest $request ): ?ActionResult {
		$key = $request->idempotency_key;

		return null !== $key && $this->is_begun( $facts->job->job_id, $key ) ? new ActionResult( needs_bridge: true ) : null;
	}

	protected function apply( JobFacts $facts, ActionRequest $request ): ActionResult {
		$late = $request->text( 'attempt' );
		if ( null !== $late ) {
			$this->take_late( $facts, $facts->attempt( $late ) );

			return new ActionResult( needs_bridge: true );
		}
		if ( $this->listener->is_hooked() ) {
			$this->override->start( $facts->job, self::context( $request ) );
		}

		return new ActionResult( needs_bridge: true, is_announced: true );
	}

	private function take_late( JobFacts $facts, ?Attempt $attempt ): void {
		if ( null === $attempt ) {
			return;
		}
		$this->refunds->cancel_unsent_automatic( $facts->job );
		$this->attempts->supersede( $facts->job );
		$done = $this->rows->update( $attempt, array( 'state' => Attempt::SUCCEEDED ) ) ?? $attempt;
		$this->attempts->complete( $this->lifecycle->fresh( $facts->job ), $done );
	}

	/**
	 * @return array<string,mixed> What listeners of smi_payment_completed get. The key lets our own know the attempt that is there already.
	 */
	private static function context( ActionRequest $request ): array {
		return array( 'admin_override' => true, 'source' => $request->source, 'idempotency_key' => $request->idempotency_key );
	}
}
