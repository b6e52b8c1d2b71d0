<?php
/**
 * The rights of a restricted key, in words.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Bridge;

/**
 * As Stripe's dashboard names them, so that the owner finds the line there.
 */
final class StripeRights {

	/** Without this one nothing is known of what Stripe keeps of a sale. */
	public const BALANCE = 'rak_balance_read';

	private const NAMES = array(
		'checkout_session'  => 'Checkout Sessions',
		'payment_intent'    => 'PaymentIntents',
		'charge'            => 'Charges and Refunds',
		'refund'            => 'Refunds',
		'dispute'           => 'Disputes',
		'event'             => 'Events',
		'balance'           => 'Balance',
		'connected_account' => 'Accounts',
		'webhook'           => 'Webhook Endpoints',
	);

	/**
	 * The right that Stripe's sentence asks for, `rak_…`; null when it names none.
	 *
	 * @param string $sentence Stripe's own words, such as “Having the 'rak_charge_read' permission would allow …”.
	 */
	public static function named_in( string $sentence ): ?string {
		$is_named = 1 === preg_match( '/[\'"(]\s*(?:rak_)?([a-z]+(?:_[a-z]+)*_(?:read|write))\b/', $sentence, $found );

		return $is_named && strlen( $found[1] ) <= 80 ? 'rak_' . $found[1] : null;
	}

	/**
	 * @param string $right Such as `rak_balance_read`.
	 * @return string Such as “Balance: read”.
	 */
	public static function words( string $right ): string {
		if ( 1 !== preg_match( '/^rak_(.+)_(read|write)$/', $right, $found ) ) {
			return $right;
		}
		$name = self::NAMES[ $found[1] ] ?? ucwords( str_replace( '_', ' ', $found[1] ) );

		return 'write' === $found[2]
			/* translators: %s: a kind of objects in Stripe's dashboard, such as Refunds. */
			? sprintf( __( '%s: write', 'sell-my-images' ), $name )
			/* translators: %s: a kind of objects in Stripe's dashboard, such as Balance. */
			: sprintf( __( '%s: read', 'sell-my-images' ), $name );
	}
}
