<?php
/**
 * StoredOptions.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Database;

use SellMyImages\Database\StoredOptions;
use SellMyImages\Plugin;
use SellMyImages\Tests\TestCase;

final class StoredOptionsTest extends TestCase {

	/** Of this test alone: a row that was just deleted is locked like one that is there. */
	private string $name;

	protected function setUp(): void {
		parent::setUp();
		$this->name = 'smi_test_' . wp_generate_password( 12, false );
	}

	public function test_get_option_sees_what_was_made_changed_and_taken_away(): void {
		foreach ( array( false, true ) as $autoload ) {
			$name = $this->name . (int) $autoload;
			self::assertFalse( get_option( $name ) ); // Which WordPress remembers.
			self::assertSame( array( 'a' => 1 ), $this->options()->change( $name, static fn() => array( 'a' => 1 ), $autoload ) );
			self::assertSame( array( 'a' => 1 ), get_option( $name ) );
			self::assertSame( $autoload, isset( wp_load_alloptions()[ $name ] ) );
			$this->options()->change( $name, static fn( mixed $now ): array => $now + array( 'b' => 2 ), $autoload );
			self::assertSame( array( array( 'a' => 1, 'b' => 2 ), true ), array( get_option( $name ), $this->options()->get( $name ) === get_option( $name ) ) );
			$this->options()->put( $name, 'text', $autoload );
			self::assertSame( 'text', get_option( $name ) );
			$this->options()->change( $name, static fn() => null );
			self::assertFalse( get_option( $name ) );
			self::assertNull( $this->options()->get( $name ) );
		}
	}

	public function test_what_is_there_is_not_made_again_although_wordpress_thinks_it_is_not_there(): void {
		get_option( $this->name );
		$this->add_elsewhere();
		self::assertFalse( get_option( $this->name ) );
		self::assertSame( 'theirs', $this->options()->make( $this->name, 'mine' ) );
		self::assertSame( 'theirs', get_option( $this->name ) );
	}

	public function test_what_is_made_at_the_same_moment_is_not_overwritten(): void {
		$add = function ( string $sql ) use ( &$add ): string {
			if ( str_starts_with( $sql, 'INSERT' ) ) {
				remove_filter( 'query', $add );
				$this->add_elsewhere();
			}

			return $sql;
		};
		add_filter( 'query', $add );
		self::assertSame( 'theirs', $this->options()->make( $this->name, 'mine' ) );
		self::assertSame( 'theirs', get_option( $this->name ) );
	}

	public function test_a_change_that_was_rolled_back_is_in_no_cache(): void {
		$this->options()->put( $this->name, 'before' );
		self::assertSame( 'before', get_option( $this->name ) );
		try {
			Plugin::instance()->transaction()->run(
				function (): void {
					$this->options()->change( $this->name, static fn(): string => 'after' );
					self::assertSame( 'after', $this->options()->get( $this->name ) );
					throw new \RuntimeException( 'no' );
				}
			);
		} catch ( \RuntimeException ) {
			self::assertSame( array( 'before', 'before' ), array( $this->options()->get( $this->name ), get_option( $this->name ) ) );
		}
	}

	public function test_who_listens_to_wordpresss_own_actions_hears_after_the_commit(): void {
		$heard = array();
		foreach ( array( "add_option_$this->name", "update_option_$this->name", "delete_option_$this->name" ) as $hook ) {
			add_action(
				$hook,
				static function ( mixed ...$args ) use ( &$heard, $hook ): void {
					$heard[] = array( substr( $hook, 0, 3 ), Plugin::instance()->transaction()->is_open(), $args );
				},
				10,
				3
			);
		}
		$this->options()->change( $this->name, static fn(): string => 'a' );
		$this->options()->change( $this->name, static fn(): string => 'b' );
		$this->options()->change( $this->name, static fn(): string => 'b' );
		$this->options()->change( $this->name, static fn() => null );
		self::assertSame( array( array( 'add', false, array( $this->name, 'a' ) ), array( 'upd', false, array( 'a', 'b', $this->name ) ), array( 'del', false, array( $this->name ) ) ), $heard );
	}

	private function add_elsewhere(): void {
		self::assertTrue( $this->other_connection()->query( "INSERT INTO {$GLOBALS['wpdb']->options} (option_name, option_value, autoload) VALUES ('$this->name', 'theirs', 'off')" ) );
	}

	private function options(): StoredOptions {
		return Plugin::instance()->stored_options();
	}
}
