<?php
/**
 * When e-mails are sent, sent again, and given up.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Email;

use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Jobs\Attention;
use SellMyImages\Jobs\Job;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Plugin;
use SellMyImages\Settings\Settings;
use SellMyImages\Tests\Storefront\StorefrontTestCase;

final class JobMailerTest extends StorefrontTestCase {

	/** @var list<array<string,mixed>> */
	private array $mails = array();

	protected function setUp(): void {
		parent::setUp();
		$this->mails = array();
		add_filter(
			'pre_wp_mail',
			function ( mixed $sent, array $mail ): bool {
				$this->mails[] = $mail;
				return true;
			},
			10,
			2
		);
	}

	public function test_a_finished_job_is_announced_with_its_link(): void {
		$job = $this->make_completed_job( null );
		self::assertNull( $this->run_mailer( $job, 'ready' ) );
		self::assertCount( 1, $this->mails );
		self::assertSame( 'buyer@example.org', $this->mails[0]['to'] );
		self::assertStringContainsString( ( new LinkTokens( new Settings() ) )->token( $job, 1 ), $this->mails[0]['message'] );
		self::assertSame( array( true, 'sent' ), array( $this->job( $job )->email_sent, $this->job( $job )->email_state ) );
	}

	public function test_a_mail_sent_again_carries_the_same_link(): void {
		$job = $this->make_completed_job( null );
		$this->run_mailer( $job, 'ready' );
		$this->run_mailer( $job, 'ready' );
		self::assertSame( $this->mails[0]['message'], $this->mails[1]['message'] );
	}

	public function test_what_is_no_longer_true_is_not_sent(): void {
		self::assertNull( $this->run_mailer( $this->make_completed_job( null, array( 'status' => 'processing' ) ), 'ready' ) );
		self::assertNull( $this->run_mailer( $this->make_completed_job( null ), 'failed_refunded' ) );
		self::assertNull( $this->run_mailer( $this->make_completed_job( null, array( 'download_expires_at' => '2020-01-01 00:00:00' ) ), 'ready' ) );
		self::assertSame( array(), $this->mails );
	}

	public function test_five_tries_in_a_day_and_then_attention(): void {
		add_filter( 'pre_wp_mail', '__return_false', 99 );
		$job   = $this->make_completed_job( null );
		$waits = array();
		for ( $i = 0; $i < 5; $i++ ) {
			$waits[] = $this->run_mailer( $job, 'ready' );
		}
		self::assertSame( array( 60, 600, 7200, 75600, null ), $waits );
		self::assertSame( 'failed', $this->job( $job )->email_state );
		self::assertContains( Attention::EmailFailed, Plugin::instance()->lifecycle()->attention_all( $this->job( $job ) ) );
		self::assertSame( 60, $this->run_mailer( $job, 'ready' ), 'Asked for again, it starts anew.' );
	}

	public function test_a_link_that_ended_before_its_mail_was_sent_needs_the_owner(): void {
		$job = $this->make_completed_job( null, array( 'download_expires_at' => '2020-01-01 00:00:00' ) );
		self::assertNull( $this->run_mailer( $job, 'ready' ) );
		self::assertSame( 'failed', $this->job( $job )->email_state );
		self::assertContains( Attention::EmailFailed, Plugin::instance()->lifecycle()->attention_all( $this->job( $job ) ) );
	}

	public function test_without_an_address_it_is_given_up_at_once(): void {
		$job = $this->make_completed_job( null, array( 'email' => '' ) );
		self::assertNull( $this->run_mailer( $job, 'ready' ) );
		self::assertSame( 'failed', $this->job( $job )->email_state );
	}

	private function run_mailer( string $job_id, string $type ): ?int {
		$now     = gmdate( 'Y-m-d H:i:s' );
		$command = new Command( 1, wp_generate_uuid4(), CommandKind::SendEmail, "$job_id:$type", $job_id, array( 'type' => $type ), 1, 1, 1, $now, $now, null, 1, $now );
		return Plugin::instance()->mailer()->run( $command, microtime( true ) + 2 );
	}

	private function job( string $job_id ): Job {
		$job = Plugin::instance()->jobs()->find( $job_id );
		self::assertNotNull( $job );
		return $job;
	}
}
