<?php
/**
 * What was asked for by POST /jobs/batch.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Batches;

use SellMyImages\Actions\Action;
use SellMyImages\Actions\ActionSet;
use SellMyImages\JobList\InvalidFilter;
use SellMyImages\JobList\JobFilters;

/**
 * batch-request.schema.json, understood. Stricter than a list's filters: a filter that says nothing would mean every job there is.
 */
final class BatchRequest {

	/**
	 * @param array<string,mixed>                $params Of batch-params.schema.json, the action's own only.
	 * @param array{count:int,amount:string}|null $expect What the dry run said.
	 */
	private function __construct(
		public readonly Action $action,
		public readonly array $params,
		public readonly JobSet $jobs,
		public readonly bool $is_dry_run,
		public readonly ?array $expect
	) {
	}

	/**
	 * @param array<string,mixed> $body Validated against the contract.
	 * @throws InvalidFilter Naming the parameter.
	 */
	public static function from_body( array $body, ActionSet $actions ): self {
		$action = $actions->get( (string) $body['action'] );
		$expect = $body['expect'] ?? null;

		return new self(
			$action,
			self::params( $action, (array) ( $body['params'] ?? array() ) ),
			self::jobs( $body ),
			(bool) ( $body['dry_run'] ?? false ),
			null === $expect ? null : array( 'count' => (int) $expect['count'], 'amount' => (string) $expect['amount'] )
		);
	}

	/** @param array<string,mixed> $body See from_body(). */
	private static function jobs( array $body ): JobSet {
		if ( isset( $body['ids'] ) === isset( $body['filter'] ) ) {
			throw new InvalidFilter(
				isset( $body['ids'] ) ? 'filter' : 'ids',
				__( 'Say which jobs: either ids or filter, not both.', 'sell-my-images' )
			);
		}

		return isset( $body['ids'] )
			? JobSet::of_ids( array_values( array_map( 'strval', (array) $body['ids'] ) ) )
			: JobSet::matching( self::filters( (array) $body['filter'] ) );
	}

	/** @param array<string,mixed> $filter Of jobs-filter.schema.json. */
	private static function filters( array $filter ): JobFilters {
		foreach ( $filter as $name => $value ) {
			if ( array() === $value || ( is_string( $value ) && '' === trim( $value ) ) ) {
				throw new InvalidFilter(
					"filter.$name",
					__( 'This filter is empty. Leave it out to mean all jobs, or say which.', 'sell-my-images' )
				);
			}
		}
		try {
			return JobFilters::from_params( $filter );
		} catch ( InvalidFilter $invalid ) {
			throw new InvalidFilter( "filter.$invalid->parameter", $invalid->getMessage() );
		}
	}

	/**
	 * @param array<string,mixed> $params As they came.
	 * @return array<string,mixed>
	 */
	private static function params( Action $action, array $params ): array {
		foreach ( array_diff( array_keys( $params ), $action->batch_params() ) as $name ) {
			throw new InvalidFilter(
				"params.$name",
				/* translators: 1: name of a parameter, 2: name of an action. */
				sprintf( __( '%1$s means nothing for %2$s.', 'sell-my-images' ), $name, $action->name() )
			);
		}
		$action->check_batch_params( $params );

		return $params;
	}
}
