<?php
/**
 * What code on the site may change of a Checkout Session.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Hooks\Listeners;
use SellMyImages\Rest\Contract;

/**
 * The parameters of checkout-session-options.schema.json, and nothing else: what is charged and when, where the buyer comes back to and by
 * what we know the payment again are the shop's. A callback that changes more, or gives a value that is none, is passed over as a whole.
 */
final class SessionRules {

	private const CONTRACT = 'checkout-session-options';

	/** Our own names in metadata. */
	private const OURS = 'smi_';

	/** What of an order a callback is told. */
	private const TOLD = array( 'attachment_id', 'post_id', 'resolution', 'price_minor', 'currency', 'locale' );

	/** Those of the contract that do not stand at the top of a session. */
	private const NESTED = array( 'metadata', 'payment_intent_data', 'product_data' );

	/**
	 * Not inside a transaction. What comes out is stored with the command, and sent however often without asking again.
	 *
	 * @param array<string,mixed> $session Parameters for Stripe, without the buyer's address and key.
	 * @param string              $job_id  Of the job that is about to be made.
	 * @param array<string,mixed> $order   See Checkouts::open().
	 * @return array<string,mixed> The same, with what was said of it.
	 */
	public static function filtered( array $session, string $job_id, array $order ): array {
		$order = array_intersect_key( $order, array_flip( self::TOLD ) );

		/**
		 * Filters the parameters of the Checkout Session that Stripe makes of an order. Those of checkout-session-options.schema.json may
		 * be set, changed and taken away; a callback that changes others is passed over. The values are stored: put nobody's data in.
		 *
		 * @since 0.2.0
		 *
		 * @param array  $session As for Stripe's `checkout.sessions.create`.
		 * @param string $job_id  The job that is being made; it is not there yet.
		 * @param array  $order   { attachment_id, post_id, resolution, price_minor, currency, locale }.
		 */
		return Listeners::filter_by_rule(
			'smi_checkout_session',
			$session,
			static fn( mixed $given ): array => self::read( $given, $session ),
			$job_id,
			$order
		);
	}

	/**
	 * @param mixed               $given   By a callback.
	 * @param array<string,mixed> $session As it was made.
	 * @return array<string,mixed>
	 * @throws \UnexpectedValueException Where more was changed than may be.
	 */
	private static function read( mixed $given, array $session ): array {
		if ( ! is_array( $given ) ) {
			throw new \UnexpectedValueException( 'It returned ' . get_debug_type( $given ) . ', not the parameters of a session.' );
		}
		$locked  = self::without_options( $session );
		$changed = self::difference( $locked, self::without_options( $given ) );
		if ( null !== $changed ) {
			throw new \UnexpectedValueException( "It changed $changed, which is not open to a filter." );
		}
		$options = self::options( $given );
		$schema  = Contract::load( self::CONTRACT );
		$valid   = rest_validate_value_from_schema( $options, $schema, 'session' );
		if ( is_wp_error( $valid ) ) {
			throw new \UnexpectedValueException( $valid->get_error_message() );
		}

		return self::put_in( $locked, self::table( rest_sanitize_value_from_schema( $options, $schema, 'session' ) ) );
	}

	/**
	 * @param array<mixed> $session Parameters for Stripe.
	 * @return array<string,mixed> Of checkout-session-options.schema.json.
	 */
	private static function options( array $session ): array {
		$options = array_intersect_key( $session, self::top() );
		$intent  = self::table( $session['payment_intent_data'] ?? null );
		$price   = self::price( $session );
		$more    = array(
			'metadata'            => self::foreign( $session['metadata'] ?? array() ),
			'payment_intent_data' => array( 'metadata' => self::foreign( $intent['metadata'] ?? array() ) )
				+ array_diff_key( $intent, array( 'capture_method' => 1 ) ),
			'product_data'        => $price['product_data'] ?? array(),
		);
		$more['payment_intent_data'] = array_filter( $more['payment_intent_data'], static fn( mixed $one ): bool => array() !== $one );

		return array_filter( $options + $more, static fn( mixed $one ): bool => array() !== $one && null !== $one );
	}

