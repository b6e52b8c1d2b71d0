<?php
/**
 * Finds what a hint is about.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Bridge\SiteIdentity;
use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobRepository;
use SellMyImages\Upscaling\Attempt;
use SellMyImages\Upscaling\AttemptRepository;
use SellMyImages\Upscaling\AttemptToken;

/**
 * By the attempt's own token, the upscaler's id, the job in the metadata, the session or the payment intent. What is
 * about a payment nobody knows is asked at Stripe: its metadata tells whose it is.
 */
final class HintResolver {

	/** How the type of a hint begins that is for a report alone, see Findings. */
	private const LOOK = 'look.';

	/**
	 * @param JobRepository     $jobs     Jobs.
	 * @param AttemptRepository $attempts Attempts.
	 * @param AttemptToken      $tokens   Whose word a token is.
	 * @param KnownState        $known    Whether a list showed anything new.
	 * @param SiteIdentity      $site     This site.
	 * @param \Closure          $learn    `fn( string $attempt_uuid, string $provider_id ): void`: keeps the upscaler's id.
	 */
	public function __construct(
		private readonly JobRepository $jobs,
		private readonly AttemptRepository $attempts,
		private readonly AttemptToken $tokens,
		private readonly KnownState $known,
		private readonly SiteIdentity $site,
		private readonly \Closure $learn,
	) {}

	/**
	 * What the hint is about. Outside any transaction.
	 *
	 * @param array<string,mixed> $hint As hint.schema.json has it.
	 */
	public function resolve( array $hint ): HintTarget {
		if ( str_starts_with( (string) ( $hint['type'] ?? '' ), self::LOOK ) ) {
			return HintTarget::known();
		}
		$site = self::text( $hint, 'site' );
		if ( '' !== $site && $site !== $this->site->uuid() ) {
			return HintTarget::nothing( 'other_site' );
		}
		if ( '' !== self::text( $hint, 'attempt_token' ) || 'upsampler' === ( $hint['provider'] ?? '' ) ) {
			return $this->attempt_target( $hint );
		}
		$job = $this->whose( $hint );
		return null === $job ? $this->unknown_payment( $hint ) : $this->payment_target( $job, $hint );
	}

	/**
	 * A hint of the upscaler.
	 *
	 * @param array<string,mixed> $hint The hint.
	 */
	private function attempt_target( array $hint ): HintTarget {
		$token       = self::text( $hint, 'attempt_token' );
		$provider_id = self::text( $hint, 'provider_id' );
		$attempt     = '' === $token
			? $this->attempts->find_by_provider_id( $provider_id )
			: $this->attempts->find( $this->tokens->attempt( $token ) ?? '' );
		if ( null === $attempt ) {
			return HintTarget::nothing( 'unknown_attempt' );
		}
		if ( '' !== $token && '' !== $provider_id && null === $attempt->provider_id() ) {
			( $this->learn )( $attempt->uuid(), $provider_id );
		}
		return $this->refresh( $attempt, 'upscale.success' === ( $hint['type'] ?? '' ) );
	}

	/**
	 * A look at the attempt.
	 *
	 * @param Attempt $attempt  The attempt.
	 * @param bool    $is_ready Whether its picture is said to be made.
	 */
	private function refresh( Attempt $attempt, bool $is_ready ): HintTarget {
		$payload = $is_ready ? Command::READY : array();
		return HintTarget::at( CommandKind::RefreshAttempt, $attempt->uuid(), $attempt->job_id(), $payload );
	}

	/**
	 * A hint about a job we know.
	 *
	 * @param Job                 $job  The job.
	 * @param array<string,mixed> $hint The hint.
	 */
	private function payment_target( Job $job, array $hint ): HintTarget {
		if ( isset( $hint['livemode'] ) && (bool) $hint['livemode'] !== $job->livemode ) {
			return HintTarget::nothing( 'other_mode' );
		}
		// The answer that brought its ids may be lost, with the bridge or with a backup: then Stripe's metadata tell whose payment it is.
		$is_nowhere = null === $job->stripe_checkout_session_id && null === $job->stripe_payment_intent_id;
		if ( $is_nowhere && '' !== self::text( $hint, 'session' ) . self::text( $hint, 'payment_intent' ) ) {
			return $this->unknown_payment( $hint );
		}
		return $this->known->agrees( $job, $hint )
			? HintTarget::known()
			: HintTarget::at( CommandKind::RefreshPayment, $job->job_id, $job->job_id );
	}

	/**
	 * A hint about a payment we do not know.
	 *
	 * @param array<string,mixed> $hint The hint.
	 */
	private function unknown_payment( array $hint ): HintTarget {
		$intent  = self::text( $hint, 'payment_intent' );
		$session = self::text( $hint, 'session' );
		if ( '' === $intent . $session ) {
			return HintTarget::nothing( 'unknown_object' );
		}
		return HintTarget::at(
			CommandKind::Resolve,
			'' === $session ? $intent : $session,
			null,
			array(
				'payment_intent' => '' === $intent ? null : $intent,
				'session'        => '' === $session ? null : $session,
			)
		);
	}

	/**
	 * The job that the hint names.
	 *
	 * @param array<string,mixed> $hint The hint.
	 */
	public function whose( array $hint ): ?Job {
		$job_id  = self::text( $hint, 'job_id' );
		$session = self::text( $hint, 'session' );
		$intent  = self::text( $hint, 'payment_intent' );
		$job     = '' === $job_id ? null : $this->jobs->find( $job_id );
		if ( null === $job && '' !== $session ) {
			$job = $this->jobs->find_by( 'stripe_checkout_session_id', $session );
		}
		return null === $job && '' !== $intent ? $this->jobs->find_by( 'stripe_payment_intent_id', $intent ) : $job;
	}

	/**
	 * A field as text; null and absent are ''.
	 *
	 * @param array<string,mixed> $hint The hint.
	 * @param string              $name The field.
	 */
	private static function text( array $hint, string $name ): string {
		return (string) ( $hint[ $name ] ?? '' );
	}
}
