<?php
/**
 * Takes hints in.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Bridge\ProviderEvents;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Database\DatabaseError;
use SellMyImages\Database\Transaction;
use SellMyImages\Hooks\Failures;

/**
 * All hints of a message in one short transaction; what they ask for is committed before anybody is told so. A hint
 * that came before wants another look all the same: correctness never rests on an event's id.
 */
final class Hints {

	/**
	 * @param HintResolver      $resolver    Finds what they are about.
	 * @param CommandRepository $commands    What they want.
	 * @param ProviderEvents    $events      The audit.
	 * @param Transaction       $transaction The database's.
	 * @param Findings|null     $findings    Who tells what a pass that was asked for showed.
	 */
	public function __construct(
		private readonly HintResolver $resolver,
		private readonly CommandRepository $commands,
		private readonly ProviderEvents $events,
		private readonly Transaction $transaction,
		private readonly ?Findings $findings = null,
	) {}

	/**
	 * Takes them in.
	 *
	 * @param list<array<string,mixed>> $hints As hint.schema.json has them.
	 * @return list<array{id:string,answer:string,code?:string}>
	 */
	public function take( array $hints ): array {
		if ( array() === $hints ) {
			return array();
		}
		try {
			return $this->take_together( $hints );
		} catch ( \Throwable $error ) {
			self::throw_if_away( $error );
			return array_map( array( $this, 'take_alone' ), $hints );
		}
	}

	/**
	 * All or none.
	 *
	 * @param list<array<string,mixed>> $hints    The hints.
	 * @param bool                      $is_noted Whether the audit hears of them.
	 * @return list<array{id:string,answer:string,code?:string}>
	 */
	private function take_together( array $hints, bool $is_noted = true ): array {
		$targets = array_map( fn( array $hint ): HintTarget => $this->resolver->resolve( $hint ), $hints );
		$this->transaction->run( fn() => $this->store( $hints, $targets, $is_noted ) );
		$this->findings?->note( $hints );
		return array_map( array( $this, 'answer' ), $hints, $targets );
	}

	/**
	 * What is wrong with one hint must not keep the others from being taken. Nothing rests on the audit: where that is what is wrong,
	 * it goes without.
	 *
	 * @param array<string,mixed> $hint The hint.
	 * @return array{id:string,answer:string,code?:string}
	 */
	private function take_alone( array $hint ): array {
		foreach ( array( true, false ) as $is_noted ) {
			try {
				return $this->take_together( array( $hint ), $is_noted )[0];
			} catch ( \Throwable $error ) {
				self::throw_if_away( $error );
				Failures::note( Failures::CHANNEL, 'hint', $error, (string) $hint['id'] );
			}
		}
		return array(
			'id'     => (string) $hint['id'],
			'answer' => 'retry',
			'code'   => 'internal_error',
		);
	}

	/**
	 * A database that is away is the same for all of them.
	 *
	 * @param \Throwable $error What was wrong.
	 * @throws DatabaseError When nothing can be stored now.
	 */
	private static function throw_if_away( \Throwable $error ): void {
		if ( $error instanceof DatabaseError && ( $error->is_passing() || $error->is_lost_connection() ) ) {
			throw $error;
		}
	}

	/**
	 * Writes rows, in one order for everybody, so that two messages do not wait for each other.
	 *
	 * @param list<array<string,mixed>> $hints   The hints.
	 * @param list<HintTarget>          $targets What they are about, in the same order.
	 * @param bool                      $is_noted Whether the audit hears of them.
	 */
	private function store( array $hints, array $targets, bool $is_noted ): void {
		$jobs = array_map( static fn( HintTarget $target ): ?string => $target->job_id, $targets );
		$ids  = array_map( static fn( array $hint ): string => (string) $hint['id'], $hints );
		// What is about nothing of ours leaves no trace: anybody's events may come in here.
		$ids = array_filter( $ids, static fn( int $n ): bool => null !== $targets[ $n ]->kind, ARRAY_FILTER_USE_KEY );
		asort( $ids, SORT_STRING );
		foreach ( $is_noted ? $ids : array() as $n => $id ) {
			$provider = $hints[ $n ]['provider'] ?? ( empty( $hints[ $n ]['attempt_token'] ) ? 'stripe' : 'upsampler' );
			$this->events->note( $id, (string) $provider, (string) $hints[ $n ]['type'], $jobs[ $n ] );
		}
		$wanted = array_filter( $targets, static fn( HintTarget $target ): bool => null !== $target->kind );
		usort(
			$wanted,
			static fn(
				HintTarget $a,
				HintTarget $b
			): int => array( $a->kind?->value, $a->object ) <=> array( $b->kind?->value, $b->object )
		);
		foreach ( $wanted as $target ) {
			if ( null !== $target->kind ) {
				$this->commands->hint( $target->kind, $target->object, $target->job_id, 0, $target->payload );
			}
		}
	}

	/**
	 * The answer to one hint.
	 *
	 * @param array<string,mixed> $hint   The hint.
	 * @param HintTarget          $target What it is about.
	 * @return array{id:string,answer:string,code?:string}
	 */
	private function answer( array $hint, HintTarget $target ): array {
		$id = (string) $hint['id'];
		if ( null === $target->kind && '' !== $target->code ) {
			return array(
				'id'     => $id,
				'answer' => 'rejected',
				'code'   => $target->code,
			);
		}
		return array(
			'id'     => $id,
			'answer' => null === $target->kind ? 'unchanged' : 'applied',
		);
	}
}
