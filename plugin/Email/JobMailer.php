<?php
/**
 * Sends a job's e-mails.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Email;

use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\SiteCommandHandler;
use SellMyImages\Jobs\EventLog;
use SellMyImages\Jobs\EventReason;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobRepository;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Links\LinkIssuer;
use SellMyImages\Support\Locales;

/**
 * Carries out `send_email`, whose object is `{job_id}:{type}`: type `ready` or `failed_refunded`.
 *
 * What is written is decided when it is sent, from the job as it is then: a mail that waited never says what is no longer true. It is
 * written and handed over in the language of the order: this may run at the end of a request of the owner's, who may read another.
 */
final class JobMailer implements SiteCommandHandler {

	public const READY           = 'ready';
	public const FAILED_REFUNDED = 'failed_refunded';

	/** Seconds to wait after the first, second … fruitless try: five tries over a day. */
	private const WAITS = array( 60, 600, 7200, 75600 );

	public function __construct(
		private readonly JobRepository $jobs,
		private readonly LinkIssuer $links,
		private readonly Messages $messages,
		private readonly Sender $sender,
		private readonly Lifecycle $lifecycle,
		private readonly EventLog $events
	) {}

	/**
	 * Knows `send_email`.
	 */
	public function kind(): CommandKind {
		return CommandKind::SendEmail;
	}

	/**
	 * Sends one e-mail.
	 *
	 * @param Command $command  The command.
	 * @param float   $deadline Not needed: one mail is one step.
	 * @return int|null Seconds until the next try; null when sent, pointless, or given up.
	 */
	public function run( Command $command, float $deadline ): ?int {
		list( $job_id, $type ) = array_pad( explode( ':', $command->object, 2 ), 2, '' );
		$job                   = $this->jobs->find( $job_id );

		return null === $job ? null : Locales::during( $job->locale, fn(): ?int => $this->send( $job, $type ) );
	}

	/** @return int|null See run(). */
	private function send( Job $job, string $type ): ?int {
		$message = $this->message( $job, $type );
		if ( null === $message ) {
			if ( self::READY === $type && $this->links->has_expired( $job ) ) {
				$this->lifecycle->email_failed( $job->job_id );
			}
			return null;
		}
		if ( is_email( $message->to ) && $this->sender->send( $message ) ) {
			$this->lifecycle->email_sent( $job->job_id, $type );
			return null;
		}
		return $this->try_again( $job, $type, is_email( $message->to ) !== false );
	}

	/**
	 * The message that fits the job now; null where there is nothing left to say.
	 */
	private function message( Job $job, string $type ): ?Message {
		if ( self::FAILED_REFUNDED === $type ) {
			return JobStatus::Failed === $job->status ? $this->messages->failed_refunded( $job ) : null;
		}
		$url = self::READY === $type ? $this->links->url( $job ) : null;
		if ( null === $url ) {
			return null;
		}
		return $this->messages->ready( $this->jobs->find( $job->job_id ) ?? $job, $url );
	}

	private function try_again( Job $job, string $type, bool $has_address ): ?int {
		$wait = self::WAITS[ $this->failures( $job, $type ) ] ?? null;
		if ( null === $wait || ! $has_address ) {
			$this->lifecycle->email_failed( $job->job_id );
			return null;
		}
		$reason = array(
			'to'     => 'retry',
			'ref'    => $type,
			'reason' => EventReason::MailRefused->value,
			'args'   => array( 'said' => $this->sender->error() ),
		);
		$this->lifecycle->within( $job->job_id, fn( Job $locked ) => $this->lifecycle->log( $locked, 'email', $reason ) );
		return $wait;
	}

	/**
	 * Fruitless tries since this e-mail last ended well or badly: the log is the memory, so that the owner sees it too.
	 */
	private function failures( Job $job, string $type ): int {
		$failures = 0;
		foreach ( $this->events->for_job( $job ) as $event ) {
			if ( 'email' !== ( $event['type'] ?? '' ) ) {
				continue;
			}
			$to       = (string) ( $event['to'] ?? '' );
			$failures = 'retry' === $to ? $failures + (int) ( $type === ( $event['ref'] ?? '' ) ) : 0;
		}
		return $failures;
	}
}
