<?php
/**
 * Customers who do not exist.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Sandbox;

/**
 * Their addresses are on domains that are reserved for examples.
 */
final class People {

	private const FIRST = array( 'amara', 'bjorn', 'chiara', 'dmitri', 'elif', 'farah', 'gael', 'hana', 'ines', 'jonas', 'kofi', 'leila', 'mateo', 'noor', 'oskar', 'priya', 'quentin', 'rosa', 'sven', 'tomoko' );

	private const LAST = array( 'adeyemi', 'berg', 'costa', 'duarte', 'eriksen', 'fontaine', 'garcia', 'haddad', 'ito', 'jansen', 'kowalski', 'lindqvist', 'moreau' );

	private const DOMAINS = array( 'example.com', 'example.com', 'example.org', 'example.net', 'studio.example', 'print.example' );

	/** Some sixty people, of whom a few come often. */
	public static function email( Dice $dice ): string {
		$who   = intdiv( $dice->between( 0, 59 ) * $dice->between( 0, 59 ), 59 );
		$first = self::FIRST[ $who % count( self::FIRST ) ];
		$last  = self::LAST[ $who % count( self::LAST ) ];
		return "$first.$last@" . self::DOMAINS[ $who % count( self::DOMAINS ) ];
	}
}
