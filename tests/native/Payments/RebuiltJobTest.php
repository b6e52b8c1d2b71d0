<?php
/**
 * A payment that the database does not know, as after a restored backup.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Payments;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Tests\Jobs\LifecycleTestCase;

final class RebuiltJobTest extends LifecycleTestCase {

	public function test_the_job_is_rebuilt_with_its_picture_and_no_filter_runs_inside_the_transaction(): void {
		$picture = wp_insert_attachment( array( 'post_title' => 'A harbour', 'post_mime_type' => 'image/jpeg' ), '2026/11/harbour.jpg' );
		wp_update_attachment_metadata( $picture, array( 'width' => 1200, 'height' => 800 ) );
		$job_id = wp_generate_uuid4();
		$this->plugin()->commands()->hint( CommandKind::Resolve, 'pi_lost', null );
		$command = $this->claim( 'resolve' );
		self::assertNotNull( $command );
		$answer = $this->report(
			$command,
			array(
				'outcome'  => 'snapshot',
				'snapshot' => array( 'type' => 'resolve', 'smi_job' => $job_id, 'smi_site' => $this->plugin()->site_identity()->uuid(), 'session' => 'cs_1', 'payment_intent' => 'pi_lost', 'is_paid' => true, 'amount_minor' => 490, 'currency' => 'usd', 'livemode' => false, 'email' => 'b@example.org', 'attachment_id' => $picture, 'post_id' => 5, 'resolution' => '4x', 'created' => time() ),
			)
		);
		wp_delete_attachment( $picture, true );
		$job = $this->job( $job_id );
		self::assertSame( array( 'applied', JobStatus::Pending, 1200, 800 ), array( $answer, $job->status, $job->image_width, $job->image_height ) );
		self::assertStringEndsWith( '2026/11/harbour.jpg', $job->image_url );
	}
}
