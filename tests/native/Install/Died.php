<?php
/**
 * WordPress ended the request.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

/**
 * With the text of the page, or where it sends to, and the status.
 */
final class Died extends \RuntimeException {
}
