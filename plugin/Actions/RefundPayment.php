<?php
/**
 * Returns money to the customer.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Actions;

use SellMyImages\Capabilities;
use SellMyImages\Errors\ActionRefused;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\Errors\RefusalWords;
use SellMyImages\JobList\InvalidFilter;
use SellMyImages\Jobs\Disputes;
use SellMyImages\Refunds\Refund;
use SellMyImages\Refunds\RefundRepository;
use SellMyImages\Refunds\Refunds;
use SellMyImages\Support\Money;

/** Parameters: `amount`, a decimal, or `percent` of what was charged, else all that is left; `reason`, Stripe's word; `note`. */
final class RefundPayment extends Action {

	private const REASONS = array( 'requested_by_customer', 'duplicate', 'fraudulent' );

	public function __construct( private readonly RefundRepository $rows, private readonly Refunds $refunds ) {
	}

	public function name(): string {
		return 'refund';
	}

	public function route(): ActionRoute {
		return new ActionRoute( '/refunds', 'refund-request', 'POST', Capabilities::REFUND, 202 );
	}

	public function message(): string {
		return __( 'The refund is on its way to Stripe.', 'sell-my-images' );
	}

	/** @return string|null Why nothing can be refunded now, in words; null when it can. */
	public static function blocked( JobFacts $facts ): ?string {
		return RefusalWords::refund_blocked( (string) self::why_not( $facts ) );
	}

	public function batch_params(): array {
		return array( 'amount', 'percent', 'reason', 'note' );
	}

	public function check_batch_params( array $params ): void {
		if ( isset( $params['amount'], $params['percent'] ) ) {
			throw new InvalidFilter( 'params.percent', __( 'Say either an amount or a percentage, not both.', 'sell-my-images' ) );
		}
		if (
			isset( $params['amount'] )
			&& ( strlen( (string) $params['amount'] ) > 16 || '' === trim( (string) $params['amount'], '0.' ) )
		) {
			throw new InvalidFilter( 'params.amount', __( 'The amount must be more than nothing, like 4.50.', 'sell-my-images' ) );
		}
		if ( isset( $params['reason'] ) && ! in_array( $params['reason'], self::REASONS, true ) ) {
			throw new InvalidFilter(
				'params.reason',
				__( 'The reason must be requested_by_customer, duplicate or fraudulent.', 'sell-my-images' )
			);
		}
	}

	public function refusal( JobFacts $facts, ActionRequest $request ): ?ActionRefused {
		$why = self::why_not( $facts );
		if ( null !== $why ) {
			return ActionRefused::because( ErrorCode::REFUND_NOT_POSSIBLE, array( 'why' => $why ) );
		}
		try {
			self::wish( $facts, $request );
		} catch ( ActionRefused $refused ) {
			return $refused;
		}

		return null;
	}

	public function stake( JobFacts $facts, ActionRequest $request ): Stake {
		return new Stake( self::wish( $facts, $request ) );
	}

	protected function done_before( JobFacts $facts, ActionRequest $request ): ?ActionResult {
		$key  = $request->idempotency_key;
		$same = null === $key ? null : $this->rows->find_by_idempotency_key( $facts->job->job_id, $key );

		return null === $same ? null : self::result( $same );
	}

	protected function apply( JobFacts $facts, ActionRequest $request ): ActionResult {
		$minor  = self::wish( $facts, $request );
		$refund = $this->refunds->request_manual(
			$facts->job,
			$minor,
			$request->text( 'reason' ),
			$request->text( 'note' ),
			$request->idempotency_key
		);

		return self::result( $refund );
	}

	private static function result( Refund $refund ): ActionResult {
		return new ActionResult( needs_bridge: true, answer: static fn(): array => array( 'refund' => $refund->to_rest() ) );
	}

	/** @return 'unpaid'|'all'|'disputed'|null Null when something can be refunded. */
	private static function why_not( JobFacts $facts ): ?string {
		if ( ! $facts->job->is_paid() || null === $facts->job->stripe_payment_intent_id ) {
			return 'unpaid';
		}
		if ( 0 === $facts->ledger()->left_minor() ) {
			return 'all';
		}

		return Disputes::allows_refund( $facts->job ) ? null : 'disputed';
	}

	/**
	 * @return int Minor units, more than nothing and at most what is left.
	 * @throws ActionRefused When there is no such amount.
	 */
	private static function wish( JobFacts $facts, ActionRequest $request ): int {
		$left = $facts->ledger()->left_minor();
		if ( null === $request->amount_minor && $request->has( 'percent' ) ) {
			$part = min( $left, intdiv( $facts->job->charged_minor() * (int) $request->text( 'percent' ), 100 ) );

			return $part > 0 ? $part : throw ActionRefused::because( ErrorCode::REFUND_AMOUNT, array( 'why' => 'nothing' ) );
		}
		$wish = $request->amount_minor ?? ( $request->has( 'amount' ) ? self::amount( $facts, $request ) : $left );
		if ( $wish >= 1 && $wish <= $left ) {
			return $wish;
		}

		throw $request->is_batch() && null === $request->amount_minor
			? ActionRefused::because( ErrorCode::REFUND_AMOUNT, array( 'why' => 'too_much' ) )
			: self::out_of_range( $left, $facts->job->currency );
	}

	/**
	 * @return int Minor units.
	 * @throws ActionRefused When what was sent is no amount of the currency.
	 */
	private static function amount( JobFacts $facts, ActionRequest $request ): int {
		$currency = $facts->job->currency;
		try {
			return Money::to_minor( (string) $request->text( 'amount' ), $currency );
		} catch ( \InvalidArgumentException ) {
			if ( $request->is_batch() ) {
				throw ActionRefused::because( ErrorCode::REFUND_AMOUNT, array( 'why' => 'no_such_amount' ) );
			}
			$args  = array(
				'why' => 'not_money',
				'currency' => $currency,
				'example' => Money::to_decimal( Money::minimum( $currency ), $currency ),
			);
			$words = RefusalWords::of( ErrorCode::REFUND_AMOUNT, $args );

			throw ActionRefused::because( ErrorCode::REFUND_AMOUNT, $args, 400, array( 'params' => array( 'amount' => $words ) ) );
		}
	}

	private static function out_of_range( int $left, string $currency ): ActionRefused {
		return ActionRefused::because(
			ErrorCode::REFUND_AMOUNT,
			array( 'why' => 'range', 'left' => $left, 'currency' => $currency ),
			400,
			array( 'left' => Money::to_decimal( $left, $currency ), 'params' => array( 'amount' => 'out of range' ) )
		);
	}
}
