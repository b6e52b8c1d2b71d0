<?php
/**
 * The upscaler's account is in trouble: wait, do not fail.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upscaling;

use SellMyImages\Database\StoredOptions;
use SellMyImages\Settings\Settings;
use SellMyImages\Support\Durations;
use SellMyImages\Support\Locales;
use SellMyImages\Support\SiteName;
use SellMyImages\Support\Times;

/**
 * Pauses queue and selling; one probe each five minutes lifts it. The probe is a job that waits; when none does, the next sale is.
 */
final class UpscalerPause {

	public const OPTION = 'smi_upscaler_pause';

	/** The code of a pause because no connection opens; all others are what the upscaler said. */
	public const UNREACHABLE = 'unreachable';

	public function __construct( private readonly Settings $settings, private readonly StoredOptions $options ) {
	}

	public function is_on(): bool {
		return null !== $this->state();
	}

	/**
	 * Not once a probe has been due for so long that every job which waits has looked: there is none that may be the probe, and the shop
	 * would stay closed for ever.
	 */
	public function is_selling_paused(): bool {
		$state = $this->state();

		return null !== $state && Times::add( $state['next_probe'], Durations::seconds( 'UPSCALER_PROBE' ) ) > Times::now();
	}

	/** @return array{since:string,code:string,message:string,next_probe:string}|null */
	public function state(): ?array {
		return self::known( $this->options->get( self::OPTION ) );
	}

	/**
	 * Raised once; later refusals only move the next probe.
	 *
	 * @param int $retry_after Seconds the upscaler asked for; 0 when it did not say.
	 * @return bool Whether this call raised it.
	 */
	public function raise( string $code, string $message, int $retry_after = 0 ): bool {
		$wait  = max( $retry_after, Durations::seconds( 'UPSCALER_PROBE' ) );
		$since = null;
		$this->options->change(
			self::OPTION,
			static function ( mixed $stored ) use ( $code, $message, $wait, &$since ): array {
				$since = self::known( $stored )['since'] ?? null;

				return array(
					'since' => $since ?? Times::now(),
					'code' => $code,
					'message' => $message,
					'next_probe' => Times::add( Times::now(), $wait ),
				);
			}
		);

		return null === $since;
	}

	/** Whether it is on, and was raised after something was handed out: what goes out later is a probe. */
	public function is_raised_since( string $utc ): bool {
		$state = self::known( $this->options->read( self::OPTION ) );

		return null !== $state && $state['since'] >= $utc;
	}

	/** It can be reached again: what was raised only because of that is over. */
	public function lift_if_unreachable(): void {
		if ( self::UNREACHABLE === ( self::known( $this->options->read( self::OPTION ) )['code'] ?? '' ) ) {
			$this->lift();
		}
	}

	public function lift(): void {
		if ( null !== $this->options->read( self::OPTION ) ) {
			$this->options->change( self::OPTION, static fn() => null );
		}
	}

	/** Whether a command may go out: there is no pause, or it is time for a probe and nobody else took that turn. */
	public function lets_through(): bool {
		return null === self::known( $this->options->read( self::OPTION ) ) || $this->take_probe();
	}

	/** Lets one command through as a probe when it is time. */
	private function take_probe(): bool {
		$is_taken = false;
		$this->options->change(
			self::OPTION,
			static function ( mixed $stored ) use ( &$is_taken ): mixed {
				$state    = self::known( $stored );
				$is_taken = null === $state || $state['next_probe'] <= Times::now();
				$next     = array( 'next_probe' => Times::add( Times::now(), Durations::seconds( 'UPSCALER_PROBE' ) ) );

				return null !== $state && $is_taken ? array_replace( $state, $next ) : $stored;
			}
		);

		return $is_taken;
	}

	/** @return array{since:string,code:string,message:string,next_probe:string}|null */
	private static function known( mixed $stored ): ?array {
		return is_array( $stored ) && isset( $stored['since'], $stored['code'], $stored['message'], $stored['next_probe'] )
			? $stored
			: null;
	}

	/** Whether an attempt that waits since then has waited too long. */
	public function has_waited_too_long( string $since ): bool {
		return $since < Times::add( Times::now(), -3600 * $this->settings->upscaler_block_hours() );
	}

	/** Tells the owner, once, in the site's language: whose request it is told in is chance. */
	public function mail_owner(): void {
		$state = $this->state();
		$owner = get_option( 'admin_email' );
		if ( null !== $state && is_string( $owner ) ) {
			Locales::during( '', fn() => $this->mail( $owner, $state['code'], $state['message'] ) );
		}
	}

	/** @param string $said The upscaler's own words, or why no connection opened. */
	private function mail( string $owner, string $code, string $said ): void {
		$name = SiteName::get();
		if ( self::UNREACHABLE === $code ) {
			wp_mail(
				$owner,
				/* translators: %s: site name. */
				sprintf( __( '[%s] The upscaler cannot be reached: sales are paused', 'sell-my-images' ), $name ),
				sprintf(
					/* translators: %s: a technical sentence about a connection that failed. */
					__(
						"For a quarter of an hour no connection to Upsampler could be made: %s\n\nNew sales are paused and the paid jobs wait. Nothing was lost and nothing was refunded. If Upsampler is up, look at the network of the machine that the bridge runs on; the queue goes on by itself within five minutes of it working again.",
						'sell-my-images'
					),
					$said
				)
			);
			return;
		}
		wp_mail(
			$owner,
			/* translators: %s: site name. */
			sprintf( __( '[%s] The upscaler refused: sales are paused', 'sell-my-images' ), $name ),
			sprintf(
				/* translators: %s: the upscaler's own words. */
				__(
					"Upsampler refused an image: %s\n\nNew sales are paused and the paid jobs wait. Nothing was lost and nothing was refunded. Look at your Upsampler account (key and credits); the queue goes on by itself within five minutes of it working again.",
					'sell-my-images'
				),
				$said
			)
		);
	}
}
