<?php
/**
 * No secret is kept or told where it need not be.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Privacy;

use SellMyImages\Bridge\KeyRing;
use SellMyImages\Capabilities;
use SellMyImages\Channel\MessageSignature;
use SellMyImages\Tests\Jobs\LifecycleTestCase;
use SellMyImages\Tests\PhpLog;

/**
 * Plants keys, tokens and addresses in whole sales and in the words of providers, and searches all that is kept, written out or answered.
 * The one place of the connection's secret is the key ring; of tokens only hashes are kept.
 */
final class SecretsTest extends LifecycleTestCase {

	/** What a provider, or a proxy before it, may quote in its refusal. */
	private const QUOTED = array(
		'a Stripe key'           => 'sk_live_PLANTEDstripe0001',
		'a webhook secret'       => 'whsec_PLANTEDwebhook0002',
		'a stranger’s address'   => 'planted.person@example.org',
		'a signed link’s secret' => 'PLANTEDsignature0003',
		'a password in a link'   => 'PLANTEDpassword0004',
	);

	private const WORDS = 'Refused sk_live_PLANTEDstripe0001 and whsec_PLANTEDwebhook0002 of planted.person@example.org at https://me:PLANTEDpassword0004@r.example/x?sig=PLANTEDsignature0003 today';

	/** @var array<string,string> What it is => the secret. */
	private array $planted = self::QUOTED;

	private string $completed = '';

	private string $failed = '';

	/** @var array{id:string,secret:string} */
	private array $key = array( 'id' => '', 'secret' => '' );

	protected function setUp(): void {
		parent::setUp();
		add_filter( 'smi_clear_output_buffers', '__return_false' );
		PhpLog::take();
		$this->key = $this->plugin()->key_ring()->create( 'bridge' );
		$this->plugin()->bridge_state()->keep( array( 'livemode' => false ) );
		$this->plugin()->bridge_state()->seen();
		$this->completed = $this->completed_job();
		$this->failed    = $this->job_refused_in_words();
		$this->refund_refused_in_words( $this->completed );
		$this->plant_own_secrets();
	}

	/** The owner still reads what happened, without what is nobody's business. */
	public function test_providers_words_are_kept_without_what_they_quote(): void {
		$rows = $this->all_rows( $this->tables() );
		self::assertStringContainsString( 'Refused sk_… and whsec_… of […@…] at https://r.example/… today', $rows );
		$this->assert_clean( 'the tables', $rows );
	}

	public function test_the_connections_secret_is_in_the_key_ring_and_nowhere_else(): void {
		global $wpdb;
		$ring = (string) $wpdb->get_var( $wpdb->prepare( "SELECT option_value FROM $wpdb->options WHERE option_name = %s", KeyRing::OPTION ) );
		self::assertStringContainsString( $this->key['secret'], $ring, 'Else this test would search for nothing.' );
		$others = $wpdb->get_results( $wpdb->prepare( "SELECT * FROM $wpdb->options WHERE option_name <> %s", KeyRing::OPTION ), ARRAY_A );
		$this->assert_clean( 'the options', (string) wp_json_encode( $others, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE ) );
		$this->assert_clean( 'posts and users', $this->all_rows( array( $wpdb->posts, $wpdb->postmeta, $wpdb->users, $wpdb->usermeta ) ) );
		// Neither is it loaded by every request of every visitor.
		self::assertContains( $wpdb->get_var( $wpdb->prepare( "SELECT autoload FROM $wpdb->options WHERE option_name = %s", KeyRing::OPTION ) ), array( 'no', 'off' ) );
	}

