<?php
/**
 * Times and currency of older rows: asked.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

use SellMyImages\Admin\OlderFactsForm;
use SellMyImages\Install\OlderFacts;
use SellMyImages\Install\Trouble;
use SellMyImages\Plugin;

/**
 * An older version that let nothing date itself by the database: its times could be in any zone.
 */
final class OlderFactsAskedTest extends OlderRowsTestCase {

	private const JOB = '00000000-0000-4000-8000-000000000006';

	private const WRITTEN = 'SELECT id, created_at, paid_at, completed_at, updated_at, amount_charged FROM {jobs} ORDER BY id';

	private const REFUNDED = 'SELECT DISTINCT currency, amount_minor FROM {refunds}';

	/** @var list<array{0:string,1:string}> */
	private array $said = array();

	protected function tearDown(): void {
		$_POST = array();
		unset( $_REQUEST[ OlderFactsForm::ACTION . '_nonce' ] );
		parent::tearDown();
	}

	public function test_what_is_not_known_is_asked_and_the_shop_is_whole_meanwhile(): void {
		$orders = $this->orders();
		delete_option( 'smi_markup_percentage' );
		$before = self::db()->rows( self::WRITTEN );
		self::assertTrue( $this->install() );
		$this->run_until_asked();

		self::assertSame( array( 'older' ), self::state()->todo(), 'Everything else is done.' );
		self::assertTrue( self::state()->is_usable() );
		self::assertSame( $before, self::db()->rows( self::WRITTEN ), 'Nothing is guessed.' );
		$this->assert_layout_is_todays();
		$this->assert_counted();
		$this->assert_routes_answer();
		self::assertNotNull( Plugin::instance()->jobs()->find_by( 'download_token', hash( 'sha256', 'raw6' ) ), 'A buyer’s link works.' );
		$refunds = Plugin::instance()->refund_repository()->for_job( '00000000-0000-4000-8000-000000000002' );
		self::assertCount( 1, $refunds, 'What was paid back is known.' );
		$new = Plugin::instance()->jobs()->insert( array( 'payment_status' => 'paid' ) );
		self::assertNull( $new->payment_action_done_at, 'A new sale is announced.' );
		Plugin::instance()->jobs()->delete( $new );

		$notice = $this->notice();
		$parts  = array(
			'notice-warning',
			'Your shop is open',
			'fit more than one time zone',
			'Nothing says in which currency',
			'<select name="timezone">',
			'<option selected="selected" value="America/New_York"',
			'<select name="currency">',
			'wp smi upgrade --timezone',
		);
		foreach ( $parts as $part ) {
			self::assertStringContainsString( $part, $notice );
		}
		self::assertSame( 'recommended', Plugin::instance()->site_health()->tables_are_right()['status'] );
		self::assertStringContainsString( 'a question about older orders', Plugin::instance()->site_health()->tables_are_right()['label'] );
		$this->as_role( 'editor' );
		self::assertSame( '', $this->shown() );

		$this->answer( array( 'timezone' => 'America/New_York', 'currency' => 'EUR' ) );
		self::assertFalse( get_option( Trouble::OPTION ) );
		$due = self::db()->value( "SELECT due_at FROM {commands} WHERE kind = 'upgrade_step'" );
		self::assertLessThanOrEqual( gmdate( 'Y-m-d H:i:s' ), $due, 'The bridge or WP-Cron goes on at once.' );
		$this->run_upgrade();
		$this->assert_in_utc( $orders );
		$this->assert_refunds( $orders );
		self::assertSame( array( 'EUR' ), self::db()->column( 'SELECT DISTINCT currency FROM {jobs}' ) );
		self::assertSame( array( array( 'currency' => 'EUR', 'amount_minor' => '490' ) ), self::db()->rows( self::REFUNDED ) );
		$this->assert_counted();
		$this->assert_routes_answer();
		self::assertSame( '', $this->notice() );
		$fields = Plugin::instance()->tables_health()->info( array() )['sell-my-images-tables']['fields'];
		self::assertStringContainsString( 'were put into UTC, from America/New_York: created_at', $fields['older']['value'] );
	}

	public function test_counters_are_right_at_any_moment_of_a_late_answer(): void {
		$orders = $this->orders( 25 );
		$this->install();
		$this->run_until_asked();
		Plugin::instance()->older_facts()->answer( self::SITE, null );
		Plugin::instance()->setup()->again();
		$jobs = Plugin::instance()->jobs();
		$jobs->update( $jobs->find( self::JOB ) ?? self::fail(), array( 'status' => 'failed' ) );
		$this->assert_counted();
		$this->run_upgrade( fn() => $this->assert_counted() );
		$this->assert_in_utc( $orders, array( 6 ) );
		$jobs->update( $jobs->find( self::JOB ) ?? self::fail(), array( 'status' => 'completed' ) );
		$this->assert_counted();
	}

