<?php
/**
 * The parameters by which jobs are listed, and what other code makes of them.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Owner;

use SellMyImages\Hooks\CallbackFailed;
use SellMyImages\Hooks\Listeners;
use SellMyImages\JobList\JobFilters;
use SellMyImages\Rest\Contract;
use WP_Error;
use WP_REST_Request;

/**
 * A list, its counts, its export and a batch over all that match ask here, so that they mean the same jobs.
 */
final class JobParams {

	/** No job has it: an empty `include` would mean all jobs. */
	private const NONE = '00000000-0000-4000-8000-000000000000';

	/** How WordPress looks at a parameter that says no more than its type. */
	private const CHECKS = array( 'validate_callback' => 'rest_validate_request_arg', 'sanitize_callback' => 'rest_sanitize_request_arg' );

	/** @return array<string,array<string,mixed>> Parameters of other code, as `args` of a route. */
	public static function added(): array {
		$ours = Contract::load( 'jobs-query' )['properties'];

		/**
		 * Filters the parameters of GET /jobs, GET /jobs/stats and /jobs/export. Others can be added; the shop's own stay as they are. What
		 * an added one means, `smi_rest_job_query` says.
		 *
		 * @since 0.2.0
		 *
		 * @param array $params Name => JSON Schema, as `args` of register_rest_route().
		 */
		$all = Listeners::filter_by_rule(
			'smi_rest_job_collection_params',
			$ours,
			static fn( mixed $given ): array => self::read_params( $given, $ours )
		);

		return array_map( array( self::class, 'guarded' ), array_diff_key( $all, $ours ) );
	}

	/**
	 * @param array<string,mixed>                  $params  Of a request, validated.
	 * @param WP_REST_Request<array<string,mixed>> $request The request.
	 * @param bool                                 $is_work Whether something is done with all of them: not where a callback failed, then.
	 * @return array<string,mixed> The same, with the filters that are meant.
	 * @throws CallbackFailed For work alone.
	 */
	public static function meant( array $params, WP_REST_Request $request, bool $is_work = false ): array {
		$names  = Contract::load( 'jobs-filter' )['properties'];
		$is_set = static fn( mixed $one ): bool => ! in_array( $one, array( null, '', array() ), true );
		$query  = array_filter( array_intersect_key( $params, $names ), $is_set );
		$filter = $is_work ? Listeners::filter_surely( ... ) : Listeners::filter_by_rule( ... );

		/**
		 * Filters which jobs are meant: by a list, its counts, its export, or a batch over all that match. It is no matter of rights: a
		 * single job is answered whatever this says.
		 *
		 * @since 0.2.0
		 *
		 * @param array            $query   Filters of jobs-filter.schema.json that were asked for. `include` without a job means none.
		 * @param \WP_REST_Request $request The request, with parameters of `smi_rest_job_collection_params`.
		 */
		$meant = $filter( 'smi_rest_job_query', $query, self::read_query( ... ), $request );

		return $meant + array_diff_key( $params, $names );
	}

	/**
	 * @param mixed                             $given By a callback.
	 * @param array<string,array<string,mixed>> $ours  Parameters.
	 * @return array<string,array<string,mixed>>
	 * @throws \UnexpectedValueException Where they are none.
	 */
	private static function read_params( mixed $given, array $ours ): array {
		if ( ! is_array( $given ) ) {
			throw new \UnexpectedValueException( 'It returned ' . get_debug_type( $given ) . ', not parameters.' );
		}
		foreach ( $ours as $name => $rules ) {
			if ( ( $given[ $name ] ?? null ) !== $rules ) {
				throw new \UnexpectedValueException( "It changed $name, which stays as it is." );
			}
		}
		foreach ( array_diff_key( $given, $ours ) as $name => $rules ) {
			if ( 1 !== preg_match( '/^[a-z][a-z0-9_]{0,63}$/D', (string) $name ) || ! is_array( $rules ) ) {
				throw new \UnexpectedValueException( "It added $name, which is no name of a parameter, or without rules." );
			}
		}

		return $given;
	}

	/**
	 * @param mixed $given By a callback.
	 * @return array<string,mixed>
	 * @throws \UnexpectedValueException Where it is no query.
	 */
	private static function read_query( mixed $given ): array {
		$schema = Contract::load( 'jobs-filter' );
		$valid  = is_array( $given ) ? rest_validate_value_from_schema( $given, $schema, 'query' ) : false;
		if ( true !== $valid ) {
			$said = is_wp_error( $valid ) ? $valid->get_error_message() : 'It returned ' . get_debug_type( $given ) . ', not filters.';
			throw new \UnexpectedValueException( $said );
		}
		$query = (array) rest_sanitize_value_from_schema( $given, $schema, 'query' );
		if ( array() === ( $query['include'] ?? null ) ) {
			$query['include'] = array( self::NONE );
		}
		JobFilters::from_params( $query ); // Throws where a value means nothing.

		return $query;
	}

	/**
	 * WordPress calls them outside of our routes, where what they throw would be a page in HTML.
	 *
	 * @param array<string,mixed> $rules Of one parameter.
	 * @return array<string,mixed>
	 */
	private static function guarded( array $rules ): array {
		foreach ( self::CHECKS as $name => $usual ) {
			$callback = $rules[ $name ] ?? ( isset( $rules['type'] ) ? $usual : null );
			if ( null !== $callback ) {
				$rules[ $name ] = static fn( mixed $value, WP_REST_Request $request, string $param ): mixed
					=> self::check( $callback, $value, $request, $param );
			}
		}

		return $rules;
	}

	/** @param WP_REST_Request<array<string,mixed>> $request The request. */
	private static function check( mixed $callback, mixed $value, WP_REST_Request $request, string $param ): mixed {
		try {
			$as_it_is = static fn( mixed $given ): mixed => $given;

			return Listeners::call( "smi_rest_job_collection_params ( $param )", $callback, $as_it_is, $value, $request, $param );
		} catch ( CallbackFailed ) {
			$words = __( 'The plugin that this parameter belongs to could not read it. Tools → Site Health names it.', 'sell-my-images' );

			return new WP_Error( 'rest_invalid_param', $words );
		}
	}
}