	public function test_exports_and_site_health_tell_none(): void {
		$this->as_admin();
		foreach ( array( 'csv', 'ndjson' ) as $format ) {
			$text = $this->export( $format );
			self::assertStringContainsString( $this->failed, $text );
			$this->assert_clean( "the export as $format", $text );
		}
		$info = apply_filters( 'debug_information', array() ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals.NonPrefixedHooknameFound -- WordPress's own filter.
		$this->assert_clean( 'Site Health’s information', (string) wp_json_encode( $info, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE ) );
		add_filter( 'pre_http_request', static fn(): \WP_Error => new \WP_Error( 'http', self::WORDS ) );
		$tests = apply_filters( 'site_status_tests', array( 'direct' => array(), 'async' => array() ) ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals.NonPrefixedHooknameFound -- WordPress's own filter.
		$said  = '';
		foreach ( $tests['direct'] as $name => $test ) {
			$said .= str_starts_with( $name, 'smi_' ) ? wp_json_encode( $test['test'](), JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE ) : '';
		}
		self::assertStringContainsString( 'smi_rest', $said );
		$this->assert_clean( 'Site Health’s tests', $said );
	}

	public function test_the_owners_screen_is_told_no_key_and_only_its_own_link(): void {
		$this->as_admin();
		$link = $this->rest( 'GET', "/smi/v1/jobs/$this->completed" )->get_data()['download']['url'];
		self::assertStringContainsString( $this->planted['a download token'], (string) $link );
		$known = array( 'a download token' => '' );
		foreach ( array( "/jobs/$this->completed", "/jobs/$this->failed", '/jobs', '/settings', '/connection' ) as $route ) {
			$answer = $this->rest( 'GET', "/smi/v1$route" );
			self::assertSame( 200, $answer->get_status(), $route );
			$this->assert_clean( $route, (string) wp_json_encode( $answer->get_data(), JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE ), $known );
		}
	}

	public function test_who_may_only_look_is_shown_no_link(): void {
		$id   = $this->as_role( 'editor' );
		$user = get_userdata( $id );
		self::assertInstanceOf( \WP_User::class, $user );
		$user->add_cap( Capabilities::VIEW );
		wp_set_current_user( 0 );
		wp_set_current_user( $id );
		$answer = $this->rest( 'GET', "/smi/v1/jobs/$this->completed" );
		$user->remove_cap( Capabilities::VIEW );
		self::assertSame( array( 200, 'active', null ), array( $answer->get_status(), $answer->get_data()['download']['state'], $answer->get_data()['download']['url'] ) );
		$this->assert_clean( 'the job', (string) wp_json_encode( $answer->get_data(), JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE ) );
	}

	/** Wrong in every way, with the secrets in what is sent: no answer repeats them. */
	public function test_refusals_repeat_nothing(): void {
		[ 'a download token' => $token, 'a buyer’s key' => $buyer, 'an attempt’s token' => $attempt ] = $this->planted;
		$body  = array( 'hints' => array( array( 'id' => $attempt, 'provider' => $this->key['secret'], 'type' => self::WORDS ) ), 'reports' => self::WORDS );
		$calls = array(
			array( 'POST', '/bridge/sync', $body, array() ),
			array( 'POST', '/bridge/sync', $body, $this->signed( '/smi/v1/bridge/sync', '{}' ) ),
			array( 'POST', '/bridge/sync', $body, $this->signed( '/smi/v1/bridge/sync', (string) wp_json_encode( (object) $body ) ) ),
			array( 'POST', '/bridge/hello', array( 'version' => self::WORDS, 'protocol' => $buyer ), $this->signed( '/smi/v1/bridge/hello', (string) wp_json_encode( array( 'version' => self::WORDS, 'protocol' => $buyer ) ) ) ),
			array( 'GET', "/checkouts/$this->failed", array( 'key' => $buyer ), array() ),
			array( 'GET', "/checkouts/$this->completed", array( 'key' => $token ), array() ),
			array( 'POST', '/checkouts', array( 'attachment_id' => $token, 'email' => self::WORDS, 'resolution' => $buyer ), array() ),
			array( 'GET', "/jobs/$this->completed", array(), array() ),
			array( 'POST', '/connection/keys', array( 'label' => self::WORDS ), array() ),
			array( 'GET', '/jobs/export', array( 'format' => $token, 'columns' => self::WORDS ), array() ),
		);
		foreach ( $calls as [ $method, $route, $params, $headers ] ) {
			$answer = $this->rest( $method, "/smi/v1$route", $params, $headers );
			self::assertGreaterThanOrEqual( 400, $answer->get_status(), "$method $route" );
			self::assertLessThan( 500, $answer->get_status(), "$method $route" );
			$this->assert_clean( "$method $route", (string) wp_json_encode( $answer->get_data(), JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE ) );
		}
	}

	/** What breaks in other people's code is logged, with their words. */
	public function test_the_log_says_nothing_of_it(): void {
		$this->as_admin();
		$break = static function ( mixed $given ): never {
			throw new \RuntimeException( self::WORDS );
		};
		// Only on our own tables: what WordPress itself asks for is not what breaks here.
		$during = static function ( string $sql ) use ( $break ): string {
			return str_contains( $sql, 'smi_jobs' ) ? $break( $sql ) : $sql;
		};
		add_filter( 'query', $during );
		self::assertSame( 500, $this->rest( 'GET', '/smi/v1/jobs' )->get_status() );
		remove_filter( 'query', $during );
		$request = new \WP_REST_Request( 'GET', '/smi/v1/jobs/export' );
		$answer  = rest_do_request( $request );
		add_filter( 'query', $during );
		$this->assert_clean( 'an export that broke', $this->served( $answer, $request ) );
		remove_filter( 'query', $during );
		$log = PhpLog::take();
		self::assertStringContainsString( 'smi_internal_error', $log );
		self::assertStringContainsString( 'an export stopped', $log );
		$this->assert_clean( 'the PHP log', $log );
	}

	/** A job that the upscaler refused with a lot of words. */
	private function job_refused_in_words(): string {
		$job_id = $this->paid_job();
		$submit = $this->claim( 'submit' );
		self::assertNotNull( $submit );
		$this->planted['an attempt’s token'] = $submit['payload']->token;
		self::assertSame( 'applied', $this->report( $submit, array( 'outcome' => 'ok', 'provider_ids' => array( 'upsampler' => 'up_2' ) ) ) );
		self::assertSame( 'applied', $this->see_attempt( array( 'state' => 'failed', 'code' => 'provider_failed', 'error' => self::WORDS ) ) );

		return $job_id;
	}

	/** The failed job's money goes back at once; Stripe says no, in words. */
	private function refund_refused_in_words( string $completed ): void {
		$refund = $this->claim( 'refund' );
		self::assertNotNull( $refund );
		self::assertNotSame( $completed, $refund['payload']->job_id );
		$this->report( $refund, array( 'outcome' => 'refused', 'error' => array( 'code' => 'charge_disputed', 'message' => self::WORDS, 'status' => 400 ) ) );
	}

	private function plant_own_secrets(): void {
		$links = $this->plugin()->links();
		$this->planted += array(
			'the connection’s secret' => $this->key['secret'],
			'a download token'        => $links->token( $this->completed, $this->job( $this->completed )->download_generation ),
			'a buyer’s key'           => $links->buyer_key( $this->completed ),
			'another buyer’s key'     => $links->buyer_key( $this->failed ),
		);
	}

	/**
	 * @param string               $where  For the message.
	 * @param array<string,string> $except What may be there.
	 */
	private function assert_clean( string $where, string $text, array $except = array() ): void {
		$found = array();
		foreach ( array_diff_key( $this->planted, $except ) as $name => $secret ) {
			self::assertGreaterThan( 15, strlen( $secret ), $name );
			if ( str_contains( $text, $secret ) ) {
				$found[] = $name . ': ' . substr( $text, max( 0, (int) strpos( $text, $secret ) - 80 ), 200 );
			}
		}
		self::assertSame( array(), $found, "In $where there is a secret." );
	}

	/** @param string[] $tables Whole names. */
	private function all_rows( array $tables ): string {
		global $wpdb;
		$text = '';
		foreach ( $tables as $table ) {
			$text .= wp_json_encode( $wpdb->get_results( "SELECT * FROM `$table`", ARRAY_A ), JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE ); // phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- a table's name.
		}

		return $text;
	}

	/** As WordPress serves it. */
	private function export( string $format ): string {
		$request = new \WP_REST_Request( 'GET', '/smi/v1/jobs/export' );
		$request->set_query_params( array( 'format' => $format ) );
		$response = rest_do_request( $request );
		self::assertSame( 200, $response->get_status() );

		return $this->served( $response, $request );
	}

	private function served( \WP_REST_Response $response, \WP_REST_Request $request ): string {
		$server = new class() extends \WP_REST_Server {
			public function send_header( $key, $value ): void {}
		};
		ob_start();
		apply_filters( 'rest_pre_serve_request', false, $response, $request, $server ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals.NonPrefixedHooknameFound -- WordPress's own filter.

		return (string) ob_get_clean();
	}

	/** @return array<string,string> */
	private function signed( string $route, string $body ): array {
		return MessageSignature::sign( 'POST', $route, $body, $this->key['id'], $this->key['secret'], time() );
	}
}
