<?php
/**
 * Who this site is.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Support\Uuid;

/**
 * The site's own UUID (in Stripe's metadata as `smi_site`) and a hash of its address. A hash, because tools that
 * clone a site rewrite plain URLs in the database.
 */
class SiteIdentity {

	public const OPTION = 'smi_site';

	/** The site's UUID, made at first need. */
	public function uuid(): string {
		return (string) $this->stored()['uuid'];
	}

	/** SHA-256 of where the site is now: host, port and path, without scheme, `www.` or closing slash. */
	public function home_hash(): string {
		$home = (string) preg_replace( '#^https?://(www\.)?#i', '', (string) get_option( 'home' ) );
		return hash( 'sha256', strtolower( untrailingslashit( $home ) ) );
	}

	/** The hash of where the site was when live keys were first used; null before that. */
	public function live_home_hash(): ?string {
		$hash = $this->stored()['home_hash'] ?? null;
		return is_string( $hash ) && '' !== $hash ? $hash : null;
	}

	/**
	 * The pair that every body to the bridge carries.
	 *
	 * @return array{uuid:string,home_hash:string}
	 */
	public function pair(): array {
		return array(
			'uuid'      => $this->uuid(),
			'home_hash' => $this->home_hash(),
		);
	}

	/** Remembers that this is where live keys are used. */
	public function settle_here(): void {
		$this->store( $this->uuid() );
	}

	/** Becomes another site, here. */
	public function become_another(): void {
		$this->store( Uuid::v4() );
	}

	/**
	 * Writes the option.
	 *
	 * @param string $uuid The identity.
	 */
	private function store( string $uuid ): void {
		update_option(
			self::OPTION,
			array(
				'uuid'      => $uuid,
				'home_hash' => $this->home_hash(),
			),
			false
		);
	}

	/**
	 * The option; made when missing.
	 *
	 * @return array<string,mixed>
	 */
	private function stored(): array {
		$site = get_option( self::OPTION );
		if ( ! is_array( $site ) || empty( $site['uuid'] ) ) {
			// add_option() does nothing when another request was faster.
			add_option( self::OPTION, array( 'uuid' => Uuid::v4(), 'home_hash' => null ), '', false );
			$site = get_option( self::OPTION );
		}
		return (array) $site;
	}
}
