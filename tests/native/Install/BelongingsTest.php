<?php
/**
 * The list of what uninstalling takes, held to what the code keeps.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

use SellMyImages\Install\Belongings;
use SellMyImages\Install\Lock;
use SellMyImages\Storefront\SourceMeta;
use SellMyImages\Tests\TestCase;
use SellMyImages\Upkeep\Cron;

final class BelongingsTest extends TestCase {

	/** WordPress's own, which we read. */
	private const OF_WORDPRESS = array( 'home', 'siteurl', 'permalink_structure', 'active_sitewide_plugins', 'admin_email', 'timezone_string', 'gmt_offset', 'blogname', 'date_format', 'time_format', 'template', 'stylesheet', 'blog_charset', 'WPLANG', 'large_size_w', 'large_size_h' );

	/** An older version's, which is only read. */
	private const OF_OLDER = array( 'smi_download_expiry_hours' );

	public function test_every_option_that_the_code_names_is_on_the_list_and_none_else(): void {
		$named = $this->first_arguments( '(?<![\w>:])(?:get|add|update|delete)_(?:blog_|site_|network_)?option' );
		$named = array_merge( $named, $this->first_arguments( '(?:options|stored_options\(\))->(?:get|read|make|put|change|has_autoloaded)' ) );
		// The lock is read past WordPress's cache, and so by no function of WordPress's.
		$named = array_values( array_unique( array( ...array_diff( $named, self::OF_WORDPRESS, self::OF_OLDER ), Lock::OPTION ) ) );
		self::assertEqualsCanonicalizing( array( ...Belongings::PASSING_OPTIONS, ...Belongings::LASTING_OPTIONS ), $named, 'A new option needs a line in Install\Belongings, else uninstalling leaves it behind.' );
	}

	public function test_every_event_is_on_the_list(): void {
		$events = array_values( array_unique( $this->first_arguments( '\bwp_next_scheduled' ) ) );
		self::assertSame( Belongings::CRON_EVENTS, $events );
		self::assertSame( array( Cron::EVENT ), Belongings::CRON_EVENTS );
		self::assertCount( 1, $this->calls( '\bwp_schedule_(?:single_)?event' ), 'A new event needs a line in Install\Belongings.' );
	}

	/** They have no list: nothing would take them away. */
	public function test_nothing_is_kept_elsewhere(): void {
		self::assertSame( array(), $this->calls( '\b(?:set|get)_(?:site_)?transient' ) );
		self::assertSame( array(), $this->calls( '\b(?:add|update)_(?:user|post|term|comment|site)_(?:meta|option)|\b(?:add|update)_metadata', array( 'Uninstaller.php', 'SourceMeta.php' ) ) );
		self::assertSame( array( SourceMeta::KEY ), Belongings::POST_META );
	}

	/** The Jobs screen's name for a user's preferences is TypeScript's. */
	public function test_the_name_of_the_preferences_is_the_screens(): void {
		$source = dirname( self::folder() ) . '/admin-src/jobs/view/use-look.ts';
		if ( is_file( $source ) ) {
			self::assertStringContainsString( "SCOPE = '" . Belongings::PREFERENCES . "'", (string) file_get_contents( $source ) );
		}
		self::assertSame( 'smi/jobs', Belongings::PREFERENCES );
	}

	/** @return list<string> What the function's first argument stands for, in each call. */
	private function first_arguments( string $functions ): array {
		$found = array();
		foreach ( $this->calls( $functions ) as [ $file, $argument ] ) {
			array_push( $found, ...$this->values( $file, $argument ) );
		}

		return $found;
	}

	/**
	 * @param list<string> $but Files to leave out.
	 * @return list<array{0:string,1:string}> File and first argument of each call.
	 */
	private function calls( string $functions, array $but = array() ): array {
		$calls = array();
		foreach ( new \RecursiveIteratorIterator( new \RecursiveDirectoryIterator( self::folder(), \FilesystemIterator::SKIP_DOTS ) ) as $file ) {
			if ( 'php' !== $file->getExtension() || in_array( $file->getBasename(), $but, true ) ) {
				continue;
			}
			preg_match_all( "/(?:$functions)\\(\\s*([^,)]+)/", (string) file_get_contents( $file->getPathname() ), $found );
			array_push( $calls, ...array_map( static fn( string $argument ): array => array( $file->getPathname(), trim( $argument ) ), $found[1] ) );
		}

		return $calls;
	}

	/** @return list<string> */
	private function values( string $file, string $argument ): array {
		if ( 1 === preg_match( "/^'([^']+)'$/D", $argument, $found ) ) {
			return array( $found[1] );
		}
		self::assertSame( 1, preg_match( '/^(self|static|[A-Z]\w+)::([A-Z_]+)$/D', $argument, $found ), "$file names an option by “{$argument}”: write it as a text or a constant, so that uninstalling can be held to it." );
		$class = $this->class_of( $file, $found[1] );
		$names = array( (string) ( new \ReflectionClassConstant( $class, $found[2] ) )->getValue() );
		if ( 'static' === $found[1] ) {
			foreach ( (array) glob( dirname( $file ) . '/*.php' ) as $other ) {
				$child = $this->class_of( (string) $other, 'self' );
				if ( is_subclass_of( $child, $class ) ) {
					$names[] = (string) ( new \ReflectionClassConstant( $child, $found[2] ) )->getValue();
				}
			}
		}

		return $names;
	}

	/** @return class-string */
	private function class_of( string $file, string $name ): string {
		$self  = 'SellMyImages\\' . str_replace( '/', '\\', substr( $file, strlen( self::folder() ) + 1, -4 ) );
		$class = match ( true ) {
			in_array( $name, array( 'self', 'static' ), true ) => $self,
			1 === preg_match( "/^use (SellMyImages\\\\[\\w\\\\]+\\\\$name);/m", (string) file_get_contents( $file ), $found ) => $found[1],
			default => substr( $self, 0, (int) strrpos( $self, '\\' ) + 1 ) . $name,
		};
		self::assertTrue( class_exists( $class ) || trait_exists( $class ) || interface_exists( $class ) || enum_exists( $class ), $class );

		return $class;
	}

	private static function folder(): string {
		return WP_PLUGIN_DIR . '/sell-my-images/plugin';
	}
}
