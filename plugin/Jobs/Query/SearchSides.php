<?php
/**
 * Ways into the table for what was typed.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs\Query;

use SellMyImages\Database\Connection;
use SellMyImages\Jobs\JobSearch;
use SellMyImages\Jobs\TitleWords;

/**
 * A text that may be several things finds all of them.
 */
class SearchSides {

	/** A start of an e-mail address that more jobs have is looked for along the list instead. */
	private const MANY = 10000;

	public function __construct(
		private readonly Connection $db,
		private readonly TitleWords $titles,
		private readonly JobCounts $counts
	) {
	}

	/** @return list<Branch> None: nothing is found. */
	public function of( JobSearch $search ): array {
		$value = $search->value;

		return match ( $search->kind ) {
			JobSearch::ID => array( self::side( 'job_id', 'job_id = %s', $value ) ),
			JobSearch::POST => array( self::side( 'k_post', 'post_id = %d', (int) $value ) ),
			JobSearch::ATTACHMENT => array( self::side( 'k_att', 'attachment_id = %d', (int) $value ) ),
			JobSearch::STRIPE => array( $this->stripe( $value ) ),
			JobSearch::DOMAIN => array( $this->domain( $value ) ),
			JobSearch::EMAIL => array( $this->email( $value ) ),
			default => $this->text( $search ),
		};
	}

	private function stripe( string $value ): Branch {
		$column = str_starts_with( strtolower( $value ), 'pi_' ) ? 'stripe_payment_intent_id' : 'stripe_checkout_session_id';

		return self::side( $column, "$column = %s", $value );
	}

	/** A whole domain if there is one; else its start. */
	private function domain( string $value ): Branch {
		return array() === $this->counts->domain( $value )
			? self::side( 'k_domain', 'email_domain LIKE %s', $this->db->like( $value ) . '%' )
			: self::side( 'k_domain', 'email_domain = %s', $value );
	}

	private function email( string $value ): Branch {
		return self::side( $this->index_of_emails( $value ), 'email LIKE %s', $this->db->like( $value ) . '%' );
	}

	/** The index that finds addresses with this start soonest. */
	public function index_of_emails( string $start ): string {
		$like  = $this->db->like( $start ) . '%';
		$found = (int) $this->db->value( 'SELECT COUNT(*) AS n FROM ( SELECT 1 AS one FROM {jobs}' . $this->db->hint( 'k_email' ) . ' WHERE email LIKE %s LIMIT %d ) AS c', $like, self::MANY + 1 );

		return $found > self::MANY ? 'k_list' : 'k_email';
	}

	/** @return list<Branch> */
	private function text( JobSearch $search ): array {
		$sides = array();
		$id    = $search->id_prefix();
		if ( null !== $id && $this->is_any( 'job_id', 'job_id LIKE %s', $this->db->like( $id ) . '%' ) ) {
			$sides[] = self::side( 'job_id', 'job_id LIKE %s', $this->db->like( $id ) . '%' );
		}
		$email = $search->email_prefix();
		if ( null !== $email && $this->is_any( 'k_email', 'email LIKE %s', $this->db->like( $email ) . '%' ) ) {
			$sides[] = $this->email( $email );
		}
		$posts = $this->titles->posts( $search->value );
		if ( array() !== $posts ) {
			$sides[] = self::side( 'k_post', 'post_id IN (%d)', $posts );
		}

		return $sides;
	}

	private function is_any( string $index, string $sql, string $like ): bool {
		return null !== $this->db->value( 'SELECT id FROM {jobs}' . $this->db->hint( $index ) . " WHERE $sql LIMIT 1", $like );
	}

	/** @param mixed ...$args Arguments. */
	private static function side( string $index, string $sql, mixed ...$args ): Branch {
		return new Branch( $index, array( 'search' => new Condition( $sql, ...$args ) ) );
	}
}
