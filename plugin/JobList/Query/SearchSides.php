<?php
/**
 * Ways into the table for what was typed.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Query;

use SellMyImages\Database\Connection;
use SellMyImages\JobList\Filters\EmailStart;
use SellMyImages\JobList\Filters\Search;
use SellMyImages\Jobs\Titles\TitleWords;

/**
 * A text that may be several things finds all of them.
 */
final class SearchSides {

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
	public function of( Search $search ): array {
		$value = $search->value;

		return match ( $search->kind ) {
			Search::ID => array( self::side( 'job_id', new Condition( 'job_id = %s', $value ) ) ),
			Search::POST => array( self::side( 'k_post', new Condition( 'post_id = %d', (int) $value ), true ) ),
			Search::ATTACHMENT => array( self::side( 'k_att', new Condition( 'attachment_id = %d', (int) $value ), true ) ),
			Search::STRIPE => $this->stripe( $search ),
			Search::DOMAIN => array( $this->domain( $value ) ),
			Search::EMAIL => array( $this->email( $value ) ),
			default => $this->text( $search ),
		};
	}

	/**
	 * By one of Stripe's numbers; where none is so called, what looks like one may be the start of an e-mail address.
	 *
	 * @return list<Branch>
	 */
	private function stripe( Search $search ): array {
		$column = self::STRIPE_COLUMNS[ strtolower( (string) strstr( $search->value, '_', true ) ) ] ?? null;
		if ( null === $column ) {
			$job_id = $this->db->value( 'SELECT job_id FROM {refunds} WHERE stripe_refund_id = %s', $search->value );

			return null === $job_id ? $this->text( $search ) : array( self::side( 'job_id', new Condition( 'job_id = %s', $job_id ) ) );
		}
		$is_called = new Condition( "$column = %s", $search->value );

		return $this->is_any( $column, $is_called ) ? array( self::side( $column, $is_called ) ) : $this->text( $search );
	}

	/** A whole domain if there is one; else its start. */
	private function domain( string $value ): Branch {
		return array() === $this->counts->domain( $value )
			? self::side( 'k_domain', Condition::starts( 'email_domain', $value ) )
			: self::side( 'k_domain', Condition::is( 'email_domain', $value ), true );
	}

	private function email( string $value ): Branch {
		$start = new EmailStart( $value );

		return self::side( $start->shorter_index( $this->db ), $start->condition() );
	}

	/** @return list<Branch> */
	private function text( Search $search ): array {
		$sides = array();
		$id    = $search->id_prefix();
		if ( null !== $id && $this->is_any( 'job_id', Condition::starts( 'job_id', $id ) ) ) {
			$sides[] = self::side( 'job_id', Condition::starts( 'job_id', $id ) );
		}
		$email = $search->email_prefix();
		if ( null !== $email && $this->is_any( 'k_email', Condition::starts( 'email', $email ) ) ) {
			$sides[] = $this->email( $email );
		}
		$posts = $this->titles->posts( $search->value );
		if ( array() !== $posts ) {
			$sides[] = self::side( 'k_post', new Condition( 'post_id IN (%d)', $posts ) );
		}

		return $sides;
	}

	private function is_any( string $index, Condition $which ): bool {
		$sql = 'SELECT id FROM {jobs}' . $this->db->hint( $index ) . " WHERE {$which->sql} LIMIT 1";

		return null !== $this->db->value( $sql, ...$which->args );
	}

	/** @param bool $is_in_order See Branch. */
	private static function side( string $index, Condition $which, bool $is_in_order = false ): Branch {
		return new Branch( $index, array( 'search' => $which ), null, $is_in_order );
	}
}
