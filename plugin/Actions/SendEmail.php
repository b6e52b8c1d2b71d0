<?php
/**
 * Sends the customer's e-mail again.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Actions;

use SellMyImages\Errors\ActionRefused;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Refunds\Refund;
use SellMyImages\Upscaling\Attempts;

/** The link, or that the money goes back where the image could not be made. */
final class SendEmail extends Action {

	public function __construct( private readonly Attempts $attempts ) {
	}

	public function name(): string {
		return 'email';
	}

	public function route(): ActionRoute {
		return new ActionRoute( '/email', status: 202 );
	}

	public function message(): string {
		return __( 'The e-mail is on its way.', 'sell-my-images' );
	}

	/** @return 'ready'|'failed_refunded'|null Which e-mail is true of the job ('ready' also needs a link that works); null for none. */
	public static function type( JobFacts $facts ): ?string {
		if ( JobStatus::Completed === $facts->job->status ) {
			return '' === (string) $facts->job->upscaled_file_path ? null : 'ready';
		}
		if ( JobStatus::Failed !== $facts->job->status ) {
			return null;
		}
		$told = array_filter( $facts->refunds(), static fn( Refund $refund ): bool => $refund->is_automatic() && $refund->holds_money() );

		return array() === $told ? null : 'failed_refunded';
	}

	public function refusal( JobFacts $facts, ActionRequest $request ): ?ActionRefused {
		$is_about_file = 'failed_refunded' !== self::type( $facts );
		if ( $is_about_file && ( JobStatus::Completed !== $facts->job->status || ! $facts->has_file() ) ) {
			return ActionRefused::because( ErrorCode::JOB_WITHOUT_FILE );
		}
		if ( '' === $facts->job->email ) {
			return ActionRefused::because( ErrorCode::JOB_WITHOUT_EMAIL );
		}

		return $is_about_file && 'active' !== LinkTokens::state( $facts->job ) ? ActionRefused::because( ErrorCode::JOB_LINK_ENDED ) : null;
	}

	protected function apply( JobFacts $facts, ActionRequest $request ): ActionResult {
		$this->attempts->queue_mail( $facts->job, self::type( $facts ) ?? 'ready' );

		return new ActionResult( is_queued: true );
	}
}
