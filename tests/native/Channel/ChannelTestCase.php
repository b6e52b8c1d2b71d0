<?php
/**
 * Base of the channel's tests.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Channel;

use SellMyImages\Bridge\BridgeState;
use SellMyImages\Bridge\CallingKey;
use SellMyImages\Bridge\Interest;
use SellMyImages\Bridge\KeyRing;
use SellMyImages\Bridge\ProviderEvents;
use SellMyImages\Bridge\SafeMode;
use SellMyImages\Bridge\SiteIdentity;
use SellMyImages\Channel\HintResolver;
use SellMyImages\Channel\Hints;
use SellMyImages\Channel\KnownState;
use SellMyImages\Channel\MessageSignature;
use SellMyImages\Channel\Pace;
use SellMyImages\Channel\Sync;
use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandClaims;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandReports;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Commands\Handlers;
use SellMyImages\Commands\LeaseRenewals;
use SellMyImages\Commands\Report;
use SellMyImages\Database\Connection;
use SellMyImages\Database\StoredOptions;
use SellMyImages\Database\Transaction;
use SellMyImages\Jobs\Counting\Counters;
use SellMyImages\Jobs\JobRepository;
use SellMyImages\Refunds\RefundRepository;
use SellMyImages\Tests\Commands\FakeHandler;
use SellMyImages\Tests\Commands\FakeSiteHandler;
use SellMyImages\Tests\TestCase;
use SellMyImages\Upkeep\SiteWorker;
use SellMyImages\Upscaling\AttemptRepository;
use SellMyImages\Upscaling\AttemptToken;

/**
 * The channel with handlers that a test tells what to do, on the real database.
 */
abstract class ChannelTestCase extends TestCase {

	protected Connection $db;

	protected Transaction $transaction;

	protected CommandRepository $commands;

	protected JobRepository $jobs;

	protected Handlers $handlers;

	protected FakeHandler $payment;

	protected FakeHandler $submit;

	protected FakeHandler $attempt;

	protected FakeSiteHandler $mailer;

	protected SiteIdentity $site;

	protected StoredOptions $options;

	/**
	 * Ids that were learned: attempt => provider's id.
	 *
	 * @var array<string,string>
	 */
	protected array $learned = array();

	protected function setUp(): void {
		parent::setUp();
		global $wpdb;
		$this->db          = new Connection( $wpdb );
		$this->transaction = new Transaction( $this->db );
		$this->options     = new StoredOptions( $this->db, $this->transaction );
		$this->commands    = new CommandRepository( $this->db );
		$this->jobs        = new JobRepository( $this->db, $this->transaction, new Counters( $this->db, $this->transaction ) );
		$this->payment     = new FakeHandler( CommandKind::RefreshPayment );
		$this->submit      = new FakeHandler( CommandKind::Submit );
		$this->attempt     = new FakeHandler( CommandKind::RefreshAttempt );
		$this->mailer      = new FakeSiteHandler( CommandKind::SendEmail );
		$this->handlers    = new Handlers( array( $this->payment, $this->submit, $this->attempt ), array( $this->mailer ) );
		$this->site        = new SiteIdentity( $this->options );
		$this->learned     = array();
	}

	protected function safe_mode(): SafeMode {
		return new SafeMode( $this->site, new BridgeState( $this->options ), $this->commands, $this->options );
	}

	protected function worker(): SiteWorker {
		return new SiteWorker( $this->commands, $this->handlers, $this->safe_mode(), $this->transaction );
	}

	protected function claims(): CommandClaims {
		return new CommandClaims( $this->commands, $this->transaction, $this->jobs, $this->handlers );
	}

	protected function reports(): CommandReports {
		return new CommandReports( $this->commands, $this->transaction, $this->jobs, $this->handlers );
	}

	protected function tokens(): AttemptToken {
		return new AttemptToken( new CallingKey() );
	}

