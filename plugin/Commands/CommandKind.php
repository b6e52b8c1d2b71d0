<?php
/**
 * What a command asks for.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Commands;

/**
 * The kinds of commands: most are carried out by the bridge, the rest by the site itself.
 */
enum CommandKind: string {
	case OpenCheckout   = 'open_checkout';
	case ExpireCheckout = 'expire_checkout';
	case Submit         = 'submit';
	case RefreshPayment = 'refresh_payment';
	case RefreshAttempt = 'refresh_attempt';
	case Refund         = 'refund';
	case Retry          = 'retry';
	case Resolve        = 'resolve';
	case Reconcile      = 'reconcile';
	case SendEmail      = 'send_email';
	case Sweep          = 'sweep';
	case BatchItem      = 'batch_item';
	case UpgradeStep    = 'upgrade_step';
	case Purge          = 'purge';

	/**
	 * Whether the site carries the command out itself.
	 */
	public function is_site(): bool {
		return match ( $this ) {
			self::SendEmail, self::Sweep, self::BatchItem, self::UpgradeStep, self::Purge => true,
			default => false,
		};
	}
}
