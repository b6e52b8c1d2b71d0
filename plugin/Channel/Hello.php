<?php
/**
 * The first word of a bridge.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Bridge\BridgeState;
use SellMyImages\Bridge\SafeMode;
use SellMyImages\Bridge\SiteIdentity;
use SellMyImages\Bridge\StripeAccount;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Errors\ActionRefused;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\Support\Durations;

/**
 * Versions, protocol, where the bridge listens, clocks.
 */
final class Hello {

	/** The newest protocol this plugin speaks; it speaks the one before as well. */
	public const PROTOCOL = 1;

	/**
	 * @param BridgeState       $state     What it says.
	 * @param SiteIdentity      $site      Who we are.
	 * @param SafeMode          $safe_mode Whether we hold still.
	 * @param CommandRepository $commands  What a new bridge is asked first.
	 * @param string            $version   The plugin's version.
	 * @param StripeAccount|null $account  With whose money.
	 */
	public function __construct(
		private readonly BridgeState $state,
		private readonly SiteIdentity $site,
		private readonly SafeMode $safe_mode,
		private readonly CommandRepository $commands,
		private readonly string $version,
		private readonly ?StripeAccount $account = null,
	) {}

	/**
	 * Answers a validated hello.
	 *
	 * @param array<string,mixed> $message As hello-request.schema.json has it.
	 * @param string              $key_id  The key that signed it.
	 * @return array<string,mixed> As hello-response.schema.json has it.
	 * @throws ActionRefused When the protocol does not fit.
	 */
	public function answer( array $message, string $key_id ): array {
		$spoken = (int) $message['protocol'];
		$fits   = self::speaks( $spoken );
		$before = $this->state->hello();
		$this->state->keep( $this->kept( $message, $key_id, $fits ? null : $spoken ) );
		if ( ! $fits ) {
			throw self::mismatch( $spoken );
		}
		$this->safe_mode->contact();
		$this->account?->hear( $message['stripe_account'] ?? null, true === $message['livemode'] );
		$this->ask_first( $before, $key_id );
		return array(
			'protocol'  => min( $spoken, self::PROTOCOL ),
			'version'   => $this->version,
			'site'      => $this->site->pair(),
			'home'      => home_url( '/' ),
			'name'      => html_entity_decode( (string) get_bloginfo( 'name' ), ENT_QUOTES ),
			'time'      => gmdate( 'Y-m-d\TH:i:s\Z' ),
			'safe_mode' => $this->safe_mode->is_on(),
			'lease_s'   => Durations::seconds( 'LEASE' ),
			'rest_root' => rest_url(),
		);
	}

	/**
	 * A new bridge, or one with another key, looks through what the provider has, every other one at night; one without a
	 * public address reads events instead of webhooks, one with an address reads them slowly as well.
	 *
	 * @param array<string,mixed> $before The hello before.
	 * @param string              $key_id The key of this one.
	 */
	private function ask_first( array $before, string $key_id ): void {
		if ( ( $before['key_id'] ?? null ) !== $key_id ) {
			$this->commands->hint( CommandKind::Reconcile, 'objects', null );
		}
		$this->commands->schedule( CommandKind::Reconcile, 'objects', null, Durations::seconds( 'RECONCILE_OBJECTS' ) );
		$this->commands->schedule(
			CommandKind::Reconcile,
			'events',
			null,
			null === $this->state->public_url() ? 0 : Durations::seconds( 'RECONCILE_EVENTS' )
		);
	}

	/**
	 * What is kept of a hello.
	 *
	 * @param array<string,mixed> $message  The hello.
	 * @param string              $key_id   The key that signed it.
	 * @param int|null            $mismatch The protocol that does not fit.
	 * @return array<string,mixed>
	 */
	private function kept( array $message, string $key_id, ?int $mismatch ): array {
		return array(
			'version'        => (string) $message['version'],
			'protocol'       => (int) $message['protocol'],
			'public_url'     => isset( $message['public_url'] )
				? esc_url_raw( (string) $message['public_url'], array( 'http', 'https' ) )
				: null,
			'can_push'       => (bool) ( $message['can_push'] ?? false ),
			'livemode'       => isset( $message['livemode'] ) ? (bool) $message['livemode'] : null,
			'stripe_account' => $message['stripe_account'] ?? null,
			'skew'           => (int) strtotime( (string) $message['time'] ) - time(),
			'key_id'         => $key_id,
			'hello_at'       => time(),
			'mismatch'       => $mismatch,
		);
	}

	/**
	 * Whether both sides can talk: each speaks its own protocol and the one before.
	 *
	 * @param int $spoken The bridge's protocol.
	 */
	public static function speaks( int $spoken ): bool {
		return abs( $spoken - self::PROTOCOL ) <= 1 && $spoken > 0;
	}

	/**
	 * The 426.
	 *
	 * @param int $spoken The bridge's protocol.
	 */
	public static function mismatch( int $spoken ): ActionRefused {
		$message = $spoken > self::PROTOCOL
			? __( 'The bridge is newer than the plugin can talk to. Nothing is lost. Update the plugin Sell My Images.', 'sell-my-images' )
			: __( 'The bridge is older than the plugin can talk to. Nothing is lost. Update the bridge.', 'sell-my-images' );
		return new ActionRefused(
			ErrorCode::CHANNEL_PROTOCOL_MISMATCH,
			$message,
			426,
			array(
				'newest' => self::PROTOCOL,
				'oldest' => max( 1, self::PROTOCOL - 1 ),
				'yours'  => $spoken,
			)
		);
	}
}
