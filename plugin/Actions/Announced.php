<?php
/**
 * An action that other code hears of.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Actions;

/** A hook must not run inside a transaction, and a process may die after it: so it is fired once the action is committed, at least once. */
interface Announced {

	/**
	 * @param ActionRequest $request With a key: what is done once under it is not done again.
	 * @return int How many listeners failed.
	 */
	public function announce( string $job_id, ActionRequest $request ): int;

	/** Whether the action was done under this key. */
	public function is_begun( string $job_id, string $key ): bool;
}
