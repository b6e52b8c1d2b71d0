<?php
/**
 * A look through all that Stripe has, as the REST API shows it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Owner;

use SellMyImages\Channel\ConnectionProblems;
use SellMyImages\Reconciliation\Difference;
use SellMyImages\Reconciliation\Outcomes;
use SellMyImages\Reconciliation\Run;
use SellMyImages\Support\ActorNames;
use SellMyImages\Support\Times;

/**
 * Makes reconciliation.schema.json.
 */
final class ReconciliationPresenter {

	/** Problems that keep a run from going on. */
	private const KEEPING = array(
		'not_paired',
		'safe_mode',
		'protocol_mismatch',
		'bridge_silent',
		'stripe_account_changed',
		'stripe_silent',
	);

	public function __construct( private readonly Outcomes $outcomes, private readonly ConnectionProblems $problems ) {}

	/** @return array<string,mixed> */
	public function present( Run $run ): array {
		$differences = array_map( fn( Difference $found ): array => $this->difference( $run, $found ), $run->differences() );
		$became      = array_count_values( array_column( $differences, 'outcome' ) );
		$put_right   = $became[ Outcomes::PUT_RIGHT ] ?? 0;
		$waiting     = $became[ Outcomes::WAITING ] ?? 0;
		$counts      = $run->counts();
		$lists       = $run->lists();

		return array(
			'id'             => $run->id(),
			'state'          => $run->state(),
			'dry_run'        => $run->is_dry(),
			'since'          => gmdate( 'Y-m-d\TH:i:s\Z', $run->since() ),
			'requested_by'   => ActorNames::of( $run->by() ),
			'requested_at'   => (string) Times::iso( $run->at() ),
			'ended_at'       => Times::iso( $run->ended_at() ),
			'seen'           => (int) array_sum( array_column( $lists, 'seen' ) ),
			'lists'          => $lists,
			'found'          => (int) array_sum( $counts ),
			'is_found_floor' => $run->is_floor(),
			'counts'         => array_map(
				static fn( string $code, int $count ): array => array(
					'code'  => $code,
					'count' => $count,
				),
				array_keys( $counts ),
				$counts
			),
			'unclear'        => $run->unclear(),
			'put_right'      => $put_right,
			'waiting'        => $waiting,
			'differences'    => $differences,
			'trouble'        => $this->trouble( $run ),
			'message'        => ReconciliationWords::of( $run, $put_right, $waiting ),
		);
	}

	/**
	 * @return array{code:string,object:string,job_id:string|null,amount:string|null,currency:string|null,before:string|null,
	 *   after:string|null,outcome:string,message:string} Of reconciliation-difference.schema.json.
	 */
	private function difference( Run $run, Difference $found ): array {
		$became = $this->outcomes->of( $run, $found );

		return array(
			'code'     => $found->code,
			'object'   => $found->object->id,
			'job_id'   => $became['job_id'],
			'amount'   => $found->object->amount(),
			'currency' => $found->object->currency,
			'before'   => $found->before,
			'after'    => $found->after,
			'outcome'  => $became['outcome'],
			'message'  => ReconciliationWords::of_difference( $found ),
		);
	}

	/** @return array{code:string,message:string}|null */
	private function trouble( Run $run ): ?array {
		foreach ( $run->is_running() ? $this->problems->all() : array() as $problem ) {
			if ( in_array( $problem['code'], self::KEEPING, true ) ) {
				return array( 'code' => $problem['code'], 'message' => $problem['message'] . ' ' . $problem['remedy'] );
			}
		}
		$trouble = $run->trouble();

		return null === $trouble
			? null
			: array( 'code' => $trouble['code'], 'message' => ReconciliationWords::of_trouble( $trouble ) );
	}
}
