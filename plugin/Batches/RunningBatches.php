<?php
/**
 * Which batches are on their way.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Batches;

/**
 * For the notices of a screen that is opened again.
 */
final class RunningBatches {

	public function __construct( private readonly BatchRepository $batches, private readonly ItemRepository $items ) {
	}

	/** @return list<array{code:string,data:array<string,mixed>}> */
	public function notices(): array {
		return array_map(
			function ( Batch $batch ): array {
				$counts = $this->items->counts( $batch );
				$left   = ( $counts[ Item::WAITING ] ?? 0 ) + ( $counts[ Item::COMMITTED ] ?? 0 );

				return array(
					'code' => 'batch_running',
					'data' => array( 'batch' => $batch->uuid, 'action' => $batch->action, 'total' => $batch->total, 'left' => $left ),
				);
			},
			$this->batches->running()
		);
	}
}
