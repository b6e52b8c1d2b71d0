<?php
/**
 * What every controller of routes has.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Rest;

use WP_Error;

/**
 * A controller adds its routes, and lets what is refused be thrown: ThrownErrors is the one place that makes an answer of it.
 */
abstract class Controller {

	public const NAMESPACE = 'smi/v1';

	/** A job's number as a part of a route, in any case; a wrong one is answered by the job that is not found. */
	protected const JOB = '(?P<job_id>[0-9a-fA-F-]{36})';

	/** Adds the routes; called on `rest_api_init`. */
	abstract public function routes(): void;

	public function register(): void {
		add_action( 'rest_api_init', array( $this, 'routes' ) );
	}

	/**
	 * @param string ...$capabilities All of them are needed.
	 * @return \Closure(): (bool|WP_Error) A route's permission_callback.
	 */
	protected static function may( string ...$capabilities ): \Closure {
		return static function () use ( $capabilities ): bool|WP_Error {
			$missing = array_filter( $capabilities, static fn( string $capability ): bool => ! current_user_can( $capability ) );

			return array() === $missing ? true : RestError::forbidden();
		};
	}

	/** @return \Closure(): array<string,mixed> A route's schema. */
	protected static function schema( string $contract ): \Closure {
		return static fn(): array => Contract::load( $contract );
	}
}
