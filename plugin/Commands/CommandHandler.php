<?php
/**
 * How one kind of bridge command is handed out and answered.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Commands;

use SellMyImages\Jobs\Job;

/**
 * One implementation per kind that the bridge carries out. Every method runs inside a transaction that has
 * locked the job's row, so none of them may call out, mail or fire a hook.
 */
interface CommandHandler {

	/**
	 * The kind this handler knows.
	 */
	public function kind(): CommandKind;

	/**
	 * The command is about to be handed out: with what, or why not.
	 *
	 * @param Command  $command As it will be under the new lease.
	 * @param Job|null $job     Locked; null when the command has none.
	 */
	public function claim( Command $command, ?Job $job ): Claim;

	/**
	 * A report came in.
	 *
	 * @param Command  $command    As it is in the database.
	 * @param Job|null $job        Locked; null when the command has none.
	 * @param Report   $report     What the bridge says.
	 * @param bool     $is_current Whether it was done under the present lease. If not: take provider ids, no verdicts.
	 */
	public function report( Command $command, ?Job $job, Report $report, bool $is_current ): ReportResult;

	/**
	 * The lease ran out without an answer; called once, before anything else happens to the command.
	 *
	 * @param Command  $command As it is in the database.
	 * @param Job|null $job     Locked; null when the command has none.
	 * @return Claim|null Null goes on to claim(); a Claim (close, later) is obeyed instead.
	 */
	public function lease_ended( Command $command, ?Job $job ): ?Claim;
}
