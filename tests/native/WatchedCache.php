<?php
/**
 * WordPress's object cache, watched.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests;

/** Tells TransactionWatch of every write. */
final class WatchedCache extends \WP_Object_Cache {

	/**
	 * @param int|string $key    As in WP_Object_Cache.
	 * @param mixed      $data   As there.
	 * @param string     $group  As there.
	 * @param int        $expire As there.
	 * @return bool
	 */
	public function add( $key, $data, $group = 'default', $expire = 0 ) {
		TransactionWatch::note( "a write to the cache of $group" );

		return parent::add( $key, $data, $group, $expire );
	}

	/**
	 * @param int|string $key    As in WP_Object_Cache.
	 * @param mixed      $data   As there.
	 * @param string     $group  As there.
	 * @param int        $expire As there.
	 * @return bool
	 */
	public function set( $key, $data, $group = 'default', $expire = 0 ) {
		TransactionWatch::note( "a write to the cache of $group" );

		return parent::set( $key, $data, $group, $expire );
	}

	/**
	 * @param int|string $key        As in WP_Object_Cache.
	 * @param string     $group      As there.
	 * @param false      $deprecated As there.
	 * @return bool
	 */
	public function delete( $key, $group = 'default', $deprecated = false ) {
		TransactionWatch::note( "a write to the cache of $group" );

		return parent::delete( $key, $group, $deprecated );
	}
}
