<?php
/**
 * Forgetting what nobody needs.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Upkeep;

use SellMyImages\Bridge\ProviderEvents;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Files\PrivateFolder;
use SellMyImages\Files\ResultFiles;
use SellMyImages\Settings\Settings;
use SellMyImages\Tests\Channel\ChannelTestCase;
use SellMyImages\Upkeep\Purge;

final class PurgeTest extends ChannelTestCase {

	public function test_forgets_old_events_and_comes_again_tomorrow(): void {
		$events = new ProviderEvents( $this->db );
		$events->note( 'old', 'stripe', 'x', null );
		$this->db->execute( 'UPDATE {provider_events} SET received_at = DATE_SUB(received_at, INTERVAL 36 DAY)' );
		$events->note( 'new', 'stripe', 'x', null );
		self::assertSame( DAY_IN_SECONDS, $this->purge()->run( $this->purge_command(), microtime( true ) + 2 ) );
		self::assertSame( array( 'new' ), $this->db->column( 'SELECT id FROM {provider_events}' ) );
	}

	public function test_goes_on_soon_when_its_time_was_too_short(): void {
		$calls = 0;
		$more  = static function ( int $limit ) use ( &$calls ): int {
			++$calls;
			return $limit;
		};
		self::assertSame( 1, $this->purge( array( $more ) )->run( $this->purge_command(), microtime( true ) ) );
		self::assertSame( 1, $calls );
	}

	/** @param list<callable> $more More to forget. */
	private function purge( array $more = array() ): Purge {
		return new Purge( $this->commands, new ProviderEvents( $this->db ), new ResultFiles( new PrivateFolder( $this->options ) ), new Settings(), $more );
	}

	private function purge_command(): \SellMyImages\Commands\Command {
		$this->commands->schedule( CommandKind::Purge, 'site', null, 0 );
		return $this->command( CommandKind::Purge, 'site' );
	}
}
