<?php
/**
 * One firing of a hook, each of its callbacks caught.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Hooks;

/**
 * WordPress itself goes through the hook, so that order, nesting, did_action() and callbacks that come and go meanwhile are as
 * ever. Guards stand in the callbacks' places only while WordPress looks for the next one: whenever a callback runs, the hook is
 * as its plugins left it.
 */
final class GuardedCalls {

	/** @var list<\WP_Hook> Those that hold guards. */
	private array $guarded = array();

	private int $failures = 0;

	private ?\Throwable $own = null;

	/** @param FilteredType|null $type Of a filter; null for an action. */
	public function __construct( private readonly string $hook, private readonly ?FilteredType $type = null ) {
	}

	/** @param callable(): mixed $work Fires the hook. */
	public function run( callable $work ): mixed {
		$this->guard();
		try {
			return $work();
		} finally {
			$this->unguard();
		}
	}

	/** Callbacks of others that failed. */
	public function failures(): int {
		return $this->failures;
	}

	/** @throws \Throwable What the first listener of ours threw. */
	public function throw_own(): void {
		if ( null !== $this->own ) {
			throw $this->own;
		}
	}

	/**
	 * @param array{function:mixed,accepted_args:int} $callback As WordPress keeps it.
	 * @param list<mixed>                             $args     All of the hook's.
	 * @param bool                                    $is_all   Whether it listens to all hooks, and filters nothing.
	 * @return mixed What a filter goes on with.
	 */
	public function call( array $callback, array $args, bool $is_all ): mixed {
		$depth   = count( $GLOBALS['wp_current_filter'] );
		$kept    = $this->kept( $args[0] ?? null );
		$before  = new Surroundings();
		$error   = null;
		$printed = '';
		$this->unguard();
		try {
			$given = $this->quietly( $callback, $args, $printed );
		} catch ( \Throwable $error ) {
			$given = null; // What it threw is told when everything is as it was.
		}
		// An exception out of a hook within leaves its name behind.
		array_splice( $GLOBALS['wp_current_filter'], $depth );
		$left = $before->restore( null !== $error );
		try {
			// Not before: to read it may ask WordPress, which must not be in a transaction that the callback left open.
			$given = null === $this->type || $is_all || null !== $error ? $given : $this->type->read( $given );
		} catch ( \Throwable $error ) {
			$given = null;
		}
		$this->guard();
		if ( null !== $error ) {
			$this->failed( $callback['function'], $error );

			return $kept;
		}
		$left = array( ...$left, ...( '' === $printed ? array() : array( "It printed: $printed" ) ) );
		if ( array() !== $left ) {
			$this->note( $callback['function'], new \UnexpectedValueException( implode( ' ', $left ) ) );
		}

		return $given;
	}

	/** An object that is filtered may be half changed when its callback fails. */
	private function kept( mixed $value ): mixed {
		return null !== $this->type && is_object( $value ) ? clone $value : $value;
	}

	/**
	 * What a listener prints would stand in the middle of an answer in JSON. In a page, a filter may print as it always could.
	 *
	 * @param array{function:mixed,accepted_args:int} $callback See call().
	 * @param list<mixed>                             $args     See call().
	 * @param string                                  $printed  What it printed, taken away.
	 */
	private function quietly( array $callback, array $args, string &$printed ): mixed {
		$args = array_slice( $args, 0, $callback['accepted_args'] );
		if ( null !== $this->type && ! ( defined( 'REST_REQUEST' ) && REST_REQUEST ) ) {
			return call_user_func_array( $callback['function'], $args );
		}
		$level = ob_get_level();
		ob_start();
		try {
			return call_user_func_array( $callback['function'], $args );
		} finally {
			while ( ob_get_level() > $level ) {
				$printed = ob_get_clean() . $printed;
			}
		}
	}

	private function failed( mixed $callback, \Throwable $error ): void {
		if ( is_array( $callback ) && $callback[0] instanceof OwnListener ) {
			$this->own ??= $error;
			return;
		}
		++$this->failures;
		$this->note( $callback, $error );
	}

	/** For Site Health: a failure, or what it did wrong beside its work, which it did. */
	private function note( mixed $callback, \Throwable $error ): void {
		$name = new CallbackName( $callback );
		Failures::note( null === $this->type ? Failures::LISTENER : Failures::FILTER, $this->hook, $error, $name->text(), $name->owner() );
	}

	private function guard(): void {
		foreach ( array( $this->hook, 'all' ) as $name ) {
			$hook = $GLOBALS['wp_filter'][ $name ] ?? null;
			if ( ! $hook instanceof \WP_Hook ) {
				continue;
			}
			foreach ( $hook->callbacks as $priority => $callbacks ) {
				foreach ( $callbacks as $id => $callback ) {
					$guard = new Guard( $this, $callback, 'all' === $name );
					// More than anybody gives: the guard must see the value of a filter, whatever its callback asks for.
					$hook->callbacks[ $priority ][ $id ] = array( 'function' => $guard, 'accepted_args' => 99 );
				}
			}
			$this->guarded[] = $hook;
		}
	}

	private function unguard(): void {
		foreach ( $this->guarded as $hook ) {
			foreach ( $hook->callbacks as $priority => $callbacks ) {
				foreach ( $callbacks as $id => $callback ) {
					if ( $callback['function'] instanceof Guard ) {
						$hook->callbacks[ $priority ][ $id ] = $callback['function']->callback;
					}
				}
			}
		}
		$this->guarded = array();
	}
}
