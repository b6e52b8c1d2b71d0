<?php
/**
 * How one kind of site command is carried out.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Commands;

/**
 * One implementation per kind that WordPress carries out itself. Not inside a transaction.
 */
interface SiteCommandHandler {

	/**
	 * The kind this handler knows.
	 */
	public function kind(): CommandKind;

	/**
	 * Does the work, or a part of it.
	 *
	 * @param Command $command  Leased to the caller.
	 * @param float   $deadline microtime( true ) after which no new step may start.
	 * @return int|null Null: done. n: again in n seconds (0 at once).
	 */
	public function run( Command $command, float $deadline ): ?int;
}
