<?php
/**
 * Where a page ended.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Query;

use SellMyImages\JobList\InvalidFilter;
use SellMyImages\Jobs\Job;
use SellMyImages\Support\Uuid;

/**
 * Opaque to clients: created_at and job_id. No number of the database leaves it, for a restored backup gives it away again.
 */
final class Cursor {

	private function __construct( public readonly string $created_at, public readonly string $job_id ) {
	}

	public static function after( Job $job ): self {
		return new self( $job->created_at, $job->job_id );
	}

	/** @throws InvalidFilter When it was not made here. */
	public static function parse( string $text ): self {
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode -- part of an address.
		$plain = (string) base64_decode( strtr( $text, '-_', '+/' ), true );
		$parts = explode( '|', $plain );
		if (
			2 !== count( $parts )
			|| 1 !== preg_match( '/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/D', $parts[0] )
			|| ! Uuid::is_valid( $parts[1] )
		) {
			throw new InvalidFilter( 'cursor', __( 'This is no cursor of this list. Start again without it.', 'sell-my-images' ) );
		}

		return new self( $parts[0], strtolower( $parts[1] ) );
	}

	public function __toString(): string {
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- part of an address.
		return rtrim( strtr( base64_encode( "$this->created_at|$this->job_id" ), '+/', '-_' ), '=' );
	}

	/**
	 * Two comparisons, not `(created_at, id) < (…)`, which uses no index.
	 *
	 * @param int|null $id Of the job; null when it is gone: then its second is left out whole.
	 */
	public function condition( Sort $sort, ?int $id ): Condition {
		$sign = $sort->is_descending() ? '<' : '>';
		if ( null === $id ) {
			return new Condition( "created_at $sign %s", $this->created_at );
		}

		return new Condition(
			"created_at $sign= %s AND ( created_at $sign %s OR id $sign %d )",
			$this->created_at,
			$this->created_at,
			$id
		);
	}
}
