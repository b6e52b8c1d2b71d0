<?php
/**
 * What a route answers when something is thrown.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Rest;

use SellMyImages\Database\DatabaseError;
use SellMyImages\Errors\ActionRefused;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\JobList\InvalidFilter;
use SellMyImages\Jobs\JobNotFound;
use SellMyImages\Jobs\StaleJob;
use SellMyImages\Support\Redaction;
use WP_Error;
use WP_REST_Request;

/**
 * For every route below smi/v1, its question who may included: a sentence in JSON, never a white page. What is thrown is named here once,
 * whichever controller lets it through.
 */
final class ThrownErrors {

	public const DATABASE = ErrorCode::DATABASE_UNAVAILABLE;
	public const INTERNAL = ErrorCode::INTERNAL_ERROR;

	/** Seconds after which it is worth to come again. */
	public const RETRY_AFTER = 5;

	private const OURS = '/smi/v1/';

	public function register(): void {
		add_filter( 'rest_endpoints', array( $this, 'guard_endpoints' ) );
		add_filter( 'rest_request_after_callbacks', array( $this, 'add_retry_after' ), 10, 3 );
	}

	/**
	 * @param array<string,mixed> $endpoints Route => its handlers and options.
	 * @return array<string,mixed>
	 */
	public function guard_endpoints( array $endpoints ): array {
		foreach ( $endpoints as $route => $handlers ) {
			if ( str_starts_with( $route, self::OURS ) && is_array( $handlers ) ) {
				$endpoints[ $route ] = array_map(
					static fn( mixed $handler ): mixed => is_array( $handler ) ? self::guarded( $handler ) : $handler,
					$handlers
				);
			}
		}

		return $endpoints;
	}

	/**
	 * A WP_Error has no headers.
	 *
	 * @param mixed                                $response What the route answers.
	 * @param mixed                                $handler  The route's.
	 * @param WP_REST_Request<array<string,mixed>> $request  The request.
	 */
	public function add_retry_after( mixed $response, mixed $handler, WP_REST_Request $request ): mixed {
		$seconds = $response instanceof WP_Error && is_array( $response->get_error_data() )
			? (int) ( $response->get_error_data()['retry_after'] ?? 0 )
			: 0;
		if ( $seconds < 1 || ! str_starts_with( $request->get_route(), self::OURS ) || ! $response instanceof WP_Error ) {
			return $response;
		}
		$answer = rest_convert_error_to_response( $response );
		$answer->header( 'Retry-After', (string) $seconds );

		return $answer;
	}

	public static function error( \Throwable $thrown ): WP_Error {
		return match ( true ) {
			$thrown instanceof DatabaseError => self::database( $thrown ),
			$thrown instanceof ActionRefused => self::refused( $thrown ),
			$thrown instanceof JobNotFound => RestError::job_not_found(),
			$thrown instanceof InvalidFilter => RestError::invalid( array( $thrown->parameter => $thrown->getMessage() ) ),
			$thrown instanceof RateLimitedException => new WP_Error(
				ErrorCode::RATE_LIMITED,
				__( 'That was a little too often. Nothing is lost: please wait a moment and try again.', 'sell-my-images' ),
				array( 'status' => 429, 'retry_after' => $thrown->retry_after )
			),
			$thrown instanceof StaleJob => new WP_Error(
				ErrorCode::JOB_CHANGED,
				__( 'Nothing was done: this job changed at the same moment. Look at its new state and try again.', 'sell-my-images' ),
				array( 'status' => 409 )
			),
			default => self::internal( $thrown ),
		};
	}

	/** The data of a refusal; its parameters also where WordPress has those of bad input. */
	private static function refused( ActionRefused $refused ): WP_Error {
		$params = $refused->details['params'] ?? null;

		return new WP_Error(
			$refused->error_code,
			$refused->getMessage(),
			array(
				'status' => $refused->status,
				'details' => $refused->details,
			) + ( null === $params ? array() : array( 'params' => $params ) )
		);
	}

	private static function database( DatabaseError $error ): WP_Error {
		self::log( 'The database did not take a request; it was answered 503. ' . $error->getMessage() );
		$message = $error->is_outcome_unknown
			? __(
				'The connection to the database broke off at the last moment, so it is not certain whether this was done. Look first, then decide whether to try again.',
				'sell-my-images'
			)
			: __(
				'The database does not answer just now, so this could not be finished. Nothing is lost; please try again in a few seconds.',
				'sell-my-images'
			);

		return new WP_Error( self::DATABASE, $message, array( 'status' => 503, 'retry_after' => self::RETRY_AFTER ) );
	}

	private static function internal( \Throwable $thrown ): WP_Error {
		$where = ' in ' . $thrown->getFile() . ':' . $thrown->getLine();
		self::log( self::INTERNAL . ': ' . get_class( $thrown ) . ': ' . Redaction::text( $thrown->getMessage() ) . $where );

		return new WP_Error(
			self::INTERNAL,
			__(
				'Something went wrong on this site that should not. What was stored before it stays. Look whether it was done before you try again; the reason stands in the site’s error log.',
				'sell-my-images'
			),
			array( 'status' => 500 )
		);
	}

	/**
	 * @param array<string,mixed> $handler Of one or some methods.
	 * @return array<string,mixed>
	 */
	private static function guarded( array $handler ): array {
		foreach ( array( 'callback', 'permission_callback' ) as $name ) {
			if ( isset( $handler[ $name ] ) && is_callable( $handler[ $name ] ) ) {
				$handler[ $name ] = self::answering( $handler[ $name ] );
			}
		}

		return $handler;
	}

	private static function answering( callable $callback ): \Closure {
		return static function ( WP_REST_Request $request ) use ( $callback ): mixed {
			try {
				return $callback( $request );
			} catch ( \Throwable $thrown ) {
				return self::error( $thrown );
			}
		};
	}

	private static function log( string $line ): void {
		// phpcs:ignore WordPress.PHP.DevelopmentFunctions.error_log_error_log -- whoever asked cannot mend it.
		error_log( 'Sell My Images: ' . $line );
	}
}
