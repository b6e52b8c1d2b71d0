<?php
/**
 * Where an action is asked of one job.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Actions;

use SellMyImages\Capabilities;

final class ActionRoute {

	/**
	 * @param string      $path       After /jobs/{job_id}, such as '/retry'.
	 * @param string|null $contract   Schema of the body; null for none.
	 * @param string      $capability Who may, here and in batches.
	 * @param int         $status     HTTP status when it was done.
	 */
	public function __construct(
		public readonly string $path,
		public readonly ?string $contract = null,
		public readonly string $method = 'POST',
		public readonly string $capability = Capabilities::MANAGE,
		public readonly int $status = 200
	) {
	}
}
