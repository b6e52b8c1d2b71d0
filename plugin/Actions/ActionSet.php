<?php
/**
 * The owner's actions.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Actions;

use SellMyImages\Errors\ActionRefused;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Support\Uuid;

final class ActionSet {

	/** @var array<string,Action> By name, in the order in which they are shown. */
	private readonly array $actions;

	/** @param list<Action> $actions In the order in which they are shown. */
	public function __construct( private readonly Lifecycle $lifecycle, private readonly JobFactsReader $facts, array $actions ) {
		$this->actions = array_combine( array_map( static fn( Action $action ): string => $action->name(), $actions ), $actions );
	}

	/** @return list<Action> */
	public function all(): array {
		return array_values( $this->actions );
	}

	public function find( string $name ): ?Action {
		return $this->actions[ $name ] ?? null;
	}

	/** @throws \LogicException When there is none: names are checked by a contract before. */
	public function get( string $name ): Action {
		return $this->find( $name ) ?? throw new \LogicException( "No such action: $name" );
	}

	/** @return list<string> Of job-action.schema.json. */
	public function offered( JobFacts $facts ): array {
		return array_keys( array_filter( $this->actions, static fn( Action $action ): bool => $action->is_offered( $facts ) ) );
	}

	/**
	 * Does it with one job, and tells those who want to hear of it.
	 *
	 * @throws ActionRefused When it cannot be done, in words; nothing half done is left behind.
	 */
	public function run( string $name, string $job_id, ActionRequest $request ): ActionResult {
		$action = $this->get( $name );
		if ( $action instanceof Announced ) {
			$request = $request->with_key( Uuid::v4() );
		}
		$result = $this->lifecycle->within( $job_id, fn( Job $job ): ActionResult => $this->run_seen( $action, $job, $request ) );
		if ( $result->is_announced && $action instanceof Announced ) {
			$action->announce( $job_id, $request );
		}

		return $result;
	}

	private function run_seen( Action $action, Job $job, ActionRequest $request ): ActionResult {
		if ( null !== $request->version && $job->version !== $request->version ) {
			throw ActionRefused::because( ErrorCode::JOB_CHANGED, array(), 412, array( 'version' => $job->version ) );
		}

		return $action->run( $this->facts->for_job( $job ), $request );
	}
}
