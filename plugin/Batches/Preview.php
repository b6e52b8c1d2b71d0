<?php
/**
 * What a batch would do.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Batches;

use SellMyImages\Actions\Stake;
use SellMyImages\Support\Amount;

/**
 * Sums up job by job. What it says as `expect` is compared with what is true when the batch is made.
 */
final class Preview {

	/** Identifiers shown of each reason. */
	private const SHOWN = 10;

	public int $matched  = 0;
	public int $eligible = 0;
	public int $credits  = 0;

	/** @var array<string,Amount> By currency. */
	private array $refunds = array();

	/** @var array<string,array{code:string,message:string,count:int,job_ids:list<string>}> */
	private array $skipped = array();

	/**
	 * @param string                $action Of job-action.schema.json.
	 * @param callable(int): string $cost   Credits as a decimal.
	 * @param string                $cost_currency Of that decimal.
	 */
	public function __construct( private readonly string $action, private $cost, private readonly string $cost_currency ) {
	}

	public function add( Stake $stake, string $currency ): void {
		++$this->matched;
		++$this->eligible;
		$this->credits += $stake->credits;
		if ( null !== $stake->refund_minor ) {
			$refund                     = Amount::of_minor( $stake->refund_minor, $currency );
			$this->refunds[ $currency ] = $refund->plus( $this->refunds[ $currency ] ?? Amount::of( null, $currency ) );
		}
	}

	public function skip( string $job_id, Outcome $why ): void {
		++$this->matched;
		$key                    = $why->key();
		$this->skipped[ $key ] ??= array(
			'code' => (string) $why->code,
			'message' => (string) $why->words(),
			'count' => 0,
			'job_ids' => array(),
		);
		++$this->skipped[ $key ]['count'];
		if ( count( $this->skipped[ $key ]['job_ids'] ) < self::SHOWN ) {
			$this->skipped[ $key ]['job_ids'][] = $job_id;
		}
	}

	/** @return array{count:int,amount:string} */
	public function expect(): array {
		$amounts = $this->amounts();
		$amount  = 1 === count( $amounts )
			? $amounts[0]['amount']
			: implode( ' + ', array_map( static fn( array $one ): string => "{$one['currency']} {$one['amount']}", $amounts ) );

		return array( 'count' => $this->eligible, 'amount' => '' === $amount ? '0.00' : $amount );
	}

	/** @return array<string,mixed> The shape of batch-preview.schema.json. */
	public function to_rest(): array {
		$skipped = array_values( $this->skipped );
		usort( $skipped, static fn( array $a, array $b ): int => $b['count'] <=> $a['count'] );

		return array(
			'dry_run'  => true,
			'action'   => $this->action,
			'matched'  => $this->matched,
			'eligible' => $this->eligible,
			'skipped'  => $skipped,
			'amounts'  => $this->amounts(),
			'expect'   => $this->expect(),
		);
	}

	/** @return list<array{currency:string,amount:string}> By currency. */
	private function amounts(): array {
		if ( 'retry' === $this->action && $this->eligible > 0 ) {
			return array( array( 'currency' => $this->cost_currency, 'amount' => ( $this->cost )( $this->credits ) ) );
		}
		ksort( $this->refunds );

		return array_map(
			static fn( Amount $sum ): array => array( 'currency' => $sum->currency, 'amount' => $sum->to_decimal() ),
			array_values( $this->refunds )
		);
	}
}
