<?php
/**
 * Site Health tells the truth, good or bad.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Admin;

use SellMyImages\Admin\VisitorHealth;
use SellMyImages\Bridge\BridgeState;
use SellMyImages\Bridge\KeyRing;
use SellMyImages\Plugin;
use SellMyImages\Tests\TestCase;
use SellMyImages\Upkeep\Cron;

final class SiteHealthTest extends TestCase {

	/** @var array<string,array{0:int,1:string}|\WP_Error> Part of an address => status and body. */
	private array $answers = array();

	protected function setUp(): void {
		parent::setUp();
		add_filter( 'pre_http_request', fn( mixed $before, array $args, string $url ): array|\WP_Error => $this->answer( $url ), 10, 3 );
	}

	public function test_every_test_is_there_and_says_something(): void {
		$tests = apply_filters( 'site_status_tests', array( 'direct' => array(), 'async' => array() ) );
		self::assertSame( array( 'smi_bridge', 'smi_cron', 'smi_uploads', 'smi_rest', 'smi_names', 'smi_visitors' ), array_values( array_intersect( array( 'smi_bridge', 'smi_cron', 'smi_uploads', 'smi_rest', 'smi_names', 'smi_visitors' ), array_keys( $tests['direct'] ) ) ) );
		foreach ( $tests['direct'] as $name => $test ) {
			if ( str_starts_with( $name, 'smi_' ) ) {
				$result = $test['test']();
				self::assertSame( array( $name, true ), array( $result['test'], '' !== $result['label'] && '' !== $result['description'] ) );
			}
		}
	}

	public function test_says_whether_visitors_reach_the_rest_api(): void {
		$ours = array( 404, '{"code":"smi_picture_not_found","message":"","data":{"status":404}}' );
		$this->answers = array( 'smi/v1' => $ours );
		self::assertSame( 'good', $this->health()->rest()['status'] );
		$this->answers = array( 'smi/v1' => array( 404, "\xEF\xBB\xBF" . $ours[1] ) );
		self::assertSame( 'good', $this->health()->rest()['status'], 'A byte order mark in front keeps nobody out.' );
		$this->answers = array( 'smi/v1' => array( 401, '{"code":"rest_login_required"}' ), 'smi-api' => $ours );
		self::assertSame( 'recommended', $this->health()->rest()['status'] );
		self::assertStringContainsString( '401', $this->health()->rest()['description'] );
		$this->answers = array( 'smi/v1' => array( 404, '<html>Not found</html>' ), 'smi-api' => array( 200, '<html>Coming soon</html>' ) );
		self::assertSame( 'critical', $this->health()->rest()['status'] );
		$this->answers = array( 'smi/v1' => new \WP_Error( 'http', 'timed out' ) );
		self::assertSame( 'recommended', $this->health()->rest()['status'] );
		self::assertStringContainsString( 'timed out', $this->health()->rest()['description'] );
	}

	public function test_says_when_the_site_has_two_names(): void {
		$page = array( 200, '<link rel="canonical" href="https://shop.example/">' );
		$this->named( 'https://shop.example', 'https://shop.example/wp' );
		self::assertSame( 'good', $this->health()->names()['status'], 'WordPress in a folder of its own is one name.' );
		$this->answers = array( '//www.shop.example/' => array( 301, '' ), 'http://shop.example/' => array( 301, '' ) );
		self::assertSame( 'good', $this->health()->names()['status'] );
		$this->answers = array( '//www.shop.example/' => array( 200, 'This domain is parked.' ) );
		self::assertSame( 'good', $this->health()->names()['status'] );
		$this->answers = array( '//www.shop.example/' => $page );
		self::assertStringContainsString( 'https://www.shop.example', $this->health()->names()['description'] );
		$this->answers = array( 'http://shop.example/' => $page );
		self::assertSame( 'recommended', $this->health()->names()['status'] );
		$this->named( 'https://www.shop.example', 'https://shop.example' );
		self::assertStringContainsString( 'https://www.shop.example', $this->health()->names()['description'] );
		$this->named( 'https://shop.example', 'http://shop.example' );
		self::assertSame( 'recommended', $this->health()->names()['status'] );
	}

	public function test_says_when_all_visitors_look_alike(): void {
		self::assertSame( 'good', $this->health()->visitors()['status'] );
		$alike = ( new VisitorHealth( static fn(): bool => true ) )->visitors();
		self::assertSame( 'recommended', $alike['status'] );
		self::assertStringContainsString( 'page=smi-settings', $alike['actions'] );
	}

	public function test_says_when_neither_bridge_nor_cron_comes_by(): void {
		delete_option( KeyRing::OPTION );
		delete_option( BridgeState::SEEN );
		wp_unschedule_hook( Cron::EVENT );
		$cron = fn(): string => Plugin::instance()->site_health()->cron()['status'];
		self::assertSame( 'recommended', $cron(), 'No event.' );
		wp_schedule_event( time() - 7200, 'hourly', Cron::EVENT );
		self::assertSame( 'recommended', $cron(), 'An event that never comes.' );
		wp_unschedule_hook( Cron::EVENT );
		wp_schedule_event( time() + 60, 'hourly', Cron::EVENT );
		self::assertSame( 'good', $cron() );
		wp_unschedule_hook( Cron::EVENT );
		update_option( BridgeState::SEEN, time(), false );
		self::assertSame( 'good', $cron(), 'The bridge is enough.' );
	}

	private function health(): VisitorHealth {
		return new VisitorHealth( static fn(): bool => false );
	}

	private function named( string $home, string $site ): void {
		remove_all_filters( 'pre_option_home' );
		remove_all_filters( 'pre_option_siteurl' );
		add_filter( 'pre_option_home', static fn(): string => $home );
		add_filter( 'pre_option_siteurl', static fn(): string => $site );
	}

	/** @return array<string,mixed>|\WP_Error */
	private function answer( string $url ): array|\WP_Error {
		foreach ( $this->answers as $part => $answer ) {
			if ( str_contains( rawurldecode( $url ), (string) $part ) ) {
				return $answer instanceof \WP_Error ? $answer : array( 'headers' => array(), 'body' => $answer[1], 'response' => array( 'code' => $answer[0], 'message' => '' ), 'cookies' => array(), 'filename' => null );
			}
		}
		return new \WP_Error( 'http_request_failed', 'nobody there' );
	}
}
