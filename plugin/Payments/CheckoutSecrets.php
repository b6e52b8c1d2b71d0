<?php
/**
 * What a checkout's parameters need and its command must not keep.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Jobs\Job;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Support\Fields;

/**
 * The buyer's key is derived from the job and the address stands in the job's row, so both come out the same each time: a replayed
 * idempotency key brings the same parameters.
 */
final class CheckoutSecrets {

	public function __construct( private readonly LinkTokens $links ) {
	}

	/** Whether the key can still be derived; WordPress's salts may have changed since. */
	public function is_known( Job $job ): bool {
		return $this->links->is_buyer( $job, $this->links->buyer_key( $job->job_id ) );
	}

	/**
	 * @param array<string,mixed> $payload As it is stored.
	 * @return array<string,mixed> Of command-open-checkout.schema.json.
	 */
	public function put_in( array $payload, Job $job ): array {
		$session = ( new Fields( $payload ) )->part( 'session' ) ?? array();
		$urls    = new Fields( $session );
		foreach ( array_intersect( array( 'success_url', 'cancel_url' ), array_keys( $session ) ) as $name ) {
			$session[ $name ] = self::with_key( $urls->text( $name ), $this->links->buyer_key( $job->job_id ) );
		}
		if ( '' !== $job->email ) {
			$session['customer_email'] = $job->email;
		}

		return array( 'session' => $session ) + $payload;
	}

	/** As add_query_arg(), whose filter must not run inside a transaction. A key needs no encoding. */
	private static function with_key( string $url, string $key ): string {
		if ( 1 === preg_match( '/[?&]smi_key=/', $url ) ) {
			return (string) preg_replace( '/(?<=[?&]smi_key=)[^&#]*/', $key, $url );
		}
		$parts = explode( '#', $url, 2 );
		$sign  = str_contains( $parts[0], '?' ) ? '&' : '?';

		return "{$parts[0]}{$sign}smi_key=$key" . ( isset( $parts[1] ) ? "#{$parts[1]}" : '' );
	}
}
