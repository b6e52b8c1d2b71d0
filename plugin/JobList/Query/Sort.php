<?php
/**
 * The order of a list of jobs.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Query;

use SellMyImages\Jobs\Facet;

/**
 * Always ends in created_at and id, in the same direction: no two jobs are equal.
 */
final class Sort {

	/** orderby => index that holds each facet's jobs in that order. */
	private const FACET_KEYS = array(
		'created_at'     => 'k_fc',
		'status'         => 'k_fc',
		'payment_status' => 'k_fc',
		'updated_at'     => 'k_fu',
		'paid_at'        => 'k_fp',
		'completed_at'   => 'k_fd',
		'amount_charged' => 'k_fa',
		'email'          => 'k_fe',
	);

	public readonly string $direction;

	/**
	 * @param string $by    Of jobs-query.schema.json.
	 * @param string $order asc or desc.
	 */
	public function __construct( public readonly string $by = 'created_at', string $order = 'desc' ) {
		if ( ! isset( self::FACET_KEYS[ $by ] ) ) {
			throw new \LogicException( "Jobs have no order by $by." );
		}
		$this->direction = 'asc' === strtolower( $order ) ? 'ASC' : 'DESC';
	}

	public function is_by_creation(): bool {
		return 'created_at' === $this->by;
	}

	public function is_by_status(): bool {
		return in_array( $this->by, array( 'status', 'payment_status' ), true );
	}

	/** Times that grow as the job lives: the newest jobs come first. */
	public function is_by_time(): bool {
		return in_array( $this->by, array( 'updated_at', 'paid_at', 'completed_at' ), true );
	}

	public function is_descending(): bool {
		return 'DESC' === $this->direction;
	}

	/** Index in which one facet's jobs stand in this order. */
	public function facet_key(): string {
		return self::FACET_KEYS[ $this->by ];
	}

	/** SQL of what is sorted by; of the facet's parts, numbers that grow with them. */
	public function expression(): string {
		return match ( $this->by ) {
			'status' => '(facet - facet %% 128)',
			'payment_status' => '(facet %% 128 - facet %% 16)',
			default => $this->by,
		};
	}

	/** The same for jobs of one facet, of which the statuses are known. */
	public function expression_for( int $facet ): string {
		return match ( $this->by ) {
			'status' => (string) ( $facet - $facet % 128 ),
			'payment_status' => (string) ( $facet % 128 - $facet % 16 ),
			default => $this->by,
		};
	}

	/** @param bool $is_one_facet Whether the expression is the same for all rows. */
	public function order( bool $is_one_facet = false ): string {
		$tail = "created_at {$this->direction}, id {$this->direction}";

		return $this->is_by_creation() || ( $is_one_facet && $this->is_by_status() )
			? $tail
			: $this->expression() . " {$this->direction}, $tail";
	}

	/** Of the union of branches, whose sort column is x. */
	public function outer_order(): string {
		$tail = "created_at {$this->direction}, id {$this->direction}";

		return $this->is_by_creation() ? $tail : "x {$this->direction}, $tail";
	}
}
