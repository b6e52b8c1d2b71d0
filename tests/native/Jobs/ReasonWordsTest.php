<?php
/**
 * Why, in the language of whoever reads it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Jobs;

use SellMyImages\Batches\Item;
use SellMyImages\Errors\RefusalWords;
use SellMyImages\Jobs\EventReason;
use SellMyImages\Jobs\FailureReason;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\ReasonWords;
use SellMyImages\Plugin;
use SellMyImages\Refunds\Refund;
use SellMyImages\Support\Args;
use SellMyImages\Tests\Support\LanguageTestCase;

final class ReasonWordsTest extends LanguageTestCase {

	public function test_one_row_is_read_in_two_languages(): void {
		$job = $this->make_job( array( 'status' => 'failed', 'failure_reason' => 'provider_failed', 'failure_args' => '{"said":"Out of memory."}' ) );
		$this->as_admin_reading( 'en_US' );
		$seen = $this->rest( 'GET', "/smi/v1/jobs/$job" )->get_data();
		self::assertSame( array( 'The upscaler could not make the image. Its own words: Out of memory.', 'provider_failed' ), array( $seen['failure_reason'], $seen['failure_code'] ) );
		$this->as_admin_reading( 'de_DE' );
		$seen = $this->rest( 'GET', "/smi/v1/jobs/$job" )->get_data();
		self::assertStringContainsString( 'Out of memory.', $seen['failure_reason'], 'What a provider said is data.' );
		self::assertStringNotContainsString( 'The upscaler', $seen['failure_reason'] );
		self::assertSame( 'provider_failed', $seen['failure_code'] );
	}

	public function test_sentences_of_earlier_versions_and_words_of_people_are_shown_as_they_are(): void {
		$this->as_admin();
		foreach ( array( 'The checkout expired without a payment.', 'Der Upscaler hat nicht geantwortet.', 'the server burnt' ) as $words ) {
			$job  = $this->make_job( array( 'status' => 'failed', 'failure_reason' => $words ) );
			$seen = $this->rest( 'GET', "/smi/v1/jobs/$job" )->get_data();
			self::assertSame( array( $words, null ), array( $seen['failure_reason'], $seen['failure_code'] ) );
		}
	}

	public function test_every_code_has_a_sentence_in_both_languages(): void {
		foreach ( array( 'en_US', 'de_DE' ) as $locale ) {
			$this->as_admin_reading( $locale );
			$words = array();
			foreach ( array( ...FailureReason::cases(), ...EventReason::cases() ) as $reason ) {
				$words[ $reason->value ] = ReasonWords::sentence( $reason->value, array( 'got' => 100, 'wanted' => 490, 'currency' => 'EUR' ) );
				self::assertMatchesRegularExpression( '/^\p{Lu}.*\.$/u', (string) $words[ $reason->value ] );
			}
			self::assertCount( count( $words ), array_unique( $words ), 'No two say the same.' );
		}
		$german = $words;
		$this->as_admin_reading( 'en_US' );
		self::assertSame( array(), array_filter( $german, static fn( string $sentence, string $code ): bool => ReasonWords::sentence( $code, array( 'got' => 100, 'wanted' => 490, 'currency' => 'EUR' ) ) === $sentence, ARRAY_FILTER_USE_BOTH ) );
	}

	public function test_an_attempts_error_keeps_its_shape_and_has_a_code_beside_it(): void {
		$new = array( 'error' => 'wrong_size', 'error_args' => '{"width":400,"height":320}' );
		self::assertSame( array( 'wrong_size: The finished file has 400 × 320 pixels; another size was sold.', 'wrong_size' ), $this->attempt( $new ) );
		self::assertSame( array( 'no_answer: It did not say.', null ), $this->attempt( array( 'error' => 'no_answer: It did not say.', 'error_args' => null ) ) );
	}

	public function test_a_line_of_the_log_says_it_with_money_and_the_code(): void {
		$this->as_admin();
		$job = $this->make_job();
		$row = Plugin::instance()->jobs()->find( $job );
		self::assertNotNull( $row );
		Plugin::instance()->event_log()->append( $row, 'payment', array( 'to' => 'paid', 'reason' => 'other_price', 'args' => array( 'got' => 100, 'wanted' => 490, 'currency' => 'USD' ) ) );
		Plugin::instance()->event_log()->append( $row, 'link', array( 'to' => 'revoked', 'reason' => 'refunded' ) );
		$events = $this->rest( 'GET', "/smi/v1/jobs/$job" )->get_data()['events'];
		self::assertSame( array( 'Held: the price at the checkout was $1.00, not $4.90.', 'other_price' ), array( $events[0]['reason'], $events[0]['reason_code'] ) );
		self::assertSame( 'refunded', $events[1]['reason'], 'What programs read there stays.' );
	}

	public function test_hooks_hear_a_sentence_in_the_sites_language_and_the_code(): void {
		$job    = $this->make_job( array( 'status' => 'pending', 'payment_status' => 'paid', 'paid_at' => gmdate( 'Y-m-d H:i:s' ) ) );
		$heard  = array();
		$listen = static function ( mixed ...$args ) use ( &$heard ): void {
			$heard[] = $args;
		};
		add_action( 'smi_job_failed', $listen, 10, 3 );
		add_action( 'smi_job_status_changed', static fn( string $id, string $old, string $new, array $data ) => $listen( $new, $data['reason'], $data['reason_code'] ), 10, 4 );
		$this->as_admin_reading( 'de_DE' );
		Plugin::instance()->lifecycle()->within( $job, static fn( $locked ) => Plugin::instance()->attempts()->fail_job( $locked, 'provider_failed', array( 'said' => 'No.' ) ) );
		$words = 'The upscaler could not make the image. Its own words: No.';
		self::assertSame( array( array( 'failed', $words, 'provider_failed' ), array( $job, $words, 'provider_failed' ) ), $heard );
	}

	public function test_another_reason_does_not_keep_the_arguments_of_the_first(): void {
		$job  = $this->make_job( array( 'status' => 'failed', 'failure_reason' => 'provider_failed', 'failure_args' => '{"said":"No."}' ) );
		$jobs = Plugin::instance()->jobs();
		$row  = $jobs->find( $job );
		self::assertNotNull( $row );
		self::assertNull( $jobs->update( $row, array( 'failure_reason' => 'expired' ) )->failure_args );
		self::assertSame( JobStatus::Failed, $row->status );
	}

	public function test_what_a_provider_quotes_is_kept_without_addresses_and_keys(): void {
		$json = (string) Args::json( array( 'said' => 'No mailbox for buyer@example.org at https://example.org/d?key=1, sk_live_123456789', 'none' => '', 'n' => 0 ) );
		self::assertSame( 0, Args::of( $json )['n'] ?? null );
		self::assertStringStartsWith( 'No mailbox for ', Args::of( $json )['said'] );
		self::assertDoesNotMatchRegularExpression( '/buyer|key=1|123456789|none/', $json );
	}

	public function test_an_export_says_it_in_words_and_as_a_code(): void {
		$this->as_admin();
		$this->make_job( array( 'status' => 'failed', 'failure_reason' => 'expired', 'failure_args' => null, 'email' => 'a@example.org' ) );
		$this->make_job( array( 'status' => 'failed', 'failure_reason' => 'It burnt.', 'email' => 'b@example.org' ) );
		foreach ( array( array( 'email', 'failure_reason', 'failure_code' ), array( 'email', 'failure_code' ) ) as $columns ) {
			$rows = $this->exported( array( 'format' => 'ndjson', 'columns' => $columns, 'orderby' => 'email', 'order' => 'asc' ) );
			self::assertSame( $columns, array_keys( $rows[0] ) );
			self::assertSame( array( 'expired', null ), array_column( $rows, 'failure_code' ) );
			if ( in_array( 'failure_reason', $columns, true ) ) {
				self::assertSame( array( 'The finished file was gone before it was fetched.', 'It burnt.' ), array_column( $rows, 'failure_reason' ) );
			}
		}
	}

	public function test_what_became_of_a_batch_is_read_in_the_readers_language(): void {
		$row = array( 'id' => '1', 'job_id' => 'x', 'state' => Item::SKIPPED, 'code' => 'smi_refund_not_possible', 'message' => null, 'amount_minor' => null, 'args' => '{"why":"unpaid"}' );
		self::assertSame( 'Nothing has been paid, so there is nothing to refund.', Item::from_row( $row )->to_rest()['message'] );
		$this->as_admin_reading( 'de_DE' );
		self::assertSame( 'Es wurde nichts bezahlt, also gibt es nichts zu erstatten.', Item::from_row( $row )->to_rest()['message'] );
		self::assertSame( 'As it was said.', Item::from_row( array( 'message' => 'As it was said.', 'args' => null ) + $row )->to_rest()['message'] );
	}

	public function test_refusals_speak_of_money_as_the_reader_writes_it(): void {
		$this->as_admin_reading( 'de_DE' );
		self::assertStringContainsString( "4,90\u{a0}€", (string) RefusalWords::of( 'smi_refund_amount', array( 'why' => 'range', 'left' => 490, 'currency' => 'EUR' ) ) );
	}

	public function test_a_refund_that_failed_with_a_code_alone_is_told_in_words(): void {
		$row = array_fill_keys( array( 'note', 'reason', 'stripe_refund_id', 'requested_by', 'updated_at', 'settled_at', 'args' ), null ) + array( 'uuid' => 'x', 'amount_minor' => '490', 'currency' => 'USD', 'status' => 'failed', 'origin' => 'manual', 'created_at' => '2026-01-01 00:00:00' );
		self::assertStringContainsString( 'in another way', ( new Refund( array( 'failure_code' => 'expired_or_canceled_card', 'failure_message' => null ) + $row ) )->to_rest()['failure_message'] );
		self::assertSame( 'Stripe said so.', ( new Refund( array( 'failure_code' => 'x', 'failure_message' => 'Stripe said so.' ) + $row ) )->to_rest()['failure_message'] );
		$auto = array( 'origin' => 'auto', 'note' => 'provider_failed', 'args' => '{"said":"No."}', 'failure_code' => null, 'failure_message' => null ) + $row;
		self::assertSame( 'The upscaler could not make the image. Its own words: No.', ( new Refund( $auto ) )->to_rest()['note'] );
		self::assertSame( 'provider_failed', ( new Refund( array( 'origin' => 'manual' ) + $auto ) )->to_rest()['note'], 'What a person typed is not ours to change.' );
	}

	public function test_a_filter_that_means_nothing_is_refused_in_the_readers_language(): void {
		$this->as_admin_reading( 'de_DE' );
		try {
			\SellMyImages\JobList\JobFilters::from_params( array( 'status' => array( 'bored' ) ) );
			self::fail( 'It was taken.' );
		} catch ( \SellMyImages\JobList\InvalidFilter $invalid ) {
			self::assertStringNotContainsString( 'There is no', $invalid->getMessage() );
			self::assertStringContainsString( 'bored', $invalid->getMessage() );
		}
	}

	/**
	 * @param array<string,mixed> $params Of the request.
	 * @return list<array<mixed>> Its lines.
	 */
	private function exported( array $params ): array {
		$request = new \WP_REST_Request( 'GET', '/smi/v1/jobs/export' );
		$request->set_query_params( $params );
		$response = rest_do_request( $request );
		$server   = new class() extends \WP_REST_Server {
			public function send_header( $key, $value ): void {}
		};
		add_filter( 'smi_clear_output_buffers', '__return_false' );
		ob_start();
		apply_filters( 'rest_pre_serve_request', false, $response, $request, $server );
		$lines = array_filter( explode( "\n", (string) ob_get_clean() ) );

		return array_values( array_map( static fn( string $line ): array => (array) json_decode( $line, true ), $lines ) );
	}

	/**
	 * @param array<string,string|null> $columns Of the attempt.
	 * @return array{string|null,string|null}
	 */
	private function attempt( array $columns ): array {
		$seen = ( new \SellMyImages\Upscaling\Attempt( $columns + array( 'uuid' => 'x', 'provider' => 'upsampler', 'state' => 'failed', 'is_override' => '0', 'may_cost_credits' => '0', 'created_at' => '2026-01-01 00:00:00' ) ) )->to_rest( null );

		return array( $seen['error'], $seen['error_code'] );
	}
}
