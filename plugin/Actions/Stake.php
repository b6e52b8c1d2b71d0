<?php
/**
 * What doing an action with one job moves.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Actions;

/**
 * Minor units that go back to the customer, or credits that the upscaler may take; for most actions neither.
 */
final class Stake {

	public function __construct( public readonly ?int $refund_minor = null, public readonly int $credits = 0 ) {
	}
}
