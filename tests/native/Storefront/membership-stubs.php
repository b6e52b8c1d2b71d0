<?php
/**
 * Stand-ins for the functions of membership plugins. They let everybody in, unless a test names the posts that they keep.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

// phpcs:disable -- names of other plugins.

final class SmiMembershipStub {
	/** @var array<string,list<int>> Plugin => posts it keeps from guests. */
	public static array $kept = array();

	public static function keeps( string $plugin, int $post_id ): bool {
		return in_array( $post_id, self::$kept[ $plugin ] ?? array(), true ) && ! is_user_logged_in();
	}
}

function pmpro_has_membership_access( $post_id = null, $user_id = null, $return_membership_levels = false ) {
	return ! SmiMembershipStub::keeps( 'pmpro', (int) $post_id );
}

function rcp_user_can_access( $user_id = 0, $post_id = 0 ) {
	return ! SmiMembershipStub::keeps( 'rcp', (int) $post_id );
}

function members_can_user_view_post( $user_id, $post_id = '' ) {
	return ! SmiMembershipStub::keeps( 'members', (int) $post_id );
}

function pms_is_post_restricted( $post_id = null ) {
	return SmiMembershipStub::keeps( 'pms', (int) $post_id );
}

function wpmem_is_blocked( $post_id = false ) {
	// As in WP-Members: whether the post is blocked, whoever asks.
	return in_array( (int) $post_id, SmiMembershipStub::$kept['wpmem'] ?? array(), true );
}

function wc_memberships_is_post_content_restricted( $post_id = null ) {
	return in_array( (int) $post_id, SmiMembershipStub::$kept['wc'] ?? array(), true );
}

class MeprRule {
	public static function is_locked( $post ) {
		return SmiMembershipStub::keeps( 'mepr', (int) $post->ID );
	}
}

function UM() {
	return new class() {
		public function access() {
			return new class() {
				public function is_restricted( $post_id ) {
					return SmiMembershipStub::keeps( 'um', (int) $post_id );
				}
			};
		}
	};
}
