<?php
/**
 * Functions that other code may call.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Jobs;

final class FunctionsTest extends LifecycleTestCase {

	public function test_a_job_is_found_by_the_number_that_actions_name(): void {
		$found = null;
		add_action(
			'smi_job_created',
			static function ( string $job_id ) use ( &$found ): void {
				$found = smi_get_job( $job_id );
			}
		);
		$job_id = $this->order();
		self::assertSame( $job_id, $found?->job_id );
		self::assertSame( array( 'awaiting_payment', 490, false ), array( $found->status->value, $found->charged_minor(), $found->is_paid() ) );
		self::assertSame( $job_id, smi_get_job( strtoupper( $job_id ) )?->job_id );
	}

	public function test_there_is_no_job_of_another_number(): void {
		$this->order();
		foreach ( array( wp_generate_uuid4(), '', '1', "' OR '1' = '1" ) as $number ) {
			self::assertNull( smi_get_job( $number ) );
		}
	}
}
