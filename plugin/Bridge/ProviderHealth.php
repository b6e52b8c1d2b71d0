<?php
/**
 * What the bridge found out about the providers.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Bridge;

use SellMyImages\Database\StoredOptions;
use SellMyImages\Support\Redaction;

/**
 * As its last sync told it (`providers` of sync-request.schema.json), the providers' words cleaned. Written when it changed.
 */
final class ProviderHealth {

	public const OPTION = 'smi_provider_health';

	/** Seconds after which a provider that does not answer is worth a word. */
	private const UNREACHABLE = 300;

	public function __construct( private readonly StoredOptions $options ) {}

	/** @param array<string,mixed> $told As the contract has it. */
	public function keep( array $told ): void {
		$clean = Redaction::message( $told );
		if ( $clean !== $this->told() ) {
			$this->options->put( self::OPTION, $clean );
		}
	}

	/** @return array<string,mixed> */
	public function told(): array {
		$told = $this->options->get( self::OPTION );

		return is_array( $told ) ? $told : array();
	}

	/**
	 * Webhooks of Stripe's own with a signature that does not fit.
	 *
	 * @return array{refused:int,last_at:string,message:string}|null
	 */
	public function refused_webhooks(): ?array {
		$webhook = $this->told()['webhook'] ?? null;

		return is_array( $webhook ) && isset( $webhook['refused'], $webhook['last_at'] )
			? array(
				'refused' => (int) $webhook['refused'],
				'last_at' => (string) $webhook['last_at'],
				'message' => (string) ( $webhook['message'] ?? '' ),
			)
			: null;
	}

	/** Whether the key lacks a right that selling does not need. */
	public function lacks( string $right ): bool {
		return in_array( $right, (array) ( $this->told()['stripe']['lacking'] ?? array() ), true );
	}

	/**
	 * Since when a provider has not answered, where that is long.
	 *
	 * @param 'stripe'|'upsampler' $provider Which.
	 * @return string|null ISO-8601, by the bridge's clock.
	 */
	public function unreachable_since( string $provider ): ?string {
		$state = $this->told()[ $provider ] ?? array();
		if ( ! is_array( $state ) || 'unreachable' !== ( $state['state'] ?? '' ) ) {
			return null;
		}
		$since = (string) ( $state['since'] ?? '' );

		return (int) strtotime( $since ) < time() - self::UNREACHABLE ? $since : null;
	}
}
