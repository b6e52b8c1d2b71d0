<?php
/**
 * Site Health: do the providers take the bridge's keys?
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Admin;

use SellMyImages\Channel\ConnectionProblems;
use SellMyImages\Upscaling\UpscalerPause;

/**
 * Two tests. What is wrong with Stripe is said in the words of the settings screen.
 */
final class ProvidersHealth {

	/** Notices about Stripe => how bad each is. */
	private const STRIPE = array(
		'stripe_account_changed' => 'critical',
		'payments_blocked'       => 'critical',
		'stripe_silent'          => 'critical',
		'webhooks_refused'       => 'recommended',
		'fee_unknown'            => 'recommended',
	);

	public function __construct( private readonly ConnectionProblems $problems, private readonly UpscalerPause $upscaler ) {}

	/** @return array<string,array{0:string,1:callable}> Name => label and test. */
	public function tests(): array {
		return array(
			'smi_stripe'   => array( __( 'Sell My Images: Stripe', 'sell-my-images' ), array( $this, 'stripe' ) ),
			'smi_upscaler' => array( __( 'Sell My Images: upscaler', 'sell-my-images' ), array( $this, 'upscaler' ) ),
		);
	}

	/** @return array<string,mixed> */
	public function stripe(): array {
		$found = array_intersect_key( array_column( $this->problems->all(), null, 'code' ), self::STRIPE );
		if ( array() === $found ) {
			return HealthResult::make(
				'smi_stripe',
				'good',
				__( 'Nothing is known to be wrong between Sell My Images and Stripe', 'sell-my-images' ),
				__( 'No key, right or webhook was refused.', 'sell-my-images' )
			);
		}
		$states = array_intersect_key( self::STRIPE, $found );
		$state  = in_array( 'critical', $states, true ) ? 'critical' : 'recommended';
		$labels = array(
			'critical'    => __( 'Sell My Images cannot sell: Stripe needs you', 'sell-my-images' ),
			'recommended' => __( 'Sell My Images sells, but something at Stripe should be put right', 'sell-my-images' ),
		);
		$words  = array_map( static fn( array $one ): string => $one['message'] . ' ' . $one['remedy'], $found );

		return HealthResult::make( 'smi_stripe', $state, $labels[ $state ], implode( ' ', $words ), true );
	}

	/** @return array<string,mixed> */
	public function upscaler(): array {
		$state = $this->upscaler->state();
		if ( null === $state ) {
			return HealthResult::make(
				'smi_upscaler',
				'good',
				__( 'The upscaler takes the work of Sell My Images', 'sell-my-images' ),
				__( 'It refused neither key nor credits.', 'sell-my-images' )
			);
		}

		return HealthResult::make(
			'smi_upscaler',
			'critical',
			__( 'Sell My Images cannot sell: the upscaler refuses', 'sell-my-images' ),
			sprintf(
				/* translators: %s: the upscaler's own words. */
				__(
					'In its own words: %s New sales are paused and paid jobs wait; nothing was lost. Look at the credits and the key of your Upsampler account.',
					'sell-my-images'
				),
				$state['message']
			)
		);
	}
}
