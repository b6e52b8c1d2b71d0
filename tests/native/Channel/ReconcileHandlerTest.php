<?php
/**
 * Looking through what the providers have.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Channel;

use SellMyImages\Bridge\BridgeState;
use SellMyImages\Bridge\Interest;
use SellMyImages\Channel\ReconcileHandler;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\Handlers;

final class ReconcileHandlerTest extends ChannelTestCase {

	protected function setUp(): void {
		parent::setUp();
		$this->handlers = new Handlers( array( new ReconcileHandler( new BridgeState( $this->options ), new Interest( $this->options ), $this->options ) ), array() );
	}

	public function test_looks_back_a_month_first_and_a_day_behind_its_cursor_then(): void {
		$this->commands->hint( CommandKind::Reconcile, 'objects', null );
		$first = $this->claims()->claim( 0, 20 )[0];
		self::assertSame( 'objects', $first['payload']->mode );
		self::assertEqualsWithDelta( time() - 30 * DAY_IN_SECONDS, $first['payload']->since, 2 );
		$this->report( $this->command( CommandKind::Reconcile, 'objects' ), 'snapshot', $this->snapshot( time() - 60 ) );
		$command = $this->command( CommandKind::Reconcile, 'objects' );
		self::assertEqualsWithDelta( DAY_IN_SECONDS, strtotime( $command->due_at ) - strtotime( $this->db->now() ), 2 );
		$this->commands->hint( CommandKind::Reconcile, 'objects', null );
		self::assertEqualsWithDelta( time() - 60 - 25 * HOUR_IN_SECONDS, $this->claims()->claim( 0, 20 )[0]['payload']->since, 2 );
	}

	public function test_moves_its_cursor_only_when_a_pass_was_finished_and_never_back(): void {
		$command = $this->lease( CommandKind::Reconcile, 'events' );
		$this->report( $command, 'retry' );
		self::assertFalse( get_option( ReconcileHandler::OPTION ) );
		$this->commands->hint( CommandKind::Reconcile, 'events', null );
		$this->claims()->claim( 0, 20 );
		$this->report( $this->command( CommandKind::Reconcile, 'events' ), 'ok', $this->snapshot( 1000 ) );
		$this->commands->hint( CommandKind::Reconcile, 'events', null );
		$this->claims()->claim( 0, 20 );
		$this->report( $this->command( CommandKind::Reconcile, 'events' ), 'ok', $this->snapshot( 900 ) );
		self::assertSame( array( 'events' => 1000 ), get_option( ReconcileHandler::OPTION ) );
	}

	public function test_a_long_pass_goes_on_where_it_was_and_only_its_end_moves_the_cursor(): void {
		$command = $this->lease( CommandKind::Reconcile, 'objects' );
		self::assertEqualsWithDelta( 30, strtotime( (string) $command->leased_until ) - strtotime( $this->db->now() ), 2, 'A bridge that died is not waited for.' );
		$place = array( 'list' => 'refunds', 'after' => 're_7', 'since' => 1000, 'started' => 5000, 'seen' => 1000 );
		$this->report( $command, 'snapshot', $this->snapshot( 5000, $place ) );
		self::assertSame( array( 'objects' => $place ), get_option( ReconcileHandler::OPTION )['places'] );
		self::assertArrayNotHasKey( 'objects', get_option( ReconcileHandler::OPTION ) );
		// Killed: the lease ends, and the next bridge goes on there.
		foreach ( array( 0, 40 ) as $seconds ) {
			$this->age( $this->command( CommandKind::Reconcile, 'objects' ), $seconds );
			$claim = $this->claims()->claim( 0, 20 )[0];
			self::assertSame( array( 1000, $place ), array( $claim['payload']->since, $claim['payload']->from ) );
		}
		$this->report( $this->command( CommandKind::Reconcile, 'objects' ), 'snapshot', $this->snapshot( 5000 ) );
		self::assertSame( array( 'places' => array(), 'objects' => 5000 ), get_option( ReconcileHandler::OPTION ) );
	}

	public function test_a_place_that_stripe_does_not_know_any_more_begins_the_pass_anew_once(): void {
		$place = array( 'list' => 'sessions', 'after' => 'cs_gone', 'since' => 1000, 'started' => 5000, 'seen' => 100 );
		$this->report( $this->lease( CommandKind::Reconcile, 'objects' ), 'snapshot', $this->snapshot( 5000, $place ) );
		$this->claims()->claim( 0, 20 );
		$this->report( $this->command( CommandKind::Reconcile, 'objects' ), 'refused' );
		self::assertEqualsWithDelta( 60, $this->commands->next_due_in( array( 'reconcile' ) ), 2 );
		$this->age( $this->command( CommandKind::Reconcile, 'objects' ), 100 );
		self::assertFalse( isset( $this->claims()->claim( 0, 20 )[0]['payload']->from ) );
		$this->report( $this->command( CommandKind::Reconcile, 'objects' ), 'refused' );
		self::assertEqualsWithDelta( DAY_IN_SECONDS, $this->commands->next_due_in( array( 'reconcile' ) ), 2 );
	}

	public function test_reads_events_often_while_somebody_may_buy_and_slowly_where_webhooks_should_arrive(): void {
		( new Interest( $this->options ) )->touch();
		$this->report( $this->lease( CommandKind::Reconcile, 'events' ), 'ok', $this->snapshot( 1000 ) );
		self::assertEqualsWithDelta( 10, $this->commands->next_due_in( array( 'reconcile' ) ), 1 );
		( new BridgeState( $this->options ) )->keep( array( 'public_url' => 'http://bridge.test' ) );
		$this->commands->hint( CommandKind::Reconcile, 'events', null );
		self::assertCount( 1, $this->claims()->claim( 0, 20 ) );
		$this->report( $this->command( CommandKind::Reconcile, 'events' ), 'ok', $this->snapshot( 2000 ) );
		self::assertEqualsWithDelta( 180, $this->commands->next_due_in( array( 'reconcile' ) ), 1 );
	}

	/**
	 * @param array<string,mixed>|null $place Where the pass goes on.
	 * @return array<string,mixed>
	 */
	private function snapshot( int $cursor, ?array $place = null ): array {
		return array( 'snapshot' => array( 'type' => 'reconcile', 'cursor' => $cursor, 'seen' => 1, 'next' => $place ) );
	}
}
