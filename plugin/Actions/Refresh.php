<?php
/**
 * Asks the providers how a job stands.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Actions;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Errors\ActionRefused;
use SellMyImages\Jobs\Job;

/** Never refused: there may be nothing to ask, which harms nobody. */
final class Refresh extends Action {

	public function __construct( private readonly CommandRepository $commands ) {
	}

	public function name(): string {
		return 'refresh';
	}

	public function route(): ActionRoute {
		return new ActionRoute( '/refresh', status: 202 );
	}

	public function message(): string {
		return __( 'Stripe and the upscaler are being asked now.', 'sell-my-images' );
	}

	public function is_offered( JobFacts $facts ): bool {
		return self::is_known_to_stripe( $facts->job );
	}

	public function refusal( JobFacts $facts, ActionRequest $request ): ?ActionRefused {
		return null;
	}

	protected function apply( JobFacts $facts, ActionRequest $request ): ActionResult {
		if ( self::is_known_to_stripe( $facts->job ) ) {
			$this->commands->hint( CommandKind::RefreshPayment, $facts->job->job_id, $facts->job->job_id );
		}
		$attempt = $facts->current_attempt();
		if ( null !== $attempt?->provider_id() ) {
			$this->commands->hint( CommandKind::RefreshAttempt, $attempt->uuid(), $facts->job->job_id );
		}

		return new ActionResult( is_queued: true, needs_bridge: true );
	}

	private static function is_known_to_stripe( Job $job ): bool {
		return null !== $job->stripe_checkout_session_id || null !== $job->stripe_payment_intent_id;
	}
}
