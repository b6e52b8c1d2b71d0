<?php
/**
 * Notices in words.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Bridge\PaymentsPause;

/**
 * Each problem of the connection with its remedy.
 */
final class ConnectionProblems {

	/**
	 * @param ChannelNotices $notices What there is.
	 */
	public function __construct( private readonly ChannelNotices $notices ) {}

	/**
	 * Every problem.
	 *
	 * @return list<array{code:string,message:string,remedy:string}>
	 */
	public function all(): array {
		return array_map(
			fn( array $notice ): array => array( 'code' => $notice['code'] ) + $this->words( $notice['code'], $notice['data'] ),
			$this->notices->all()
		);
	}

	/**
	 * Message and remedy.
	 *
	 * @param string              $code The notice.
	 * @param array<string,mixed> $data Its data.
	 * @return array{message:string,remedy:string}
	 */
	private function words( string $code, array $data ): array {
		$words = array(
			'not_paired'        => array(
				__( 'No bridge is connected, so nothing can be sold yet.', 'sell-my-images' ),
				__( 'Make a connection string here and give it to the bridge as SMI_SITE.', 'sell-my-images' ),
			),
			'safe_mode'         => array(
				$this->safe_mode_words( (string) ( $data['reason'] ?? '' ) ),
				__(
					'Say below whether this is your shop at a new address, or a copy of it. Until then nothing is charged, made, refunded or mailed from here.',
					'sell-my-images'
				),
			),
			'protocol_mismatch' => array(
				__( 'The bridge and the plugin do not understand each other: their versions are too far apart.', 'sell-my-images' ),
				__( 'Update the older of the two. Orders and payments wait meanwhile; none is lost.', 'sell-my-images' ),
			),
			'bridge_silent'     => array(
				__(
					'The bridge has not been heard of for more than five minutes. Selling pauses; what was paid is safe and will be made when it is back.',
					'sell-my-images'
				),
				__( 'Look whether the bridge is running, and let “smi-bridge check” test its way to this site.', 'sell-my-images' ),
			),
			'clock_skew'        => array(
				sprintf(
					/* translators: %d: seconds. */
					__(
						'The clocks of the bridge and of this site differ by %d seconds. From 300 on they refuse each other.',
						'sell-my-images'
					),
					abs( (int) ( $data['seconds'] ?? 0 ) )
				),
				__( 'Switch time synchronisation (NTP) on for the machine whose clock is wrong.', 'sell-my-images' ),
			),
		) + $this->provider_words( $data );
		return array(
			'message' => $words[ $code ][0] ?? $code,
			'remedy'  => $words[ $code ][1] ?? '',
		);
	}

	/**
	 * What is wrong between the bridge and the providers.
	 *
	 * @param array<string,mixed> $data The notice's data.
	 * @return array<string,array{string,string}>
	 */
	private function provider_words( array $data ): array {
		$said = (string) ( $data['message'] ?? '' );
		return array(
			'payments_blocked' => array(
				/* translators: %s: Stripe's own words. */
				sprintf( __( 'Stripe refuses the key of the bridge, so selling pauses: %s', 'sell-my-images' ), $said ),
				PaymentsPause::remedy( isset( $data['right'] ) ? (string) $data['right'] : null ),
			),
			'stripe_account_changed' => array(
				sprintf(
					/* translators: 1, 2: numbers of accounts at Stripe, such as acct_123. */
					__( 'The bridge’s key belongs to the Stripe account %2$s; so far this shop sold with %1$s.', 'sell-my-images' ),
					(string) ( $data['from'] ?? '' ),
					(string) ( $data['to'] ?? '' )
				),
				__(
					'Say under Settings → Connection which is right. Until then nothing is sold, refunded or looked up at Stripe; nothing was lost.',
					'sell-my-images'
				),
			),
			'stripe_silent'    => array(
				__( 'The bridge cannot reach Stripe, so payment pages do not open and payments are not seen.', 'sell-my-images' ),
				__(
					'Look at status.stripe.com, and whether the bridge’s machine may call api.stripe.com. Nothing is lost: it tries again by itself.',
					'sell-my-images'
				),
			),
			'webhooks_refused' => array(
				__(
					'Stripe’s webhooks come with a signature that the secret of this bridge does not fit, so payments are seen minutes later.',
					'sell-my-images'
				),
				__(
					'Copy the signing secret of the endpoint from Stripe (Developers → Webhooks) into STRIPE_WEBHOOK_SECRET, or let “smi-bridge webhook” make a new one, and start the bridge again.',
					'sell-my-images'
				),
			),
			'fee_unknown'      => array(
				__( 'Stripe’s fee is unknown, so “Kept” and margins stand without it.', 'sell-my-images' ),
				sprintf(
					/* translators: %s: a right, “Balance: read”. */
					__( 'Give the bridge’s key the right “%s” in Stripe, under Developers → API keys.', 'sell-my-images' ),
					(string) ( $data['right_words'] ?? '' )
				),
			),
		);
	}

	/**
	 * Why the site holds still.
	 *
	 * @param string $reason SafeMode::reason().
	 */
	private function safe_mode_words( string $reason ): string {
		return 'environment' === $reason
			? __(
				'This is not a production site, but its bridge has live keys. It holds still, so that a copy cannot touch real orders.',
				'sell-my-images'
			)
			: __(
				'This site has another address than the one it sold under. It holds still, in case it is a copy of your shop.',
				'sell-my-images'
			);
	}
}
