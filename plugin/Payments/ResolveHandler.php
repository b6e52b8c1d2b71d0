<?php
/**
 * The `resolve` command: whose payment is this?
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Bridge\SiteIdentity;
use SellMyImages\Commands\BeforeReport;
use SellMyImages\Commands\Claim;
use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandHandler;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Commands\Report;
use SellMyImages\Commands\ReportResult;
use SellMyImages\Jobs\EventReason;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobRepository;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Jobs\PaymentStatus;
use SellMyImages\Support\Amount;
use SellMyImages\Support\Times;
use SellMyImages\Support\Uuid;

/**
 * Its report is only a hint to the job it finds; one of ours that is unknown (a restored backup) is rebuilt, and started by nobody but the
 * owner.
 */
final class ResolveHandler implements CommandHandler, BeforeReport {

	/** @var array{url:string,width:int|null,height:int|null}|null The picture that the report is about. */
	private ?array $picture = null;

	public function __construct(
		private readonly Lifecycle $lifecycle,
		private readonly JobRepository $jobs,
		private readonly CommandRepository $commands,
		private readonly SiteIdentity $site
	) {
	}

	public function kind(): CommandKind {
		return CommandKind::Resolve;
	}

	public function claim( Command $command, ?Job $job ): Claim {
		$is_session = str_starts_with( $command->object, 'cs_' );

		return Claim::give(
			array( 'payment_intent' => $is_session ? null : $command->object, 'session' => $is_session ? $command->object : null )
		);
	}

	/** An offloaded picture's address may come from another machine. */
	public function before_report( Report $report ): void {
		$found         = self::found( $report );
		$this->picture = true === $found?->is_paid ? self::picture( (int) $found->attachment_id ) : null;
	}

	private static function found( Report $report ): ?ResolveSnapshot {
		$fetched = $report->snapshot( ResolveSnapshot::TYPE );

		return null === $fetched ? null : ResolveSnapshot::from_array( $fetched );
	}

	/** @return array{url:string,width:int|null,height:int|null} As WordPress knows it now. */
	private static function picture( int $attachment_id ): array {
		$size = wp_get_attachment_metadata( $attachment_id );

		return array(
			'url'    => (string) wp_get_attachment_url( $attachment_id ),
			'width'  => isset( $size['width'] ) ? (int) $size['width'] : null,
			'height' => isset( $size['height'] ) ? (int) $size['height'] : null,
		);
	}

	public function report( Command $command, ?Job $job, Report $report, bool $is_current ): ReportResult {
		$found  = self::found( $report );
		$job_id = $found->smi_job ?? '';
		if ( 'retry' === $report->outcome ) {
			return new ReportResult( 'retry' );
		}
		if ( null === $found || ! Uuid::is_valid( $job_id ) || $found->smi_site !== $this->site->uuid() ) {
			return ReportResult::rejected( 'not_ours' );
		}
		if ( null === $this->jobs->find( $job_id ) ) {
			if ( ! $found->is_paid || 0 === (int) $found->post_id ) {
				return ReportResult::rejected( 'unknown_job' );
			}
			$this->rebuild( $job_id, $found );
		}
		$this->learn( $job_id, $found );
		$this->commands->hint( CommandKind::RefreshPayment, $job_id, $job_id );

		return ReportResult::applied();
	}

	public function lease_ended( Command $command, ?Job $job ): ?Claim {
		return null;
	}

	private function learn( string $job_id, ResolveSnapshot $found ): void {
		$this->lifecycle->within(
			$job_id,
			fn( Job $job ) => $this->lifecycle->change(
				$job,
				array_filter(
					array(
						'stripe_checkout_session_id' => $job->stripe_checkout_session_id ?? $found->session,
						'stripe_payment_intent_id'   => $job->stripe_payment_intent_id ?? $found->payment_intent,
					),
					'is_string'
				)
			)
		);
	}

	private function rebuild( string $job_id, ResolveSnapshot $found ): void {
		$currency = strtoupper( $found->currency ?? 'usd' );
		$this->lifecycle->create(
			array(
				'job_id'                 => $job_id,
				'image_url'              => $this->picture['url'] ?? '',
				'resolution'             => $found->resolution ?? '4x',
				'email'                  => $found->email ?? '',
				'post_id'                => (int) $found->post_id,
				'attachment_id'          => $found->attachment_id,
				'image_width'            => $this->picture['width'] ?? null,
				'image_height'           => $this->picture['height'] ?? null,
				'status'                 => JobStatus::Pending,
				'payment_status'         => PaymentStatus::Pending,
				'amount_charged'         => Amount::of_minor( $found->amount_minor ?? 0, $currency ),
				'currency'               => $currency,
				'livemode'               => $found->livemode,
				'created_at'             => gmdate( 'Y-m-d H:i:s', $found->created ?? time() ),
				'payment_action_done_at' => Times::now(),
			),
			EventReason::Rebuilt->value
		);
	}
}
