<?php
/**
 * Where our actions are fired and our filters applied.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Hooks;

/**
 * As WordPress's own functions of these names, but what one callback does wrong keeps no other from hearing, nor us from going on.
 */
final class Listeners {

	/**
	 * Never to be called inside a transaction: listeners may do anything.
	 *
	 * @param mixed ...$args For the listeners.
	 * @return int How many listeners of others failed; they are noted.
	 * @throws \Throwable What an OwnListener threw, once everybody has heard.
	 */
	public static function do_action( string $hook, mixed ...$args ): int {
		$calls = new GuardedCalls( $hook );
		// phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals.DynamicHooknameFound -- the callers name ours.
		$calls->run( static fn() => do_action( $hook, ...$args ) );
		$calls->throw_own();

		return $calls->failures();
	}

	/**
	 * As apply_filters(), for a question of rights: where a callback that would have known fails, the answer is no.
	 *
	 * @param mixed ...$args For the callbacks.
	 */
	public static function permits( string $hook, bool $may, mixed ...$args ): bool {
		$type  = new FilteredType( $may );
		$calls = new GuardedCalls( $hook, $type );
		$given = self::filtered( $calls, $hook, $may, $args );

		return true === $type->cast( $given ) && 0 === $calls->failures();
	}

	/**
	 * As apply_filters(), where not every value of the type will do: the callback that gave what will not is named with the reason.
	 *
	 * @template T of bool|int|string|array|object
	 * @param T                   $value   What is filtered.
	 * @param \Closure(mixed): T $read    Gives the value that a callback meant; throws, in words for its author, where it meant none.
	 * @param mixed               ...$args For the callbacks.
	 * @return T
	 */
	public static function filter_by_rule( string $hook, bool|int|string|array|object $value, \Closure $read, mixed ...$args ): mixed {
		return self::filtered( new GuardedCalls( $hook, new FilteredType( $value, $read ) ), $hook, $value, $args );
	}

	/**
	 * As filter_by_rule(), for what must not be done where a callback had something to say and failed.
	 *
	 * @template T of bool|int|string|array|object
	 * @param T                   $value   What is filtered.
	 * @param \Closure(mixed): T $read    See filter_by_rule().
	 * @param mixed               ...$args For the callbacks.
	 * @return T
	 * @throws CallbackFailed Where one did.
	 */
	public static function filter_surely( string $hook, bool|int|string|array|object $value, \Closure $read, mixed ...$args ): mixed {
		$calls = new GuardedCalls( $hook, new FilteredType( $value, $read ) );
		$given = self::filtered( $calls, $hook, $value, $args );

		return 0 === $calls->failures() ? $given : throw new CallbackFailed( "A callback of $hook failed; Site Health names it." );
	}

	/**
	 * Calls what other code gave us in another way than by a hook, with the care of a filter's callback.
	 *
	 * @param string                  $what     What it is for, as Site Health names it.
	 * @param mixed                   $callback As it was given.
	 * @param \Closure(mixed): mixed $read     See filter_by_rule().
	 * @param mixed                   ...$args  For it.
	 * @throws CallbackFailed Where it did; it is noted.
	 */
	public static function call( string $what, mixed $callback, \Closure $read, mixed ...$args ): mixed {
		$calls = new GuardedCalls( $what, new FilteredType( array(), $read ) );
		$known = array( 'function' => $callback, 'accepted_args' => count( $args ) );
		$given = $calls->run( static fn(): mixed => $calls->call( $known, array_values( $args ), false ) );

		return 0 === $calls->failures() ? $given : throw new CallbackFailed( "$what failed; Site Health names it." );
	}

	/** @param array<mixed> $args For the callbacks. */
	private static function filtered( GuardedCalls $calls, string $hook, mixed $value, array $args ): mixed {
		// phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals.DynamicHooknameFound -- the callers name ours.
		return $calls->run( static fn() => apply_filters( $hook, $value, ...$args ) );
	}

	/**
	 * A callback that throws, or gives what cannot be such a value, is passed over.
	 *
	 * @template T of bool|int|string|array
	 * @param T     $value   What is filtered; its type is what a callback must give.
	 * @param mixed ...$args For the callbacks.
	 * @return T
	 */
	public static function apply_filters( string $hook, bool|int|string|array $value, mixed ...$args ): bool|int|string|array {
		$type  = new FilteredType( $value );
		$given = self::filtered( new GuardedCalls( $hook, $type ), $hook, $value, $args );

		/** @var T */
		return $type->cast( $given );
	}

	/**
	 * Runs what fires hooks of WordPress, such as wp_mail(): what their callbacks leave changed is put right, and noted.
	 *
	 * @template T
	 * @param string        $what For Site Health.
	 * @param callable(): T $work Not inside a transaction.
	 * @return T
	 */
	public static function during( string $what, callable $work ): mixed {
		$before = new Surroundings();
		$error  = null;
		try {
			return $work();
		} catch ( \Throwable $error ) {
			throw $error;
		} finally {
			foreach ( $before->restore( null !== $error ) as $left ) {
				Failures::note( Failures::LISTENER, $what, new \UnexpectedValueException( $left ) );
			}
		}
	}
}
