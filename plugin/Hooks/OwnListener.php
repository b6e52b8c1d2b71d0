<?php
/**
 * Marks listeners of ours.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Hooks;

/**
 * What such a listener throws is our own trouble, and reaches whoever fired the action: a sale may depend on it.
 */
interface OwnListener {
}
