<?php
/**
 * Somebody else took the command first.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Commands;

/**
 * Thrown inside a claim's transaction, so that all of it is undone.
 */
final class ClaimLost extends \RuntimeException {}
