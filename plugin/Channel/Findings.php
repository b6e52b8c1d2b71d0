<?php
/**
 * What the hints of a pass that somebody asked for show.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Bridge\SiteIdentity;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Reconciliation\Comparison;
use SellMyImages\Reconciliation\Difference;
use SellMyImages\Reconciliation\Run;
use SellMyImages\Reconciliation\Runs;
use SellMyImages\Reconciliation\StripeObject;

/**
 * Compares, and notes the differences in the run; it acts on none of them. A hint belongs to a run by its id, which begins with the
 * command's UUID and the number of the lease.
 */
final class Findings {

	public function __construct(
		private readonly Runs $runs,
		private readonly CommandRepository $commands,
		private readonly Comparison $comparison,
		private readonly HintResolver $resolver,
		private readonly SiteIdentity $site,
	) {}

	/** @param list<array<string,mixed>> $hints As hint.schema.json has them. */
	public function note( array $hints ): void {
		$shown = array_filter( array_map( array( StripeObject::class, 'of_hint' ), $hints ) );
		$run   = array() === $shown ? null : $this->runs->running();
		if ( null === $run ) {
			return;
		}
		$uuid  = $this->commands->find( CommandKind::Reconcile, Runs::ASKED )->uuid ?? '';
		$found = array();
		foreach ( $shown as $n => $object ) {
			$difference = self::is_of( $run, $uuid, $hints[ $n ] ) ? $this->compare( $object, $hints[ $n ] ) : null;
			$found      = null === $difference ? $found : array( ...$found, $difference );
		}
		if ( array() !== $found ) {
			$this->runs->change( $run->id(), static fn( Run $now ): Run => $now->with_found( $found ) );
		}
	}

	/** @param array<string,mixed> $hint The hint. */
	private static function is_of( Run $run, string $uuid, array $hint ): bool {
		$pattern = '/^' . preg_quote( $uuid, '/' ) . '\.(\d{1,9}):/D';

		return 1 === preg_match( $pattern, (string) $hint['id'], $parts )
			&& $run->is_lease( (int) $parts[1] )
			&& str_starts_with( (string) $hint['type'], 'look.' ) === $run->is_dry();
	}

	/** @param array<string,mixed> $hint The hint. */
	private function compare( StripeObject $object, array $hint ): ?Difference {
		if ( '' !== $object->site && $object->site !== $this->site->uuid() ) {
			return null;
		}
		$job = $this->resolver->whose( $hint );
		if ( null !== $job && isset( $hint['livemode'] ) && (bool) $hint['livemode'] !== $job->livemode ) {
			return null;
		}

		return $this->comparison->of( $object, $job );
	}
}
