<?php
/**
 * Rows of the table as the REST API shows jobs.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Export;

use SellMyImages\Database\Connection;
use SellMyImages\Jobs\Attention;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\Margin;
use SellMyImages\Jobs\PaymentStatus;
use SellMyImages\Support\Money;
use SellMyImages\Support\Times;
use SellMyImages\Support\UploadsPath;

/**
 * The same words and amounts as JobPresenter's, without an object per job: there may be millions.
 */
final class Rows {

	/** Titles kept; most shops sell from fewer posts. */
	private const KEPT = 5000;

	/** @var array<int,string> Post => title; '' for one that is gone. */
	private array $titles = array();

	/** @var list<string> Of the columns wanted, those that are money with the digits of the currency. */
	private readonly array $money;

	public function __construct( private readonly Connection $db, private readonly Columns $columns ) {
		$this->money = array_values( array_intersect( array( 'amount_charged', 'refund_amount', 'stripe_fee' ), $columns->names() ) );
	}

	/**
	 * @param list<array<string,string|null>> $rows With Columns::stored().
	 * @return list<array<string,string|null>> With all that was asked for; times still as the database has them.
	 */
	public function complete( array $rows ): array {
		if ( $this->columns->has( 'post_title' ) ) {
			$this->learn_titles( array_unique( array_map( 'intval', array_column( $rows, 'post_id' ) ) ) );
		}
		foreach ( $rows as $i => $row ) {
			$rows[ $i ] = $this->row( $row );
		}

		return $rows;
	}

	/**
	 * @param array<string,string|null> $row Of the table.
	 * @return array<string,string|null>
	 */
	private function row( array $row ): array {
		if ( $this->columns->has( 'margin' ) ) {
			$row['margin'] = self::margin( $row );
		}
		if ( $this->columns->has( 'duration' ) ) {
			$seconds         = Times::between( $row['paid_at'], $row['completed_at'] );
			$row['duration'] = null === $seconds ? null : (string) $seconds;
		}
		if ( $this->columns->has( 'post_title' ) ) {
			$row['post_title'] = $this->titles[ (int) $row['post_id'] ] ?? '';
		}
		foreach ( $this->money as $name ) {
			$row[ $name ] = self::amount( $row[ $name ], Money::exponent( (string) $row['currency'] ) );
		}
		if ( $this->columns->has( 'amount_cost' ) ) {
			$row['amount_cost'] = self::amount( $row['amount_cost'], 2 );
		}

		return $this->words( $row );
	}

	/**
	 * @param array<string,string|null> $row Of the table.
	 * @return array<string,string|null>
	 */
	private function words( array $row ): array {
		// What older versions may have left there is shown as Job understands it.
		if ( isset( $row['status'] ) && null === JobStatus::tryFrom( $row['status'] ) ) {
			$row['status'] = JobStatus::Failed->value;
		}
		if ( isset( $row['payment_status'] ) && null === PaymentStatus::tryFrom( $row['payment_status'] ) ) {
			$row['payment_status'] = PaymentStatus::Pending->value;
		}
		if ( isset( $row['attention'] ) && null === Attention::tryFrom( $row['attention'] ) ) {
			$row['attention'] = null;
		}
		if ( isset( $row['currency'] ) ) {
			$row['currency'] = strtoupper( $row['currency'] );
		}
		foreach ( array( 'upload_file_path', 'upscaled_file_path' ) as $path ) {
			if ( isset( $row[ $path ] ) ) {
				$row[ $path ] = UploadsPath::below( $row[ $path ] );
			}
		}

		return $row;
	}

	/** @param array<string,string|null> $row Of the table. */
	private static function margin( array $row ): ?string {
		return true === PaymentStatus::tryFrom( (string) $row['payment_status'] )?->is_paid()
			? Margin::of( (string) $row['currency'], $row['amount_charged'], $row['refund_amount'], 'lost' === $row['dispute_status'] ? $row['dispute_amount'] : null, $row['stripe_fee'], $row['amount_cost'] )
			: null;
	}

	private static function amount( ?string $stored, int $digits ): ?string {
		// As the database writes it, nearly always.
		return 2 === $digits && '.' === ( $stored[-3] ?? '' ) ? $stored : Money::plain( $stored, $digits );
	}

	/** @param array<int> $posts Ids; those not known yet are asked for in one query. */
	private function learn_titles( array $posts ): void {
		$this->titles = count( $this->titles ) > self::KEPT ? array() : $this->titles;
		$unknown      = array_values( array_diff( array_filter( $posts ), array_keys( $this->titles ) ) );
		if ( array() === $unknown ) {
			return;
		}
		$this->titles += array_fill_keys( $unknown, '' );
		foreach ( array_chunk( $unknown, 500 ) as $some ) {
			foreach ( $this->db->rows( 'SELECT ID, post_title FROM ' . $this->db->core_table( 'posts' ) . ' WHERE ID IN (%d)', $some ) as $post ) {
				$this->titles[ (int) $post['ID'] ] = html_entity_decode( wp_strip_all_tags( (string) $post['post_title'] ), ENT_QUOTES | ENT_HTML5, 'UTF-8' );
			}
		}
	}
}
