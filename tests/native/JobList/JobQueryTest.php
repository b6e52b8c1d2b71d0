<?php
/**
 * Lists of jobs against the plain query.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\JobList;

use SellMyImages\Install\LearnTitles;
use SellMyImages\JobList\InvalidFilter;
use SellMyImages\JobList\JobFilters;
use SellMyImages\JobList\JobQuery;
use SellMyImages\JobList\Query\Sort;
use SellMyImages\Jobs\Attention;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\PaymentStatus;
use SellMyImages\Jobs\Titles\TitleTerms;
use SellMyImages\Jobs\Titles\TitleWords;
use SellMyImages\Plugin;
use SellMyImages\Tests\TestCase;

final class JobQueryTest extends TestCase {
	use RandomJobs;

	private const SORTS = array( 'created_at', 'updated_at', 'paid_at', 'completed_at', 'amount_charged', 'email', 'status', 'payment_status' );

	private function query(): JobQuery {
		return new JobQuery( Plugin::instance()->db(), Plugin::instance()->title_words() );
	}

	/** @return list<array<string,mixed>> */
	private function filters(): array {
		return array(
			array(),
			array( 'status' => array( 'completed' ) ),
			array( 'status' => array( 'failed', 'pending', 'completed' ) ),
			array( 'payment_status' => array( 'paid' ) ),
			array( 'attention' => array( 'any' ) ),
			array( 'attention' => array( 'disputed', 'refund_pending' ) ),
			array( 'status' => array( 'failed' ), 'payment_status' => array( 'paid', 'refunded' ) ),
			array( 'status' => array( 'pending' ), 'payment_status' => array( 'refunded' ), 'attention' => array( 'disputed' ) ),
			array( 'email' => 'BOB@example.org' ),
			array( 'email' => 'ann@example.org', 'status' => array( 'failed' ) ),
			array( 'email_start' => 'AN' ),
			array( 'email_start' => 'ann@', 'status' => array( 'failed', 'completed' ), 'after' => '2026-01-20T06:00:00Z' ),
			array( 'email_start' => 'a_n' ),
			array( 'email_start' => 'carl', 'search' => '@shop.test' ),
			array( 'post_id' => 2 ),
			array( 'post_id' => 2, 'status' => array( 'failed' ), 'payment_status' => array( 'paid' ) ),
			array( 'attachment_id' => 12 ),
			array( 'attachment_id' => 12, 'post_id' => 3 ),
			array( 'attachment_id' => 99 ),
			array( 'resolution' => '8x' ),
			array( 'resolution' => '4x', 'status' => array( 'completed' ) ),
			array( 'after' => '2026-01-20T06:00:00Z' ),
			array( 'before' => '2026-02-10T12:00:00Z' ),
			array( 'after' => '2026-01-10T03:00:00Z', 'before' => '2026-03-10T21:30:00Z' ),
			array( 'after' => '2026-01-31T23:59:59Z', 'before' => '2026-03-01T00:00:00Z', 'status' => array( 'failed', 'completed' ) ),
			array( 'after' => '2026-01-10T03:00:00Z', 'before' => '2026-01-10T13:00:00Z' ),
			array( 'modified_after' => '2026-03-01T00:00:00Z' ),
			array( 'modified_after' => '2026-03-01T00:00:00Z', 'status' => array( 'completed' ) ),
			array( 'post_id' => 1, 'after' => '2026-02-01T00:00:00Z', 'attention' => array( 'any' ) ),
		);
	}

	public function test_every_filter_in_every_order_is_what_the_plain_query_gives(): void {
		$jobs     = $this->random_jobs( 400 );
		$ids      = array_column( array_slice( $jobs, 100, 30 ), 'job_id' );
		$named    = array( array( 'include' => array( ...$ids, wp_generate_uuid4() ) ), array( 'include' => $ids, 'status' => array( 'failed' ) ) );
		$filters  = array( ...$this->filters(), ...$named );
		$compared = 0;
		$asked    = array_keys( array_merge( ...$filters ) );
		foreach ( JobFilters::ALL as $filter ) {
			self::assertSame( array(), array_diff( $filter::params(), $asked ), 'This filter has no case here.' );
		}
		foreach ( $filters as $params ) {
			foreach ( self::SORTS as $by ) {
				foreach ( array( 'asc', 'desc' ) as $order ) {
					$wanted = $this->naive( $params, $by, $order );
					$what   = wp_json_encode( $params ) . " by $by $order";
					foreach ( array( array( 1, 20 ), array( 3, 7 ) ) as [ $page, $per_page ] ) {
						$found = $this->query()->page( JobFilters::from_params( $params ), new Sort( $by, $order ), $per_page, $page );
						self::assertSame( array_slice( $wanted, ( $page - 1 ) * $per_page, $per_page ), array_map( static fn( $job ): string => $job->job_id, $found->jobs ), $what );
						self::assertSame( count( $wanted ), $found->total, $what );
						self::assertFalse( $found->is_floor );
						++$compared;
					}
				}
			}
		}
		self::assertSame( 2 * 2 * count( self::SORTS ) * count( $filters ), $compared );
	}

	public function test_a_page_far_down_is_found_by_months_and_days(): void {
		$this->random_jobs( 1300 );
		foreach ( array( array(), array( 'payment_status' => array( 'paid', 'pending', 'failed', 'partially_refunded' ) ) ) as $params ) {
			foreach ( array( 'asc', 'desc' ) as $order ) {
				$wanted = array_slice( $this->naive( $params, 'created_at', $order ), 1010, 10 );
				$found  = $this->query()->page( JobFilters::from_params( $params ), new Sort( 'created_at', $order ), 10, 102 );
				self::assertSame( $wanted, array_map( static fn( $job ): string => $job->job_id, $found->jobs ) );
			}
		}
	}

	public function test_a_cursor_visits_each_job_once_while_new_ones_arrive(): void {
		$this->random_jobs( 60 );
		$wanted = $this->naive( array(), 'created_at', 'desc' );
		$seen   = array();
		$cursor = null;
		do {
			$page   = $this->query()->page( new JobFilters(), new Sort(), 7, 1, $cursor );
			$cursor = $page->next;
			array_push( $seen, ...array_map( static fn( $job ): string => $job->job_id, $page->jobs ) );
			Plugin::instance()->jobs()->insert( array() );
		} while ( null !== $cursor );
		self::assertSame( $wanted, $seen );
	}

	public function test_a_cursor_survives_the_job_it_stands_on_and_refuses_nonsense(): void {
		$this->random_jobs( 30 );
		$page = $this->query()->page( new JobFilters(), new Sort(), 5 );
		Plugin::instance()->jobs()->delete( $page->jobs[4] );
		self::assertNotEmpty( $this->query()->page( new JobFilters(), new Sort(), 5, 1, $page->next )->jobs );
		$this->expectException( InvalidFilter::class );
		$this->query()->page( new JobFilters(), new Sort(), 5, 1, 'nonsense' );
	}

	/** @return array<string,array{0:string,1:list<string>}> Search => keys of the jobs found. */
	public function searches(): array {
		return array(
			'a whole id'               => array( 'ABCD0000-0000-4000-8000-000000000001', array( 'a' ) ),
			'the start of an id'       => array( 'abcd', array( 'a', 'b' ) ),
			'a longer start'           => array( 'abcd0000-0000-4000-8000-000000000002', array( 'b' ) ),
			'an e-mail address'        => array( 'Ann@example.org', array( 'a' ) ),
			'the start of one'         => array( 'bob@ex', array( 'b' ) ),
			'a name before the @'      => array( 'ann', array( 'a' ) ),
			'a domain'                 => array( '@example.org', array( 'a', 'b' ) ),
			'the start of a domain'    => array( '@shop', array( 'c' ) ),
			'an underscore is no joker' => array( 'a_n', array() ),
			'words of a title'         => array( 'harb sunset', array( 'c' ) ),
			'a word without accent'    => array( 'cafe', array( 'c' ) ),
			'a word of no title'       => array( 'sunrise', array() ),
			'one word of two'          => array( 'harbour sunrise', array() ),
			'an attachment'            => array( 'attachment:34', array( 'b' ) ),
			'a Stripe payment'         => array( 'pi_Abc1', array( 'c' ) ),
			'a Stripe checkout'        => array( 'cs_test_9', array( 'a' ) ),
			'a charge'                 => array( 'ch_3AbcDef', array( 'a' ) ),
			'a charge of a bank debit' => array( 'py_3AbcDef', array( 'b' ) ),
			'a dispute'                => array( ' du_1AbcDef ', array( 'b' ) ),
			'an older dispute'         => array( 'dp_1AbcDef', array( 'c' ) ),
			'a refund'                 => array( 're_3AbcDef', array( 'b' ) ),
			'a refund of a bank debit' => array( 'pyr_1AbcDef', array( 'a' ) ),
			'no such refund'           => array( 're_9AbcDef', array() ),
			'an address that looks so' => array( 're_member', array( 'd' ) ),
			'nothing'                  => array( '  ', array( 'a', 'b', 'c', 'd' ) ),
			'a quote'                  => array( "'", array() ),
		);
	}

	/**
	 * @dataProvider searches
	 * @param list<string> $wanted Keys.
	 */
	public function test_the_search_box_understands( string $search, array $wanted ): void {
		$post = wp_insert_post( array( 'post_title' => 'Sunset at the Harbour &#8211; Café', 'post_status' => 'publish' ) );
		$jobs = Plugin::instance()->jobs();
		$keys = array(
			$jobs->insert( array( 'job_id' => 'abcd0000-0000-4000-8000-000000000001', 'email' => 'ann@example.org', 'stripe_checkout_session_id' => 'cs_test_9', 'stripe_charge_id' => 'ch_3AbcDef' ) )->job_id => 'a',
			$jobs->insert( array( 'job_id' => 'abcd0000-0000-4000-8000-000000000002', 'email' => 'bob@example.org', 'attachment_id' => 34, 'stripe_charge_id' => 'py_3AbcDef', 'dispute_id' => 'du_1AbcDef' ) )->job_id => 'b',
			$jobs->insert( array( 'job_id' => '12340000-0000-4000-8000-000000000003', 'email' => 'carl@shop.test', 'post_id' => $post, 'stripe_payment_intent_id' => 'pi_Abc1', 'dispute_id' => 'dp_1AbcDef' ) )->job_id => 'c',
			$jobs->insert( array( 'job_id' => '12340000-0000-4000-8000-000000000004', 'email' => 're_member@club.test' ) )->job_id => 'd',
		);
		foreach ( array( 'abcd0000-0000-4000-8000-000000000002' => 're_3AbcDef', 'abcd0000-0000-4000-8000-000000000001' => 'pyr_1AbcDef' ) as $job_id => $refund ) {
			Plugin::instance()->refund_repository()->insert( array( 'uuid' => wp_generate_uuid4(), 'job_id' => $job_id, 'amount_minor' => 1, 'currency' => 'USD', 'origin' => 'manual', 'status' => 'pending', 'stripe_refund_id' => $refund ) );
		}
		$page = $this->query()->page( JobFilters::from_params( array( 'search' => $search ) ), new Sort( 'created_at', 'asc' ), 20 );
		self::assertSame( $wanted, array_map( static fn( $job ): string => $keys[ $job->job_id ], $page->jobs ) );
		self::assertSame( count( $wanted ), $page->total );
	}

	public function test_a_renamed_post_is_found_by_its_new_title(): void {
		$post = wp_insert_post( array( 'post_title' => 'Oldname', 'post_status' => 'publish' ) );
		Plugin::instance()->jobs()->insert( array( 'post_id' => $post ) );
		wp_update_post( array( 'ID' => $post, 'post_title' => 'Newname' ) );
		$found = fn( string $search ): int => $this->query()->page( JobFilters::from_params( array( 'search' => $search ) ), new Sort(), 20 )->total;
		self::assertSame( array( 0, 1, 1 ), array( $found( 'oldname' ), $found( 'newname' ), $found( "post:$post" ) ) );
	}

	/** @return array<string,array{0:array<string,string>,1:list<string>}> Parameters => addresses of the jobs found. */
	public function addresses(): array {
		return array(
			'an address'               => array( array( 'email' => 'jose@example.org' ), array( 'JOSE@Example.org', 'jose@example.org' ) ),
			'in capitals'              => array( array( 'email' => ' JOSE@EXAMPLE.ORG ' ), array( 'JOSE@Example.org', 'jose@example.org' ) ),
			'with an accent'           => array( array( 'email' => 'josé@example.org' ), array( 'josé@example.org' ) ),
			'an accent in capitals'    => array( array( 'email' => 'JOSÉ@example.org' ), array( 'josé@example.org' ) ),
			'the start of one'         => array( array( 'email_start' => 'Jose' ), array( 'JOSE@Example.org', 'jose@example.org' ) ),
			'a start with an accent'   => array( array( 'email_start' => 'josé' ), array( 'josé@example.org' ) ),
			'a search for one'         => array( array( 'search' => 'jose@' ), array( 'JOSE@Example.org', 'jose@example.org' ) ),
			'a search for its name'    => array( array( 'search' => 'josé' ), array( 'josé@example.org' ) ),
			'a domain'                 => array( array( 'search' => '@munchen.test' ), array( 'ann@munchen.test' ) ),
			'a domain with an accent'  => array( array( 'search' => '@münchen.test' ), array( 'ann@münchen.test' ) ),
			'the start of a domain'    => array( array( 'search' => '@mun' ), array( 'ann@munchen.test' ) ),
		);
	}

	/**
	 * To the table's collation a letter with an accent is the one without.
	 *
	 * @dataProvider addresses
	 * @param array<string,string> $params Of the request.
	 * @param list<string>         $wanted Addresses.
	 */
	public function test_an_address_is_the_one_that_is_written( array $params, array $wanted ): void {
		global $wpdb;
		$jobs = Plugin::instance()->jobs();
		foreach ( array( 'jose@example.org', 'josé@example.org', 'ann@münchen.test', 'ann@munchen.test' ) as $email ) {
			$jobs->insert( array( 'email' => $email ) );
		}
		// As an older version may have stored it.
		$wpdb->update( "{$wpdb->prefix}smi_jobs", array( 'email' => 'JOSE@Example.org' ), array( 'id' => $jobs->insert( array( 'email' => 'jose@example.org' ) )->id ) );
		$filters = JobFilters::from_params( $params );
		foreach ( array( new Sort(), new Sort( 'amount_charged' ) ) as $sort ) {
			$page  = $this->query()->page( $filters, $sort, 20 );
			$found = array_map( static fn( $job ): string => $job->email, $page->jobs );
			sort( $found );
			self::assertSame( $wanted, $found );
		}
		self::assertSame( array( count( $wanted ), false ), $this->query()->total( $filters ) );
		self::assertSame( count( $wanted ), array_sum( $this->query()->by_facet( $filters ) ) );
		self::assertCount( count( $wanted ), $this->query()->after_id( $filters, 0, 20 ) );
		self::assertSame( count( $wanted ), array_sum( array_map( 'count', iterator_to_array( Plugin::instance()->job_walk()->find( $filters )->pieces( array( 'id' ) ), false ) ) ) );
	}

	public function test_an_address_is_found_by_its_index(): void {
		$this->random_jobs( 200 );
		$db = Plugin::instance()->db();
		foreach ( array( array( 'email' => 'ann@example.org' ), array( 'email_start' => 'ann' ) ) as $params ) {
			$where = JobFilters::from_params( $params )->on_rows()[0]->condition();
			$plan  = (array) $db->row( "EXPLAIN SELECT id FROM {jobs} WHERE {$where->sql} ORDER BY created_at DESC, id DESC LIMIT 21", ...$where->args );
			self::assertSame( 'k_email', $plan['key'] );
			self::assertContains( $plan['type'], array( 'ref', 'range' ) );
		}
	}

	/** @return array<string,array{0:string,1:list<string>,2:list<string>}> Title => searches that find it, and others. */
	public function titles_without_spaces(): array {
		return array(
			'Chinese'       => array( '青岛港口的日落', array( '青岛', '港口', '日落', '港口的日落', '口', '落', '青岛港口的日落' ), array( '港岛', '日出', '山' ) ),
			'Japanese'      => array( '東京タワーと桜の夜景', array( 'タワー', '桜', '夜景', '東京 夜景', 'の夜' ), array( '京都', 'タクシー' ) ),
			'Thai'          => array( 'ท่าเรือยามพระอาทิตย์ตก', array( 'ท่าเรือ', 'พระอาทิตย์', 'ตก', 'เรือยาม' ), array( 'ภูเขา' ) ),
			'Khmer'         => array( 'ព្រះអាទិត្យលិច', array( 'អាទិត្យ', 'លិច' ), array( 'ភ្នំ' ) ),
			'beyond 16 bits' => array( '𠮷野家の𩸽', array( '𠮷野', '𩸽' ), array( '𠮟野' ) ),
			'with Latin'    => array( '東京Tower2024夜', array( 'tower', '京', '夜', '東京 tower2024' ), array( 'ower' ) ),
			'others as ever' => array( 'Порт на закате', array( 'порт', 'закат' ), array( 'акате' ) ),
		);
	}

	/**
	 * @dataProvider titles_without_spaces
	 * @param list<string> $finds  Searches.
	 * @param list<string> $misses Searches.
	 */
	public function test_a_title_without_spaces_is_found_by_any_part( string $title, array $finds, array $misses ): void {
		$post = wp_insert_post( array( 'post_title' => $title, 'post_status' => 'publish' ) );
		Plugin::instance()->jobs()->insert( array( 'post_id' => $post ) );
		$found = fn( string $search ): int => $this->query()->page( JobFilters::from_params( array( 'search' => $search ) ), new Sort(), 20 )->total;
		self::assertSame( array_fill_keys( $finds, 1 ), array_combine( $finds, array_map( $found, $finds ) ) );
		self::assertSame( array_fill_keys( $misses, 0 ), array_combine( $misses, array_map( $found, $misses ) ) );
	}

	public function test_titles_that_were_taken_for_one_word_are_learned_anew(): void {
		global $wpdb;
		$post = (int) wp_insert_post( array( 'post_title' => '青岛港口的日落', 'post_status' => 'publish' ) );
		Plugin::instance()->jobs()->insert( array( 'post_id' => $post ) );
		$wpdb->query( "DELETE FROM {$wpdb->prefix}smi_title_words" );
		$wpdb->insert( "{$wpdb->prefix}smi_title_words", array( 'word' => '青岛港口的日落', 'post_id' => $post ) );
		$titles = new TitleWords( Plugin::instance()->db() );
		self::assertSame( array(), $titles->posts( '港口' ) );
		self::assertSame( $post, ( new LearnTitles( Plugin::instance()->db(), $titles ) )->run( $post - 1 ) );
		self::assertSame( array( $post ), $titles->posts( '港口' ) );
	}

	public function test_a_title_or_a_search_of_a_whole_page_is_cut(): void {
		$page = implode( '', array_map( static fn( int $i ): string => (string) mb_chr( 0x4E00 + $i ), range( 0, 999 ) ) );
		self::assertCount( 200, TitleTerms::of_title( $page ) );
		self::assertCount( 24, TitleTerms::of_search( $page ) );
		self::assertSame( array( '1', 'a' ), TitleTerms::of_title( '1 a 1' ) );
	}

	public function test_tabs_count_like_the_plain_query_for_every_filter(): void {
		$this->random_jobs( 300 );
		$stats = Plugin::instance()->stats_query();
		foreach ( $this->filters() as $params ) {
			$counts = $stats->counts( JobFilters::from_params( $params ) );
			$tabs   = array_diff_key( $params, array( 'status' => 1, 'attention' => 1 ) );
			self::assertSame( count( $this->naive( $tabs, 'created_at', 'asc' ) ), $counts['all'], (string) wp_json_encode( $params ) );
			self::assertSame( count( $this->naive( array( 'status' => array( 'failed' ) ) + $tabs, 'created_at', 'asc' ) ), $counts['status']['failed'] );
			self::assertSame( count( $this->naive( array( 'attention' => array( 'any' ) ) + $tabs, 'created_at', 'asc' ) ), $counts['attention']['any'] );
		}
	}

	public function test_the_report_is_the_same_from_counters_and_from_rows(): void {
		$this->random_jobs( 200 );
		$stats = Plugin::instance()->stats_query();
		$days  = $stats->report( new JobFilters() );
		// A filter that every job passes and no counter knows.
		self::assertEquals( $days, $stats->report( JobFilters::from_params( array( 'modified_after' => '2000-01-01T00:00:00Z' ) ) ) );
		self::assertSame( 200, array_sum( array_column( $days, 'jobs' ) ) );
		$yen = array_values( array_filter( $days, static fn( array $day ): bool => 'JPY' === $day['currency'] && $day['paid'] > 0 ) )[0];
		self::assertStringNotContainsString( '.', $yen['charged'] );
	}

	/**
	 * The plain query, with nothing to be clever about.
	 *
	 * @param array<string,mixed> $params Filters.
	 * @return list<string>
	 */
	private function naive( array $params, string $by, string $order ): array {
		$where = array( '1 = 1' );
		$args  = array();
		$any   = array(
			'include'        => 'job_id IN (%s)',
			'status'         => 'status IN (%s)',
			'payment_status' => 'payment_status IN (%s)',
			'attention'      => 'attention IN (%s)',
			'email'          => 'email = %s',
			'email_start'    => 'LOCATE( %s, email ) = 1',
			'search'         => "CONCAT( '@', email_domain ) = %s",
			'post_id'        => 'post_id = %d',
			'attachment_id'  => 'attachment_id = %d',
			'resolution'     => 'resolution = %s',
			'after'          => 'created_at > %s',
			'before'         => 'created_at < %s',
			'modified_after' => 'updated_at > %s',
		);
		foreach ( $params as $name => $value ) {
			if ( array( 'any' ) === $value ) {
				$where[] = 'attention IS NOT NULL';
				continue;
			}
			$where[] = $any[ $name ];
			$args[]  = in_array( $name, array( 'after', 'before', 'modified_after' ), true ) ? rtrim( str_replace( 'T', ' ', $value ), 'Z' ) : $value;
		}
		$cases = array( 'status' => JobStatus::class, 'payment_status' => PaymentStatus::class );
		$x     = isset( $cases[ $by ] ) ? "FIELD($by, '" . implode( "', '", array_column( $cases[ $by ]::cases(), 'value' ) ) . "')" : $by;

		return Plugin::instance()->db()->column( 'SELECT job_id FROM {jobs} WHERE ' . implode( ' AND ', $where ) . " ORDER BY $x $order, created_at $order, id $order", ...$args );
	}
}
