<?php
/**
 * One thing that the owner can do with a job.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Actions;

use SellMyImages\Errors\ActionRefused;
use SellMyImages\JobList\InvalidFilter;

/**
 * A route of a single job, a batch of many and the list's `allowed_actions` all ask the same object, so that none of them can have a rule
 * of its own. A new action is a class in this room, a line in `Wiring\ActionServices` and its name in job-action.schema.json.
 */
abstract class Action {

	/** @return string Of job-action.schema.json. */
	abstract public function name(): string;

	abstract public function route(): ActionRoute;

	/** What was done, for the reader. */
	abstract public function message(): string;

	/**
	 * Only looks, at rows that were read before.
	 *
	 * @param ActionRequest $request An empty one asks what no parameter changes.
	 * @return ActionRefused|null Why it cannot be done; null when it can.
	 */
	abstract public function refusal( JobFacts $facts, ActionRequest $request ): ?ActionRefused;

	/**
	 * Does it. Called inside Lifecycle::within() or within_many(), with the locked job, when refusal() has said null.
	 *
	 * @return ActionResult What is still to be done after the commit, and to be told.
	 */
	abstract protected function apply( JobFacts $facts, ActionRequest $request ): ActionResult;

	/** What doing it would move; asked when refusal() has said null. */
	public function stake( JobFacts $facts, ActionRequest $request ): Stake {
		return new Stake();
	}

	/** Whether the owner's screen offers it. */
	public function is_offered( JobFacts $facts ): bool {
		return null === $this->refusal( $facts, new ActionRequest() );
	}

	/** @return list<string> Those of batch-params.schema.json that it reads. */
	public function batch_params(): array {
		return array();
	}

	/**
	 * @param array<string,mixed> $params Those of batch_params() that were sent, each valid by itself.
	 * @throws InvalidFilter Where together they mean nothing.
	 */
	public function check_batch_params( array $params ): void {
	}

	/**
	 * Refuses before it writes anything: a refusal must leave nothing of the job in a transaction that it shares with others.
	 *
	 * @throws ActionRefused When it cannot be done; nothing was written.
	 */
	final public function run( JobFacts $facts, ActionRequest $request ): ActionResult {
		$done = $this->done_before( $facts, $request );
		if ( null !== $done ) {
			return $done;
		}
		$refusal = $this->refusal( $facts, $request );

		return null === $refusal ? $this->apply( $facts, $request ) : throw $refusal;
	}

	/** What the same request did when it came before; null when it did not. */
	protected function done_before( JobFacts $facts, ActionRequest $request ): ?ActionResult {
		return null;
	}
}
