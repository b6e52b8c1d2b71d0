<?php
/**
 * Where the sweep is.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upkeep;

/**
 * Which step is next, and how far each has come. Read and written outside transactions.
 */
final class SweepPlace {

	private const OPTION = 'smi_sweep_cursor';

	private int $next;

	/** @var array<string,string> The last id that each step has done; '' begins anew. */
	private array $after;

	public function __construct( private readonly int $steps ) {
		$stored      = get_option( self::OPTION, array() );
		$this->next  = max( 0, (int) ( is_array( $stored ) ? $stored['next'] ?? 0 : 0 ) ) % $steps;
		$this->after = array_map( 'strval', (array) ( is_array( $stored ) ? $stored['after'] ?? array() : array() ) );
	}

	public function next(): int {
		return $this->next;
	}

	public function move_on(): void {
		$this->next = ( $this->next + 1 ) % $this->steps;
	}

	public function after( string $step ): string {
		return $this->after[ $step ] ?? '';
	}

	public function came_to( string $step, string $id ): void {
		$this->after[ $step ] = $id;
	}

	public function save(): void {
		update_option( self::OPTION, array( 'next' => $this->next, 'after' => array_filter( $this->after ) ), false );
	}
}
