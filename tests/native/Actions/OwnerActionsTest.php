<?php
/**
 * Set status, new link, mail and refresh.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Actions;

use SellMyImages\Tests\Jobs\LifecycleTestCase;

final class OwnerActionsTest extends LifecycleTestCase {

	public function test_patch_moves_only_where_it_is_true(): void {
		$job_id = $this->paid_job();
		$this->as_admin();
		self::assertSame( 'smi_job_status_not_possible', $this->patch( $job_id, 'completed' )['code'] );
		self::assertSame( 'smi_job_status_not_possible', $this->patch( $job_id, 'abandoned' )['code'] );
		self::assertSame( 'failed', $this->patch( $job_id, 'failed' )['job']['status'] );
		self::assertSame( 'superseded', $this->attempts( $job_id )[0]->state() );
		self::assertSame( 'failed_not_refunded', $this->job( $job_id )->attention?->value, 'It moves no money, and says so.' );
		self::assertSame( array(), $this->plugin()->refund_repository()->for_job( $job_id ) );
	}

	public function test_patch_to_pending_says_use_retry(): void {
		$job_id = $this->paid_job();
		$this->as_admin();
		$answer = $this->rest( 'PATCH', "/smi/v1/jobs/$job_id", array( 'status' => 'pending' ) );
		self::assertSame( array( 409, 'smi_job_use_retry' ), array( $answer->get_status(), $answer->get_data()['code'] ) );
	}

	public function test_a_stale_version_is_refused(): void {
		$job_id = $this->completed_job();
		$this->as_admin();
		$stale = $this->rest( 'PATCH', "/smi/v1/jobs/$job_id", array( 'status' => 'failed' ), array( 'If-Match' => '"1"' ) );
		self::assertSame( array( 412, 'smi_job_changed' ), array( $stale->get_status(), $stale->get_data()['code'] ) );
		$version = $this->job( $job_id )->version;
		self::assertSame( 200, $this->rest( 'PATCH', "/smi/v1/jobs/$job_id", array( 'status' => 'failed' ), array( 'If-Match' => "W/\"$version\"" ) )->get_status() );
	}

	public function test_leaving_the_checkout_expires_it(): void {
		$job_id = $this->order();
		$this->open_session( $job_id );
		$this->as_admin();
		self::assertSame( 'abandoned', $this->patch( $job_id, 'abandoned' )['job']['status'] );
		self::assertNotNull( $this->claim( 'expire_checkout' ) );
	}

	public function test_a_new_link_kills_the_old_one(): void {
		$job_id = $this->completed_job();
		$old    = $this->plugin()->links()->url( $this->job( $job_id ) );
		$this->as_admin();
		$answer = $this->rest( 'POST', "/smi/v1/jobs/$job_id/download-token", array( 'notify' => true ) )->get_data();
		self::assertNotSame( $old, $answer['download_url'] );
		self::assertSame( $answer['download_url'], $this->plugin()->links()->url( $this->job( $job_id ) ) );
		self::assertNotNull( $this->plugin()->commands()->find( \SellMyImages\Commands\CommandKind::SendEmail, "$job_id:ready" ) );
	}

	public function test_the_bridge_is_called_at_once(): void {
		$job_id = $this->completed_job();
		$nudge  = array( $this->plugin()->bridge_push(), 'send_nudge' );
		remove_action( 'shutdown', $nudge, 110 );
		$this->as_admin();
		self::assertSame( 202, $this->rest( 'POST', "/smi/v1/jobs/$job_id/refunds", array( 'amount' => '1.00' ) )->get_status() );
		self::assertSame( 110, has_action( 'shutdown', $nudge ) );
	}

	/** @dataProvider actions */
	public function test_others_are_kept_out_and_unknown_jobs_are_404( string $method, string $path ): void {
		$job_id = $this->completed_job();
		self::assertSame( 401, $this->rest( $method, "/smi/v1/jobs/$job_id$path", array( 'status' => 'failed' ) )->get_status() );
		$this->as_role( 'subscriber' );
		self::assertSame( 403, $this->rest( $method, "/smi/v1/jobs/$job_id$path", array( 'status' => 'failed' ) )->get_status() );
		$this->as_admin();
		$unknown = $this->rest( $method, '/smi/v1/jobs/' . wp_generate_uuid4() . $path, array( 'status' => 'failed' ) );
		self::assertSame( array( 404, 'smi_job_not_found' ), array( $unknown->get_status(), $unknown->get_data()['code'] ) );
	}

	/** @return array<string,array{string,string}> */
	public static function actions(): array {
		return array(
			'status'   => array( 'PATCH', '' ),
			'retry'    => array( 'POST', '/retry' ),
			'refund'   => array( 'POST', '/refunds' ),
			'link'     => array( 'POST', '/download-token' ),
			'email'    => array( 'POST', '/email' ),
			'refresh'  => array( 'POST', '/refresh' ),
		);
	}

	public function test_wrong_input_is_400_and_names_the_parameter(): void {
		$job_id = $this->completed_job();
		$this->as_admin();
		foreach ( array( array( 'PATCH', '', 'status', array( 'status' => 'x' ) ), array( 'POST', '/refunds', 'reason', array( 'reason' => 'x' ) ), array( 'POST', '/refunds', 'amount', array( 'amount' => 'x' ) ), array( 'POST', '/retry', 'attempt', array( 'attempt' => 'x' ) ) ) as [ $method, $path, $name, $body ] ) {
			$answer = $this->rest( $method, "/smi/v1/jobs/$job_id$path", $body );
			self::assertSame( 400, $answer->get_status(), "$path $name" );
			self::assertArrayHasKey( $name, $answer->get_data()['data']['params'] );
		}
	}

	public function test_an_e_mail_that_a_refund_made_pointless_asks_for_nothing(): void {
		$job_id = $this->completed_job();
		$this->plugin()->lifecycle()->email_failed( $job_id );
		self::assertSame( 'email_failed', $this->job( $job_id )->attention?->value );
		$this->see_payment( $job_id, array( 'refunds' => array( array( 'id' => 're_dash', 'amount_minor' => 490, 'status' => 'succeeded', 'smi_refund' => null, 'reason' => null, 'failure_reason' => null, 'created' => time() ) ) ) );
		self::assertNull( $this->job( $job_id )->attention, 'There is no link to send.' );
	}

	public function test_the_link_s_e_mail_is_offered_as_long_as_the_link_works(): void {
		$job_id = $this->completed_job();
		$this->as_admin();
		self::assertContains( 'email', $this->allowed( $job_id ) );
		$this->plugin()->jobs()->update( $this->job( $job_id ), array( 'download_expires_at' => gmdate( 'Y-m-d H:i:s', time() - 60 ) ) );
		self::assertNotContains( 'email', $this->allowed( $job_id ) );
		self::assertContains( 'download_token', $this->allowed( $job_id ) );
		$refused = $this->rest( 'POST', "/smi/v1/jobs/$job_id/email" );
		self::assertSame( array( 409, 'smi_job_link_ended' ), array( $refused->get_status(), $refused->get_data()['code'] ) );
		$this->rest( 'POST', "/smi/v1/jobs/$job_id/download-token", array( 'notify' => false ) );
		self::assertContains( 'email', $this->allowed( $job_id ) );
	}

	public function test_a_failed_job_s_e_mail_is_sent_again_once_its_money_goes_back(): void {
		$job_id = $this->failed_job();
		$email  = "/smi/v1/jobs/$job_id/email";
		$this->as_admin();
		$this->make_refund( $job_id, array( 'status' => 'failed' ) );
		$refused = $this->rest( 'POST', $email );
		self::assertSame( array( 409, 'smi_job_without_file' ), array( $refused->get_status(), $refused->get_data()['code'] ) );
		self::assertNotContains( 'email', $this->allowed( $job_id ) );

		$job_id = $this->failed_job();
		$this->make_refund( $job_id, array( 'status' => 'pending' ) );
		$this->plugin()->lifecycle()->email_failed( $job_id );
		self::assertSame( 'email_failed', $this->job( $job_id )->attention?->value );
		self::assertContains( 'email', $this->allowed( $job_id ) );
		self::assertSame( 202, $this->rest( 'POST', "/smi/v1/jobs/$job_id/email" )->get_status() );
		self::assertSame( array( 'queued', 'refund_pending' ), array( $this->job( $job_id )->email_state, $this->job( $job_id )->attention?->value ) );
		self::assertNotNull( $this->plugin()->commands()->find( \SellMyImages\Commands\CommandKind::SendEmail, "$job_id:failed_refunded" ) );
		self::assertNull( $this->plugin()->commands()->find( \SellMyImages\Commands\CommandKind::SendEmail, "$job_id:ready" ) );
	}

	/** @return list<string> */
	private function allowed( string $job_id ): array {
		return $this->rest( 'GET', "/smi/v1/jobs/$job_id" )->get_data()['allowed_actions'];
	}

	/** @return array<string,mixed> */
	private function patch( string $job_id, string $status ): array {
		return $this->rest( 'PATCH', "/smi/v1/jobs/$job_id", array( 'status' => $status, 'reason' => 'a test' ) )->get_data();
	}
}
