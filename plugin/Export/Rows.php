<?php
/**
 * Rows of the table as the REST API shows jobs.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Export;

use SellMyImages\Database\Connection;
use SellMyImages\Files\UploadsPath;
use SellMyImages\Jobs\Attention;
use SellMyImages\Jobs\Counting\Margin;
use SellMyImages\Jobs\Disputes;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\PaymentStatus;
use SellMyImages\Jobs\ReasonWords;
use SellMyImages\Support\Amount;
use SellMyImages\Support\Money;
use SellMyImages\Support\Times;

/**
 * The same words and amounts as JobPresenter's, without an object per job: there may be millions.
 */
final class Rows {

	/** Titles kept, and margins; most shops sell from fewer posts at fewer prices. */
	private const KEPT = 5000;

	/** @var array<int,string> Post => title; '' for one that is gone. */
	private array $titles = array();

	/** @var list<string> Of the columns wanted, those that are money with the digits of the currency. */
	private readonly array $money;

	/** @var list<string> Of the columns wanted, those that are paths. */
	private readonly array $paths;

	/**
	 * @var array<string,array{0:array<string,string>,1:string|null}> Of the columns wanted, those with a list of words => that list, and
	 *   what everything else is shown as.
	 */
	private readonly array $words;

	/** @var array<string,bool> What else is wanted that takes work. */
	private readonly array $has;

	/** @var list<string> What is in the rows, but was not wanted. */
	private readonly array $extra;

	/** @var array<string,array{0:string,1:int}> Currency as it is stored => as it is written, and its digits. */
	private array $currencies = array();

	/** @var array<string,string|null> What a margin is made of => it: prices and costs are few. */
	private array $margins = array();

	public function __construct( private readonly Connection $db, Columns $columns ) {
		$names       = $columns->names();
		$this->money = array_values( array_intersect( array( 'amount_charged', 'refund_amount', 'stripe_fee' ), $names ) );
		$this->paths = array_values( array_intersect( array( 'upload_file_path', 'upscaled_file_path' ), $names ) );
		$this->words = array_intersect_key( self::known_words(), $columns->kinds );
		$this->has   = array(
			'margin'      => $columns->has( 'margin' ),
			'duration'    => $columns->has( 'duration' ),
			'post_title'  => $columns->has( 'post_title' ),
			'amount_cost' => $columns->has( 'amount_cost' ),
			'currency'    => $columns->has( 'currency' ),
			'failure'     => $columns->has( 'failure_reason' ),
			'code'        => $columns->has( 'failure_code' ),
		);
		$this->extra = array_values( array_diff( array( ...$columns->needed(), 'id', 'created_at' ), $names ) );
	}

	/**
	 * @param list<array<string,string|null>> $rows With the columns wanted in their order, and those that Columns calls needed.
	 * @return list<array<string,string|null>> With what was asked for and nothing else; times still as the database has them.
	 */
	public function complete( array $rows ): array {
		if ( $this->has['post_title'] ) {
			$this->learn_titles( array_map( 'intval', array_keys( array_column( $rows, 'post_id', 'post_id' ) ) ) );
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
			$row['margin'] = $this->margin( $row );
		}
		if ( $this->has['duration'] ) {
			$row['duration'] = $this->seconds_between( $row['paid_at'], $row['completed_at'] );
		}
		if ( $this->has['post_title'] ) {
			$row['post_title'] = $this->titles[ $row['post_id'] ] ?? '';
		}
		if ( isset( $row['currency'] ) ) {
			[ $row['currency'], $digits ] = $this->currencies[ $row['currency'] ] ??= array(
				strtoupper( $row['currency'] ),
				Money::exponent( $row['currency'] ),
			);
			foreach ( $this->money as $name ) {
				$amount = $row[ $name ];
				// As the database writes it, nearly always.
				if ( null !== $amount && ( 2 !== $digits || '.' !== ( $amount[-3] ?? '' ) ) ) {
					$row[ $name ] = Money::plain( $amount, $digits );
				}
			}
		}
		if ( $this->has['amount_cost'] && '.' !== ( $row['amount_cost'][-3] ?? '' ) ) {
			$row['amount_cost'] = Money::plain( $row['amount_cost'], 2 );
		}
		if ( $this->has['code'] ) {
			$row['failure_code'] = ReasonWords::code( $row['failure_reason'] );
		}
		if ( $this->has['failure'] && null !== $row['failure_reason'] ) {
			$row['failure_reason'] = ReasonWords::of( $row['failure_reason'], $row['failure_args'] );
		}
		foreach ( $this->words as $name => [ $known, $else ] ) {
			if ( null !== $row[ $name ] ) {
				$row[ $name ] = $known[ $row[ $name ] ] ?? $else;
			}
		}
		if ( isset( $row['dispute_status'] ) ) {
			$row['dispute_status'] = Disputes::whole( $row['dispute_status'] );
		}
		foreach ( $this->paths as $name ) {
			if ( null !== $row[ $name ] ) {
				$row[ $name ] = UploadsPath::below( $row[ $name ] );
			}
		}
		foreach ( $this->extra as $name ) {
			unset( $row[ $name ] );
		}

		return $row;
	}

	/**
	 * What older versions may have left there is shown as Job understands it.
	 *
	 * @return array<string,array{0:array<string,string>,1:string|null}>
	 */
	private static function known_words(): array {
		return array(
			'status'         => array( array_column( JobStatus::cases(), 'value', 'value' ), JobStatus::Failed->value ),
			'payment_status' => array( array_column( PaymentStatus::cases(), 'value', 'value' ), PaymentStatus::Pending->value ),
			'attention'      => array( array_column( Attention::cases(), 'value', 'value' ), null ),
		);
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
		[ $hours, $minutes, $seconds ] = array( (int) substr( $sql, 11, 2 ), (int) substr( $sql, 14, 2 ), (int) substr( $sql, 17, 2 ) );

		return HOUR_IN_SECONDS * $hours + MINUTE_IN_SECONDS * $minutes + $seconds;
	}

	/** @param array<string,string|null> $row Of the table. */
	private function margin( array $row ): ?string {
		if ( true !== PaymentStatus::tryFrom( (string) $row['payment_status'] )?->is_paid() ) {
			return null;
		}
		$lost  = Disputes::lost( $row['dispute_status'], $row['dispute_amount'] );
		$parts = "{$row['currency']} {$row['amount_charged']} {$row['refund_amount']} $lost {$row['stripe_fee']}"
			. " {$row['amount_cost']} {$row['cost_other']}";
		if ( count( $this->margins ) >= self::KEPT ) {
			$this->margins = array();
		}

		if ( ! array_key_exists( $parts, $this->margins ) ) {
			$amount = static fn( ?string $decimal ): Amount => Amount::of( $decimal, (string) $row['currency'] );
			$less   = array_map( $amount, array( $row['refund_amount'], $lost, $row['stripe_fee'], $row['amount_cost'] ) );

			$this->margins[ $parts ] = Margin::of( $row['cost_other'], $amount( $row['amount_charged'] ), ...$less );
		}

		return $this->margins[ $parts ];
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
			foreach (
				$this->db->many_rows(
					'SELECT ID, post_title FROM ' . $this->db->core_table( 'posts' ) . ' WHERE ID IN (%d)',
					$some
				) as $post
			) {
				$this->titles[ (int) $post['ID'] ] = html_entity_decode(
					wp_strip_all_tags( (string) $post['post_title'] ),
					ENT_QUOTES | ENT_HTML5,
					'UTF-8'
				);
			}
		}
	}
}
