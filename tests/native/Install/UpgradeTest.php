<?php
/**
 * A table of the older layout, carried over.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Install\Schema;
use SellMyImages\JobList\JobFilters;
use SellMyImages\JobList\Query\Sort;
use SellMyImages\Jobs\Counting\CounterProgress;
use SellMyImages\Jobs\Counting\LostProgress;
use SellMyImages\Plugin;

final class UpgradeTest extends InstallTestCase {

	public function test_keeps_every_row_and_learns_its_facts(): void {
		$db = Plugin::instance()->db();
		$this->older_table( 60 );
		$before = $db->rows( 'SELECT id, job_id, status, payment_status, amount_charged, created_at, updated_at FROM {jobs} ORDER BY id' );
		self::assertTrue( $this->install() );
		self::assertTrue( self::state()->is_running() );

		// A sale and a change while the upgrade is under way.
		$jobs = Plugin::instance()->jobs();
		$new  = $jobs->insert( array( 'status' => 'pending', 'payment_status' => 'paid', 'email' => 'new@example.org' ) );
		$old  = $jobs->find( $before[1]['job_id'] );
		self::assertNotNull( $old );
		self::assertNotNull( $old->payment_action_done_at, 'Not even the first moment may announce an old sale again.' );
		$jobs->update( $old, array( 'failure_reason' => 'touched' ) );
		self::assertGreaterThan( 4, $this->run_upgrade() );

		$after = $db->rows( 'SELECT id, job_id, status, payment_status, amount_charged, created_at, updated_at FROM {jobs} WHERE id <= 60 ORDER BY id' );
		unset( $before[1], $after[1] );
		self::assertSame( $before, $after );
		self::assertNull( $jobs->find( $new->job_id )?->payment_action_done_at, 'What is sold meanwhile still gets its action.' );
		self::assertSame( '2025-01-01 00:00:00', $jobs->find( $old->job_id )?->payment_action_done_at );
		$this->check_facts( $before[0]['job_id'] );
		self::assertSame( array(), array_diff( array_keys( Schema::JOB_KEYS ), $this->keys() ) );
		self::assertSame( array(), array_intersect( array( 'status', 'payment_status', 'created_at', 'email', 'post_id', 'attachment_id', 'post_attachment' ), $this->keys() ) );
		self::assertStringNotContainsString( 'on update', strtolower( (string) $db->row( "SHOW COLUMNS FROM {jobs} LIKE 'updated_at'" )['Extra'] ) );
		self::assertSame( '61', $db->value( 'SELECT SUM(n) AS n FROM {counts_facet}' ) );
		self::assertSame( '0', $db->value( 'SELECT COUNT(*) AS n FROM {counts_facet} WHERE n < 0' ) );
		self::assertFalse( get_option( CounterProgress::OPTION, false ) );
		$page = Plugin::instance()->job_query()->page( JobFilters::from_params( array( 'status' => array( 'completed' ), 'search' => '@example.org' ) ), new Sort(), 5 );
		self::assertSame( 60, $page->total );
	}

	public function test_a_change_while_counting_counts_once(): void {
		$plugin = Plugin::instance();
		$this->older_table( 10 );
		$this->install();
		$jobs = $plugin->jobs();
		$job  = $jobs->find( $plugin->db()->value( 'SELECT job_id FROM {jobs} WHERE id = 3' ) );
		self::assertNotNull( $job );
		$job = $jobs->update( $job, array( 'status' => 'failed' ) );
		$this->run_upgrade();
		$jobs->update( $job, array( 'status' => 'completed' ) );
		self::assertSame( $plugin->db()->column( 'SELECT COUNT(*) AS n FROM {jobs} GROUP BY facet ORDER BY facet' ), $plugin->db()->column( 'SELECT n FROM {counts_facet} WHERE n > 0 ORDER BY facet' ) );
	}

	/** Counters of the version before: every other one stays true while the sum of lost disputes is built. */
	public function test_counters_of_an_earlier_version_learn_what_disputes_took(): void {
		$plugin = Plugin::instance();
		$db     = $plugin->db();
		$lose   = fn( string $amount ): string => $plugin->jobs()->insert( array( 'status' => 'completed', 'payment_status' => 'paid', 'amount_charged' => '9.00', 'dispute_status' => 'lost', 'dispute_amount' => $amount ) )->job_id;
		$ids    = array( $lose( '1.00' ), $lose( '2.00' ), $lose( '4.00' ), $lose( '8.00' ) );
		$plugin->jobs()->insert( array( 'payment_status' => 'paid', 'dispute_status' => 'won', 'dispute_amount' => '5.00' ) );
		$db->execute( 'ALTER TABLE {counts_day} DROP COLUMN lost' );
		$counted = fn(): array => $db->rows( 'SELECT facet, n FROM {counts_facet} WHERE n > 0 ORDER BY facet' );
		$before  = $counted();
		self::assertTrue( $this->install( '2' ) );
		self::assertSame( array( 'lost' ), array_values( array_intersect( array( 'rows', 'backfill', 'keys', 'counters', 'lost' ), self::state()->todo() ) ) );
		self::assertSame( $before, $counted(), 'Tabs lose no number for it.' );
		self::assertSame( '1', $db->value( 'SELECT due_at > DATE_ADD(UTC_TIMESTAMP(), INTERVAL 100 SECOND) AS later FROM {commands} WHERE kind = %s', CommandKind::UpgradeStep->value ), 'Requests of the version before must be over.' );

		// Meanwhile: one changes its facet, one is won after all, one is forgotten, one is new; and a second request of that moment comes.
		$change = fn( string $id, array $values ) => $plugin->jobs()->update( $plugin->jobs()->find( $id ) ?? self::fail(), $values );
		$change( $ids[0], array( 'status' => 'failed' ) );
		$change( $ids[1], array( 'dispute_status' => 'won' ) );
		$plugin->jobs()->delete( $plugin->jobs()->find( $ids[2] ) ?? self::fail() );
		$lose( '16.00' );
		$this->install( '2' );
		self::assertFalse( $plugin->upgrade()->go_on( microtime( true ) ), 'Requests of the version before must be over.' );
		$this->run_upgrade();
		$change( $ids[3], array( 'status' => 'failed', 'dispute_amount' => '9.00' ) );

		self::assertSame( array( '10.00', '16.00' ), $db->column( 'SELECT lost FROM {counts_day} WHERE lost <> 0 ORDER BY lost' ) );
		self::assertSame( $db->column( 'SELECT COUNT(*) AS n FROM {jobs} GROUP BY facet ORDER BY facet' ), $db->column( 'SELECT n FROM {counts_facet} WHERE n > 0 ORDER BY facet' ) );
		self::assertFalse( get_option( LostProgress::OPTION, false ) );
	}

	public function test_a_table_that_lacks_a_key_is_not_counted_twice(): void {
		$plugin = Plugin::instance();
		$plugin->jobs()->insert( array( 'payment_status' => 'paid' ) );
		$plugin->db()->execute( 'ALTER TABLE {jobs} DROP KEY k_domain' );
		$this->install( (string) ( Schema::VERSION - 1 ) );
		$this->run_upgrade();
		self::assertContains( 'k_domain', $this->keys() );
		self::assertSame( '1', $plugin->db()->value( 'SELECT SUM(n) AS n FROM {counts_facet}' ) );
	}

	public function test_an_upgrade_from_the_version_before_does_only_what_is_new(): void {
		foreach ( Schema::COLUMNS_OF_4 as $table => $columns ) {
			foreach ( array_keys( $columns ) as $column ) {
				self::db()->execute( "ALTER TABLE {{$table}} DROP COLUMN $column" );
			}
		}
		Plugin::instance()->jobs()->insert( array( 'payment_status' => 'paid' ) );
		self::assertTrue( $this->install( '3' ) );
		self::assertSame( array(), array_intersect( array( 'rows', 'backfill', 'counters', 'lost' ), self::state()->todo() ), 'Keys only where a column took one with it.' );
		$this->run_upgrade();
		$this->assert_layout_is_todays();
		self::assertSame( '1', self::db()->value( 'SELECT SUM(n) AS n FROM {counts_facet}' ) );
	}

	public function test_version_6_adds_its_columns_and_asks_nothing_of_rows(): void {
		foreach ( array_keys( Schema::COLUMNS_OF_6['attempts'] ) as $column ) {
			self::db()->execute( "ALTER TABLE {attempts} DROP COLUMN $column" );
		}
		self::assertTrue( $this->install( '5' ) );
		self::assertSame( array(), self::state()->todo() );
		$this->assert_layout_is_todays();
		self::assertSame( array(), array_diff( array( 'turn', 'turn_lease' ), Plugin::instance()->schema()->columns( 'attempts' ) ) );
	}

	public function test_a_second_start_and_a_table_of_today_change_nothing(): void {
		Plugin::instance()->setup()->run( true );
		self::assertFalse( self::state()->is_running() );
		self::assertNull( Plugin::instance()->commands()->find( CommandKind::UpgradeStep, 'jobs' ) );
		$this->assert_layout_is_todays();
	}

	private function check_facts( string $job_id ): void {
		$job = Plugin::instance()->jobs()->find( $job_id );
		self::assertSame( array( 'buyer1@example.org', 'example.org', hash( 'sha256', 'raw1' ), 1, '2025-01-01 00:00:00', 'USD' ), array( $job?->email, $job?->email_domain, $job?->download_token, $job?->download_generation, $job?->payment_action_done_at, $job?->currency ) );
		$refunds = Plugin::instance()->refund_repository()->for_job( '00000000-0000-4000-8000-000000000005' );
		self::assertCount( 1, $refunds );
		self::assertSame( array( 'external', 'succeeded', 490, 'sorry' ), array( $refunds[0]->origin(), $refunds[0]->status(), $refunds[0]->amount_minor(), $refunds[0]->reason() ) );
		self::assertSame( '12', Plugin::instance()->db()->value( 'SELECT COUNT(*) AS n FROM {refunds}' ) );
	}
}
