<?php
/**
 * Who `user:7` is.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Support;

/**
 * Names for logs and refunds; the accounts of a whole page are asked for at once.
 */
final class ActorNames {

	/** @param list<string|null> $actors Of Actor::current(), about to be named. */
	public static function learn( array $actors ): void {
		$ids = array_unique( array_filter( array_map( array( self::class, 'user' ), $actors ) ) );
		// One that is gone would be asked for again and again: WordPress does not remember that it is not there.
		cache_users( array_values( $ids ) );
		foreach ( $ids as $id ) {
			if ( false === wp_cache_get( $id, 'users' ) ) {
				wp_cache_set( $id, true, 'smi_gone_users', MINUTE_IN_SECONDS );
			}
		}
	}

	/** The display name of a user, in words when the account is gone; null for what is no user. */
	public static function of( ?string $actor ): ?string {
		$id = self::user( $actor );
		if ( 0 === $id ) {
			return null;
		}
		$user = true === wp_cache_get( $id, 'smi_gone_users' ) ? false : get_userdata( $id );

		return false === $user ? __( 'a deleted user', 'sell-my-images' ) : $user->display_name;
	}

	private static function user( ?string $actor ): int {
		return null !== $actor && 1 === preg_match( '/^user:(\d+)$/D', $actor, $found ) ? (int) $found[1] : 0;
	}
}
