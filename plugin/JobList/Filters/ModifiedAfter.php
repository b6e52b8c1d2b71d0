<?php
/**
 * By the time of the last change.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Filters;

use SellMyImages\JobList\Query\Branch;
use SellMyImages\JobList\Query\Condition;
use SellMyImages\JobList\Query\Conditions;
use SellMyImages\JobList\Query\Plan;
use SellMyImages\JobList\Query\Question;

/**
 * Changed lately: few are sorted; for many, the newest jobs have enough of them.
 */
final class ModifiedAfter extends RowFilter {

	/** Beyond so many changed jobs, walking the list finds a page sooner than sorting them. */
	private const MANY = 2000;

	private function __construct( private readonly string $time ) {
	}

	public static function params(): array {
		return array( 'modified_after' );
	}

	public static function parse( Params $params ): ?self {
		$time = $params->time( 'modified_after' );

		return null === $time ? null : new self( $time );
	}

	public function column(): string {
		return 'updated_at';
	}

	public function condition(): Condition {
		return new Condition( 'updated_at > %s', $this->time );
	}

	public function plan( Question $question ): ?Plan {
		if ( $this->column() === $question->sort->by ) {
			return null;
		}
		$facets = array_keys( $question->facets );
		if ( array() === $facets || $this->is_many( $question, $facets ) ) {
			return $question->along( 'k_list' );
		}

		return new Plan( array( new Branch( 'k_fu', array( 'facet' => Conditions::facets( $facets ) ) + $question->conditions ) ) );
	}

	/** @param non-empty-list<int> $facets Any of these. */
	private function is_many( Question $question, array $facets ): bool {
		$sql = 'SELECT COUNT(*) AS n FROM ( SELECT 1 AS one FROM {jobs}' . $question->db->hint( 'k_fu' )
			. ' WHERE facet IN (%d) AND updated_at > %s LIMIT %d ) AS c';

		return (int) $question->db->value( $sql, $facets, $this->time, self::MANY + 1 ) > self::MANY;
	}
}
