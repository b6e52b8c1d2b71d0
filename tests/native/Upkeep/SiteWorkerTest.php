<?php
/**
 * What the site does itself.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Upkeep;

use SellMyImages\Bridge\BridgeState;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\Handlers;
use SellMyImages\Plugin;
use SellMyImages\Tests\Channel\ChannelTestCase;
use SellMyImages\Tests\Commands\FakeSiteHandler;
use SellMyImages\Upkeep\Cron;
use SellMyImages\Upkeep\SiteWorker;

final class SiteWorkerTest extends ChannelTestCase {

	public function test_runs_what_is_due_and_stops(): void {
		$this->commands->hint( CommandKind::SendEmail, 'a', null );
		$this->commands->hint( CommandKind::SendEmail, 'b', null );
		$this->commands->hint( CommandKind::SendEmail, 'c', null, 60 );
		$this->commands->hint( CommandKind::RefreshPayment, 'd', null );
		self::assertSame( 2, $this->worker()->run_slice() );
		self::assertSame( array( 'a', 'b' ), $this->mailer->ran );
		self::assertEqualsWithDelta( 60, $this->worker()->next_due_in(), 1 );
	}

	public function test_starts_nothing_after_its_time(): void {
		$this->commands->hint( CommandKind::SendEmail, 'a', null );
		self::assertSame( 0, $this->worker()->run_slice( 0.0 ) );
	}

	/** The other plugins' events of that minute come after ours, and what hears of the end of a request as well. */
	public function test_a_database_that_is_away_is_nobody_elses_trouble(): void {
		$heard = 0;
		$hear  = function () use ( &$heard ): void {
			++$heard;
		};
		add_action( Cron::EVENT, $hear, 20 );
		add_action( 'smi_test_end', array( Plugin::instance()->bridge_push(), 'send_nudge' ) );
		add_action( 'smi_test_end', $hear, 20 );
		( new BridgeState( $this->options ) )->keep( array( 'public_url' => 'http://127.0.0.1:1', 'can_push' => true ) );
		add_filter( 'query', static fn( string $query ): string => str_contains( $query, 'smi_commands' ) ? 'SELECT nothing FROM nowhere' : $query );
		do_action( Cron::EVENT );
		do_action( 'smi_test_end' );
		self::assertSame( 2, $heard );
	}

	public function test_comes_again_when_the_handler_says_so(): void {
		$this->commands->hint( CommandKind::SendEmail, 'a', null );
		$this->mailer->does = static fn(): int => 300;
		$this->worker()->run_slice();
		self::assertEqualsWithDelta( 300, $this->worker()->next_due_in(), 1 );
	}

	/** Of a plugin that was told something while a command was carried out. Else the command was carried out again when the request had ended. */
	public function test_a_transaction_that_is_left_open_meanwhile_takes_no_command_with_it(): void {
		$this->allow_hooks_in_transactions();
		$this->commands->hint( CommandKind::SendEmail, 'a', null );
		$this->mailer->does = static function (): ?int {
			$GLOBALS['wpdb']->query( 'START TRANSACTION' );
			return null;
		};
		$this->worker()->run_slice();
		$GLOBALS['wpdb']->query( 'ROLLBACK' );
		self::assertNotNull( $this->command( CommandKind::SendEmail, 'a' )->done_at );
		$this->commands->hint( CommandKind::SendEmail, 'b', null );
		$this->allow_log( '/^.*Sell My Images: send_email failed.*$/m' );
		$this->mailer->does = static function (): ?int {
			$GLOBALS['wpdb']->query( 'START TRANSACTION' );
			throw new \RuntimeException( 'broken' );
		};
		$this->worker()->run_slice();
		$GLOBALS['wpdb']->query( 'ROLLBACK' );
		self::assertNull( $this->command( CommandKind::SendEmail, 'b' )->leased_until );
	}

	/** Else others wait for the row that nobody sees is taken. */
	public function test_a_command_is_taken_for_all_to_see_although_a_transaction_was_open(): void {
		$this->allow_hooks_in_transactions();
		$this->commands->hint( CommandKind::SendEmail, 'a', null );
		$seen = array();
		$look = function ( ?int $again ) use ( &$seen ): ?int {
			$sql    = "SELECT lease_no FROM {$this->db->table( 'commands' )} WHERE object = 'a'";
			$seen[] = $this->other_connection()->query( $sql )->fetch_row()[0];
			return $again;
		};
		$this->mailer->does = static fn(): ?int => $look( 0 );
		$GLOBALS['wpdb']->query( 'START TRANSACTION' );
		$this->worker()->run_one( CommandKind::SendEmail, 'a' );
		$this->mailer->does = static fn(): ?int => $look( null );
		$GLOBALS['wpdb']->query( 'START TRANSACTION' );
		$this->worker()->run_slice();
		$GLOBALS['wpdb']->query( 'ROLLBACK' );
		self::assertSame( array( '1', '2' ), $seen );
	}

	public function test_a_command_that_breaks_does_not_stop_the_others_and_is_tried_again(): void {
		$this->allow_log( '/^.*Sell My Images: send_email failed.*$/m' );
		$this->commands->hint( CommandKind::SendEmail, 'a', null );
		$this->commands->hint( CommandKind::SendEmail, 'b', null );
		$this->mailer->does = static fn( $command ) => 'a' === $command->object ? throw new \RuntimeException( 'broken' ) : null;
		self::assertSame( 2, $this->worker()->run_slice() );
		self::assertEqualsWithDelta( 20, $this->worker()->next_due_in(), 1 );
		self::assertNotNull( $this->command( CommandKind::SendEmail, 'b' )->done_at );
	}

	public function test_makes_the_commands_that_repeat_for_ever(): void {
		$sweeper = new FakeSiteHandler( CommandKind::Sweep );
		$worker  = new SiteWorker( $this->commands, new Handlers( array(), array( $sweeper ) ), $this->safe_mode(), $this->transaction );
		$sweeper->does = static fn(): int => 60;
		$worker->run_slice();
		$worker->run_slice();
		self::assertSame( array( 'site' ), $sweeper->ran );
	}

	public function test_a_copy_of_a_live_site_runs_nothing(): void {
		( new BridgeState( $this->options ) )->keep( array( 'livemode' => true ) );
		$this->commands->hint( CommandKind::SendEmail, 'a', null );
		self::assertTrue( $this->safe_mode()->is_on() );
		self::assertSame( 0, $this->worker()->run_slice() );
	}

	public function test_asking_for_schedules_early_loads_no_language(): void {
		$wrong = array();
		add_filter( 'doing_it_wrong_trigger_error', '__return_false' );
		$did = $GLOBALS['wp_actions'];
		unset( $GLOBALS['wp_actions']['init'], $GLOBALS['wp_actions']['after_setup_theme'] );
		$loaded = $GLOBALS['l10n']['sell-my-images'] ?? null;
		unset( $GLOBALS['l10n']['sell-my-images'] );
		switch_to_locale( 'de_DE' );
		$note = static function ( string $function_name ) use ( &$wrong ): void {
			$wrong[] = $function_name;
		};
		add_action( 'doing_it_wrong_run', $note );
		$words = \SellMyImages\Plugin::instance()->cron()->add_schedule( array() )['smi_minute']['display'];
		remove_action( 'doing_it_wrong_run', $note );
		restore_previous_locale();
		$GLOBALS['wp_actions'] = $did; // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- as it was.
		if ( null !== $loaded ) {
			$GLOBALS['l10n']['sell-my-images'] = $loaded; // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- as it was.
		}
		self::assertSame( array( array(), 'Every minute' ), array( $wrong, $words ) );
	}
}
