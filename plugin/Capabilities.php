<?php
/**
 * Who may do what with jobs.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages;

/**
 * Granted to administrators; role editors may hand them to others.
 */
final class Capabilities {

	public const VIEW   = 'smi_view_jobs';
	public const MANAGE = 'smi_manage_jobs';
	public const REFUND = 'smi_refund_jobs';
	public const EXPORT = 'smi_export_jobs';

	public const ALL = array( self::VIEW, self::MANAGE, self::REFUND, self::EXPORT );

	public static function grant(): void {
		$role = get_role( 'administrator' );
		foreach ( self::ALL as $capability ) {
			if ( null !== $role && ! $role->has_cap( $capability ) ) {
				$role->add_cap( $capability );
			}
		}
	}

	/** From every role: they may have been handed on. */
	public static function revoke(): void {
		foreach ( array_keys( wp_roles()->roles ) as $name ) {
			$role = get_role( (string) $name );
			foreach ( self::ALL as $capability ) {
				if ( null !== $role && $role->has_cap( $capability ) ) {
					$role->remove_cap( $capability );
				}
			}
		}
	}
}
