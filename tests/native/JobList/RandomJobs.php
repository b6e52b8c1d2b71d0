<?php
/**
 * Jobs by chance, the same ones every time.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\JobList;

use SellMyImages\Jobs\Attention;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\PaymentStatus;
use SellMyImages\Plugin;

/**
 * Many equal values, nulls and equal times: that is where orders differ.
 */
trait RandomJobs {

	/** @return list<Job> */
	private function random_jobs( int $count, int $seed = 7 ): array {
		mt_srand( $seed );
		$plugin = Plugin::instance();
		return $plugin->transaction()->run(
			fn(): array => array_map( fn(): Job => $plugin->jobs()->insert( $this->random_values() ), range( 1, $count ) )
		);
	}

	/** @return array<string,mixed> */
	private function random_values(): array {
		$created = gmdate( 'Y-m-d H:i:s', 1767225600 + 3600 * 6 * mt_rand( 0, 400 ) );
		$payment = PaymentStatus::cases()[ mt_rand( 0, 4 ) ];
		$time    = static fn(): ?string => 0 === mt_rand( 0, 2 ) ? null : gmdate( 'Y-m-d H:i:s', (int) strtotime( "$created UTC" ) + 60 * mt_rand( 0, 200 ) );
		return array(
			'status'         => JobStatus::cases()[ mt_rand( 0, 5 ) ],
			'payment_status' => $payment,
			'attention'      => 0 === mt_rand( 0, 3 ) ? Attention::cases()[ mt_rand( 0, 9 ) ] : null,
			'resolution'     => array( '4x', '8x' )[ mt_rand( 0, 1 ) ],
			'email'          => array( 'ann@example.org', 'Bob@Example.org', 'carl@shop.test', '', 'anna@shop.test' )[ mt_rand( 0, 4 ) ],
			'post_id'        => mt_rand( 0, 4 ),
			'attachment_id'  => 0 === mt_rand( 0, 3 ) ? null : mt_rand( 10, 14 ),
			'currency'       => array( 'USD', 'EUR', 'JPY' )[ mt_rand( 0, 2 ) ],
			'livemode'       => mt_rand( 0, 1 ),
			'amount_charged' => array( '4.00', '9.00', '12.00', null )[ mt_rand( 0, 3 ) ],
			'amount_cost'    => array( '0.04', '0.16', null )[ mt_rand( 0, 2 ) ],
			'refund_amount'  => 0 === mt_rand( 0, 3 ) ? '1.00' : null,
			'dispute_status' => array( null, null, null, 'lost', 'won', 'needs_response' )[ mt_rand( 0, 5 ) ],
			'dispute_amount' => array( '4.00', '9.00', null )[ mt_rand( 0, 2 ) ],
			'stripe_fee'     => 0 === mt_rand( 0, 1 ) ? '0.40' : null,
			'created_at'     => $created,
			'updated_at'     => $time() ?? $created,
			'paid_at'        => $time(),
			'completed_at'   => $time(),
		);
	}
}
