<?php
/**
 * Firing a hook as WordPress does, each callback caught.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Hooks;

use SellMyImages\Hooks\Failures;
use SellMyImages\Hooks\Listeners;
use SellMyImages\Hooks\OwnListener;
use SellMyImages\Tests\TestCase;

final class ListenersTest extends TestCase {

	/** @var list<string> */
	private array $heard = array();

	protected function setUp(): void {
		parent::setUp();
		$this->heard = array();
	}

	/** @param mixed ...$told Put before the name. */
	private function hear( string $name, mixed ...$told ): void {
		$this->heard[] = implode( ' ', array( ...$told, $name ) );
	}

	private function listen( string $name, int $priority = 10, ?callable $then = null ): callable {
		$callback = function ( mixed ...$args ) use ( $name, $then ): void {
			$this->hear( $name );
			if ( null !== $then ) {
				$then( ...$args );
			}
		};
		add_action( 'smi_test', $callback, $priority, 9 );

		return $callback;
	}

	public function test_everybody_hears_though_some_throw(): void {
		$before = did_action( 'smi_test' );
		$bad    = static fn() => throw new \Error( 'no' );
		$this->listen( 'first', 1, $bad );
		$this->listen( 'second', 1 );
		$this->listen( 'third', 10, static fn() => throw new \RuntimeException( 'neither' ) );
		$this->listen( 'last', 99 );
		add_action( 'smi_test', 'smi_there_is_no_such_function', 50 );
		self::assertSame( 3, Listeners::do_action( 'smi_test', 'a' ) );
		self::assertSame( array( 'first', 'second', 'third', 'last' ), $this->heard );
		self::assertFalse( doing_action( 'smi_test' ) );
		self::assertSame( 3, Listeners::do_action( 'smi_test', 'a' ), 'Again as the first time.' );
		self::assertSame( $before + 2, did_action( 'smi_test' ) );
	}

	/** What WordPress does with the same listeners is what is right. */
	public function test_hears_in_the_order_of_wordpress_whatever_comes_and_goes_meanwhile(): void {
		$play = function ( callable $fire ): array {
			$hooks       = array_map( static fn( \WP_Hook $hook ): \WP_Hook => clone $hook, $GLOBALS['wp_filter'] );
			$this->heard = array();
			unset( $GLOBALS['wp_filter']['smi_test'] );
			$gone = $this->listen( 'gone', 20 );
			$same = null;
			$this->listen(
				'changes',
				10,
				function () use ( $gone ): void {
					remove_action( 'smi_test', $gone, 20 );
					$this->listen( 'too early', 5 );
					$this->listen( 'too late', 10 );
					$this->listen( 'just in time', 15 );
				}
			);
			$same = $this->listen(
				'moves',
				30,
				function () use ( &$same ): void {
					remove_action( 'smi_test', $same, 30 );
					$this->listen( 'in its place', 30 );
				}
			);
			$this->listen(
				'nests',
				40,
				function ( string $told, int $depth ) use ( $fire ): void {
					$this->hear( (string) $depth, current_action(), (string) $GLOBALS['wp_filter']['smi_test']->current_priority() );
					if ( $depth < 3 ) {
						$fire( 'smi_test', $told, $depth + 1 );
					}
				}
			);
			add_action( 'smi_test', fn() => $this->hear( 'args ' . func_num_args() ), 41, 1 );
			add_action( 'smi_test', fn() => $this->hear( 'args ' . func_num_args() ), 42, 0 );
			add_action( 'all', fn( string $hook ) => str_starts_with( $hook, 'smi_' ) ? $this->hear( 'all ' . $hook ) : null, 10, 1 );
			$this->listen( 'end', 50, static fn() => remove_all_actions( 'smi_test', 60 ) );
			$this->listen( 'never', 60 );
			$fire( 'smi_test', 'x', 1 );
			$GLOBALS['wp_filter'] = $hooks; // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- as it was.

			return $this->heard;
		};
		$theirs = $play( 'do_action' );
		self::assertContains( 'in its place', $theirs );
		self::assertSame( $theirs, $play( array( Listeners::class, 'do_action' ) ) );
	}

	public function test_a_listener_finds_the_hook_as_plugins_left_it(): void {
		$other = $this->listen( 'other', 20 );
		$seen  = array();
		$this->listen(
			'looks',
			10,
			function () use ( $other, &$seen ): void {
				$callbacks = array_column( array_merge( ...array_values( $GLOBALS['wp_filter']['smi_test']->callbacks ) ), 'function' );
				$seen      = array( in_array( $other, $callbacks, true ), has_action( 'smi_test', $other ), count( array_filter( $callbacks, static fn( $one ): bool => $one instanceof \Closure ) ) );
			}
		);
		Listeners::do_action( 'smi_test', 'x' );
		self::assertSame( array( true, 20, 2 ), $seen );
		self::assertSame( $other, reset( $GLOBALS['wp_filter']['smi_test']->callbacks[20] )['function'] );
	}

	public function test_foreign_code_that_fires_our_action_itself_hears_of_what_is_thrown(): void {
		$this->listen( 'throws', 20, static fn( string $told ) => 'inner' === $told ? throw new \RuntimeException( 'for its caller' ) : null );
		$caught = '';
		$this->listen(
			'fires',
			10,
			static function ( string $told ) use ( &$caught ): void {
				try {
					'outer' === $told && do_action( 'smi_test', 'inner' ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals
				} catch ( \RuntimeException $error ) {
					$caught = $error->getMessage();
				}
			}
		);
		self::assertSame( 0, Listeners::do_action( 'smi_test', 'outer' ) );
		self::assertSame( 'for its caller', $caught );
		self::assertSame( array( 'fires', 'fires', 'throws', 'throws' ), $this->heard );
		self::assertFalse( doing_action( 'smi_test' ) );
	}

	public function test_what_our_own_listener_throws_reaches_the_caller_after_everybody_heard(): void {
		$own = new class() implements OwnListener {
			public function handle(): void {
				throw new \DomainException( 'ours' );
			}
		};
		add_action( 'smi_test', array( $own, 'handle' ), 1 );
		$this->listen( 'later' );
		try {
			Listeners::do_action( 'smi_test' );
			self::fail( 'Nobody knows.' );
		} catch ( \DomainException ) {
			self::assertSame( array( 'later' ), $this->heard );
			self::assertSame( array(), Failures::all() );
		}
	}

	public function test_what_a_listener_prints_is_kept_out_of_the_answer(): void {
		add_action( 'smi_test', static fn() => print "\xEF\xBB\xBF<p>hello" );
		add_action( 'smi_test', static fn() => ob_start() );
		ob_start();
		Listeners::do_action( 'smi_test' );
		self::assertSame( '', ob_get_clean() );
		self::assertStringContainsString( 'It printed: ', Failures::all()[0]->message );
	}

	public function test_a_listener_to_all_hooks_is_caught_too(): void {
		add_action( 'all', static fn( string $hook ) => 'smi_test' === $hook ? throw new \Error( 'nosy' ) : null );
		$this->listen( 'hears' );
		self::assertSame( 1, Listeners::do_action( 'smi_test' ) );
		self::assertSame( array( 'hears' ), $this->heard );
		self::assertTrue( Listeners::apply_filters( 'smi_test', true ) );
		remove_all_actions( 'all' );
	}

	/** @dataProvider filters */
	public function test_a_filter_passes_over_what_cannot_be_its_value( mixed $value, mixed $given, mixed $wanted ): void {
		add_filter( 'smi_test', static fn() => $given, 10, 0 );
		self::assertSame( $wanted, Listeners::apply_filters( 'smi_test', $value, 1, 2 ) );
		self::assertCount( $given === $value || (string) wp_json_encode( $wanted ) !== (string) wp_json_encode( $value ) ? 0 : 1, Failures::all() );
	}

	/** @return array<string,array{mixed,mixed,mixed}> Value, what a callback gives, what counts. */
	public static function filters(): array {
		return array(
			'false'              => array( true, false, false ),
			'0 for false'        => array( true, 0, false ),
			'forgotten return'   => array( true, null, true ),
			'array for yes'      => array( true, array(), true ),
			'words'              => array( 'Buy', 'Kaufen', 'Kaufen' ),
			'number for words'   => array( 'Buy', 5, '5' ),
			'nothing for words'  => array( 'Buy', null, 'Buy' ),
			'object for words'   => array( 'Buy', new \stdClass(), 'Buy' ),
			'number in letters'  => array( 20, '7', 7 ),
			'letters for number' => array( 20, 'many', 20 ),
			'list'               => array( array( 'a' ), array( 'b' ), array( 'b' ) ),
			'null for list'      => array( array( 'a' ), null, array( 'a' ) ),
		);
	}

	public function test_a_filter_that_throws_keeps_what_others_said_before_and_after(): void {
		add_filter( 'smi_test', static fn( string $label ): string => "$label, please", 5 );
		add_filter( 'smi_test', static fn() => throw new \Error( 'no' ) );
		add_filter( 'smi_test', static fn( string $label, int $id ): string => "$label $id", 20, 2 );
		self::assertSame( 'Buy, please 7', Listeners::apply_filters( 'smi_test', 'Buy', 7 ) );
	}

	public function test_failures_are_named_counted_and_kept_short(): void {
		add_action( 'smi_test', array( self::class, 'bad' ) );
		for ( $i = 0; $i < 3; $i++ ) {
			Listeners::do_action( 'smi_test' );
		}
		Failures::save();
		Listeners::do_action( 'smi_test' );
		$all = Failures::all();
		self::assertCount( 1, $all );
		self::assertSame( array( 'listener', 'smi_test', self::class . '::bad', 4 ), array( $all[0]->kind, $all[0]->what, $all[0]->who, $all[0]->count ) );
		self::assertNotSame( '', $all[0]->owner );
		self::assertStringNotContainsString( 'buyer@example.org', $all[0]->message );
		for ( $i = 0; $i < 40; $i++ ) {
			Failures::note( Failures::WORK, "w$i", new \RuntimeException( str_repeat( 'x', 5000 ) ) );
		}
		Failures::save();
		self::assertCount( 20, Failures::all() );
		self::assertLessThan( 10000, strlen( serialize( get_option( 'smi_failures' ) ) ) ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions -- as WordPress stores it.
	}

	public static function bad(): void {
		throw new \RuntimeException( 'Cannot tell <b>buyer@example.org</b>' );
	}

	public function test_a_quiet_week_or_a_word_of_the_owner_ends_it(): void {
		Failures::note( Failures::WORK, 'w', new \RuntimeException( 'x' ) );
		Failures::save();
		$stored = get_option( 'smi_failures' );
		update_option( 'smi_failures', array_map( static fn( array $entry ): array => array_merge( $entry, array( 'last' => time() - WEEK_IN_SECONDS - 1 ) ), $stored ) );
		self::assertSame( array(), Failures::all() );
		update_option( 'smi_failures', $stored );
		self::assertCount( 1, Failures::all() );
		Failures::forget();
		self::assertSame( array(), Failures::all() );
	}
}
