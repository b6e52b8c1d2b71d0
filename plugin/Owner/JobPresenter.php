<?php
/**
 * Jobs as the REST API shows them.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Owner;

use SellMyImages\Actions\ActionSet;
use SellMyImages\Actions\JobFactsReader;
use SellMyImages\Files\UploadsPath;
use SellMyImages\Jobs\Counting\Margin;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\ReasonWords;
use SellMyImages\Support\Money;
use SellMyImages\Support\Times;

/**
 * The shape of job.schema.json. What belongs to other tables is fetched for all jobs of a page at once.
 */
final class JobPresenter {

	private const AS_THEY_ARE = array(
		'job_id', 'image_url', 'resolution', 'email', 'post_id', 'attachment_id', 'image_width', 'image_height', 'target_width',
		'target_height', 'source_type',
		'upsampler_job_id', 'upscaled_url', 'stripe_payment_intent_id', 'stripe_checkout_session_id', 'currency', 'cost_other',
		'credits_used', 'refund_reason',
		'download_generation', 'download_count', 'email_sent', 'attempt_count', 'dispute_status', 'is_payment_under_way', 'livemode',
		'version',
	);

	private const TIMES = array(
		'download_expires_at', 'paid_at', 'processing_started_at', 'completed_at', 'failed_at', 'refunded_at', 'created_at', 'updated_at',
	);

	public function __construct( private readonly ActionSet $actions, private readonly JobFactsReader $facts ) {
	}

	/**
	 * @param list<Job> $jobs A page.
	 * @return list<array<string,mixed>>
	 */
	public function many( array $jobs ): array {
		$this->prime( $jobs );
		$facts = $this->facts->for_jobs( array_column( $jobs, null, 'job_id' ), false );

		return array_map(
			fn( Job $job ): array => $this->columns( $job ) + self::post( $job ) + array(
				'allowed_actions' => $this->actions->offered( $facts[ $job->job_id ] ),
			),
			$jobs
		);
	}

	/** @return array<string,mixed> */
	public function one( Job $job ): array {
		return $this->many( array( $job ) )[0];
	}

	/** @return array<string,mixed> */
	private function columns( Job $job ): array {
		$digits = Money::exponent( $job->currency );
		$shown  = array();
		foreach ( self::AS_THEY_ARE as $column ) {
			$shown[ $column ] = $job->$column;
		}
		foreach ( self::TIMES as $column ) {
			$shown[ $column ] = Times::iso( $job->$column );
		}

		return array(
			'status'             => $job->status->value,
			'payment_status'     => $job->payment_status->value,
			'attention'          => $job->attention?->value,
			'amount_charged'     => Money::plain( $job->amount_charged, $digits ),
			'refund_amount'      => Money::plain( $job->refund_amount, $digits ),
			'stripe_fee'         => Money::plain( $job->stripe_fee, $digits ),
			'amount_cost'        => $job->amount_cost,
			'margin'             => self::margin( $job ),
			'failure_reason'     => ReasonWords::of( $job->failure_reason, $job->failure_args ),
			'failure_code'       => ReasonWords::code( $job->failure_reason ),
			'upload_file_path'   => UploadsPath::below( $job->upload_file_path ),
			'upscaled_file_path' => UploadsPath::below( $job->upscaled_file_path ),
		) + $shown;
	}

	/** Charged less refunded, lost in a dispute, fee and cost; null while unpaid, and where a cost was paid in another currency. */
	public static function margin( Job $job ): ?string {
		if ( ! $job->is_paid() ) {
			return null;
		}
		return Margin::of( $job->cost_other, $job->charged(), $job->refunded(), $job->lost(), $job->fee(), $job->cost() );
	}

	/** @return array<string,mixed> What WordPress knows of the post and the picture. */
	private static function post( Job $job ): array {
		$post  = self::is_there( $job->post_id ) ? get_post( $job->post_id ) : null;
		$url   = $post instanceof \WP_Post ? get_permalink( $post ) : false;
		$thumb = ! self::is_there( (int) $job->attachment_id )
			? false
			: wp_get_attachment_image_url( (int) $job->attachment_id, 'thumbnail' );

		return array(
			'post_title'    => $post instanceof \WP_Post
				? html_entity_decode( wp_strip_all_tags( $post->post_title ), ENT_QUOTES | ENT_HTML5, 'UTF-8' )
				: '',
			'post_url'      => false === $url ? null : $url,
			'thumbnail_url' => false === $thumb ? null : $thumb,
		);
	}

	/** A deleted post is not in the cache after prime(); asking WordPress for it would cost a query for each job. */
	private static function is_there( int $id ): bool {
		return $id > 0 && false !== wp_cache_get( $id, 'posts' );
	}

	/**
	 * Posts, pictures and their metadata: one query each, however many jobs.
	 *
	 * @param list<Job> $jobs A page.
	 */
	private function prime( array $jobs ): void {
		$ids   = array_merge(
			array_map( static fn( Job $job ): int => $job->post_id, $jobs ),
			array_map( static fn( Job $job ): int => (int) $job->attachment_id, $jobs )
		);
		$terms = str_contains( (string) get_option( 'permalink_structure' ), '%category%' );
		_prime_post_caches( array_values( array_unique( array_filter( $ids ) ) ), $terms, true );
	}
}
