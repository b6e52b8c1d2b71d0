<?php
/**
 * Download links and buyers' keys.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Links;

use SellMyImages\Jobs\Job;
use SellMyImages\Settings\Settings;
use SellMyImages\Support\Times;

/**
 * Makes, remakes and checks the two secrets of a buyer.
 *
 * Both are HMACs over the job's id, so that a mail that is sent again carries the same link, though only their
 * SHA-256 is stored. The key comes from WordPress's salts: where those change, the hash no longer fits and the next need makes a new link.
 */
final class LinkTokens {

	/** Put before the hash of a revoked link: it is still found, but no token can hash to it. */
	private const REVOKED = 'x';

	public function __construct( private readonly Settings $settings ) {}

	/**
	 * The buyer's key of a job.
	 */
	public function buyer_key( string $job_id ): string {
		return $this->sign( 'buyer:' . $job_id );
	}

	/**
	 * What is stored of the buyer's key.
	 */
	public function buyer_key_hash( string $job_id ): string {
		return $this->hash( $this->buyer_key( $job_id ) );
	}

	/**
	 * Whether a key belongs to a job. Takes the same time whether it does or not, and for a job that does not exist.
	 */
	public function is_buyer( ?Job $job, string $key ): bool {
		$stored = null === $job ? '' : $job->buyer_key_hash;
		$equal  = hash_equals( '' === $stored ? str_repeat( '0', 64 ) : $stored, $this->hash( $key ) );
		return $equal && '' !== $stored;
	}

	/**
	 * The token of one generation of a job's link.
	 */
	public function token( string $job_id, int $generation ): string {
		return $this->sign( "download:$job_id:$generation" );
	}

	/**
	 * What is stored of a token: 64 hex digits.
	 */
	public function hash( string $token ): string {
		return hash( 'sha256', $token );
	}

	/**
	 * What the stored value becomes once the link is revoked.
	 */
	public function revoked_hash( string $hash ): string {
		return self::REVOKED . substr( $hash, 0, 63 );
	}

	/**
	 * Column changes for a new link; the old one is dead from then on.
	 *
	 * @return array{download_generation:int,download_token:string,download_expires_at:string|null}
	 */
	public function issue( Job $job ): array {
		$generation = $job->download_generation + 1;
		$lifetime   = $this->settings->link_lifetime_seconds();
		return array(
			'download_generation' => $generation,
			'download_token'      => $this->hash( $this->token( $job->job_id, $generation ) ),
			'download_expires_at' => $lifetime > 0 ? Times::add( Times::now(), $lifetime ) : null,
		);
	}

	/**
	 * Column changes that withdraw the link.
	 *
	 * @return array<string,string>
	 */
	public function revoke( Job $job ): array {
		$stored = (string) $job->download_token;
		return '' === $stored || self::REVOKED === $stored[0] ? array() : array( 'download_token' => $this->revoked_hash( $stored ) );
	}

	/**
	 * Whether a job had a link that was withdrawn, as after a refund.
	 */
	public static function is_revoked( Job $job ): bool {
		$stored = (string) $job->download_token;
		return '' === $stored ? $job->download_generation > 0 : self::REVOKED === $stored[0];
	}

	/**
	 * State of a job's link.
	 *
	 * @return 'none'|'active'|'expired'|'revoked'
	 */
	public static function state( Job $job ): string {
		if ( self::is_revoked( $job ) ) {
			return 'revoked';
		}
		if ( '' === (string) $job->download_token ) {
			return 'none';
		}
		return null !== $job->download_expires_at && $job->download_expires_at <= Times::now() ? 'expired' : 'active';
	}

	/**
	 * The link's address; null when there is none, or it expired or was revoked, or the salts changed since.
	 */
	public function url( Job $job ): ?string {
		$token = $this->token( $job->job_id, $job->download_generation );
		return 'active' !== self::state( $job ) || $this->is_lost( $job ) ? null : SideAddress::download_url( $token );
	}

	/**
	 * Whether a live link can no longer be rebuilt: the salts changed since it was made.
	 */
	public function is_lost( Job $job ): bool {
		return 'active' === self::state( $job )
			&& ! hash_equals( (string) $job->download_token, $this->hash( $this->token( $job->job_id, $job->download_generation ) ) );
	}

	/**
	 * Base64url of an HMAC-SHA256, 43 characters.
	 */
	private function sign( string $what ): string {
		$key = hash_hmac( 'sha256', 'sell-my-images links v1', Salts::auth() . Salts::secure_auth(), true );
		$mac = hash_hmac( 'sha256', $what, $key, true );
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode
		return rtrim( strtr( base64_encode( $mac ), '+/', '-_' ), '=' );
	}
}
