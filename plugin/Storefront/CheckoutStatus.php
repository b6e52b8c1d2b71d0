<?php
/**
 * What a buyer may know of a job.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobRepository;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Links\LinkIssuer;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Support\Locales;
use SellMyImages\Support\Times;

/**
 * Makes the answer of `GET /checkouts/{job_id}`, as in checkout-status.schema.json.
 */
final class CheckoutStatus {

	public function __construct(
		private readonly JobRepository $jobs,
		private readonly LinkIssuer $issuer,
		private readonly StatusMessages $messages
	) {}

	/**
	 * The answer. It may make a new link, where the old one can no longer be rebuilt.
	 *
	 * @return array<string,string|bool|null>
	 */
	public function of( Job $job ): array {
		$url    = $this->issuer->url( $job );
		$job    = null === $url ? $job : ( $this->jobs->find( $job->job_id ) ?? $job );
		$answer = array(
			'job_id'         => $job->job_id,
			'status'         => $job->status->value,
			'payment_status' => $job->payment_status->value,
		);
		$answer['is_payment_under_way'] = $job->is_payment_under_way;
		if ( JobStatus::AwaitingPayment === $job->status && ! $job->is_payment_under_way && '' !== (string) $job->checkout_url ) {
			$answer['checkout_url'] = (string) $job->checkout_url;
		}
		if ( null !== $url ) {
			$answer['download_url']        = $url;
			$answer['download_expires_at'] = Times::iso( $job->download_expires_at );
		}
		$language          = '' === $job->locale ? determine_locale() : $job->locale;
		$answer['message'] = Locales::during( $language, fn(): string => $this->messages->of( $job, LinkTokens::state( $job ) ) );
		return $answer;
	}
}
