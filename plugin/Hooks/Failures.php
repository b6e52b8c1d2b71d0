<?php
/**
 * What went wrong without anybody looking.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Hooks;

use SellMyImages\Support\Redaction;

/**
 * A short list for Site Health: of other people's callbacks, and of work of our own that was passed over so that the rest could
 * go on. Nothing rests on it: kept in memory, written once when the request ends, where no transaction is open.
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

	/** @var array<string,Failure> Not yet written. */
	private static array $pending = array();

	private static bool $is_hooked = false;

	/**
	 * @param string $kind  LISTENER, FILTER, WORK or CHANNEL.
	 * @param string $what  The hook, or the piece of work.
	 * @param string $who   The callback, or what the work was about.
	 * @param string $owner Folder of the callback's plugin.
	 */
	public static function note( string $kind, string $what, \Throwable $error, string $who = '', string $owner = '' ): void {
		$failure = new Failure( $kind, $what, $who, $owner, self::clean( $error->getMessage() ), time(), time() );
		$older   = self::$pending[ $failure->key() ] ?? null;
		if ( null === $older ) {
			self::log( $failure, $error );
		}
		self::$pending[ $failure->key() ] = $failure->after( $older );
		if ( ! self::$is_hooked ) {
			self::$is_hooked = true;
			add_action( 'shutdown', array( self::class, 'save' ), PHP_INT_MAX );
		}
	}

	/** @return list<Failure> Of the last week, the latest first. */
	public static function all(): array {
		$all = self::joined( self::stored() );
		usort( $all, static fn( Failure $a, Failure $b ): int => $b->last <=> $a->last );

		return $all;
	}

	/** Writes down what was noted in this request, unless all of it was just before. */
	public static function save(): void {
		$stored = self::stored();
		$fresh  = array_filter(
			self::$pending,
			static fn( Failure $one ): bool => ( $stored[ $one->key() ]->last ?? 0 ) + self::PAUSE <= $one->last
		);
		if ( array() !== $fresh ) {
			$latest = array_slice( self::joined( $stored ), -self::MOST, null, true );
			update_option(
				self::OPTION,
				array_values( array_map( static fn( Failure $one ): array => $one->to_option(), $latest ) ),
				false
			);
		}
		self::$pending = array();
	}

	public static function forget(): void {
		self::$pending = array();
		delete_option( self::OPTION );
	}

	/** @return array<string,Failure> By their keys, the latest last. */
	private static function stored(): array {
		$stored = array();
		foreach ( (array) get_option( self::OPTION, array() ) as $entry ) {
			$failure = Failure::from_option( $entry );
			if ( null !== $failure && $failure->last > time() - WEEK_IN_SECONDS ) {
				$stored[ $failure->key() ] = $failure;
			}
		}

		return $stored;
	}

	/**
	 * @param array<string,Failure> $stored As written.
	 * @return array<string,Failure> With what is new, the latest last.
	 */
	private static function joined( array $stored ): array {
		foreach ( self::$pending as $key => $failure ) {
			$older = $stored[ $key ] ?? null;
			unset( $stored[ $key ] );
			$stored[ $key ] = $failure->after( $older );
		}

		return $stored;
	}

	private static function log( Failure $failure, \Throwable $error ): void {
		$from  = '' === $failure->owner ? '' : " of $failure->owner";
		$where = $error->getFile() . ':' . $error->getLine();
		// phpcs:ignore WordPress.PHP.DevelopmentFunctions.error_log_error_log -- for whoever mends it; the owner reads Site Health.
		error_log(
			"Sell My Images: $failure->what $failure->who$from failed, the rest went on. " . get_class( $error )
				. ": $failure->message in $where"
		);
	}

	/** Nobody's address may stay in a note. */
	private static function clean( string $message ): string {
		return mb_substr( wp_strip_all_tags( Redaction::text( $message ), true ), 0, 200 );
	}
}
