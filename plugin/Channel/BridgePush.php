<?php
/**
 * Commands that go to the bridge at once.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Bridge\BridgeState;
use SellMyImages\Bridge\KeyRing;
use SellMyImages\Bridge\SafeMode;
use SellMyImages\Bridge\SiteIdentity;
use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandClaims;
use SellMyImages\Commands\CommandReports;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Commands\Report;

/**
 * Only makes things faster: what a push does not do, the next sync does. The command is leased first and its report
 * applied as any other, so a push and a sync never do the same thing twice unnoticed.
 */
final class BridgePush {

	/** The route that pushes are signed for. */
	private const ROUTE = '/commands';

	/** Seconds to wait for the report. */
	private const PATIENCE = 5;

	/** The same for a nudge, for which a page may have to wait where PHP runs without FPM. */
	private const NUDGE_PATIENCE = 1;

	/**
	 * @param BridgeState       $state     Where the bridge listens.
	 * @param KeyRing           $keys      Its key.
	 * @param SiteIdentity      $site      Who we are.
	 * @param SafeMode          $safe_mode Whether we hold still.
	 * @param CommandClaims     $claims    Leases the command.
	 * @param CommandReports    $reports   Applies its report.
	 * @param CommandRepository $commands  Gives it back.
	 * @param Contact           $contact   Whether the bridge is there anyway.
	 */
	public function __construct(
		private readonly BridgeState $state,
		private readonly KeyRing $keys,
		private readonly SiteIdentity $site,
		private readonly SafeMode $safe_mode,
		private readonly CommandClaims $claims,
		private readonly CommandReports $reports,
		private readonly CommandRepository $commands,
		private readonly Contact $contact,
	) {}

	/**
	 * Has an `open_checkout` or `expire_checkout` command done now. Not inside a transaction.
	 *
	 * @param Command $command Open.
	 * @return array<string,mixed>|null The report (report.schema.json), which is applied; null when the bridge could not
	 *                                  be reached: the command waits for its next sync.
	 */
	public function push( Command $command ): ?array {
		if ( ! $this->can_push() ) {
			return null;
		}
		$leased = $this->claims->claim_one( $command );
		if ( null === $leased ) {
			return null;
		}
		$report = $this->report( $leased );
		if ( null === $report ) {
			$this->give_back( $leased['uuid'], $leased['lease_no'] );
			return null;
		}
		$this->reports->apply( Report::from_array( $report ) );
		return $report;
	}

	/**
	 * Something waits for the bridge: it is told when this request is through, once, so that nobody waits for its next
	 * sync. Reads nothing, so it can be called inside a transaction.
	 */
	public function nudge(): void {
		// After the site's own slice of work, which may leave more to do.
		add_action( 'shutdown', array( $this, 'send_nudge' ), 110 );
	}

	/**
	 * The empty body that makes the bridge sync at once; after the answer was sent, where PHP can do that. What goes wrong is nobody's
	 * business: the bridge comes by itself, and others hear of the request's end after us.
	 */
	public function send_nudge(): void {
		try {
			if ( $this->contact->is_now() || ! $this->can_push() || ! $this->claims->has_due() ) {
				return;
			}
			if ( function_exists( 'fastcgi_finish_request' ) ) {
				fastcgi_finish_request();
			}
			$this->post( '', self::NUDGE_PATIENCE );
		} catch ( \Throwable ) {
			return;
		}
	}

	/** Whether the bridge said that it listens, and may be told. */
	private function can_push(): bool {
		return null !== $this->state->public_url()
			&& true === ( $this->state->hello()['can_push'] ?? false )
			&& ! $this->safe_mode->is_on();
	}

	/**
	 * Posts the command and reads its report.
	 *
	 * @param array<string,mixed> $leased As command.schema.json has it.
	 * @return array<string,mixed>|null
	 */
	private function report( array $leased ): ?array {
		$body    = (string) wp_json_encode(
			array(
				'site'    => $this->site->pair(),
				'command' => $leased,
			)
		);
		$message = json_decode( $this->post( $body, self::PATIENCE ) ?? '', true );
		$report  = is_array( $message ) ? Bodies::check( $message, 'report' ) : null;
		if ( ! is_array( $report ) || $report['command'] !== $leased['uuid'] ) {
			return null;
		}
		return $report;
	}

	/**
	 * One signed POST. Not wp_safe_remote_post(): it refuses 127.0.0.1, and the address comes from a signed hello.
	 *
	 * @param string $body    The body.
	 * @param int    $seconds Patience.
	 * @return string|null The body of a 200.
	 */
	private function post( string $body, int $seconds ): ?string {
		$key = $this->key();
		if ( null === $key ) {
			return null;
		}
		$answer = wp_remote_post(
			$this->state->public_url() . self::ROUTE,
			array(
				'timeout'     => $seconds,
				'redirection' => 0,
				'headers'     => MessageSignature::sign(
					'POST',
					self::ROUTE,
					$body,
					$key['id'],
					$key['secret'],
					time()
				) + array( 'Content-Type' => 'application/json' ),
				'body'        => $body,
			)
		);
		return 200 === wp_remote_retrieve_response_code( $answer ) ? wp_remote_retrieve_body( $answer ) : null;
	}

	/**
	 * The key the bridge said hello with.
	 *
	 * @return array{id:string,secret:string}|null
	 */
	private function key(): ?array {
		$id     = (string) ( $this->state->hello()['key_id'] ?? '' );
		$secret = $this->keys->secret( $id );
		return null === $secret ? null : array(
			'id'     => $id,
			'secret' => $secret,
		);
	}

	/**
	 * Makes the command due at once.
	 *
	 * @param string $uuid     The command.
	 * @param int    $lease_no Our lease.
	 */
	private function give_back( string $uuid, int $lease_no ): void {
		$command = $this->commands->find_uuid( $uuid );
		if ( null !== $command && $command->lease_no === $lease_no ) {
			$this->commands->release( $command, 0 );
		}
	}
}
