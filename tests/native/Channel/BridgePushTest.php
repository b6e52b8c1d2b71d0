<?php
/**
 * Commands that go to the bridge at once.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Channel;

use SellMyImages\Bridge\BridgeState;
use SellMyImages\Bridge\KeyRing;
use SellMyImages\Channel\BridgePush;
use SellMyImages\Channel\Contact;
use SellMyImages\Channel\MessageSignature;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Commands\Handlers;
use SellMyImages\Tests\Commands\FakeHandler;

final class BridgePushTest extends ChannelTestCase {

	private FakeHandler $checkout;

	/** @var list<array{string,array<string,mixed>}> What the bridge was sent: URL and arguments. */
	private array $sent = array();

	protected function setUp(): void {
		parent::setUp();
		$this->checkout = new FakeHandler( CommandKind::OpenCheckout );
		$this->handlers = new Handlers( array( $this->checkout ), array() );
		$this->commands->hint( CommandKind::OpenCheckout, 'a', null );
		$this->sent = array();
	}

	public function test_does_nothing_without_an_address(): void {
		self::assertNull( $this->push( array() ) );
		self::assertSame( array(), $this->sent );
		self::assertSame( 0, $this->command( CommandKind::OpenCheckout, 'a' )->lease_no );
	}

	public function test_applies_the_report_it_is_answered_with(): void {
		$key    = $this->paired();
		$report = $this->push( $this->answer( 200, array( 'outcome' => 'ok', 'provider_ids' => array( 'session' => 'cs_1' ) ) ) );
		self::assertSame( 'cs_1', $report['provider_ids']['session'] ?? null );
		self::assertSame( array( array( 'p1', true ) ), $this->checkout->reports );
		self::assertNotNull( $this->command( CommandKind::OpenCheckout, 'a' )->done_at );
		list( $url, $args ) = $this->sent[0];
		self::assertSame( 'http://127.0.0.1:9401/commands', $url );
		self::assertSame( $this->site->pair(), json_decode( $args['body'], true )['site'] );
		self::assertNull( MessageSignature::fault( 'POST', $args['body'], array_change_key_case( $args['headers'] ), static fn() => $key['secret'], time() ) );
	}

	/**
	 * @dataProvider failures
	 * @param array<string,mixed> $report
	 */
	public function test_a_push_that_fails_leaves_the_command_due( mixed $status, array $report ): void {
		$this->paired();
		self::assertNull( $this->push( $this->answer( $status, $report ) ) );
		$command = $this->command( CommandKind::OpenCheckout, 'a' );
		self::assertSame( array( null, null ), array( $command->leased_until, $command->done_at ) );
		self::assertCount( 1, $this->claims()->claim( 0, 20 ) );
	}

	/** @return array<string,array{mixed,array<string,mixed>}> */
	public function failures(): array {
		return array(
			'nobody there'                => array( null, array() ),
			'a 504'                       => array( 504, array() ),
			'a page of something else'    => array( 200, array( 'outcome' => 'what' ) ),
			'a report of another command' => array( 200, array( 'outcome' => 'ok', 'command' => '11111111-1111-4111-8111-111111111111' ) ),
		);
	}

	public function test_tells_the_bridge_once_that_something_waits_for_it(): void {
		$key = $this->paired();
		$this->hear( array( 'response' => array( 'code' => 202, 'message' => '' ), 'body' => '{}', 'headers' => array(), 'cookies' => array() ) );
		$push     = $this->bridge();
		$commands = new CommandRepository( $this->db, fn() => $push->nudge() );
		$commands->hint( CommandKind::Refund, 'r', null );
		$commands->hint( CommandKind::Submit, 's', null );
		self::assertCount( 0, $this->sent, 'Inside of a transaction nobody is called.' );
		self::assertSame( 110, has_action( 'shutdown', array( $push, 'send_nudge' ) ) );
		self::assertCount( 1, $GLOBALS['wp_filter']['shutdown']->callbacks[110] );
		$push->send_nudge();
		list( $url, $args ) = $this->sent[0];
		self::assertSame( array( 'http://127.0.0.1:9401/commands', '' ), array( $url, $args['body'] ) );
		self::assertNull( MessageSignature::fault( 'POST', '', array_change_key_case( $args['headers'] ), static fn() => $key['secret'], time() ) );
	}

	public function test_does_not_call_the_bridge_for_what_it_need_not_do_now(): void {
		$push     = $this->bridge();
		$commands = new CommandRepository( $this->db, fn() => $push->nudge() );
		$commands->hint( CommandKind::RefreshPayment, 'later', null, 60 );
		$commands->schedule( CommandKind::Reconcile, 'objects', null, 60 );
		$commands->hint( CommandKind::SendEmail, 'mail', null );
		self::assertFalse( has_action( 'shutdown', array( $push, 'send_nudge' ) ) );
	}

	public function test_keeps_quiet_when_the_bridge_knows_already_or_cannot_be_reached(): void {
		$this->hear( new \WP_Error( 'http_request_failed', 'refused' ) );
		$this->bridge()->send_nudge();
		self::assertSame( array(), $this->sent, 'No address.' );
		$this->paired();
		$contact = new Contact( new BridgeState( $this->options ), $this->commands );
		$contact->note();
		$this->bridge( $contact )->send_nudge();
		self::assertSame( array(), $this->sent, 'The bridge itself is asking.' );
		$this->commands->close( CommandKind::OpenCheckout, 'a' );
		$this->bridge()->send_nudge();
		self::assertSame( array(), $this->sent, 'It was pushed meanwhile, or rolled back.' );
		$this->commands->hint( CommandKind::OpenCheckout, 'b', null );
		$this->bridge()->send_nudge();
		self::assertCount( 1, $this->sent );
	}

	/** @return array{id:string,secret:string} The key of a bridge that listens. */
	private function paired(): array {
		$key = $this->key();
		( new BridgeState( $this->options ) )->keep( array( 'public_url' => 'http://127.0.0.1:9401/', 'can_push' => true, 'livemode' => false, 'key_id' => $key['id'] ) );
		return $key;
	}

	/**
	 * How the bridge answers.
	 *
	 * @param int|null            $status Null: nobody is there.
	 * @param array<string,mixed> $report Fields of the report.
	 */
	private function answer( ?int $status, array $report ): \Closure {
		return static function ( array $command ) use ( $status, $report ): array|\WP_Error {
			$body = $report + array( 'id' => 'p1', 'command' => $command['uuid'], 'lease_no' => $command['lease_no'] );
			return null === $status ? new \WP_Error( 'http_request_failed', 'refused' ) : array(
				'response' => array( 'code' => $status, 'message' => '' ),
				'body'     => (string) wp_json_encode( $body ),
				'headers'  => array(),
				'cookies'  => array(),
			);
		};
	}

	/**
	 * Pushes the command to a bridge that answers so.
	 *
	 * @param \Closure|array<never> $answer answer(); nothing when it must not be asked.
	 * @return array<string,mixed>|null
	 */
	private function push( \Closure|array $answer ): ?array {
		$this->hear( $answer );
		return $this->bridge()->push( $this->command( CommandKind::OpenCheckout, 'a' ) );
	}

	private function bridge( ?Contact $contact = null ): BridgePush {
		$contact ??= new Contact( new BridgeState( $this->options ), $this->commands );
		return new BridgePush( new BridgeState( $this->options ), new KeyRing( $this->options ), $this->site, $this->safe_mode(), $this->claims(), $this->reports(), $this->commands, $contact );
	}

	/**
	 * Notes what is sent, and answers so.
	 *
	 * @param \Closure|array<string,mixed>|\WP_Error $answer A closure is given the command.
	 */
	private function hear( \Closure|array|\WP_Error $answer ): void {
		add_filter(
			'pre_http_request',
			function ( mixed $pre, array $args, string $url ) use ( $answer ): mixed {
				$this->sent[] = array( $url, $args );
				return $answer instanceof \Closure ? $answer( json_decode( $args['body'], true )['command'] ) : $answer;
			},
			10,
			3
		);
	}
}
