<?php
/**
 * A bridge handler that does what a test says.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Commands;

use SellMyImages\Commands\Claim;
use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandHandler;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\Report;
use SellMyImages\Commands\ReportResult;
use SellMyImages\Jobs\Job;

/**
 * Notes what it was asked, and answers what it was told to.
 */
final class FakeHandler implements CommandHandler {

	/** What the next claims say. */
	public ?Claim $claim = null;

	/** What the next reports come to. */
	public ?ReportResult $result = null;

	/** What an ended lease means. */
	public ?Claim $ended = null;

	/** Called inside claim(). */
	public ?\Closure $during_claim = null;

	/** Called inside report(). */
	public ?\Closure $during_report = null;

	/**
	 * Every report: its id, and whether its lease was current.
	 *
	 * @var list<array{string,bool}>
	 */
	public array $reports = array();

	/** Leases that ended. */
	public int $leases_ended = 0;

	/** Commands claimed. */
	public int $claims = 0;

	/** Knows that kind. */
	public function __construct( private readonly CommandKind $kind ) {}

	public function kind(): CommandKind {
		return $this->kind;
	}

	public function claim( Command $command, ?Job $job ): Claim {
		++$this->claims;
		null === $this->during_claim || ( $this->during_claim )( $command );
		return $this->claim ?? Claim::give( array( 'object' => $command->object, 'job' => $job?->job_id ) );
	}

	public function report( Command $command, ?Job $job, Report $report, bool $is_current ): ReportResult {
		$this->reports[] = array( $report->id, $is_current );
		null === $this->during_report || ( $this->during_report )( $command, $report );
		return $this->result ?? ReportResult::applied();
	}

	public function lease_ended( Command $command, ?Job $job ): ?Claim {
		++$this->leases_ended;
		return $this->ended;
	}
}
