<?php
/**
 * Who this site is.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Bridge;

use SellMyImages\Database\StoredOptions;
use SellMyImages\Support\Uuid;

/**
 * The site's own UUID (in Stripe's metadata as `smi_site`) and a hash of its address. A hash, because tools that
 * clone a site rewrite plain URLs in the database.
 */
final class SiteIdentity {

	public const OPTION = 'smi_site';

	/**
	 * @param StoredOptions $options Where it is kept.
	 */
	public function __construct( private readonly StoredOptions $options ) {}

	/** The site's UUID, made at first need. */
	public function uuid(): string {
		return (string) $this->stored()['uuid'];
	}

	/** SHA-256 of where the site is now: host, port and path, without scheme, `www.` or closing slash. */
	public function home_hash(): string {
		// Asked for here first: what WordPress does not get from the database looks to it like a site without an address.
		$this->options->get( 'home' );
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
		$hash = $this->home_hash();
		$this->options->change( self::OPTION, static fn(): array => array( 'uuid' => $uuid, 'home_hash' => $hash ) );
	}

	/**
	 * The option; made when it is certain that it is missing. Another identity makes every payment so far somebody else's.
	 *
	 * @return array<string,mixed>
	 * @throws \UnexpectedValueException When something else stands there.
	 */
	private function stored(): array {
		$site = $this->options->make( self::OPTION, array( 'uuid' => Uuid::v4(), 'home_hash' => null ) );
		if ( ! is_array( $site ) || empty( $site['uuid'] ) ) {
			throw new \UnexpectedValueException(
				'The option ' . self::OPTION . ' does not hold the identity of this site. It was left as it is: restore it from a backup.'
			);
		}
		return $site;
	}
}
