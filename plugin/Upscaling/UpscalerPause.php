<?php
/**
 * The upscaler's account is in trouble: wait, do not fail.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upscaling;

use SellMyImages\Settings\Settings;
use SellMyImages\Support\Durations;
use SellMyImages\Support\Locales;
use SellMyImages\Support\Times;

/**
 * Pauses queue and selling; one probe each five minutes lifts it. The probe is a job that waits; when none does, the next sale is.
 */
final class UpscalerPause {

	private const OPTION = 'smi_upscaler_pause';

	public function __construct( private readonly Settings $settings ) {
	}

	public function is_on(): bool {
		return null !== $this->state();
	}

	/**
	 * Not once a probe has been due for so long that every job which waits has looked: there is none that may be the probe, and the shop would
	 * stay closed for ever.
	 */
	public function is_selling_paused(): bool {
		$state = $this->state();

		return null !== $state && Times::add( $state['next_probe'], Durations::seconds( 'UPSCALER_PROBE' ) ) > Times::now();
	}

	/** @return array{since:string,code:string,message:string,next_probe:string}|null */
	public function state(): ?array {
		$state = get_option( self::OPTION, null );

		return is_array( $state ) && isset( $state['since'], $state['code'], $state['message'], $state['next_probe'] ) ? $state : null;
	}

	/**
	 * Raised once; later refusals only move the next probe.
	 *
	 * @param int $retry_after Seconds the upscaler asked for; 0 when it did not say.
	 * @return bool Whether this call raised it.
	 */
	public function raise( string $code, string $message, int $retry_after = 0 ): bool {
		$before = $this->state();
		$wait   = max( $retry_after, Durations::seconds( 'UPSCALER_PROBE' ) );
		update_option(
			self::OPTION,
			array(
				'since'      => $before['since'] ?? Times::now(),
				'code'       => $code,
				'message'    => $message,
				'next_probe' => Times::add( Times::now(), $wait ),
			),
			false
		);

		return null === $before;
	}

	public function lift(): void {
		if ( $this->is_on() ) {
			delete_option( self::OPTION );
		}
	}

	/** Lets one command through as a probe when it is time. */
	public function take_probe(): bool {
		$state = $this->state();
		if ( null === $state || $state['next_probe'] > Times::now() ) {
			return false;
		}
		$state['next_probe'] = Times::add( Times::now(), Durations::seconds( 'UPSCALER_PROBE' ) );
		update_option( self::OPTION, $state, false );

		return true;
	}

	/** Whether an attempt that waits since then has waited too long. */
	public function has_waited_too_long( string $since ): bool {
		return $since < Times::add( Times::now(), -3600 * $this->settings->upscaler_block_hours() );
	}

	/** Tells the owner, once, in the site's language: whose request it is told in is chance. */
	public function mail_owner(): void {
		$state = $this->state();
		if ( null !== $state ) {
			Locales::during( '', fn() => $this->mail( $state['message'] ) );
		}
	}

	/** @param string $said The upscaler's own words. */
	private function mail( string $said ): void {
		wp_mail(
			(string) get_option( 'admin_email' ),
			/* translators: %s: site name. */
			sprintf( __( '[%s] The upscaler refused: sales are paused', 'sell-my-images' ), wp_specialchars_decode( (string) get_option( 'blogname' ), ENT_QUOTES ) ),
			/* translators: %s: the upscaler's own words. */
			sprintf( __( "Upsampler refused an image: %s\n\nNew sales are paused and the paid jobs wait. Nothing was lost and nothing was refunded. Look at your Upsampler account (key and credits); the queue goes on by itself within five minutes of it working again.", 'sell-my-images' ), $said )
		);
	}
}
