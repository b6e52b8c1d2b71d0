<?php
/**
 * The set of the owner's actions against what programs are told of it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Actions;

use SellMyImages\Actions\Action;
use SellMyImages\Plugin;
use SellMyImages\Rest\Contract;
use SellMyImages\Tests\TestCase;

final class ActionSetTest extends TestCase {

	public function test_the_contract_names_every_action_and_no_other(): void {
		$names = array_map( static fn( Action $action ): string => $action->name(), Plugin::instance()->actions()->all() );
		self::assertSame( Contract::load( 'job-action' )['enum'], $names );
	}

	public function test_each_parameter_of_a_batch_is_some_actions(): void {
		$read = array_map( static fn( Action $action ): array => $action->batch_params(), Plugin::instance()->actions()->all() );
		self::assertEqualsCanonicalizing(
			array_keys( Contract::load( 'batch-params' )['properties'] ),
			array_values( array_unique( array_merge( ...$read ) ) )
		);
	}

	public function test_no_two_actions_are_asked_at_one_address(): void {
		$routes = array_map(
			static fn( Action $action ): string => $action->route()->method . ' ' . $action->route()->path,
			Plugin::instance()->actions()->all()
		);
		self::assertSame( array_unique( $routes ), $routes );
	}
}
