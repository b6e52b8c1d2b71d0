<?php
/**
 * The work of a run, as the bridge is given it and reports it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Reconciliation;

use SellMyImages\Commands\Claim;
use SellMyImages\Commands\Report;
use SellMyImages\Commands\ReportResult;
use SellMyImages\Support\Fields;
use SellMyImages\Support\Times;

/**
 * A pass that somebody waits for says what keeps it, and ends when that will not pass by itself: a right that is missing, a bridge that
 * is too old, a day without a step.
 *
 * @phpstan-import-type Place from Run
 */
final class AskedPass {

	/** What no waiting mends: the report's code => what the run says. */
	private const ENDS = array(
		'unauthorized' => 'unauthorized',
		'bad_command'  => 'bridge_too_old',
	);

	public function __construct( private readonly Runs $runs ) {}

	/** @param int $seconds Of the lease. */
	public function claim( int $seconds ): Claim {
		$run = $this->runs->running();
		if ( null === $run ) {
			return Claim::close( 'nobody waits for it' );
		}
		$place = $run->place();
		$pass  = array(
			'mode'    => $run->is_dry() ? 'look' : 'objects',
			'since'   => $run->since(),
			'by_list' => true,
		);

		return Claim::give( null === $place ? $pass : $pass + array( 'from' => $place ), $seconds );
	}

	/** A report under the current lease. */
	public function report( Report $report ): ReportResult {
		$run = $this->runs->running();
		if ( null === $run ) {
			return ReportResult::unchanged();
		}

		return match ( $report->outcome ) {
			'retry'   => $this->put_off( $run, $report ),
			'refused' => $this->refused( $run, $report ),
			default   => $this->moved( $run, $report->snapshot( 'reconcile' ) ?? array() ),
		};
	}

	private function put_off( Run $run, Report $report ): ReportResult {
		$code = self::ENDS[ (string) $report->error_code ] ?? null;
		$said = (string) $report->error_message;
		if ( null === $code && $run->moved_at() < Times::add( Times::now(), -DAY_IN_SECONDS ) ) {
			$code = (string) $report->error_code;
		}
		if ( null !== $code ) {
			return $this->fail( $run, $code, $said );
		}
		// A bridge that stops or whose lease ends hands the pass on; that is no trouble.
		if ( ! in_array( $report->error_code, array( 'stopping', 'lease_ending' ), true ) ) {
			$this->runs->change( $run->id(), static fn( Run $now ): Run => $now->in_trouble( (string) $report->error_code, $said ) );
		}

		return new ReportResult( 'retry' );
	}

	/** Perhaps the object that we were at is gone: the pass begins anew, once. */
	private function refused( Run $run, Report $report ): ReportResult {
		if ( null === $run->place() || $run->is_anew() ) {
			return $this->fail( $run, 'refused', (string) $report->error_message );
		}
		$this->runs->change( $run->id(), static fn( Run $now ): Run => $now->anew() );

		return new ReportResult( 'applied', null, 1 );
	}

	private function fail( Run $run, string $code, string $said ): ReportResult {
		$this->runs->change( $run->id(), static fn( Run $now ): Run => $now->in_trouble( $code, $said )->ended( Run::FAILED ) );

		return ReportResult::applied();
	}

	/** @param array<mixed> $snapshot As reconcile-snapshot.schema.json has it. */
	private function moved( Run $run, array $snapshot ): ReportResult {
		/** @var Place|null $place */
		$place = $snapshot['next'] ?? null;
		$seen  = ( new Fields( $snapshot ) )->number_or_null( 'seen' ) ?? 0;
		$this->runs->change( $run->id(), static fn( Run $now ): Run => $now->moved_to( $place, $seen ) );

		return null === $place ? ReportResult::applied() : new ReportResult( 'applied', null, 0 );
	}
}
