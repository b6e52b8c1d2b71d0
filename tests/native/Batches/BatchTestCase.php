<?php
/**
 * Batches over REST, with jobs whose payment and files came through the plugin's own services.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Batches;

use SellMyImages\Batches\Batch;
use SellMyImages\Refunds\Refund;
use SellMyImages\Tests\Jobs\LifecycleTestCase;

abstract class BatchTestCase extends LifecycleTestCase {

	/** @param array<string,mixed> $body Of batch-request.schema.json. */
	protected function dry_run( array $body ): \WP_REST_Response {
		return $this->rest( 'POST', '/smi/v1/jobs/batch', array( 'dry_run' => true ) + $body );
	}

	/**
	 * Asks what would happen, then says yes to it.
	 *
	 * @param array<string,mixed>  $body    Of batch-request.schema.json.
	 * @param array<string,string> $headers HTTP headers.
	 */
	protected function start( array $body, array $headers = array() ): \WP_REST_Response {
		$preview = $this->dry_run( $body );
		self::assertSame( 200, $preview->get_status(), (string) wp_json_encode( $preview->get_data() ) );

		return $this->rest( 'POST', '/smi/v1/jobs/batch', array( 'expect' => $preview->get_data()['expect'] ) + $body, $headers );
	}

	/**
	 * @param array<string,mixed> $body Of batch-request.schema.json.
	 * @return string The batch's UUID.
	 */
	protected function started( array $body ): string {
		$answer = $this->start( $body );
		self::assertSame( 202, $answer->get_status(), (string) wp_json_encode( $answer->get_data() ) );

		return $answer->get_data()['id'];
	}

	/**
	 * The answer to a screen that looks on, after as many looks as it takes.
	 *
	 * @return array<string,mixed> Of batch.schema.json.
	 */
	protected function finished( string $batch ): array {
		for ( $look = 0; $look < 20; $look++ ) {
			$body = $this->rest( 'POST', "/smi/v1/jobs/batch/$batch" )->get_data();
			if ( 'running' !== $body['state'] ) {
				return $body;
			}
		}
		self::fail( 'The batch did not end: ' . wp_json_encode( $body ?? null ) );
	}

	/** @param array<string,mixed> $query Of batch-query.schema.json. */
	protected function look( string $batch, array $query = array() ): \WP_REST_Response {
		return $this->rest( 'GET', "/smi/v1/jobs/batch/$batch", $query );
	}

	protected function batch( string $uuid ): Batch {
		$batch = $this->plugin()->batch_repository()->find( $uuid );
		self::assertNotNull( $batch );

		return $batch;
	}

	/** @return list<Refund> Newest first. */
	protected function refunds( string $job_id ): array {
		return $this->plugin()->refund_repository()->for_job( $job_id );
	}

	/**
	 * A paid job as a row only: quick, where its life does not matter.
	 *
	 * @param array<string,mixed> $values Columns.
	 */
	protected function paid_row( array $values = array() ): string {
		$id = wp_generate_uuid4();

		return $this->plugin()->jobs()->insert(
			$values + array(
				'job_id'                   => $id,
				'status'                   => 'completed',
				'payment_status'           => 'paid',
				'amount_charged'           => '4.90',
				'currency'                 => 'USD',
				'resolution'               => '4x',
				'image_url'                => 'http://127.0.0.1/photo.jpg',
				'image_width'              => 1000,
				'image_height'             => 1000,
				'email'                    => 'buyer@example.org',
				'post_id'                  => 5,
				'paid_at'                  => gmdate( 'Y-m-d H:i:s' ),
				'stripe_payment_intent_id' => 'pi_' . str_replace( '-', '', $id ),
			)
		)->job_id;
	}

	/**
	 * @param int                 $count  How many.
	 * @param array<string,mixed> $values Columns.
	 * @return list<string>
	 */
	protected function paid_rows( int $count, array $values = array() ): array {
		return array_map( fn(): string => $this->paid_row( $values ), range( 1, $count ) );
	}
}
