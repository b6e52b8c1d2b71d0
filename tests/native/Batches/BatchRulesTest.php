<?php
/**
 * What a batch refuses, what it repeats, and what can be stopped.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Batches;

use SellMyImages\Actions\ActionRequest;
use SellMyImages\Batches\Batches;
use SellMyImages\Batches\BatchRequest;
use SellMyImages\Capabilities;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Errors\ActionRefused;

final class BatchRulesTest extends BatchTestCase {

	private const SOMEBODY = array( 'aaaaaaaa-0000-4000-8000-000000000000' );

	/**
	 * @dataProvider wrong_requests
	 * @param array<string,mixed> $body  Of the request.
	 * @param string              $param Named in the answer.
	 */
	public function test_wrong_input_is_400_names_the_parameter_and_never_means_all_jobs( array $body, string $param ): void {
		$job = $this->paid_row();
		$this->as_admin();
		foreach ( array( $body, array( 'dry_run' => true ) + $body, array( 'expect' => array( 'count' => 1, 'amount' => '4.90' ) ) + $body ) as $one ) {
			$answer = $this->rest( 'POST', '/smi/v1/jobs/batch', $one );
			self::assertSame( 400, $answer->get_status(), (string) wp_json_encode( $answer->get_data() ) );
			self::assertArrayHasKey( $param, $answer->get_data()['data']['params'] );
		}
		self::assertSame( array(), $this->refunds( $job ) );
		self::assertSame( array(), $this->plugin()->batch_repository()->running() );
	}

	/** @return array<string,array{array<string,mixed>,string}> */
	public static function wrong_requests(): array {
		$refund = array( 'action' => 'refund' );
		$ids    = array( 'ids' => self::SOMEBODY );
		return array(
			'neither ids nor filter'    => array( $refund, 'ids' ),
			'both'                      => array( $refund + $ids + array( 'filter' => array( 'post_id' => 5 ) ), 'filter' ),
			'no ids'                    => array( $refund + array( 'ids' => array() ), 'ids' ),
			'an id that is none'        => array( $refund + array( 'ids' => array( 'x' ) ), 'ids' ),
			'an unknown action'         => array( $ids + array( 'action' => 'delete' ), 'action' ),
			'an unknown filter'         => array( $refund + array( 'filter' => array( 'statuss' => array( 'failed' ) ) ), 'filter' ),
			'an unknown filter more'    => array( $refund + array( 'filter' => array( 'status' => array( 'failed' ), 'mail' => 'x@example.org' ) ), 'filter' ),
			'an unknown value'          => array( $refund + array( 'filter' => array( 'status' => array( 'faild' ) ) ), 'filter' ),
			'an empty list'             => array( $refund + array( 'filter' => array( 'include' => array() ) ), 'filter.include' ),
			'an empty e-mail'           => array( $refund + array( 'filter' => array( 'email' => ' ' ) ), 'filter.email' ),
			'no such time'              => array( $refund + array( 'filter' => array( 'after' => '2026-02-31T00:00:00Z' ) ), 'filter.after' ),
			'paging is no filter'       => array( $refund + array( 'filter' => array( 'page' => 2 ) ), 'filter' ),
			'a mistyped name on top'    => array( $refund + $ids + array( 'filters' => array( 'status' => array( 'failed' ) ) ), 'filters' ),
			'an unknown parameter'      => array( $refund + $ids + array( 'params' => array( 'sum' => '1' ) ), 'params' ),
			'another action\'s'         => array( $refund + $ids + array( 'params' => array( 'notify' => true ) ), 'params.notify' ),
			'amount and percent'        => array( $refund + $ids + array( 'params' => array( 'amount' => '1.00', 'percent' => 5 ) ), 'params.percent' ),
			'nothing'                   => array( $refund + $ids + array( 'params' => array( 'amount' => '0.00' ) ), 'params.amount' ),
			'less than nothing'         => array( $refund + $ids + array( 'params' => array( 'amount' => '-1' ) ), 'params' ),
			'more than all'             => array( $refund + $ids + array( 'params' => array( 'percent' => 101 ) ), 'params' ),
			'a reason Stripe has not'   => array( $refund + $ids + array( 'params' => array( 'reason' => 'bored' ) ), 'params.reason' ),
			'no status'                 => array( $ids + array( 'action' => 'status' ), 'params.status' ),
			'a status of work'          => array( $ids + array( 'action' => 'status', 'params' => array( 'status' => 'pending' ) ), 'params' ),
		);
	}

	public function test_an_empty_filter_object_means_all_jobs(): void {
		$this->paid_rows( 3 );
		$this->as_admin();
		self::assertSame( 3, $this->dry_run( array( 'action' => 'refund', 'filter' => (object) array() ) )->get_data()['matched'] );
		self::assertSame( 3, $this->dry_run( array( 'action' => 'refund', 'filter' => array( 'search' => 'post:5' ) ) )->get_data()['matched'] );
		self::assertSame( 0, $this->dry_run( array( 'action' => 'refund', 'filter' => array( 'search' => 'post:6', 'status' => array( 'completed' ) ) ) )->get_data()['matched'] );
	}

	/** @dataProvider capabilities */
	public function test_each_action_asks_for_its_right( string $action, string $right ): void {
		$this->paid_row();
		$ask = array( 'action' => $action, 'ids' => self::SOMEBODY, 'dry_run' => true, 'params' => 'status' === $action ? array( 'status' => 'failed' ) : (object) array() );
		self::assertSame( 401, $this->rest( 'POST', '/smi/v1/jobs/batch', $ask )->get_status() );
		$user = new \WP_User( $this->as_role( 'editor' ) );
		self::assertSame( 403, $this->rest( 'POST', '/smi/v1/jobs/batch', $ask )->get_status() );
		foreach ( array( Capabilities::VIEW, Capabilities::MANAGE, Capabilities::REFUND, Capabilities::EXPORT ) as $capability ) {
			$user->remove_all_caps();
			$user->add_cap( $capability );
			wp_set_current_user( 0 );
			wp_set_current_user( $user->ID );
			self::assertSame( $capability === $right ? 200 : 403, $this->rest( 'POST', '/smi/v1/jobs/batch', $ask )->get_status(), $capability );
		}
		wp_delete_user( $user->ID );
	}

	/** @return array<string,array{string,string}> */
	public static function capabilities(): array {
		$rights = array( 'refund' => Capabilities::REFUND ) + array_fill_keys( array( 'retry', 'download_token', 'email', 'status', 'refresh' ), Capabilities::MANAGE );
		return array_combine( array_keys( $rights ), array_map( null, array_keys( $rights ), $rights ) );
	}

	public function test_progress_and_cancel_are_closed_to_others_and_404_when_unknown(): void {
		$this->paid_row();
		$this->as_admin();
		$batch = $this->started( array( 'action' => 'refund', 'filter' => array( 'post_id' => 5 ) ) );
		foreach ( array( 'GET', 'DELETE' ) as $method ) {
			$unknown = $this->rest( $method, '/smi/v1/jobs/batch/' . self::SOMEBODY[0] );
			self::assertSame( array( 404, 'smi_batch_not_found' ), array( $unknown->get_status(), $unknown->get_data()['code'] ) );
			wp_set_current_user( 0 );
			self::assertSame( 401, $this->rest( $method, "/smi/v1/jobs/batch/$batch" )->get_status() );
			$this->as_role( 'subscriber' );
			self::assertSame( 403, $this->rest( $method, "/smi/v1/jobs/batch/$batch" )->get_status() );
			$this->as_admin();
		}
		self::assertSame( 400, $this->look( $batch, array( 'per_page' => 101 ) )->get_status() );
		self::assertSame( 400, $this->look( $batch, array( 'item_state' => array( 'committed' ) ) )->get_status() );
	}

	public function test_a_real_run_needs_what_the_dry_run_said_and_is_refused_when_it_is_not_true_any_more(): void {
		$jobs = $this->paid_rows( 2 );
		$this->as_admin();
		$ask    = array( 'action' => 'refund', 'filter' => array( 'post_id' => 5 ) );
		$blind  = $this->rest( 'POST', '/smi/v1/jobs/batch', $ask );
		$expect = $this->dry_run( $ask )->get_data()['expect'];
		self::assertSame( array( 400, 'smi_batch_without_expect' ), array( $blind->get_status(), $blind->get_data()['code'] ) );
		self::assertStringContainsString( 'dry_run', $blind->get_data()['message'] );

		$this->paid_row();
		$more = $this->rest( 'POST', '/smi/v1/jobs/batch', array( 'expect' => $expect ) + $ask );
		self::assertSame( array( 409, 'smi_batch_changed' ), array( $more->get_status(), $more->get_data()['code'] ) );
		self::assertSame( array( 'count' => 3, 'amount' => '14.70' ), $more->get_data()['data']['details']['expect'] );
		$money = $this->rest( 'POST', '/smi/v1/jobs/batch', array( 'expect' => array( 'count' => 3, 'amount' => '14.69' ) ) + $ask );
		self::assertSame( 'smi_batch_changed', $money->get_data()['code'] );
		self::assertSame( array( array(), array(), null ), array( $this->refunds( $jobs[0] ), $this->plugin()->batch_repository()->running(), $this->plugin()->db()->value( 'SELECT id FROM {batch_items} LIMIT 1' ) ), 'Nothing is left behind.' );
		self::assertSame( 202, $this->rest( 'POST', '/smi/v1/jobs/batch', array( 'expect' => $more->get_data()['data']['details']['expect'] ) + $ask )->get_status() );
	}

	public function test_nothing_to_do_is_409(): void {
		$this->paid_row( array( 'payment_status' => 'pending' ) );
		$this->as_admin();
		$ask   = array( 'action' => 'refund', 'filter' => array( 'post_id' => 5 ) );
		$empty = $this->start( $ask );
		self::assertSame( array( 409, 'smi_batch_empty' ), array( $empty->get_status(), $empty->get_data()['code'] ) );
		self::assertSame( 1, $empty->get_data()['data']['details']['matched'] );
		$none = $this->start( array( 'action' => 'refund', 'ids' => self::SOMEBODY ) );
		self::assertSame( 'smi_batch_empty', $none->get_data()['code'] );
	}

	public function test_the_same_key_answers_the_same_batch(): void {
		$job = $this->paid_row();
		$this->as_admin();
		$ask    = array( 'action' => 'refund', 'ids' => array( $job ), 'params' => array( 'amount' => '1.00' ), 'expect' => array( 'count' => 1, 'amount' => '1.00' ) );
		$first  = $this->rest( 'POST', '/smi/v1/jobs/batch', $ask, array( 'Idempotency-Key' => 'k1' ) )->get_data()['id'];
		$second = $this->rest( 'POST', '/smi/v1/jobs/batch', $ask, array( 'Idempotency-Key' => 'k1' ) );
		self::assertSame( array( 202, $first ), array( $second->get_status(), $second->get_data()['id'] ) );
		$this->finished( $first );
		self::assertSame( $first, $this->rest( 'POST', '/smi/v1/jobs/batch', array( 'expect' => array( 'count' => 9, 'amount' => '9' ) ) + $ask, array( 'Idempotency-Key' => 'k1' ) )->get_data()['id'], 'Also when it is over.' );
		self::assertCount( 1, $this->refunds( $job ) );
		self::assertNotSame( $first, $this->rest( 'POST', '/smi/v1/jobs/batch', $ask, array( 'Idempotency-Key' => 'k2' ) )->get_data()['id'] );
		self::assertSame( 400, $this->rest( 'POST', '/smi/v1/jobs/batch', $ask, array( 'Idempotency-Key' => str_repeat( 'k', 192 ) ) )->get_status() );
	}

	public function test_cancelling_stops_what_was_not_done(): void {
		$jobs = $this->paid_rows( 3 );
		$this->as_admin();
		$batch = $this->started( array( 'action' => 'refund', 'ids' => $jobs ) );
		$this->plugin()->batch_items()->settle( 'waiting', array( $this->plugin()->batch_items()->in_state( $this->batch( $batch ), 'waiting', 1 )[0]->id => \SellMyImages\Batches\Outcome::done() ) );
		$stopped = $this->rest( 'DELETE', "/smi/v1/jobs/batch/$batch" );
		self::assertSame( 200, $stopped->get_status() );
		self::assertSame( array( 'cancelled', 1, 2, 0 ), array( $stopped->get_data()['state'], $stopped->get_data()['done'], $stopped->get_data()['cancelled'], $stopped->get_data()['left'] ) );
		$this->plugin()->site_worker()->run_slice( 1.0 );
		self::assertSame( 'cancelled', $this->look( $batch )->get_data()['state'] );
		self::assertSame( array(), $this->refunds( $jobs[1] ) );
		self::assertNotNull( $this->plugin()->commands()->find( CommandKind::BatchItem, $batch )?->done_at );
		self::assertSame( 200, $this->rest( 'DELETE', "/smi/v1/jobs/batch/$batch" )->get_status(), 'Twice is harmless.' );
	}

	public function test_a_job_that_changed_meanwhile_is_skipped_and_the_others_are_done(): void {
		$jobs = $this->paid_rows( 3 );
		$this->as_admin();
		$batch = $this->started( array( 'action' => 'refund', 'ids' => $jobs ) );
		$this->plugin()->actions()->run( 'refund', $jobs[1], new ActionRequest( amount_minor: 100 ) );
		$this->plugin()->jobs()->delete( $this->job( $jobs[2] ) );
		$body  = $this->finished( $batch );
		$items = array_column( $body['items'], null, 'job_id' );
		self::assertSame( array( 'done', 'skipped', 'skipped' ), array( $items[ $jobs[0] ]['state'], $items[ $jobs[1] ]['state'], $items[ $jobs[2] ]['state'] ) );
		self::assertSame( array( 'smi_refund_amount', 'smi_job_not_found' ), array( $items[ $jobs[1] ]['code'], $items[ $jobs[2] ]['code'] ) );
		self::assertStringContainsString( '3.90', (string) $items[ $jobs[1] ]['message'], 'Not less than was agreed to, and not more.' );
		self::assertSame( array( 100 ), array_map( static fn( $refund ): int => $refund->amount_minor(), $this->refunds( $jobs[1] ) ) );
	}

	public function test_items_come_in_pages_those_not_done_first(): void {
		$jobs = $this->paid_rows( 5 );
		$not  = $this->paid_row( array( 'payment_status' => 'pending' ) );
		$this->as_admin();
		$batch = $this->started( array( 'action' => 'refund', 'ids' => array( ...$jobs, $not ) ) );
		$this->finished( $batch );
		$first = $this->look( $batch, array( 'per_page' => 2 ) );
		self::assertSame( array( '6', '3' ), array( (string) $first->get_headers()['X-WP-Total'], (string) $first->get_headers()['X-WP-TotalPages'] ) );
		self::assertSame( $not, $first->get_data()['items'][0]['job_id'] );
		$seen = array_merge( ...array_map( fn( int $page ): array => array_column( $this->look( $batch, array( 'per_page' => 2, 'page' => $page ) )->get_data()['items'], 'job_id' ), array( 1, 2, 3 ) ) );
		self::assertEqualsCanonicalizing( array( ...$jobs, $not ), $seen );
		$skipped = $this->look( $batch, array( 'item_state' => array( 'skipped' ) ) );
		self::assertSame( array( 1, '1' ), array( count( $skipped->get_data()['items'] ), (string) $skipped->get_headers()['X-WP-Total'] ) );
	}

	public function test_a_screen_that_is_opened_again_hears_of_it(): void {
		$this->paid_rows( 2 );
		$this->as_admin();
		$batch   = $this->started( array( 'action' => 'refund', 'filter' => array( 'post_id' => 5 ) ) );
		$notices = fn(): array => array_values( array_filter( $this->rest( 'GET', '/smi/v1/jobs/stats' )->get_data()['notices'], static fn( array $notice ): bool => 'batch_running' === $notice['code'] ) );
		self::assertSame( array( array( 'code' => 'batch_running', 'data' => array( 'batch' => $batch, 'action' => 'refund', 'total' => 2, 'left' => 2 ) ) ), $notices() );
		$this->finished( $batch );
		self::assertSame( array(), $notices() );
	}

	public function test_too_many_are_refused_with_their_number(): void {
		$this->paid_rows( 6 );
		$this->as_admin();
		$plugin = $this->plugin();
		$few    = new Batches( $plugin->transaction(), $plugin->batch_repository(), $plugin->batch_items(), $plugin->job_facts(), $plugin->job_query(), $plugin->jobs(), $plugin->commands(), $plugin->credit_price(), $plugin->settings(), 5 );
		foreach ( array( array( 'post_id' => 5 ), array( 'email' => 'buyer@example.org' ) ) as $filter ) {
			try {
				$few->preview( BatchRequest::from_body( array( 'action' => 'refund', 'filter' => $filter ), $plugin->actions() ) );
				self::fail( 'It took them.' );
			} catch ( ActionRefused $refused ) {
				self::assertSame( array( 'smi_batch_too_large', 400, 6, 5 ), array( $refused->error_code, $refused->status, $refused->details['matched'], $refused->details['most'] ) );
				self::assertStringContainsString( '6 jobs match', $refused->getMessage() );
			}
		}
		$plugin->db()->execute( 'UPDATE {counts_facet} SET n = n + 60000' );
		$answer = $this->dry_run( array( 'action' => 'refund', 'filter' => array( 'status' => array( 'completed' ) ) ) );
		self::assertSame( array( 400, 'smi_batch_too_large' ), array( $answer->get_status(), $answer->get_data()['code'] ) );
		self::assertStringContainsString( '60,006', $answer->get_data()['message'] );
	}

	public function test_old_batches_are_forgotten(): void {
		$this->paid_rows( 2 );
		$this->as_admin();
		$old = $this->started( array( 'action' => 'refund', 'filter' => array( 'post_id' => 5 ), 'params' => array( 'amount' => '1.00' ) ) );
		$this->finished( $old );
		$new = $this->started( array( 'action' => 'refund', 'filter' => array( 'post_id' => 5 ), 'params' => array( 'amount' => '1.00' ) ) );
		$this->finished( $new );
		$this->plugin()->db()->execute( 'UPDATE {batches} SET finished_at = %s WHERE uuid = %s', gmdate( 'Y-m-d H:i:s', time() - 91 * DAY_IN_SECONDS ), $old );
		$command = $this->plugin()->commands()->find( CommandKind::BatchItem, $old );
		self::assertNotNull( $command );
		self::assertGreaterThan( 60, $this->plugin()->purge()->run( $command, microtime( true ) + 5 ) );
		self::assertSame( array( 404, 200 ), array( $this->look( $old )->get_status(), $this->look( $new )->get_status() ) );
		self::assertSame( '2', $this->plugin()->db()->value( 'SELECT COUNT(*) FROM {batch_items}' ) );
	}

	public function test_a_look_is_a_look_and_moves_nothing(): void {
		$this->as_admin();
		$ids   = $this->paid_rows( 2 );
		$batch = $this->started( array( 'action' => 'refund', 'ids' => $ids ) );
		foreach ( array( 'GET', 'HEAD', 'GET' ) as $method ) {
			$answer = $this->rest( $method, "/smi/v1/jobs/batch/$batch" );
			self::assertSame( array( 200, 2 ), array( $answer->get_status(), $answer->get_data()['left'] ), $method );
		}
		self::assertSame( array(), $this->refunds( $ids[0] ), 'No refund was asked for by looking.' );
		self::assertSame( 0, $this->rest( 'POST', "/smi/v1/jobs/batch/$batch" )->get_data()['left'] );
		self::assertCount( 1, $this->refunds( $ids[0] ) );
	}

	public function test_an_account_that_is_gone_has_a_name_all_the_same(): void {
		global $wpdb;
		$this->as_admin();
		$batch = $this->started( array( 'action' => 'refund', 'ids' => $this->paid_rows( 1 ) ) );
		$wpdb->update( "{$wpdb->prefix}smi_batches", array( 'created_by' => 'user:999999' ), array( 'uuid' => $batch ) );
		self::assertSame( 'a deleted user', $this->look( $batch )->get_data()['created_by'] );
	}
}
