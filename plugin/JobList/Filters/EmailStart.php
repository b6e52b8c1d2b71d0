<?php
/**
 * By the start of an e-mail address.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Filters;

use SellMyImages\Database\Connection;
use SellMyImages\JobList\Query\Condition;
use SellMyImages\JobList\Query\Plan;
use SellMyImages\JobList\Query\Question;

/**
 * Few jobs or very many: by the addresses or along the list, whichever finds them sooner.
 */
final class EmailStart extends RowFilter {

	/** A start that more jobs have is looked for along the list. */
	private const MANY = 10000;

	/** @param string $start In lower case, as addresses are stored. */
	public function __construct( private readonly string $start ) {
	}

	public static function params(): array {
		return array( 'email_start' );
	}

	public static function parse( Params $params ): ?self {
		$start = $params->lower( 'email_start' );

		return null === $start ? null : new self( $start );
	}

	public function column(): string {
		return 'email';
	}

	public function condition(): Condition {
		return Condition::starts( 'email', $this->start );
	}

	public function plan( Question $question ): Plan {
		return $question->along( $this->shorter_index( $question->db ) );
	}

	public function index(): ?string {
		return null;
	}

	/** The index that finds them sooner. */
	public function shorter_index( Connection $db ): string {
		$where = $this->condition();
		$sql   = 'SELECT COUNT(*) AS n FROM ( SELECT 1 AS one FROM {jobs}' . $db->hint( 'k_email' )
			. " WHERE {$where->sql} LIMIT %d ) AS c";

		return (int) $db->value( $sql, ...array( ...$where->args, self::MANY + 1 ) ) > self::MANY ? 'k_list' : 'k_email';
	}
}