	protected function sync(): Sync {
		$learn    = function ( string $attempt, string $id ): void {
			$this->learned[ $attempt ] = $id;
		};
		$resolver = new HintResolver( $this->jobs, new AttemptRepository( $this->db ), $this->tokens(), new KnownState( new RefundRepository( $this->db ) ), $this->site, $learn );
		return new Sync(
			new Hints( $resolver, $this->commands, new ProviderEvents( $this->db ), $this->transaction ),
			$this->reports(),
			$this->claims(),
			$this->worker(),
			new LeaseRenewals( $this->commands, $this->transaction ),
			new Pace( $this->commands, $this->handlers, $this->worker(), new Interest( $this->options ), $this->safe_mode() ),
			$this->safe_mode(),
			$this->site,
			$this->transaction
		);
	}

	/**
	 * A sync message.
	 *
	 * @param list<array<string,mixed>> $hints   Hints.
	 * @param list<array<string,mixed>> $reports Reports.
	 * @param int                       $submit  Wanted.
	 * @param int                       $other   Wanted.
	 * @return array<string,mixed>
	 */
	protected function message( array $hints = array(), array $reports = array(), int $submit = 4, int $other = 20 ): array {
		return array(
			'hints'   => $hints,
			'reports' => $reports,
			'want'    => array( 'submit' => $submit, 'other' => $other ),
		);
	}

	/** Opens the command and claims it. */
	protected function lease( CommandKind $kind, string $target, ?string $job_id = null ): Command {
		$this->commands->hint( $kind, $target, $job_id );
		self::assertCount( 1, $this->claims()->claim( 4, 20 ) );
		return $this->command( $kind, $target );
	}

	/** The command as it is in the database. */
	protected function command( CommandKind $kind, string $target ): Command {
		$command = $this->commands->find( $kind, $target );
		self::assertNotNull( $command );
		return $command;
	}

	/**
	 * Applies a report and gives its answer.
	 *
	 * @param array<string,mixed> $more Fields of the report.
	 */
	protected function report( Command $command, string $outcome = 'snapshot', array $more = array() ): string {
		$message = array( 'id' => 'r1', 'command' => $command->uuid, 'lease_no' => $command->lease_no, 'outcome' => $outcome );
		return $this->reports()->apply( Report::from_array( $more + $message ) )['answer'];
	}

	/** Moves times of the command into the past. */
	protected function age( Command $command, int $seconds ): void {
		$this->db->execute( 'UPDATE {commands} SET leased_until = DATE_SUB(leased_until, INTERVAL %d SECOND), due_at = DATE_SUB(due_at, INTERVAL %d SECOND) WHERE id = %d', $seconds, $seconds, $command->id );
	}

	/**
	 * A key that the site knows.
	 *
	 * @return array{id:string,secret:string}
	 */
	protected function key(): array {
		$key = ( new KeyRing( $this->options ) )->create( 'test' );
		return array( 'id' => $key['id'], 'secret' => $key['secret'] );
	}

	/**
	 * A signed request, as it arrives.
	 *
	 * @param array{id:string,secret:string} $key   Who signs.
	 * @param array<string,string|int>       $query Query.
	 */
	protected function signed( array $key, string $route, string $body, array $query = array(), ?int $created = null ): \WP_REST_Request {
		$request = new \WP_REST_Request( 'POST', $route );
		$request->set_query_params( array_map( 'strval', $query ) );
		$request->set_body( $body );
		ksort( $query );
		$covered = $route . ( array() === $query ? '' : '?' . http_build_query( $query, '', '&', PHP_QUERY_RFC3986 ) );
		foreach ( MessageSignature::sign( 'POST', $covered, $body, $key['id'], $key['secret'], $created ?? time() ) as $name => $value ) {
			$request->set_header( $name, $value );
		}
		$request->set_header( 'Content-Type', str_ends_with( $route, '/file' ) ? 'application/octet-stream' : 'application/json' );
		return $request;
	}
}
