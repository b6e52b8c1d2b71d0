<?php
/**
 * Takes a person out of a job.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Privacy;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Files\ResultFiles;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobNotFound;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Upscaling\AttemptRepository;

/**
 * Amounts, dates and payment references stay, as accounts must. The address, the buyer's key, the link and the file made for them go.
 */
final class Erasure {

	public function __construct(
		private readonly PersonalDataRepository $rows,
		private readonly Lifecycle $lifecycle,
		private readonly LinkTokens $links,
		private readonly CommandRepository $commands,
		private readonly AttemptRepository $attempts,
		private readonly ResultFiles $files
	) {
	}

	public function erase( string $job_id, string $email ): void {
		try {
			$this->lifecycle->within( $job_id, fn( Job $job ) => $this->erase_rows( $job, $email ) );
		} catch ( JobNotFound ) {
			return; // Forgotten meanwhile.
		}
		foreach ( $this->attempts->for_job( $job_id ) as $attempt ) {
			$this->files->delete( $attempt->uuid(), $attempt->file_path() );
			$this->rows->forget_file( $attempt->uuid() );
		}
	}

	/** What was written for many jobs at once: once for all of a person's. */
	public function erase_elsewhere( string $email ): void {
		$this->rows->scrub_batches( $email );
	}

	private function erase_rows( Job $job, string $email ): void {
		foreach ( array( 'ready', 'failed_refunded' ) as $type ) {
			$this->commands->close( CommandKind::SendEmail, "$job->job_id:$type" );
		}
		$this->lifecycle->change( $job, $this->changes( $job, $email ) );
		$this->lifecycle->log( $job, 'privacy', array( 'to' => 'erased' ) );
		$this->rows->scrub( $job->job_id, $email );
	}

	/** @return array<string,mixed> Column values. */
	private function changes( Job $job, string $email ): array {
		$clean = static fn( ?string $text ): ?string => null === $text ? null : PersonalDataRepository::without( $text, $email );

		return array(
			'email'              => '',
			'email_state'        => '',
			'buyer_key_hash'     => '',
			'checkout_url'       => null,
			'upscaled_url'       => null,
			'upscaled_file_path' => null,
			'refund_reason'      => $clean( $job->refund_reason ),
			'failure_reason'     => $clean( $job->failure_reason ),
			'failure_args'       => $clean( $job->failure_args ),
			'mismatch'           => $clean( $job->mismatch ),
		) + $this->links->revoke( $job );
	}
}
