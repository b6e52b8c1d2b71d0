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

	/** @var list<string> Of the columns wanted, those that are paths. */
	private readonly array $paths;

	/** @var array<string,bool> What else is wanted that takes work. */
	private readonly array $has;

	/** @var array<string,int> Currency => its digits. */
	private array $digits = array();

	public function __construct( private readonly Connection $db, Columns $columns ) {
		$this->money = array_values( array_intersect( array( 'amount_charged', 'refund_amount', 'stripe_fee' ), $columns->names() ) );
		$this->paths = array_values( array_intersect( array( 'upload_file_path', 'upscaled_file_path' ), $columns->names() ) );
		$this->has   = array(
			'margin'      => $columns->has( 'margin' ),
			'duration'    => $columns->has( 'duration' ),
			'post_title'  => $columns->has( 'post_title' ),
			'amount_cost' => $columns->has( 'amount_cost' ),
		);
	}

	/**
	 * @param list<array<string,string|null>> $rows With Columns::stored().
	 * @return list<array<string,string|null>> With all that was asked for; times still as the database has them.
	 */
	public function complete( array $rows ): array {
		if ( $this->has['post_title'] ) {
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
		if ( $this->has['margin'] ) {
			$row['margin'] = self::margin( $row );
		}
		if ( $this->has['duration'] ) {
			$row['duration'] = $this->seconds_between( $row['paid_at'], $row['completed_at'] );
		}
		if ( $this->has['post_title'] ) {
			$row['post_title'] = $this->titles[ (int) $row['post_id'] ] ?? '';
		}
		foreach ( $this->money as $name ) {
			if ( null !== $row[ $name ] ) {
				$row[ $name ] = self::amount( $row[ $name ], $this->digits( (string) $row['currency'] ) );
			}
		}
		if ( $this->has['amount_cost'] && null !== $row['amount_cost'] ) {
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
		foreach ( $this->paths as $path ) {
			if ( isset( $row[ $path ] ) ) {
				$row[ $path ] = UploadsPath::below( $row[ $path ] );
			}
		}

		return $row;
	}

	/** Most jobs are paid and finished on one day. */
	private function seconds_between( ?string $from, ?string $to ): ?string {
		if ( null === $from || null === $to ) {
			return null;
		}
		if ( substr( $from, 0, 10 ) === substr( $to, 0, 10 ) && '0000' !== substr( $to, 0, 4 ) ) {
			return (string) max( 0, self::second_of_day( $to ) - self::second_of_day( $from ) );
		}
		$seconds = Times::between( $from, $to );

		return null === $seconds ? null : (string) $seconds;
	}

	private static function second_of_day( string $sql ): int {
		return HOUR_IN_SECONDS * (int) substr( $sql, 11, 2 ) + MINUTE_IN_SECONDS * (int) substr( $sql, 14, 2 ) + (int) substr( $sql, 17, 2 );
	}

	private function digits( string $currency ): int {
		return $this->digits[ $currency ] ??= Money::exponent( $currency );
	}

	/** @param array<string,string|null> $row Of the table. */
	private static function margin( array $row ): ?string {
		return true === PaymentStatus::tryFrom( (string) $row['payment_status'] )?->is_paid()
			? Margin::of( (string) $row['currency'], $row['amount_charged'], $row['refund_amount'], 'lost' === $row['dispute_status'] ? $row['dispute_amount'] : null, $row['stripe_fee'], $row['amount_cost'] )
			: null;
	}

	private static function amount( string $stored, int $digits ): ?string {
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
