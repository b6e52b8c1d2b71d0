<?php
/**
 * Whether the shop is open.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use SellMyImages\Bridge\BridgeState;
use SellMyImages\Bridge\BridgeStatus;
use SellMyImages\Bridge\KeyRing;
use SellMyImages\Bridge\PaymentsPause;
use SellMyImages\Bridge\SafeMode;
use SellMyImages\Bridge\SiteIdentity;
use SellMyImages\Bridge\StripeAccount;
use SellMyImages\Settings\Settings;
use SellMyImages\Upscaling\UpscalerPause;

/**
 * Nothing is sold that could not be paid for, made and delivered now.
 */
final class Shop {

	/** What a page with buttons and a checkout need to know. */
	private const OPTIONS = array(
		Settings::OPTION,
		KeyRing::OPTION,
		BridgeState::OPTION,
		BridgeState::SEEN,
		SafeMode::OPTION,
		SiteIdentity::OPTION,
		UpscalerPause::OPTION,
		PaymentsPause::OPTION,
		StripeAccount::OPTION,
	);

	public function __construct(
		private readonly BridgeStatus $bridge,
		private readonly SafeMode $safe_mode,
		private readonly UpscalerPause $upscaler,
		private readonly PaymentsPause $payments,
		private readonly StripeAccount $account
	) {}

	/**
	 * Why nothing can be bought now; null when the shop is open.
	 *
	 * @return 'not_paired'|'bridge_silent'|'safe_mode'|'other_account'|'payments_paused'|'paused'|null
	 */
	public function closed_because(): ?string {
		self::fetch();
		return match ( true ) {
			! $this->bridge->is_paired() => 'not_paired',
			$this->safe_mode->is_on() => 'safe_mode',
			$this->bridge->is_silent() => 'bridge_silent',
			$this->account->is_in_question() => 'other_account',
			$this->payments->is_selling_paused() => 'payments_paused',
			$this->upscaler->is_selling_paused() => 'paused',
			default => null,
		};
	}

	/**
	 * Whether the shop was ever set up: a bridge has a key, and was heard of.
	 */
	public function is_set_up(): bool {
		self::fetch();
		return $this->bridge->is_paired() && null !== $this->bridge->last_seen();
	}

	/** The options that are not loaded with every request, in one query; all of them, since a checkout follows a look. */
	public static function fetch(): void {
		wp_prime_option_caches( self::OPTIONS );
	}
}