	public function test_an_answer_in_a_currency_without_cents_moves_refunds_to_its_units(): void {
		$this->orders( 12, array( 'amount_charged' => '490.00' ), array( 'refund_amount' => '490.00' ) );
		delete_option( 'smi_markup_percentage' );
		$this->install();
		$this->run_until_asked();
		self::assertSame( array( array( 'currency' => 'USD', 'amount_minor' => '49000' ) ), self::db()->rows( self::REFUNDED ) );
		Plugin::instance()->older_facts()->answer( 'UTC', 'JPY' );
		Plugin::instance()->setup()->again();
		$this->run_upgrade();
		self::assertSame( array( array( 'currency' => 'JPY', 'amount_minor' => '490' ) ), self::db()->rows( self::REFUNDED ) );
		self::assertSame( 490, Plugin::instance()->jobs()->find( self::JOB )?->charged_minor() );
		$this->assert_routes_answer();
	}

	/** @return array<string,array{0:array<string,string>,1:string,2:int}> What is sent, what is said, and with which status. */
	public function refused(): array {
		return array(
			'a planet'      => array( array( 'timezone' => 'Mars/Base' ), 'There is no such time zone', 400 ),
			'no currency'   => array( array( 'currency' => 'euros' ), 'There is no such currency', 400 ),
			'without nonce' => array( array( 'timezone' => 'UTC', 'nonce' => 'no' ), 'expired', 403 ),
			'an editor'     => array( array( 'timezone' => 'UTC', 'as' => 'editor' ), 'you may not do this', 403 ),
		);
	}

	/**
	 * @dataProvider refused
	 * @param array<string,string> $sent What is posted.
	 */
	public function test_an_answer_that_is_refused_changes_nothing( array $sent, string $said, int $status ): void {
		$this->orders( 12 );
		$this->install();
		$this->run_until_asked();
		$kept = get_option( OlderFacts::OPTION );
		try {
			$this->answer( $sent );
			self::fail( 'Taken.' );
		} catch ( Died $died ) {
			self::assertStringContainsString( $said, $died->getMessage() );
			self::assertSame( $status, $died->getCode() );
		}
		self::assertSame( $kept, get_option( OlderFacts::OPTION ) );
		self::assertSame( array( 'older' ), self::state()->todo() );
	}

	public function test_the_command_says_what_it_found_and_by_what_and_takes_the_answer(): void {
		$orders = $this->orders();
		update_option( \SellMyImages\Install\Installer::VERSION_OPTION, '0' );
		$rows = $this->all_rows();
		$this->plan();
		$this->assert_said( 'warning', 'fit more than one time zone' );
		$this->assert_said( 'log', 'Older orders: 42. Their amounts are taken for USD.' );
		$this->assert_said( 'log', 'The version that took them sold in US dollars only.' );
		self::assertSame( 'success', end( $this->said )[0], 'A question is not in the way.' );
		$this->plan( 'Europe/Berlin', 'CHF' );
		$this->assert_said( 'log', 'Older orders: 42. Their times are to be put into UTC, from Europe/Berlin: created_at' );
		$this->assert_said( 'log', 'Older orders: 42. Their amounts are taken for CHF.' );
		$this->plan( 'Mars/Base' );
		self::assertSame( array( 'error' ), array_column( $this->said, 0 ) );
		$this->assert_said( 'error', 'such as Europe/Berlin, or an offset such as +02:00. Nothing was changed.' );
		self::assertSame( $rows, $this->all_rows() );
		self::assertFalse( get_option( OlderFacts::OPTION ) );

		$this->command( 'Mars/Base' );
		self::assertSame( array( 'error' ), array_column( $this->said, 0 ) );
		self::assertSame( $rows, $this->all_rows() );
		$this->command();
		self::assertSame( 'error', end( $this->said )[0] );
		$this->assert_said( 'error', 'Your shop is open' );
		$this->command( null, 'XYZ' );
		$this->assert_said( 'error', 'There is no such currency' );
		$this->command( self::SITE );
		self::assertSame( array( 'success', 'All tables are as they should be.' ), end( $this->said ) );
		$this->assert_said( 'log', 'The times of older orders were put into UTC, from America/New_York: created_at' );
		$this->assert_in_utc( $orders );
		$this->command( 'UTC' );
		$this->assert_said( 'error', 'were put right before this answer came' );
		$this->assert_in_utc( $orders );
	}

	public function test_the_command_answers_before_the_first_row_is_touched(): void {
		$orders = $this->orders();
		update_option( \SellMyImages\Install\Installer::VERSION_OPTION, '0' );
		$this->command( self::SITE, 'EUR' );
		self::assertSame( 'success', end( $this->said )[0] );
		$this->assert_in_utc( $orders );
		$this->assert_counted();
		self::assertSame( array( 'EUR' ), self::db()->column( 'SELECT DISTINCT currency FROM {jobs}' ) );
	}

	public function test_without_older_orders_there_is_nothing_to_answer(): void {
		$this->command( 'UTC' );
		$this->assert_said( 'error', 'No older orders wait' );
		self::assertFalse( get_option( OlderFacts::OPTION ) );
	}

