<?php
/**
 * Jobs about which something was written.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

use SellMyImages\Database\Transaction;

/**
 * Told by the repositories of refunds, attempts, events and commands; asked by Lifecycle, which then makes a new version of the job. For
 * the open transaction: what was rolled back or is run again counts no more.
 */
final class TouchedJobs {

	/** @var array<string,true> */
	private array $ids = array();

	private int $number = -1;

	public function __construct( private readonly Transaction $transaction ) {
	}

	public function add( ?string $job_id ): void {
		if ( $this->transaction->number() !== $this->number ) {
			$this->ids    = array();
			$this->number = $this->transaction->number();
		}
		if ( null !== $job_id && $this->transaction->is_open() ) {
			$this->ids[ $job_id ] = true;
		}
	}

	/** Whether it was touched since the last call. */
	public function take( string $job_id ): bool {
		$this->add( null );
		$is_touched = isset( $this->ids[ $job_id ] );
		unset( $this->ids[ $job_id ] );

		return $is_touched;
	}
}
