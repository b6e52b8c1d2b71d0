<?php
/**
 * Base of the tests about older rows' times and currency.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

use SellMyImages\Plugin;

/**
 * A shop in New York on a server in India.
 */
abstract class OlderRowsTestCase extends InstallTestCase {

	protected const SITE     = 'America/New_York';
	protected const DATABASE = '+05:30';

	protected function setUp(): void {
		parent::setUp();
		update_option( 'timezone_string', self::SITE );
		$this->database_zone( self::DATABASE );
	}

	protected function tearDown(): void {
		update_option( 'timezone_string', '' );
		parent::tearDown();
	}

	/**
	 * @param string              $body    Of CREATE TABLE.
	 * @param string              $options Engine and character set.
	 * @param array<string,mixed> $more    Columns of each row.
	 */
	protected function older_orders(
		OlderOrders $orders,
		string $body = self::OLDER,
		string $options = '',
		array $more = array()
	): OlderOrders {
		$this->older_table( 0, $body, $options );
		$columns = array_flip( array_column( self::db()->rows( 'SHOW COLUMNS FROM {jobs}' ), 'Field' ) );
		foreach ( $orders->numbers() as $number ) {
			$written     = $orders->written( $number );
			$is_refunded = null !== $written['refunded_at'];
			$row         = $more + $written + array(
				'status'         => null === $written['paid_at'] ? 'abandoned' : ( $is_refunded ? 'failed' : 'completed' ),
				'payment_status' => null === $written['paid_at'] ? 'pending' : ( $is_refunded ? 'refunded' : 'paid' ),
				'refund_amount'  => $is_refunded ? '4.90' : null,
			) + $this->older_row( $number );
			self::db()->insert( 'jobs', array_intersect_key( $row, $columns ) );
		}

		return $orders;
	}

	/**
	 * Compares every time of every row.
	 *
	 * @param list<int>         $without Numbers of rows that were changed meanwhile.
	 * @param list<string>|null $columns Null: all.
	 */
	protected function assert_in_utc( OlderOrders $orders, array $without = array(), ?array $columns = null ): void {
		$rows = array_column( self::db()->rows( 'SELECT * FROM {jobs}' ), null, 'id' );
		self::assertGreaterThanOrEqual( count( $orders->numbers() ), count( $rows ) );
		foreach ( array_diff( $orders->numbers(), $without ) as $number ) {
			$wanted = $orders->wanted( $number );
			$wanted = null === $columns ? $wanted : array_intersect_key( $wanted, array_flip( $columns ) );
			self::assertSame( $wanted, array_intersect_key( array_replace( $wanted, $rows[ $number ] ), $wanted ), "Row $number" );
		}
		self::assertSame( '0', self::db()->value( 'SELECT COUNT(*) AS n FROM {jobs} WHERE older_times <> 0' ) );
	}

	/** Counters, day by day and currency by currency, against the rows themselves. */
	protected function assert_counted(): void {
		$rows    = 'SELECT facet, DATE(created_at) AS day, UPPER(currency) AS currency, COUNT(*) AS n FROM {jobs}
			GROUP BY facet, DATE(created_at), UPPER(currency) ORDER BY facet, day, currency';
		$counted = 'SELECT facet, day, currency, SUM(n) AS n FROM {counts_day}
			GROUP BY facet, day, currency HAVING SUM(n) <> 0 ORDER BY facet, day, currency';
		self::assertSame( self::db()->rows( $rows ), self::db()->rows( $counted ) );
	}

	/** Refunds that stand for what older rows recorded: at the time of the refund. */
	protected function assert_refunds( OlderOrders $orders ): void {
		$sql     = 'SELECT j.id, r.created_at, r.updated_at, r.settled_at FROM {refunds} r JOIN {jobs} j ON j.job_id = r.job_id ORDER BY j.id';
		$refunds = self::db()->rows( $sql );
		$wanted  = array();
		foreach ( $orders->numbers() as $number ) {
			$at = $orders->wanted( $number )['refunded_at'];
			if ( null !== $at ) {
				$wanted[] = array( 'id' => (string) $number, 'created_at' => $at, 'updated_at' => $at, 'settled_at' => $at );
			}
		}
		self::assertNotSame( array(), $wanted );
		self::assertSame( $wanted, $refunds );
	}

	/** @return list<array<string,string|null>> All rows, as they are. */
	protected function all_rows(): array {
		return self::db()->rows( 'SELECT * FROM {jobs} ORDER BY id' );
	}

	/** Goes on as long as anything is done. */
	protected function run_until_asked(): void {
		$this->wait_no_more();
		$parts = 0;
		do {
			$went_on = Plugin::instance()->upgrade()->go_on( microtime( true ) + 1, true );
		} while ( $went_on && ++$parts < 50 && ! self::state()->is_done() );
	}
}
