<?php
/**
 * Rows hold codes and arguments; no sentence of ours.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Jobs;

use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Tests\Batches\BatchTestCase;

final class StoredWordsTest extends BatchTestCase {

	private const MARK = '⟦ours⟧';

	public function test_no_translated_sentence_is_passed_into_what_is_stored(): void {
		self::assertSame( array(), TranslatedArguments::in_folder( dirname( __DIR__, 3 ) . '/plugin' ) );
	}

	/** @dataProvider samples */
	public function test_the_check_sees_what_it_should( string $code, bool $is_found ): void {
		self::assertSame( $is_found, array() !== TranslatedArguments::in_code( "<?php $code" ) );
	}

	/** @return list<array{string,bool}> */
	public static function samples(): array {
		return array(
			array( '$this->service->fail( $job, $attempt, "no_answer", __( "It did not say.", "d" ), true );', true ),
			array( '$this->lifecycle->log( $job, "x", array( "reason" => sprintf( __( "a %s", "d" ), $b ) ) );', true ),
			array( '$row = array( "failure_reason" => __( "It broke.", "d" ) );', true ),
			array( 'update_option( "smi_x", array( "message" => _n( "a", "b", 2, "d" ) ) );', true ),
			array( '$this->lifecycle->log( $job, "x" ); return __( "Done.", "d" );', false ),
			array( 'function fail( $a ) { return __( "a", "d" ); }', false ),
			array( '$row = array( "failure_reason" => $code, "message" => __( "a", "d" ) );', false ),
		);
	}

	public function test_whatever_happens_to_jobs_no_sentence_of_ours_is_left_in_the_database(): void {
		foreach ( array( 'gettext_sell-my-images', 'gettext_with_context_sell-my-images', 'ngettext_sell-my-images' ) as $filter ) {
			add_filter( $filter, static fn( string $words ): string => self::MARK . $words );
		}
		self::assertStringStartsWith( self::MARK, __( 'Settings', 'sell-my-images' ) );
		$this->live_through_everything();
		$found = array();
		foreach ( $this->stored() as $where => $text ) {
			if ( str_contains( $text, self::MARK ) || str_contains( $text, trim( (string) wp_json_encode( self::MARK ), '"' ) ) ) {
				$found[] = "$where: $text";
			}
		}
		self::assertSame( array(), $found );
	}

	private function live_through_everything(): void {
		global $wpdb;
		$this->as_admin();
		$this->refused_checkout();
		$unpaid = $this->order();
		$this->open_session( $unpaid );
		$session = $this->payment( $unpaid )['session'];
		$this->see_payment( $unpaid, array( 'session' => array( 'status' => 'expired', 'payment_status' => 'unpaid' ) + $session, 'payment_intent' => null, 'charge' => null ) );
		$held = $this->order();
		$this->open_session( $held );
		$this->see_payment( $held, array( 'session' => array( 'amount_subtotal' => 100, 'amount_total' => 100 ) + $session ) );
		$failed = $this->failed_job();
		$this->make_refund( $failed, array( 'status' => 'failed', 'failure_reason' => 'expired_or_canceled_card' ) );
		$this->plugin()->db()->execute( "UPDATE {jobs} SET source_url = NULL, image_url = '', image_width = NULL WHERE job_id = %s", $failed );
		do_action( 'smi_payment_completed', $failed, array( 'admin_override' => true ) );
		$silent = $this->paid_job();
		$this->report( (array) $this->claim( 'submit' ), array( 'outcome' => 'retry', 'error' => array( 'code' => 'no_answer', 'message' => '' ) ) );
		$wpdb->query( "UPDATE {$wpdb->prefix}smi_attempts SET unknown_at = DATE_SUB(UTC_TIMESTAMP(), INTERVAL 31 MINUTE) WHERE state = 'unknown'" );
		$unmade = $this->order();
		$this->plugin()->db()->execute( "UPDATE {jobs} SET created_at = '2026-01-01 00:00:00' WHERE job_id = %s", $unmade );
		$this->plugin()->sweeper()->run( $this->sweep_command(), microtime( true ) + 5 );
		$this->rest( 'PATCH', "/smi/v1/jobs/$silent", array( 'status' => 'failed', 'reason' => 'by hand' ) );
		$jobs = array( $failed, $silent, $held, $unpaid, 'aaaaaaaa-0000-4000-8000-000000000000', $this->paid_job() );
		foreach ( array( array( 'action' => 'refund' ), array( 'action' => 'status', 'params' => array( 'status' => 'failed' ) ), array( 'action' => 'retry', 'params' => array( 'force' => true ) ), array( 'action' => 'refresh' ) ) as $ask ) {
			$answer = $this->start( $ask + array( 'ids' => $jobs ) );
			202 === $answer->get_status() && $this->finished( $answer->get_data()['id'] );
		}
		$pause = $this->plugin()->upscaler_pause();
		$pause->raise( 'blocked', 'No credits.' );
	}

	private function sweep_command(): Command {
		$now = gmdate( 'Y-m-d H:i:s' );

		return new Command( 1, wp_generate_uuid4(), CommandKind::Sweep, 'site', null, array(), 1, 1, 1, $now, $now, null, 1, $now );
	}

	private function refused_checkout(): void {
		$this->order();
		$this->report( (array) $this->claim( 'open_checkout' ), array( 'outcome' => 'refused', 'error' => array( 'code' => 'x', 'message' => 'Too little.' ) ) );
	}

	/** @return array<string,string> All that our tables and options hold; but for what Stripe's own page is told, in the buyer's language. */
	private function stored(): array {
		global $wpdb;
		$texts = array();
		foreach ( $this->tables() as $table ) {
			foreach ( $wpdb->get_results( "SELECT * FROM `$table`", ARRAY_A ) as $i => $row ) { // phpcs:ignore WordPress.DB.PreparedSQL -- the database's own name of it.
				foreach ( $row as $column => $value ) {
					if ( null !== $value && ! ( 'payload' === $column && 'open_checkout' === $row['kind'] ) ) {
						$texts[ "$table.$column#$i" ] = (string) $value;
					}
				}
			}
		}
		self::assertGreaterThan( 300, count( $texts ), 'Something happened.' );

		return $texts + array_column( $wpdb->get_results( "SELECT option_name, option_value FROM $wpdb->options WHERE option_name LIKE 'smi\\_%'", ARRAY_A ), 'option_value', 'option_name' );
	}
}
