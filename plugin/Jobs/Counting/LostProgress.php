<?php
/**
 * How far the sum of lost disputes is built.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs\Counting;

/**
 * That sum came later than the other counters, which go on meanwhile.
 */
final class LostProgress extends CounterProgress {

	public const OPTION = 'smi_lost_built_to';
}
