<?php
/**
 * A batch as the REST API shows it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Owner;

use SellMyImages\Batches\Batch;
use SellMyImages\Batches\Item;
use SellMyImages\Batches\ItemRepository;
use SellMyImages\Support\ActorNames;
use SellMyImages\Support\Times;

/**
 * Makes batch.schema.json.
 */
final class BatchPresenter {

	/** Those that want a look first; those that went well last. */
	private const ORDER = array( Item::FAILED, Item::WAITING, Item::COMMITTED, Item::SKIPPED, Item::CANCELLED, Item::DONE );

	/** @param callable(): array{safe_mode:bool,silent:bool} $site What keeps work from going on. */
	public function __construct( private readonly ItemRepository $items, private $site ) {
	}

	/**
	 * @param list<string> $states Only items in any of these; none: all.
	 * @return array{0:array<string,mixed>,1:int} The batch with a page of items, and how many items there are.
	 */
	public function present( Batch $batch, array $states = array(), int $page = 1, int $per_page = 20 ): array {
		$counts = $this->items->counts( $batch );
		$wanted = self::wanted( $states );
		$n      = static fn( string ...$of ): int => (int) array_sum( array_intersect_key( $counts, array_flip( $of ) ) );
		$left   = $n( Item::WAITING, Item::COMMITTED );
		$body   = array(
			'id'          => $batch->uuid,
			'action'      => $batch->action,
			'params'      => (object) $batch->params,
			'state'       => $batch->state,
			'total'       => $batch->total,
			'done'        => $n( Item::DONE ),
			'failed'      => $n( Item::FAILED ),
			'skipped'     => $n( Item::SKIPPED ),
			'cancelled'   => $n( Item::CANCELLED ),
			'left'        => $left,
			'message'     => $this->message( $batch, $n( Item::DONE ), $n( Item::FAILED ), $left ),
			'created_by'  => ActorNames::of( $batch->created_by ) ?? $batch->created_by,
			'created_at'  => (string) Times::iso( $batch->created_at ),
			'finished_at' => Times::iso( $batch->finished_at ),
			'items'       => array_map(
				static fn( Item $item ): array => $item->to_rest(),
				$this->page( $batch, $counts, $wanted, ( $page - 1 ) * $per_page, $per_page )
			),
		);

		return array( $body, $n( ...$wanted ) );
	}

	/**
	 * @param list<string> $states Of batch-query.schema.json.
	 * @return list<string> Of Item, in the order shown.
	 */
	private static function wanted( array $states ): array {
		return array_values(
			array_filter(
				self::ORDER,
				static fn( string $state ): bool => array() === $states
					|| in_array( Item::COMMITTED === $state ? Item::WAITING : $state, $states, true )
			)
		);
	}

	/**
	 * State after state, each along its index: nothing is sorted.
	 *
	 * @param array<string,int> $counts Items by state.
	 * @param list<string>      $wanted States, in order.
	 * @return list<Item>
	 */
	private function page( Batch $batch, array $counts, array $wanted, int $offset, int $limit ): array {
		$items = array();
		foreach ( $wanted as $state ) {
			$there = $counts[ $state ] ?? 0;
			if ( $offset < $there && count( $items ) < $limit ) {
				array_push( $items, ...$this->items->in_state( $batch, $state, $limit - count( $items ), $offset ) );
			}
			$offset = max( 0, $offset - $there );
		}

		return $items;
	}

	private function message( Batch $batch, int $done, int $failed, int $left ): string {
		if ( Batch::CANCELLED === $batch->state ) {
			return sprintf(
				/* translators: 1: jobs done, 2: all jobs. */
				__( 'Stopped: %1$s of %2$s were done, and stay done.', 'sell-my-images' ),
				number_format_i18n( $done ),
				number_format_i18n( $batch->total )
			);
		}
		$parts = array(
			/* translators: 1: jobs done, 2: all jobs. */
			sprintf( __( '%1$s of %2$s done.', 'sell-my-images' ), number_format_i18n( $done ), number_format_i18n( $batch->total ) ),
		);
		if ( $failed > 0 ) {
			$parts[] = sprintf(
				/* translators: %s: a number of jobs. */
				_n( '%s could not be done.', '%s could not be done.', $failed, 'sell-my-images' ),
				number_format_i18n( $failed )
			);
		}
		$parts[] = $this->outlook( $batch, $left );

		return implode( ' ', array_filter( $parts ) );
	}

	private function outlook( Batch $batch, int $left ): string {
		$site = ( $this->site )();
		if ( $left > 0 && $site['safe_mode'] ) {
			return __(
				'This site holds still because it may be a copy of your shop: the rest waits until you say which it is.',
				'sell-my-images'
			);
		}
		$needs_bridge = in_array( $batch->action, array( 'refund', 'retry', 'refresh' ), true );
		if ( $needs_bridge && $site['silent'] ) {
			return __(
				'The bridge is not reachable now: what needs Stripe or the upscaler is kept and done as soon as the bridge is back.',
				'sell-my-images'
			);
		}

		return $left > 0 ? __( 'You can close this window; the work goes on.', 'sell-my-images' ) : '';
	}
}
