<?php
/**
 * What an ETag promises: nothing in the body has changed.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Owner;

use SellMyImages\Owner\EntityTag;
use SellMyImages\Plugin;
use SellMyImages\Support\Uuid;
use SellMyImages\Tests\TestCase;

final class EntityTagTest extends TestCase {

	protected function setUp(): void {
		parent::setUp();
		$this->as_admin();
	}

	/** A change of each part of a job's details that leaves the job's own row as it is. */
	public function test_whatever_changes_in_the_details_is_sent_again(): void {
		$token = Plugin::instance()->links()->hash( 'x' );
		$job   = $this->make_job( array( 'status' => 'completed', 'payment_status' => 'paid', 'amount_charged' => '4.90', 'download_generation' => 1, 'download_token' => $token, 'download_expires_at' => gmdate( 'Y-m-d H:i:s', time() + 1 ) ) );
		$first = $this->tag( $job );
		$this->assert_known( $job, $first );

		Plugin::instance()->event_log()->append( Plugin::instance()->jobs()->find( $job ), 'note', array( 'reason' => 'hello' ) );
		$logged = $this->assert_new( $job, $first, 'an event' );

		Plugin::instance()->refund_repository()->insert( array( 'uuid' => Uuid::v4(), 'job_id' => $job, 'amount_minor' => 100, 'currency' => 'USD', 'origin' => 'manual', 'status' => 'requested' ) );
		$asked = $this->assert_new( $job, $logged, 'a refund' );

		usleep( 2100000 );
		$ended = $this->assert_new( $job, $asked, 'a link whose time is over' );

		$this->assert_known( $job, $ended );
	}

	public function test_the_tag_of_an_action_is_that_of_the_job_it_answers(): void {
		$job    = $this->make_job( array( 'status' => 'completed' ) );
		$answer = $this->rest( 'PATCH', "/smi/v1/jobs/$job", array( 'status' => 'failed' ) );
		self::assertSame( 200, $answer->get_status() );
		$this->assert_known( $job, (string) $answer->get_headers()['ETag'] );
	}

	/** @return array<string,array{0:string}> What servers between make of `W/"…"`. */
	public function ways_to_send_it_back(): array {
		return array(
			'weak'                => array( 'W/"%s"' ),
			'strong'              => array( '"%s"' ),
			'bare'                => array( '%s' ),
			'compressed (Apache)' => array( 'W/"%s-gzip"' ),
			'compressed (Jetty)'  => array( '"%s--br"' ),
			'one of several'      => array( '"1-older", W/"%s"' ),
		);
	}

	/** @dataProvider ways_to_send_it_back */
	public function test_knows_its_tag_however_it_comes_back( string $form ): void {
		$job  = $this->make_job( array( 'status' => 'completed', 'version' => 7 ) );
		$sent = sprintf( $form, trim( $this->tag( $job ), 'W/"' ) );
		$this->assert_known( $job, $sent );
		self::assertSame( 200, $this->rest( 'PATCH', "/smi/v1/jobs/$job", array( 'status' => 'failed' ), array( 'If-Match' => $sent ) )->get_status() );
		self::assertSame( 412, $this->rest( 'PATCH', "/smi/v1/jobs/$job", array( 'status' => 'completed' ), array( 'If-Match' => $sent ) )->get_status() );
	}

	public function test_a_version_alone_is_enough_for_if_match(): void {
		$job = $this->make_job( array( 'status' => 'completed', 'version' => 7 ) );
		foreach ( array( 'W/"6"' => 412, 'nonsense' => 412, '"7"' => 200 ) as $sent => $status ) {
			self::assertSame( $status, $this->rest( 'PATCH', "/smi/v1/jobs/$job", array( 'status' => 'failed' ), array( 'If-Match' => $sent ) )->get_status(), $sent );
		}
	}

	public function test_nothing_and_any_are_told_apart(): void {
		self::assertFalse( EntityTag::is_in( '', '"a"' ) );
		self::assertTrue( EntityTag::is_in( '*', '"a"' ) );
		self::assertTrue( EntityTag::is_in( '"b,c", "a"', 'W/"a"' ) );
		self::assertFalse( EntityTag::is_in( '"a, b"', '"a"' ) );
	}

	private function tag( string $job_id ): string {
		return (string) $this->rest( 'GET', "/smi/v1/jobs/$job_id" )->get_headers()['ETag'];
	}

	private function assert_known( string $job_id, string $tag ): void {
		$answer = $this->rest( 'GET', "/smi/v1/jobs/$job_id", array(), array( 'If-None-Match' => $tag ) );
		self::assertSame( array( 304, null ), array( $answer->get_status(), $answer->get_data() ), $tag );
	}

	private function assert_new( string $job_id, string $tag, string $what ): string {
		$answer = $this->rest( 'GET', "/smi/v1/jobs/$job_id", array(), array( 'If-None-Match' => $tag ) );
		self::assertSame( 200, $answer->get_status(), "$what changes the body, so the old tag is none of it" );
		self::assertNotSame( $tag, $answer->get_headers()['ETag'] );

		return (string) $answer->get_headers()['ETag'];
	}
}
