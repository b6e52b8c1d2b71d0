<?php
/**
 * Tables, byte by byte.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Export;

use SellMyImages\Database\Connection;
use SellMyImages\Export\Columns;
use SellMyImages\Export\Exports;
use SellMyImages\Export\FormulaGuard;
use SellMyImages\Export\Separator;
use SellMyImages\JobList\Query\JobWalk;
use SellMyImages\Jobs\Titles\TitleWords;
use SellMyImages\Plugin;
use SellMyImages\Tests\JobList\RandomJobs;
use SellMyImages\Tests\TestCase;

final class CsvTest extends TestCase {
	use RandomJobs;

	/** What buyers, authors, other services and older versions left. */
	private const ODD = array(
		array( 'refund_reason' => '' ),
		array( 'refund_reason' => ' ' ),
		array( 'refund_reason' => '0' ),
		array( 'refund_reason' => "two\r\nlines, and \"more\"" ),
		array( 'refund_reason' => "tab\there;=semicolon,@comma" ),
		array( 'refund_reason' => 'a;b' ),
		array( 'refund_reason' => 'a,b' ),
		array( 'refund_reason' => "a\vb\f\0c\\" ),
		array( 'refund_reason' => 'Köln, Галерея, 写真 🖼' ),
		array( 'refund_reason' => 'Köln' ),
		array( 'refund_reason' => '写真' ),
		array( 'refund_reason' => "a\u{00A0}=b\u{0085}" ),
		array( 'refund_reason' => '"quoted"' ),
		array( 'refund_reason' => '=1+1' ),
		array( 'image_url' => "https://x.test/a,b;c=d?e='f'&g=h i" ),
		array( 'upload_file_path' => '/var/www/else/where/my file, "x".jpg' ),
		array( 'upscaled_file_path' => '../=1+1.jpg' ),
		array( 'status' => 'done, as "they" said', 'payment_status' => 'payé', 'attention' => 'what?' ),
		array( 'status' => '', 'payment_status' => '', 'attention' => '' ),
		array( 'resolution' => '4x, "a"' ),
		array( 'resolution' => '' ),
		array( 'currency' => 'jpy', 'amount_charged' => '490.00', 'stripe_fee' => '0.45', 'amount_cost' => '0.04', 'payment_status' => 'paid' ),
		array( 'currency' => 'TND', 'amount_charged' => '4.90', 'refund_amount' => '-4.90', 'payment_status' => 'refunded' ),
		array( 'currency' => 'USD', 'amount_charged' => '0.00', 'amount_cost' => null, 'payment_status' => 'paid', 'dispute_status' => 'lost', 'dispute_amount' => '4.90' ),
		array( 'paid_at' => '2026-10-25 00:59:59', 'completed_at' => '2026-10-25 01:00:00' ),
		array( 'paid_at' => '2026-12-31 23:59:59', 'completed_at' => '2027-01-01 00:00:00', 'email_sent' => null, 'livemode' => 0 ),
	);

	protected function setUp(): void {
		parent::setUp();
		$jobs = $this->random_jobs( 40 + count( self::ODD ) );
		foreach ( self::ODD as $i => $values ) {
			$GLOBALS['wpdb']->update( $GLOBALS['wpdb']->prefix . 'smi_jobs', $values, array( 'job_id' => $jobs[ $i ]->job_id ) );
			self::assertSame( '', $GLOBALS['wpdb']->last_error );
		}
		$id = wp_insert_post( array( 'post_title' => "Rain; =2+2, \"quoted\"\tand 'so'", 'post_status' => 'publish' ) );
		$GLOBALS['wpdb']->query( "UPDATE {$GLOBALS['wpdb']->prefix}smi_jobs SET post_id = " . (int) $id . ' WHERE post_id = 2' );
	}

	protected function tearDown(): void {
		foreach ( get_posts( array( 's' => 'Rain' ) ) as $post ) {
			wp_delete_post( $post->ID, true );
		}
		parent::tearDown();
	}

	/** @return list<array{0:Separator}> */
	public function separators(): array {
		return array_map( static fn( Separator $one ): array => array( $one ), Separator::cases() );
	}

	/** @dataProvider separators */
	public function test_writes_what_phps_own_function_writes( Separator $separator ): void {
		foreach ( array( 'Europe/Berlin', 'Asia/Kathmandu', '-03:30' ) as $zone ) {
			$want = array( array_keys( Columns::KINDS ) );
			foreach ( explode( "\n", trim( self::written( self::db(), array( 'format' => 'ndjson', 'timezone' => $zone ) ), "\n" ) ) as $line ) {
				$want[] = self::cells( json_decode( $line, true, 512, JSON_THROW_ON_ERROR ), $separator );
			}
			self::assertCount( 41 + count( self::ODD ), $want );
			self::assertSame( "\xEF\xBB\xBF" . self::table( $want, $separator->sign() ), self::written( self::db(), array( 'timezone' => $zone, 'separator' => $separator->value ) ) );
		}
	}

	public function test_a_database_behind_a_drop_in_gives_the_same_bytes(): void {
		$other = self::drop_in();
		foreach ( array( array(), array( 'format' => 'ndjson' ), array( 'separator' => 'semicolon', 'order' => 'desc' ), array( 'columns' => array( 'margin', 'email' ), 'status' => array( 'completed' ) ) ) as $params ) {
			$params += array( 'timezone' => 'Asia/Kathmandu' );
			$bytes   = self::written( self::db(), $params );
			self::assertGreaterThan( 100, strlen( $bytes ) );
			self::assertSame( $bytes, self::written( $other, $params ) );
		}
	}

	public function test_columns_that_are_only_needed_are_not_in_the_file(): void {
		$row = json_decode( strtok( self::written( self::db(), array( 'format' => 'ndjson', 'columns' => array( 'duration', 'margin', 'post_title' ) ) ), "\n" ), true );
		self::assertSame( array( 'duration', 'margin', 'post_title' ), array_keys( $row ) );
	}

	private static function db(): Connection {
		return Plugin::instance()->db();
	}

	/** What a plugin that spreads queries over servers puts in WordPress's place. */
	private static function drop_in(): Connection {
		$wpdb = new class( DB_USER, DB_PASSWORD, DB_NAME, DB_HOST ) extends \wpdb {};
		$wpdb->set_prefix( $GLOBALS['wpdb']->prefix );

		return new Connection( $wpdb );
	}

	/** @param array<string,mixed> $params Of the route. */
	private static function written( Connection $db, array $params ): string {
		$text = '';
		( new Exports( $db, new JobWalk( $db, new TitleWords( $db ) ) ) )->prepare( $params )->write(
			static function ( string $piece ) use ( &$text ): void {
				$text .= $piece;
			}
		);

		return $text;
	}

	/**
	 * @param array<string,mixed> $values Of a line of JSON.
	 * @return list<string>
	 */
	private static function cells( array $values, Separator $separator ): array {
		$cells = array();
		foreach ( $values as $name => $value ) {
			$cells[] = match ( true ) {
				is_bool( $value ) => $value ? 'true' : 'false',
				Columns::TIME === Columns::KINDS[ $name ] => str_replace( 'T', ' ', substr( (string) $value, 0, 19 ) ),
				Columns::TEXT === Columns::KINDS[ $name ] => FormulaGuard::safe( (string) $value, $separator ),
				default => (string) $value,
			};
		}

		return $cells;
	}

	/** @param list<list<string>> $rows Cells. */
	private static function table( array $rows, string $sign ): string {
		$file = fopen( 'php://memory', 'w+b' );
		self::assertIsResource( $file );
		foreach ( $rows as $cells ) {
			fputcsv( $file, $cells, $sign, '"', '', "\r\n" );
		}
		rewind( $file );

		return (string) stream_get_contents( $file );
	}
}
