<?php
/**
 * What a command keeps busy.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Commands;

/**
 * Each class has slots of its own in the bridge, so that pictures never keep a payment waiting. Handed out in this order.
 */
enum CommandClass: string {
	case Money     = 'money';
	case Submit    = 'submit';
	case Deliver   = 'deliver';
	case Poll      = 'poll';
	case Reconcile = 'reconcile';

	/**
	 * The kinds that belong to it.
	 *
	 * @return list<CommandKind>
	 */
	public function kinds(): array {
		return match ( $this ) {
			self::Money     => array(
				CommandKind::OpenCheckout,
				CommandKind::ExpireCheckout,
				CommandKind::RefreshPayment,
				CommandKind::Refund,
				CommandKind::Resolve,
			),
			self::Submit    => array( CommandKind::Submit ),
			self::Deliver   => array( CommandKind::RefreshAttempt ),
			self::Poll      => array( CommandKind::RefreshAttempt, CommandKind::Retry ),
			self::Reconcile => array( CommandKind::Reconcile ),
		};
	}

	/**
	 * Whether the picture must be known to be made, or must not be; null where that is no question.
	 */
	public function wants_ready(): ?bool {
		return match ( $this ) {
			self::Deliver => true,
			self::Poll    => false,
			default       => null,
		};
	}
}
