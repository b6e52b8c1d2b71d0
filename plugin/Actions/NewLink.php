<?php
/**
 * Makes a new download link.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Actions;

use SellMyImages\Errors\ActionRefused;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Upscaling\Attempts;

/** The old link is dead at once. With `notify`, the customer gets the new one by e-mail. */
final class NewLink extends Action {

	public function __construct(
		private readonly Lifecycle $lifecycle,
		private readonly LinkTokens $links,
		private readonly Attempts $attempts
	) {
	}

	public function name(): string {
		return 'download_token';
	}

	public function route(): ActionRoute {
		return new ActionRoute( '/download-token', 'download-token-request' );
	}

	public function message(): string {
		return __( 'There is a new download link; the old one no longer works.', 'sell-my-images' );
	}

	public function batch_params(): array {
		return array( 'notify' );
	}

	public function refusal( JobFacts $facts, ActionRequest $request ): ?ActionRefused {
		if ( JobStatus::Completed !== $facts->job->status || ! $facts->has_file() ) {
			return ActionRefused::because( ErrorCode::JOB_WITHOUT_FILE );
		}

		return $request->flag( 'notify' ) && '' === $facts->job->email ? ActionRefused::because( ErrorCode::JOB_WITHOUT_EMAIL ) : null;
	}

	protected function apply( JobFacts $facts, ActionRequest $request ): ActionResult {
		$job = $this->lifecycle->change( $facts->job, $this->links->issue( $facts->job ) );
		$this->lifecycle->log( $job, 'link', array( 'to' => 'new', 'ref' => (string) $job->download_generation ) );
		if ( $request->flag( 'notify' ) ) {
			$job = $this->attempts->queue_mail( $job, 'ready' );
		}

		return new ActionResult( answer: fn(): array => array( 'download_url' => (string) $this->links->url( $job ) ) );
	}
}
