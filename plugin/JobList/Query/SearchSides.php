<?php
/**
 * Ways into the table for what was typed.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Query;

use SellMyImages\Database\Connection;
use SellMyImages\JobList\JobSearch;
use SellMyImages\Jobs\Titles\TitleWords;

/**
 * A text that may be several things finds all of them.
 */
class SearchSides {

	/** A start of an e-mail address that more jobs have is looked for along the list instead. */
	private const MANY = 10000;

	/** First letters of Stripe's numbers => the column, which is also the name of its index. Others are refunds, which have a table. */
	private const STRIPE_COLUMNS = array(
		'pi' => 'stripe_payment_intent_id',
		'cs' => 'stripe_checkout_session_id',
		'ch' => 'stripe_charge_id',
		'py' => 'stripe_charge_id',
		'du' => 'dispute_id',
		'dp' => 'dispute_id',
	);

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
			JobSearch::STRIPE => $this->stripe( $search ),
			JobSearch::DOMAIN => array( $this->domain( $value ) ),
			JobSearch::EMAIL => array( $this->email( $value ) ),
			default => $this->text( $search ),
		};
	}

	/**
	 * By one of Stripe's numbers; where none is so called, what looks like one may be the start of an e-mail address.
	 *
	 * @return list<Branch>
	 */
	private function stripe( JobSearch $search ): array {
		$column = self::STRIPE_COLUMNS[ strtolower( (string) strstr( $search->value, '_', true ) ) ] ?? null;
		if ( null === $column ) {
			$job_id = $this->db->value( 'SELECT job_id FROM {refunds} WHERE stripe_refund_id = %s', $search->value );

			return null === $job_id ? $this->text( $search ) : array( self::side( 'job_id', 'job_id = %s', $job_id ) );
		}

		return $this->is_any( $column, "$column = %s", $search->value ) ? array( self::side( $column, "$column = %s", $search->value ) ) : $this->text( $search );
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

	private function is_any( string $index, string $sql, string $value ): bool {
		return null !== $this->db->value( 'SELECT id FROM {jobs}' . $this->db->hint( $index ) . " WHERE $sql LIMIT 1", $value );
	}

	/** @param mixed ...$args Arguments. */
	private static function side( string $index, string $sql, mixed ...$args ): Branch {
		return new Branch( $index, array( 'search' => new Condition( $sql, ...$args ) ) );
	}
}
