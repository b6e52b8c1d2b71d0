<?php
/**
 * What keeps the tables from being brought up to date.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\DatabaseError;
use SellMyImages\Support\Redaction;

/**
 * Kept until it is over, with when to try again: ten seconds for what passes by itself, a minute for the rest, twice as long each time, an
 * hour at most.
 */
final class Trouble {

	/** Option: reason, code, message, facts, at, tries, next. Absent while all is well. */
	public const OPTION = 'smi_upgrade_trouble';

	/** Another request holds what is needed, or the server was away: nothing that a person must know of at once. */
	private const PASSING = array( 1040, 1053, 1158, 1159, 1160, 1161, 1203, 1205, 1213, 1226, 1927, 2002, 2006, 2013 );

	private const LONGEST = 3600;

	/** @var array<string,mixed>|null What went wrong in this very request: a database that takes no rows keeps nothing. */
	private ?array $now = null;

	public function __construct( private readonly Options $options ) {
	}

	/**
	 * @param callable(): bool $work May throw anything.
	 * @return bool What it gave; false when it failed.
	 */
	public function watch( callable $work ): bool {
		try {
			$result = $work();
			if ( $result ) {
				$this->clear();
			}
			return $result;
		} catch ( \Throwable $error ) {
			$this->keep( $error );
			return false;
		}
	}

	/** @return array{reason:string,code:int,message:string,facts:array<string,string>,at:int,tries:int,next:int}|null */
	public function get(): ?array {
		$kept = $this->now ?? get_option( self::OPTION, false );
		if ( ! is_array( $kept ) ) {
			return null;
		}

		return array(
			'reason'  => (string) ( $kept['reason'] ?? '' ),
			'code'    => (int) ( $kept['code'] ?? 0 ),
			'message' => (string) ( $kept['message'] ?? '' ),
			'facts'   => array_map( 'strval', (array) ( $kept['facts'] ?? array() ) ),
			'at'      => (int) ( $kept['at'] ?? 0 ),
			'tries'   => (int) ( $kept['tries'] ?? 0 ),
			'next'    => (int) ( $kept['next'] ?? 0 ),
		);
	}

	/** Whether it passes by itself, most likely before anybody has read of it. */
	public function is_passing(): bool {
		return $this->may_pass() && ( $this->get()['tries'] ?? 0 ) < 3;
	}

	/** Whether waiting may help, however long it has lasted. */
	public function may_pass(): bool {
		$trouble = $this->get();

		return null !== $trouble && in_array( $trouble['code'], self::PASSING, true );
	}

	/** Seconds until the next try; 0 when it may be made. */
	public function waits(): int {
		$kept = get_option( self::OPTION, false );

		return is_array( $kept ) ? max( 0, (int) ( $kept['next'] ?? 0 ) - time() ) : 0;
	}

	public function clear(): void {
		$this->now = null;
		if ( false !== get_option( self::OPTION, false ) ) {
			$this->options->delete( self::OPTION );
		}
	}

	private function keep( \Throwable $error ): void {
		$tries   = ( $this->get()['tries'] ?? 0 ) + 1;
		$code    = $error instanceof DatabaseError ? (int) $error->getCode() : 0;
		$wait    = in_array( $code, self::PASSING, true ) ? 10 : 60;
		$trouble = array(
			'reason'  => $error instanceof UpgradeBlocked ? $error->reason : ( $error instanceof DatabaseError ? 'database' : 'other' ),
			'code'    => $code,
			'message' => mb_substr( Redaction::text( $error->getMessage() ), 0, 500 ),
			'facts'   => $error instanceof UpgradeBlocked ? $error->facts : array(),
			'at'      => time(),
			'tries'   => $tries,
			'next'    => time() + (int) min( self::LONGEST, $wait * 2 ** min( 10, $tries - 1 ) ),
		);
		try {
			$this->options->put( self::OPTION, $trouble );
			$this->now = null;
		} catch ( \Throwable ) {
			$this->now = $trouble;
		}
	}
}
