<?php
/**
 * What membership plugins say of a visitor and a post.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use WP_Post;

/**
 * Each is asked by a function of its own that it offers to other plugins, and only where that is there. For others there is
 * `smi_visitor_may_see`.
 */
final class Membership {

	/**
	 * Whether none of them keeps the post from the current visitor.
	 */
	public static function may_see( WP_Post $post ): bool {
		$id   = $post->ID;
		$user = get_current_user_id();
		return false !== self::ask( 'pmpro_has_membership_access', $id, $user ) // Paid Memberships Pro.
			&& false !== self::ask( 'rcp_user_can_access', $user, $id ) // Restrict Content Pro.
			&& false !== self::ask( 'members_can_user_view_post', $user, $id ) // Members.
			&& true !== self::ask( 'pms_is_post_restricted', $id ) // Paid Member Subscriptions.
			&& ( $user > 0 || true !== self::ask( 'wpmem_is_blocked', $id ) ) // WP-Members: closed to guests.
			&& true !== self::ask( array( 'MeprRule', 'is_locked' ), $post ) // MemberPress.
			&& ! self::is_kept_by_woocommerce( $id )
			&& ! self::is_kept_by_ultimate_member( $id );
	}

	/** WooCommerce Memberships: a post with rules is open to those who fulfil them, perhaps some days later. */
	private static function is_kept_by_woocommerce( int $id ): bool {
		return true === self::ask( 'wc_memberships_is_post_content_restricted', $id ) && ! (
			current_user_can( 'wc_memberships_view_restricted_post_content', $id )
			&& current_user_can( 'wc_memberships_view_delayed_post_content', $id )
		);
	}

	/** Ultimate Member. */
	private static function is_kept_by_ultimate_member( int $id ): bool {
		$plugin = self::call( 'UM' );
		$access = is_object( $plugin ) ? self::call( array( $plugin, 'access' ) ) : null;
		return is_object( $access ) && true === self::ask( array( $access, 'is_restricted' ), $id );
	}

	/**
	 * @param string|array{0:object|string,1:string} $callback Theirs.
	 * @return bool|null Null where that plugin is not there.
	 */
	private static function ask( string|array $callback, mixed ...$args ): ?bool {
		$said = self::call( $callback, ...$args );
		return null === $said ? null : (bool) $said;
	}

	/** @param string|array{0:object|string,1:string} $callback Theirs. */
	private static function call( string|array $callback, mixed ...$args ): mixed {
		return is_callable( $callback ) ? $callback( ...$args ) : null;
	}
}
