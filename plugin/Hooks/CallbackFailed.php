<?php
/**
 * A callback failed where that must not be passed over.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Hooks;

/**
 * Its message is for the log: Site Health names the callback.
 */
final class CallbackFailed extends \RuntimeException {
}
