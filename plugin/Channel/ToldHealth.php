<?php
/**
 * The bridge says whether the providers take its keys.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Bridge\PaymentsPause;
use SellMyImages\Bridge\ProviderHealth;
use SellMyImages\Support\Redaction;
use SellMyImages\Upscaling\UpscalerPause;

/**
 * Raises and lifts the pauses of both by what a sync tells, so that a key that is wrong from the start is seen before anybody buys.
 */
final class ToldHealth {

	/** Of a pause of the upscaler that was raised here: one for want of credits only a submit can lift. */
	private const KEY = 'key_refused';

	public function __construct(
		private readonly ProviderHealth $health,
		private readonly PaymentsPause $payments,
		private readonly UpscalerPause $upscaler
	) {}

	/** @param array<string,mixed> $providers Of sync-request.schema.json; empty: the bridge did not look yet, or is an older one. */
	public function take( array $providers ): void {
		if ( array() === $providers ) {
			return;
		}
		$this->health->keep( $providers );
		$this->take_stripe( (array) ( $providers['stripe'] ?? array() ) );
		$this->take_upsampler( (array) ( $providers['upsampler'] ?? array() ) );
	}

	/** @param array<mixed> $told Of one provider. */
	private function take_stripe( array $told ): void {
		$state = $told['state'] ?? '';
		if ( 'ok' === $state ) {
			$this->payments->lift();
		} elseif ( 'refused' === $state ) {
			$this->payments->raise( (string) ( $told['code'] ?? '' ), self::words( $told ), $told['right'] ?? null );
		}
	}

	/** @param array<mixed> $told Of one provider. */
	private function take_upsampler( array $told ): void {
		$state  = $told['state'] ?? '';
		$before = $this->upscaler->state();
		if ( 'ok' === $state && self::KEY === ( $before['code'] ?? '' ) ) {
			$this->upscaler->lift();
		} elseif ( 'refused' === $state && ! $this->is_raised( $before ) && $this->upscaler->raise( self::KEY, self::words( $told ) ) ) {
			$this->upscaler->mail_owner();
		}
	}

	/** @param array{since:string,code:string,message:string,next_probe:string}|null $pause As it is. */
	private function is_raised( ?array $pause ): bool {
		return self::KEY === ( $pause['code'] ?? '' ) && $this->upscaler->is_selling_paused();
	}

	/** @param array<mixed> $told Of one provider. */
	private static function words( array $told ): string {
		return Redaction::text( (string) ( $told['message'] ?? '' ) );
	}
}
