<?php
/**
 * What happens to the sandbox's two hundred jobs.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Sandbox;

use SellMyImages\Upscaling\Attempt;

/**
 * Every state that a job can rest in, and how often.
 */
final class Lives {

	private const TOO_LARGE = 'The upscaler could not process this picture.';

	/** Name of a method below => how many jobs live so. */
	public const COUNTS = array(
		'sold'                => 96,
		'sold_at_second_try'  => 8,
		'made_again'          => 4,
		'partly_refunded'     => 6,
		'refunded_later'      => 5,
		'refunded_elsewhere'  => 2,
		'mail_failed'         => 2,
		'file_lost'           => 2,
		'disputed'            => 2,
		'dispute_won'         => 1,
		'dispute_lost'        => 1,
		'rescued'             => 3,
		'left'                => 33,
		'payment_failed'      => 5,
		'failed'              => 9,
		'refund_under_way'    => 2,
		'refund_refused'      => 2,
		'not_refunded'        => 2,
		'failed_and_disputed' => 1,
		'at_the_checkout'     => 5,
		'not_started'         => 3,
		'wrong_amount'        => 2,
		'stuck'               => 3,
		'unanswered'          => 1,
	);

	/**
	 * The life of each job, mixed.
	 *
	 * @return list<string>
	 */
	public static function all(): array {
		$lives = array();
		foreach ( self::COUNTS as $life => $count ) {
			array_push( $lives, ...array_fill( 0, $count, $life ) );
		}
		$dice = new Dice( 'order' );
		for ( $i = count( $lives ) - 1; $i > 0; $i-- ) {
			$j = $dice->between( 0, $i );
			[ $lives[ $i ], $lives[ $j ] ] = array( $lives[ $j ], $lives[ $i ] );
		}
		return $lives;
	}

	public static function sold( Story $story ): void {
		$story->pay()->fire()->begin()->finish()->mail( 'ready' );
	}

	public static function sold_at_second_try( Story $story ): void {
		$story->pay()->fire()->begin()->stumble( 'timeout: The upscaler took too long.' )->wait( 10, 12 )->begin( Attempt::RUNNING, array( 'retry_no' => 1 ) )->finish()->mail( 'ready' );
	}

	public static function made_again( Story $story ): void {
		self::sold( $story );
		$story->wait( 3600, 40000 )->override()->finish();
	}

	public static function partly_refunded( Story $story ): void {
		self::sold( $story );
		$story->wait( 9000, 80000 )->refund( 'succeeded', 200, array( 'origin' => 'manual', 'requested_by' => 'user:1', 'reason' => 'requested_by_customer', 'note' => 'Goodwill: a discount that came too late.' ) );
	}

	public static function refunded_later( Story $story ): void {
		self::sold( $story );
		$story->wait( 9000, 80000 )->refund( 'succeeded', null, array( 'origin' => 'manual', 'requested_by' => 'user:1', 'reason' => 'duplicate', 'note' => 'Bought twice by mistake.' ) );
	}

	public static function refunded_elsewhere( Story $story ): void {
		self::sold( $story );
		$story->wait( 9000, 80000 )->refund( 'succeeded', null, array( 'origin' => 'external', 'requested_by' => 'stripe', 'reason' => 'requested_by_customer' ) );
	}

	public static function mail_failed( Story $story ): void {
		$story->pay()->fire()->begin()->finish()->mail( 'ready', 'failed' )->attention( 'email_failed' );
	}

	public static function file_lost( Story $story ): void {
		self::sold( $story );
		$story->files = array();
		$story->attention( 'file_missing' );
	}

	public static function disputed( Story $story ): void {
		self::sold( $story );
		$story->dispute( 'needs_response' )->attention( 'disputed' );
	}

	public static function dispute_won( Story $story ): void {
		self::sold( $story );
		$story->dispute( 'won' );
	}

	public static function dispute_lost( Story $story ): void {
		self::sold( $story );
		$story->dispute( 'lost' );
	}

	/** Failed, refunded, and then made as a present. */
	public static function rescued( Story $story ): void {
		self::failed( $story );
		$story->wait( 3600, 40000 )->override()->finish()->mail( 'ready' );
	}

	public static function left( Story $story ): void {
		$story->expire();
	}

	public static function payment_failed( Story $story ): void {
		$story->payment_fails();
	}

	public static function failed( Story $story ): void {
		$story->pay()->fire()->begin()->fail( 'provider_failed', self::TOO_LARGE )->refund( 'succeeded' )->mail( 'failed_refunded' );
	}

	public static function refund_under_way( Story $story ): void {
		$story->pay()->fire()->begin()->fail( 'provider_failed', self::TOO_LARGE )->refund( 'pending' )->mail( 'failed_refunded' )->attention( 'refund_pending' );
	}

	public static function refund_refused( Story $story ): void {
		$failure = array( 'failure_code' => 'lost_or_stolen_card', 'failure_message' => 'The card was reported lost or stolen.' );
		$story->pay()->fire()->begin()->fail( 'provider_failed', self::TOO_LARGE )->refund( 'failed', null, $failure )->attention( 'refund_failed' );
	}

	public static function not_refunded( Story $story ): void {
		$story->pay()->fire()->begin()->fail( 'provider_failed', self::TOO_LARGE )->attention( 'failed_not_refunded' );
	}

	public static function failed_and_disputed( Story $story ): void {
		$story->pay()->fire()->begin()->fail( 'provider_failed', self::TOO_LARGE )->dispute( 'lost' );
	}

	public static function at_the_checkout( Story $story ): void {
		$story->open();
	}

	public static function not_started( Story $story ): void {
		$story->pay()->fire()->attention( 'paid_not_started' );
	}

	public static function wrong_amount( Story $story ): void {
		$story->pay()->mismatch();
	}

	public static function stuck( Story $story ): void {
		$story->pay()->fire()->begin()->attention( 'stuck_processing' );
	}

	public static function unanswered( Story $story ): void {
		$story->pay()->fire()->begin( Attempt::UNKNOWN )->attention( 'submit_unknown' );
	}

	/** Lives that are over within hours; the others go on for days. */
	private const SHORT = array( 'sold', 'sold_at_second_try', 'mail_failed', 'left', 'failed', 'not_started', 'wrong_amount', 'stuck', 'unanswered' );

	/** Seconds between the click and the seeding: everything is over by then, and recent days sold more. */
	public static function age( string $life, Dice $dice ): int {
		if ( 'at_the_checkout' === $life ) {
			return $dice->between( 120, 1500 );
		}
		$days = intdiv( 84 * $dice->between( 0, 1000 ) * $dice->between( 300, 1000 ), 1_000_000 );
		$rest = in_array( $life, self::SHORT, true ) ? 4 * HOUR_IN_SECONDS : 3 * DAY_IN_SECONDS;
		return $rest + $days * DAY_IN_SECONDS + $dice->between( 0, 14 * HOUR_IN_SECONDS );
	}
}
