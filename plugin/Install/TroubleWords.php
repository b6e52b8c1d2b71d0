<?php
/**
 * What keeps the tables from being brought up to date, in words.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

/**
 * For each kind of trouble: what it is, and what a person does about it. In the language of who reads it.
 */
final class TroubleWords {

	private const NO_RIGHT  = array( 1044, 1142, 1143, 1227, 1370, 1410 );
	private const READ_ONLY = array( 1290, 1792, 1836, 3989 );
	private const FULL      = array( 28, 1021, 1026, 1114, 3675 );
	private const AWAY      = array( 1040, 1053, 1158, 1159, 1160, 1161, 1203, 1226, 1927, 2002, 2006, 2013 );
	private const BUSY      = array( 1205, 1213 );
	private const KEY_SIZE  = array( 1071, 1118, 1709 );

	/** @param array{reason:string,code:int,message:string,facts:array<string,string>,at:int,tries:int,next:int} $trouble Of Trouble. */
	public static function of( array $trouble ): string {
		return match ( $trouble['reason'] ) {
			'database' => self::of_database( self::code( $trouble ), $trouble['message'] ),
			'other' => self::of_fault( $trouble['message'] ),
			default => self::of_obstacle( $trouble['reason'], $trouble['facts'] ),
		};
	}

	/** @param array<string,string> $facts Of UpgradeBlocked. */
	public static function of_obstacle( string $reason, array $facts ): string {
		if ( UpgradeBlocked::OLDER_FACTS === $reason ) {
			return OlderWords::asked( $facts );
		}
		$facts += array( 'table' => '', 'columns' => '', 'examples' => '', 'wanted' => '' );
		return match ( $reason ) {
			UpgradeBlocked::ENGINE => __(
				'This database server has no InnoDB, without which money cannot be kept safely: half a change could stay. Ask your host to switch InnoDB on. Nothing was changed.',
				'sell-my-images'
			),
			UpgradeBlocked::DUPLICATES => sprintf(
				/* translators: 1: name of a database table, 2: names of columns, 3: values. */
				__(
					'In the table %1$s several rows have the same %2$s: %3$s. Each may be there only once. Make a backup, then correct or remove the rows that are not real. Nothing was changed.',
					'sell-my-images'
				),
				$facts['table'],
				$facts['columns'],
				$facts['examples']
			),
			UpgradeBlocked::VALUES => sprintf(
				/* translators: 1: name of a column, 2: name of a database table, 3: type of a column, such as decimal, 4: values. */
				__(
					'The column %1$s of the table %2$s should hold values of the type %3$s and would lose these: %4$s. Make a backup, then correct them. Nothing was changed.',
					'sell-my-images'
				),
				$facts['columns'],
				$facts['table'],
				$facts['wanted'],
				$facts['examples']
			),
			default => self::of_fault( $reason ),
		};
	}

	/**
	 * MySQL says "Got error 28 from storage engine" under another number.
	 *
	 * @param array{code:int,message:string,...} $trouble Of Trouble.
	 */
	private static function code( array $trouble ): int {
		return 1030 === $trouble['code'] && str_contains( $trouble['message'], '28' ) ? 28 : $trouble['code'];
	}

	private static function of_database( int $code, string $message ): string {
		return match ( true ) {
			in_array( $code, self::NO_RIGHT, true ) => __(
				'The database user of this site may not make or change tables. Ask your host to give it the rights CREATE, ALTER, INDEX and DROP.',
				'sell-my-images'
			),
			in_array( $code, self::READ_ONLY, true ) => __(
				'The database is read-only at the moment. Ask your host when it takes changes again.',
				'sell-my-images'
			),
			in_array( $code, self::FULL, true ) => __(
				'The disk of the database server is full. Free some space, or ask your host to.',
				'sell-my-images'
			),
			in_array( $code, self::AWAY, true ) => __(
				'The database did not answer, or has no connection to spare. If this stays, ask your host to look at the database server.',
				'sell-my-images'
			),
			in_array( $code, self::BUSY, true ) => __(
				'Something else holds the tables: perhaps a backup or a long query. It has to end first; if this stays, ask your host what it is.',
				'sell-my-images'
			),
			in_array( $code, self::KEY_SIZE, true ) => __(
				'The database server is too old for tables of this size, or set up as an old one. Ask your host for MySQL 5.7 or MariaDB 10.3 or newer.',
				'sell-my-images'
			),
			default => sprintf(
				/* translators: %s: what the database server says, in English. */
				__(
					'The database refused a change: “%s” Send this sentence to your host, or to whoever looks after the site.',
					'sell-my-images'
				),
				$message
			),
		};
	}

	private static function of_fault( string $message ): string {
		/* translators: %s: an error message, in English. */
		return sprintf( __( 'A step stopped: “%s” Send this sentence to whoever looks after the site.', 'sell-my-images' ), $message );
	}
}