	public function test_two_orders_of_one_clock_are_too_few_to_know(): void {
		$this->older_orders( OlderOrders::published( self::SITE, self::DATABASE )->fill( 2 ) );
		$this->install();
		$this->run_until_asked();
		self::assertStringContainsString( 'too few older orders', $this->notice() );
	}

	/**
	 * @param array<string,mixed> $more     Columns of each row.
	 * @param array<string,mixed> $refunded And of those that were refunded.
	 */
	private function orders( int $rows = 42, array $more = array(), array $refunded = array() ): OlderOrders {
		$orders = new OlderOrders( array( 'created' => self::SITE, 'events' => self::SITE, 'link' => 'UTC', 'updated' => self::SITE ) );
		$this->older_orders( $orders->fill( $rows ), str_replace( ' ON UPDATE CURRENT_TIMESTAMP', '', self::OLDER ), '', $more );
		foreach ( $refunded as $column => $value ) {
			self::db()->execute( "UPDATE {jobs} SET $column = %s WHERE payment_status = 'refunded'", $value );
		}

		return $orders;
	}

	private function assert_routes_answer(): void {
		$this->as_admin();
		$all = (int) self::db()->value( 'SELECT COUNT(*) AS n FROM {jobs}' );
		$filters = array( array(), array( 'status' => array( 'completed', 'failed', 'abandoned' ) ), array( 'orderby' => 'paid_at' ) );
		foreach ( $filters as $filter ) {
			$page = $this->rest( 'GET', '/smi/v1/jobs', $filter );
			self::assertSame( 200, $page->get_status() );
			self::assertSame( (string) $all, (string) $page->get_headers()['X-WP-Total'], (string) wp_json_encode( $filter ) );
			$stats = $this->rest( 'GET', '/smi/v1/jobs/stats', $filter + array( 'report' => true ) );
			self::assertSame( 200, $stats->get_status() );
			self::assertSame( $all, $stats->get_data()['counts']['all'] );
			$codes = array_intersect( array_column( $stats->get_data()['notices'], 'code' ), array( 'older_orders_asked', 'upgrade_failed', 'upgrading' ) );
			self::assertSame( self::state()->is_done() ? array() : array( 'older_orders_asked' ), array_values( $codes ) );
		}
		self::assertSame( 200, $this->rest( 'GET', '/smi/v1/jobs/' . self::JOB )->get_status() );
		self::assertSame( 200, $this->rest( 'GET', '/smi/v1/jobs/export' )->get_status() );
	}

	private function notice(): string {
		$this->as_admin();

		return $this->shown();
	}

	private function shown(): string {
		ob_start();
		do_action( 'admin_notices' );

		return wp_specialchars_decode( (string) ob_get_clean(), ENT_QUOTES );
	}

	/**
	 * As the form does.
	 *
	 * @param array<string,string> $sent `nonce` and `as` for what is wrong with it.
	 */
	private function answer( array $sent ): void {
		isset( $sent['as'] ) ? $this->as_role( $sent['as'] ) : $this->as_admin();
		$_REQUEST[ OlderFactsForm::ACTION . '_nonce' ] = $sent['nonce'] ?? wp_create_nonce( OlderFactsForm::ACTION );
		$_POST = array_diff_key( $sent, array( 'nonce' => 1, 'as' => 1 ) );
		$status = static fn( mixed $args ): int => (int) ( wp_parse_args( $args )['response'] ?? 500 );
		$die    = static fn( $message, $title, $args ) => throw new Died( wp_strip_all_tags( (string) $message ), $status( $args ) );
		add_filter( 'wp_die_handler', static fn(): callable => $die );
		add_filter( 'wp_redirect', static fn( string $to ) => throw new Died( $to, 302 ) );
		try {
			do_action( 'admin_post_' . OlderFactsForm::ACTION ); // phpcs:ignore WordPress.NamingConventions -- as admin-post.php fires it.
		} catch ( Died $died ) {
			if ( 302 !== $died->getCode() ) {
				throw $died;
			}
			self::assertStringContainsString( 'plugins.php?smi_upgrade=', $died->getMessage() );
		}
	}

	private function assert_said( string $how, string $part ): void {
		$said = array_filter( $this->said, static fn( array $one ): bool => $one[0] === $how );
		self::assertStringContainsString( $part, implode( "\n", array_column( $said, 1 ) ) );
	}

	private function plan( ?string $zone = null, ?string $currency = null ): void {
		$this->said = array();
		Plugin::instance()->upgrade_command()->plan( $this->hear( ... ), $zone, $currency );
	}

	private function command( ?string $zone = null, ?string $currency = null ): void {
		$this->said = array();
		Plugin::instance()->upgrade_command()->run( $this->hear( ... ), $zone, $currency );
	}

	private function hear( string $how, string $text ): void {
		$this->said[] = array( $how, $text );
	}
}
