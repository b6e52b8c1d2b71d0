<?php
/**
 * Rows of jobs by the time of their creation.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Report;

use SellMyImages\Database\Connection;
use SellMyImages\JobList\Query\Condition;
use SellMyImages\JobList\Query\Conditions;

/**
 * Along an index, in pieces.
 */
final class RangeRows {

	/** What CounterRows looks at. */
	public const COLUMNS = array(
		'payment_status',
		'facet',
		'created_at',
		'currency',
		'livemode',
		'post_id',
		'attachment_id',
		'email_domain',
		'amount_charged',
		'refund_amount',
		'dispute_status',
		'dispute_amount',
		'amount_cost',
		'cost_other',
		'stripe_fee',
		'paid_at',
		'completed_at',
	);

	private const PIECE = 1000;

	/** Ranges in one question. */
	private const ASKED = 100;

	public function __construct( private readonly Connection $db ) {
	}

	/**
	 * @param iterable<array{0:string,1:string}> $ranges First and last second of each, in order.
	 * @param list<int>|null                     $facets Any of these; null: all.
	 * @return \Generator<int,non-empty-list<array<string,string|null>>> Of COLUMNS.
	 */
	public function pieces( iterable $ranges, ?array $facets ): \Generator {
		foreach ( self::chunks( $ranges ) as $some ) {
			yield from $this->walk( 'k_list', self::any( $some, $facets ), $some[0][0] );
		}
	}

	/**
	 * The jobs of few facets among many: by these, not by all of the range.
	 *
	 * @param array{0:string,1:string} $range  First and last second.
	 * @param list<int>                $facets Any of these.
	 * @return \Generator<int,non-empty-list<array<string,string|null>>> Of COLUMNS.
	 */
	public function of_facets( array $range, array $facets ): \Generator {
		foreach ( $facets as $facet ) {
			yield from $this->walk( 'k_fc', self::any( array( $range ), array( $facet ) ), $range[0] );
		}
	}

	/**
	 * @param iterable<array{0:string,1:string}> $ranges First and last second of each.
	 * @param int                                $most   Stops there.
	 */
	public function count( iterable $ranges, int $most ): int {
		$n = 0;
		foreach ( self::chunks( $ranges ) as $some ) {
			$where = self::any( $some, null );
			$sql   = 'SELECT COUNT(*) AS n FROM ( SELECT 1 AS one FROM {jobs}' . $this->db->hint( 'k_list' )
				. " WHERE {$where->sql} LIMIT %d ) AS c";
			$n    += (int) $this->db->value( $sql, ...array( ...$where->args, $most - $n ) );
			if ( $n >= $most ) {
				break;
			}
		}

		return $n;
	}

	/**
	 * @param iterable<array{0:string,1:string}> $ranges Ranges.
	 * @return \Generator<int,non-empty-list<array{0:string,1:string}>> As many as are asked for at once.
	 */
	private static function chunks( iterable $ranges ): \Generator {
		$some = array();
		foreach ( $ranges as $range ) {
			$some[] = $range;
			if ( self::ASKED === count( $some ) ) {
				yield $some;
				$some = array();
			}
		}
		if ( array() !== $some ) {
			yield $some;
		}
	}

	/** @return \Generator<int,non-empty-list<array<string,string|null>>> */
	private function walk( string $index, Condition $where, string $at ): \Generator {
		$columns = implode( ', ', self::COLUMNS );
		$from    = 'created_at >= %s AND ( created_at > %s OR id > %d )';
		$sql     = "SELECT id, $columns FROM {jobs}" . $this->db->hint( $index )
			. " WHERE {$where->sql} AND $from ORDER BY created_at, id LIMIT %d";
		for ( $id = 0; ; ) {
			$rows = $this->db->rows( $sql, ...array( ...$where->args, $at, $at, $id, self::PIECE ) );
			if ( array() !== $rows ) {
				yield $rows;
				[ $id, $at ] = array( (int) end( $rows )['id'], (string) end( $rows )['created_at'] );
			}
			if ( count( $rows ) < self::PIECE ) {
				return;
			}
		}
	}

	/**
	 * @param non-empty-list<array{0:string,1:string}> $ranges In any of these.
	 * @param list<int>|null                           $facets And of any of these; null: of all.
	 */
	private static function any( array $ranges, ?array $facets ): Condition {
		$sql  = '( ' . implode( ' OR ', array_fill( 0, count( $ranges ), '( created_at >= %s AND created_at <= %s )' ) ) . ' )';
		$args = array_merge( ...$ranges );
		if ( null === $facets ) {
			return new Condition( $sql, ...$args );
		}
		$facet = Conditions::facets( $facets );

		return new Condition( "{$facet->sql} AND $sql", ...array( ...$facet->args, ...$args ) );
	}
}