	/**
	 * @param array<mixed> $session Parameters for Stripe.
	 * @return array<mixed> What no filter may change.
	 */
	private static function without_options( array $session ): array {
		$session = array_diff_key( $session, self::top() );
		$price   = self::price( $session );
		if ( null !== $price ) {
			$session = self::with_price( $session, array_diff_key( $price, array( 'product_data' => 1 ) ) );
		}
		$intent = $session['payment_intent_data'] ?? null;
		if ( ! is_array( $session['metadata'] ?? null ) || ! is_array( $intent ) ) {
			return $session;
		}
		$intent                         = array_intersect_key( $intent, array( 'capture_method' => 1, 'metadata' => 1 ) );
		$intent['metadata']             = self::own( $intent['metadata'] ?? null );
		$session['metadata']            = self::own( $session['metadata'] );
		$session['payment_intent_data'] = $intent;

		return $session;
	}

	/**
	 * @param array<mixed>        $session Parameters for Stripe, without options.
	 * @param array<string,mixed> $options Of checkout-session-options.schema.json.
	 * @return array<string,mixed>
	 */
	private static function put_in( array $session, array $options ): array {
		$intent = self::table( $session['payment_intent_data'] ?? null );
		$more   = self::table( $options['payment_intent_data'] ?? null );

		$intent['metadata']             = self::table( $intent['metadata'] ?? null ) + self::table( $more['metadata'] ?? null );
		$session['metadata']            = self::table( $session['metadata'] ?? null ) + self::table( $options['metadata'] ?? null );
		$session['payment_intent_data'] = $intent + $more;

		$session = self::with_price(
			$session,
			array( 'product_data' => $options['product_data'] ?? array() ) + (array) self::price( $session )
		);

		return self::table( $session + array_diff_key( $options, array_flip( self::NESTED ) ) );
	}

	/**
	 * @param array<mixed> $session Parameters for Stripe.
	 * @return array<mixed>|null What the one thing sold costs and is called; null where a callback left no such thing.
	 */
	private static function price( array $session ): ?array {
		$first = self::table( $session['line_items'] ?? null )[0] ?? null;
		$price = is_array( $first ) ? $first['price_data'] ?? null : null;

		return is_array( $price ) ? $price : null;
	}

	/**
	 * @param array<mixed> $session Parameters for Stripe.
	 * @param array<mixed> $price   Instead of price().
	 * @return array<mixed>
	 */
	private static function with_price( array $session, array $price ): array {
		$items    = self::table( $session['line_items'] ?? null );
		$items[0] = array( 'price_data' => $price ) + self::table( $items[0] ?? null );

		return array( 'line_items' => $items ) + $session;
	}

	/** @return array<mixed> None where it is no table. */
	private static function table( mixed $value ): array {
		return is_array( $value ) ? $value : array();
	}

	/** @return array<array-key,int> Names of options that stand at the top of a session. */
	private static function top(): array {
		return array_fill_keys(
			array_diff( array_keys( self::table( Contract::load( self::CONTRACT )['properties'] ) ), self::NESTED ),
			1
		);
	}

	private static function own( mixed $metadata ): mixed {
		$is_own = static fn( int|string $name ): bool => str_starts_with( (string) $name, self::OURS );

		return is_array( $metadata ) ? array_filter( $metadata, $is_own, ARRAY_FILTER_USE_KEY ) : $metadata;
	}

	private static function foreign( mixed $metadata ): mixed {
		return is_array( $metadata ) ? array_diff_key( $metadata, (array) self::own( $metadata ) ) : $metadata;
	}

	/**
	 * @param array<mixed> $wanted As it must be.
	 * @param array<mixed> $given  As it is; the order of names does not count.
	 * @return string|null Where the first difference is, such as `line_items[0][quantity]`; null: nowhere.
	 */
	private static function difference( array $wanted, array $given, string $path = '' ): ?string {
		foreach ( array_keys( $wanted + $given ) as $name ) {
			$here  = '' === $path ? (string) $name : "{$path}[$name]";
			$mine  = $wanted[ $name ] ?? null;
			$yours = $given[ $name ] ?? null;
			$found = is_array( $mine ) && is_array( $yours )
				? self::difference( $mine, $yours, $here )
				: ( $mine === $yours ? null : $here );
			if ( null !== $found ) {
				return $found;
			}
		}

		return null;
	}
}
