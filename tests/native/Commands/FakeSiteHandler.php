<?php
/**
 * A site handler that does what a test says.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Commands;

use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\SiteCommandHandler;

/**
 * Notes what it ran.
 */
final class FakeSiteHandler implements SiteCommandHandler {

	/**
	 * Objects, in the order they were run.
	 *
	 * @var list<string>
	 */
	public array $ran = array();

	/** What run() does, given the command. */
	public ?\Closure $does = null;

	/** Knows that kind. */
	public function __construct( private readonly CommandKind $kind ) {}

	public function kind(): CommandKind {
		return $this->kind;
	}

	public function run( Command $command, float $deadline ): ?int {
		$this->ran[] = $command->object;
		return null === $this->does ? null : ( $this->does )( $command, $deadline );
	}
}
