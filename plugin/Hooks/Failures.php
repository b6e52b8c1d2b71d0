<?php
/**
 * What went wrong without anybody looking.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Hooks;

/**
 * A short list for Site Health: of other people's callbacks, and of work of our own that was passed over so that the rest could go on. It is a note, nothing
 * rests on it: kept in memory, written once when the request ends, where no transaction is open; the counts are at least so many.
 */
final class Failures {

	public const LISTENER = 'listener';
	public const FILTER   = 'filter';
	public const WORK     = 'work';
	public const CHANNEL  = 'channel';

	private const OPTION = 'smi_failures';

	/** Entries that are kept: who fails everywhere needs no longer list. */
	private const MOST = 20;

	/** Seconds between two writes about the same. */
	private const PAUSE = 60;

	/** @var array<string,array{kind:string,what:string,who:string,owner:string,message:string,first:int,last:int,count:int}> Not yet written. */
	private static array $pending = array();

	private static bool $is_hooked = false;

	/**
	 * @param string $kind  LISTENER, FILTER, WORK or CHANNEL.
	 * @param string $what  The hook, or the piece of work.
	 * @param string $who   The callback, or what the work was about.
	 * @param string $owner Folder of the callback's plugin.
	 */
	public static function note( string $kind, string $what, \Throwable $error, string $who = '', string $owner = '' ): void {
		$now   = time();
		$entry = array( 'kind' => $kind, 'what' => $what, 'who' => $who, 'owner' => $owner, 'message' => self::clean( $error->getMessage() ), 'first' => $now, 'last' => $now, 'count' => 1 );
		// What our work was about differs each time; it is one entry all the same.
		$key = md5( in_array( $kind, array( self::LISTENER, self::FILTER ), true ) ? "$kind $what $who" : "$kind $what" );
		if ( ! isset( self::$pending[ $key ] ) ) {
			self::log( $entry, $error );
		}
		self::$pending[ $key ] = isset( self::$pending[ $key ] ) ? self::sum( self::$pending[ $key ], $entry ) : $entry;
		if ( ! self::$is_hooked ) {
			self::$is_hooked = true;
			add_action( 'shutdown', array( self::class, 'save' ), PHP_INT_MAX );
		}
	}

	/** @return list<array{kind:string,what:string,who:string,owner:string,message:string,first:int,last:int,count:int}> Of the last week, the latest first. */
	public static function all(): array {
		$all = self::joined( self::stored() );
		usort( $all, static fn( array $a, array $b ): int => $b['last'] <=> $a['last'] );

		return $all;
	}

	/** Writes down what was noted in this request. */
	public static function save(): void {
		$stored = self::stored();
		$fresh  = array_filter( self::$pending, static fn( array $entry, string $key ): bool => ( $stored[ $key ]['last'] ?? 0 ) <= $entry['last'] - self::PAUSE, ARRAY_FILTER_USE_BOTH );
		if ( array() !== $fresh ) {
			update_option( self::OPTION, array_slice( self::joined( $stored ), -self::MOST, null, true ), false );
		}
		self::$pending = array();
	}

	public static function forget(): void {
		self::$pending = array();
		delete_option( self::OPTION );
	}

	/** @return array<string,array{kind:string,what:string,who:string,owner:string,message:string,first:int,last:int,count:int}> */
	private static function stored(): array {
		$stored = get_option( self::OPTION, array() );

		/** @var array<string,array{kind:string,what:string,who:string,owner:string,message:string,first:int,last:int,count:int}> */
		return array_filter( is_array( $stored ) ? $stored : array(), static fn( mixed $entry ): bool => is_array( $entry ) && 8 === count( $entry ) && $entry['last'] > time() - WEEK_IN_SECONDS );
	}

	/**
	 * @param array<string,array{kind:string,what:string,who:string,owner:string,message:string,first:int,last:int,count:int}> $stored As written.
	 * @return array<string,array{kind:string,what:string,who:string,owner:string,message:string,first:int,last:int,count:int}> With what is new, the latest last.
	 */
	private static function joined( array $stored ): array {
		foreach ( self::$pending as $key => $entry ) {
			$sum = isset( $stored[ $key ] ) ? self::sum( $stored[ $key ], $entry ) : $entry;
			unset( $stored[ $key ] );
			$stored[ $key ] = $sum;
		}

		return $stored;
	}

	/**
	 * @param array{kind:string,what:string,who:string,owner:string,message:string,first:int,last:int,count:int} $old Before.
	 * @param array{kind:string,what:string,who:string,owner:string,message:string,first:int,last:int,count:int} $new Since.
	 * @return array{kind:string,what:string,who:string,owner:string,message:string,first:int,last:int,count:int}
	 */
	private static function sum( array $old, array $new ): array {
		return array( 'first' => $old['first'], 'count' => $old['count'] + $new['count'] ) + $new;
	}

	/** @param array{what:string,who:string,owner:string,message:string} $entry New. */
	private static function log( array $entry, \Throwable $error ): void {
		error_log( 'Sell My Images: ' . trim( "$entry[what] $entry[who] ($entry[owner])", ' ()' ) . ' failed, the rest went on. ' . get_class( $error ) . ": $entry[message] in " . $error->getFile() . ':' . $error->getLine() ); // phpcs:ignore WordPress.PHP.DevelopmentFunctions.error_log_error_log -- for whoever mends it; the owner reads Site Health.
	}

	/** Nobody's address may stay in a note. */
	private static function clean( string $message ): string {
		$message = wp_strip_all_tags( wp_check_invalid_utf8( $message, true ), true );

		return mb_substr( (string) preg_replace( '/[^\s\'"<>(]+@[^\s\'">)]+/u', '…', $message ), 0, 200 );
	}
}
