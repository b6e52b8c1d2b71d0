<?php
/**
 * Tables of other servers and times.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

use SellMyImages\Plugin;

final class OlderTablesTest extends InstallTestCase {

	/** Columns whose values an upgrade must not touch. */
	private const KEPT = 'id, job_id, image_url, resolution, post_id, status, payment_status, CAST(amount_charged AS DECIMAL(10,2)) AS amount_charged, CAST(refund_amount AS DECIMAL(10,2)) AS refund_amount, refund_reason, paid_at, created_at, updated_at';

	/** @return array<string,array{0:string,1:string}> Body, and options of CREATE TABLE. */
	public function shapes(): array {
		$without = static fn( string $line ): string => str_replace( $line, '', self::OLDER );

		return array(
			'utf8mb4_unicode_ci'         => array( self::OLDER, 'ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci' ),
			'utf8mb4_general_ci'         => array( self::OLDER, 'ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci' ),
			'utf8mb3'                    => array( self::OLDER, 'ENGINE=InnoDB DEFAULT CHARACTER SET utf8 COLLATE utf8_unicode_ci' ),
			'latin1 and MyISAM'          => array( self::OLDER, 'ENGINE=MyISAM DEFAULT CHARACTER SET latin1 COLLATE latin1_swedish_ci' ),
			'MyISAM and utf8mb3'         => array( self::OLDER, 'ENGINE=MyISAM DEFAULT CHARACTER SET utf8 COLLATE utf8_general_ci' ),
			'short keys of MySQL 5.6'    => array( str_replace( 'varchar(255)', 'varchar(190)', self::OLDER ), 'ENGINE=InnoDB ROW_FORMAT=COMPACT DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci' ),
			'missing columns'            => array( $without( 'source_type varchar(20) DEFAULT NULL, upload_file_path text,' ), '' ),
			'columns added by hand'      => array( str_replace( 'job_id varchar(255) NOT NULL,', "job_id varchar(255) NOT NULL, shop_note varchar(80) NOT NULL DEFAULT 'mine', facet varchar(10) DEFAULT NULL, currency varchar(10) DEFAULT 'USD',", self::OLDER ), '' ),
			'money and times as text'    => array( str_replace( array( 'amount_charged decimal(10,2) DEFAULT NULL', 'paid_at datetime DEFAULT NULL' ), array( "amount_charged varchar(20) NOT NULL DEFAULT ''", 'paid_at varchar(30) DEFAULT NULL' ), self::OLDER ), '' ),
			'long texts in keys'         => array( str_replace( array( 'email varchar(255) DEFAULT NULL', ', KEY email (email)' ), array( 'email text', '' ), self::OLDER ), '' ),
			'states as lists, ON UPDATE' => array( str_replace( "status varchar(20) DEFAULT 'awaiting_payment'", "status enum('awaiting_payment','completed','failed') DEFAULT 'awaiting_payment'", self::OLDER ), '' ),
			'timestamps'                 => array( str_replace( 'paid_at datetime DEFAULT NULL', 'paid_at timestamp NULL DEFAULT NULL', self::OLDER ), '' ),
			'no keys at all'             => array( str_replace( array( 'id bigint(20) unsigned NOT NULL AUTO_INCREMENT', substr( self::OLDER, (int) strpos( self::OLDER, "\n\t\tPRIMARY KEY" ) ) ), array( 'id bigint(20) unsigned NOT NULL', "\n\t\tnote text" ), self::OLDER ), '' ),
		);
	}

	/** @dataProvider shapes */
	public function test_becomes_a_table_of_today_with_every_row_as_it_was( string $body, string $options ): void {
		self::db()->execute( 'SET SESSION innodb_strict_mode = 0' );
		$this->older_table( 25, $body, $options );
		self::db()->execute( 'SET SESSION innodb_strict_mode = 1' );
		$before = self::db()->rows( 'SELECT ' . self::KEPT . ' FROM {jobs} ORDER BY id' );
		$this->in_strict_mode( fn() => self::assertTrue( $this->install(), (string) wp_json_encode( Plugin::instance()->upgrade_trouble()->get() ) ) );
		$this->run_upgrade();
		$this->assert_layout_is_todays();
		self::assertSame( $before, self::db()->rows( 'SELECT ' . self::KEPT . ' FROM {jobs} ORDER BY id' ) );
		self::assertSame( '25', self::db()->value( 'SELECT SUM(n) AS n FROM {counts_facet}' ) );
		$this->check_facts();
		self::db()->execute( "UPDATE {jobs} SET failure_reason = 'An emoji: 🎉' WHERE id = 1" );
		self::assertSame( 'An emoji: 🎉', self::db()->value( 'SELECT failure_reason FROM {jobs} WHERE id = 1' ) );
	}

	/** The published versions' own columns hold what they should: the shop is closed for a moment, not until a million rows are written. */
	public function test_a_published_table_is_not_written_anew(): void {
		$their = array(
			'email varchar(255) DEFAULT NULL' => 'email varchar(255) NOT NULL',
			'upload_file_path text'           => 'upload_file_path varchar(500) DEFAULT NULL',
		);
		$this->older_table( 1, strtr( self::OLDER, $their ) );
		$jobs = Plugin::instance()->layout()->compare_one( 'jobs' );
		self::assertSame( array( false, array( 'updated_at' ) ), array( $jobs->is_slow(), array_keys( $jobs->changed_columns() ) ) );
		$clauses = array();
		add_filter(
			'query',
			static function ( string $query ) use ( &$clauses ): string {
				$clauses[] = str_contains( $query, 'ALTER TABLE' ) && str_contains( $query, 'smi_jobs' ) ? substr( $query, -17 ) : '';
				return $query;
			}
		);
		$this->install();
		self::assertSame( array( 'ALGORITHM=INSTANT' ), array_values( array_unique( array_filter( $clauses ) ) ) );
	}

	public function test_letters_of_an_older_character_set_stay_what_they_are(): void {
		$this->older_table( 1, self::OLDER, 'ENGINE=MyISAM DEFAULT CHARACTER SET latin1' );
		self::db()->execute( "UPDATE {jobs} SET refund_reason = 'Grüße, José' WHERE id = 1" );
		$this->install();
		self::assertSame( 'Grüße, José', self::db()->value( 'SELECT refund_reason FROM {jobs} WHERE id = 1' ) );
	}

	public function test_columns_that_somebody_added_keep_what_they_hold(): void {
		$this->older_table( 3, ...$this->shapes()['columns added by hand'] );
		self::db()->execute( "UPDATE {jobs} SET shop_note = 'rare'" );
		$this->install();
		$this->run_upgrade();
		self::assertSame( array( 'rare' ), self::db()->column( 'SELECT DISTINCT shop_note FROM {jobs}' ) );
		self::assertNotSame( '', Plugin::instance()->jobs()->insert( array( 'payment_status' => 'pending' ) )->job_id );
	}

	public function test_rows_that_break_todays_rules_become_right_and_say_what_they_were(): void {
		$this->older_table( 8, str_replace( 'PRIMARY KEY (id), UNIQUE KEY job_id (job_id)', 'PRIMARY KEY (id)', self::OLDER ) );
		$set = fn( int $id, string $sql ) => self::db()->execute( "UPDATE {jobs} SET $sql, updated_at = updated_at WHERE id = $id" );
		$set( 1, "status = 'shipped', payment_status = 'settled'" );
		$set( 2, 'email = NULL, status = NULL' );
		$set( 3, "paid_at = '0000-00-00 00:00:00', completed_at = '0000-00-00 00:00:00'" );
		$set( 4, "created_at = '0000-00-00 00:00:00'" );
		$set( 5, 'refund_amount = -4.90, amount_cost = -0.50' );
		$set( 6, "job_id = ''" );
		$set( 7, "job_id = ''" );
		$set( 8, "status = 'Completed ', payment_status = 'PAID'" );
		$this->in_strict_mode( fn() => self::assertTrue( $this->install(), (string) wp_json_encode( Plugin::instance()->upgrade_trouble()->get() ) ) );
		$this->run_upgrade();
		$jobs = array_column( self::db()->rows( 'SELECT * FROM {jobs}' ), null, 'id' );
		self::assertSame( array( 'failed', 'paid' ), array( $jobs[1]['status'], $jobs[1]['payment_status'] ) );
		self::assertSame( array( '', 'failed' ), array( $jobs[2]['email'], $jobs[2]['status'] ) );
		self::assertSame( array( null, null ), array( $jobs[3]['paid_at'], $jobs[3]['completed_at'] ) );
		self::assertSame( '2025-01-01 00:00:00', $jobs[4]['created_at'] );
		self::assertSame( array( '4.90', '0.50' ), array( $jobs[5]['refund_amount'], $jobs[5]['amount_cost'] ) );
		self::assertSame( 490, Plugin::instance()->refund_repository()->for_job( (string) $jobs[5]['job_id'] )[0]->amount_minor() );
		self::assertSame( array( 36, 36 ), array( strlen( (string) $jobs[6]['job_id'] ), strlen( (string) $jobs[7]['job_id'] ) ) );
		self::assertNotSame( $jobs[6]['job_id'], $jobs[7]['job_id'] );
		self::assertSame( array( 'completed', 'paid' ), array( $jobs[8]['status'], $jobs[8]['payment_status'] ) );
		$events = self::db()->rows( "SELECT from_value, to_value FROM {job_events} WHERE type = 'upgrade' AND job_id = %s ORDER BY id", $jobs[1]['job_id'] );
		self::assertSame( array( array( 'from_value' => 'status: shipped', 'to_value' => 'failed' ), array( 'from_value' => 'payment_status: settled', 'to_value' => 'paid' ) ), $events );
		self::assertSame( '8', self::db()->value( 'SELECT SUM(n) AS n FROM {counts_facet}' ) );
		$this->assert_layout_is_todays();
	}

	public function test_a_refund_in_digits_that_its_currency_does_not_have_stops_nothing(): void {
		$this->older_table( 5, str_replace( 'refund_reason text', "currency char(3) DEFAULT 'jpy', refund_reason text", self::OLDER ) );
		$this->install();
		$this->run_upgrade();
		self::assertSame( array( '5', 'JPY' ), array_values( self::db()->row( 'SELECT amount_minor, currency FROM {refunds}' ) ?? array() ) );
	}

	/** @return array<string,array{0:string,1:string,2:string}> */
	public function obstacles(): array {
		$no_key = str_replace( 'PRIMARY KEY (id), UNIQUE KEY job_id (job_id)', 'PRIMARY KEY (id)', self::OLDER );
		$text   = str_replace( 'amount_charged decimal(10,2)', 'amount_charged varchar(20)', self::OLDER );
		$times  = str_replace( 'paid_at datetime DEFAULT NULL', 'paid_at varchar(30) DEFAULT NULL', self::OLDER );

		return array(
			'one number twice'    => array( $no_key, "job_id = 'same'", 'several rows have the same job_id: “same”' ),
			'a comma'             => array( $text, "amount_charged = '4,90'", 'would lose these: “4,90”' ),
			'a currency beside'   => array( $text, "amount_charged = '$5'", '“$5”' ),
			'too much money'      => array( $text, "amount_charged = '123456789.00'", '“123456789.00”' ),
			'no time'             => array( $times, "paid_at = 'yesterday'", '“yesterday”' ),
			'a day that is none'  => array( $times, "paid_at = '2025-02-31 00:00:00'", '“2025-02-31 00:00:00”' ),
		);
	}

	/** @dataProvider obstacles */
	public function test_what_only_a_person_can_decide_is_refused_before_anything_is_changed( string $body, string $set, string $said ): void {
		$this->older_table( 5, $body );
		self::db()->execute( "UPDATE {jobs} SET $set, updated_at = updated_at WHERE id IN (2, 4)" );
		$rows  = self::db()->rows( 'SELECT * FROM {jobs} ORDER BY id' );
		$table = self::db()->row( 'SHOW CREATE TABLE {jobs}' );
		self::assertFalse( $this->install() );
		self::assertStringContainsString( $said, (string) Plugin::instance()->upgrade_report()->trouble() );
		self::assertStringContainsString( $said, implode( Plugin::instance()->upgrade_plan()->obstacles() ) );
		self::assertSame( $rows, self::db()->rows( 'SELECT * FROM {jobs} ORDER BY id' ) );
		self::assertSame( $table, self::db()->row( 'SHOW CREATE TABLE {jobs}' ) );

		self::db()->execute( 'DELETE FROM {jobs} WHERE id IN (2, 4)' );
		delete_option( \SellMyImages\Install\Trouble::OPTION );
		self::assertTrue( $this->install() );
		$this->run_upgrade();
	}

	public function test_two_numbers_that_only_the_new_collation_takes_for_one_are_refused(): void {
		$this->older_table( 2, self::OLDER, 'ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin' );
		self::db()->execute( "UPDATE {jobs} SET job_id = 'abc' WHERE id = 1" );
		self::db()->execute( "UPDATE {jobs} SET job_id = 'ABC' WHERE id = 2" );
		self::assertFalse( $this->install() );
		self::assertStringContainsString( 'job_id', (string) Plugin::instance()->upgrade_report()->trouble() );
	}

	public function test_a_server_without_innodb_is_a_sentence(): void {
		$this->older_table( 1 );
		add_filter( 'query', static fn( string $query ): string => 'SHOW ENGINES' === $query ? "SELECT 'MyISAM' AS Engine, 'DEFAULT' AS Support" : $query );
		self::assertFalse( $this->install() );
		self::assertStringContainsString( 'no InnoDB', (string) Plugin::instance()->upgrade_report()->trouble() );
	}

	public function test_the_other_tables_are_converted_as_well(): void {
		self::db()->execute( 'ALTER TABLE {refunds} ENGINE=MyISAM' );
		self::db()->execute( 'ALTER TABLE {job_events} CONVERT TO CHARACTER SET latin1' );
		self::db()->execute( 'ALTER TABLE {commands} CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci' );
		self::assertTrue( $this->install( '3' ) );
		$this->assert_layout_is_todays();
	}

	private function check_facts(): void {
		$job = Plugin::instance()->jobs()->find( '00000000-0000-4000-8000-000000000005' );
		self::assertSame( array( 'buyer5@example.org', 'example.org', hash( 'sha256', 'raw5' ), 1, '2025-01-01 00:00:00', 'USD' ), array( $job?->email, $job?->email_domain, $job?->download_token, $job?->download_generation, $job?->payment_action_done_at, $job?->currency ) );
		self::assertSame( '5', self::db()->value( 'SELECT COUNT(*) AS n FROM {refunds}' ) );
		self::assertNull( Plugin::instance()->jobs()->insert( array( 'payment_status' => 'paid' ) )->payment_action_done_at );
		Plugin::instance()->jobs()->delete( Plugin::instance()->jobs()->insert( array( 'payment_status' => 'paid' ) ) );
		self::db()->execute( 'DELETE FROM {jobs} WHERE id > 25' );
	}

	/** As where another plugin made the connection strict. */
	private function in_strict_mode( callable $work ): void {
		$before = self::db()->value( 'SELECT @@SESSION.sql_mode AS m' );
		self::db()->execute( "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ONLY_FULL_GROUP_BY'" );
		try {
			$work();
			self::assertStringContainsString( 'STRICT_ALL_TABLES', (string) self::db()->value( 'SELECT @@SESSION.sql_mode AS m' ) );
		} finally {
			self::db()->execute( 'SET SESSION sql_mode = %s', $before );
		}
	}
}
