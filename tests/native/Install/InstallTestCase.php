<?php
/**
 * Base of the tests about tables.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Database\Connection;
use SellMyImages\Install\Installer;
use SellMyImages\Install\OlderFacts;
use SellMyImages\Install\Schema;
use SellMyImages\Install\Trouble;
use SellMyImages\Install\UpgradeState;
use SellMyImages\Jobs\Counting\CounterProgress;
use SellMyImages\Jobs\Counting\LostProgress;
use SellMyImages\Plugin;
use SellMyImages\Tests\TestCase;

/**
 * Makes tables of other times and places, and whole ones again afterwards.
 */
abstract class InstallTestCase extends TestCase {

	/** A table of the older layout. */
	protected const OLDER = "id bigint(20) unsigned NOT NULL AUTO_INCREMENT, job_id varchar(255) NOT NULL, image_url text NOT NULL, resolution varchar(10) NOT NULL,
		email varchar(255) DEFAULT NULL, post_id bigint(20) unsigned NOT NULL, attachment_id bigint(20) unsigned DEFAULT NULL, image_width int DEFAULT NULL, image_height int DEFAULT NULL,
		source_type varchar(20) DEFAULT NULL, upload_file_path text, status varchar(20) DEFAULT 'awaiting_payment', upsampler_job_id varchar(255) DEFAULT NULL, upscaled_url text,
		upscaled_file_path text, stripe_payment_intent_id varchar(255) DEFAULT NULL, stripe_checkout_session_id varchar(255) DEFAULT NULL, payment_status varchar(20) DEFAULT 'pending',
		amount_charged decimal(10,2) DEFAULT NULL, amount_cost decimal(10,2) DEFAULT NULL, credits_used int DEFAULT NULL, download_token varchar(64) DEFAULT NULL,
		download_expires_at datetime DEFAULT NULL, email_sent tinyint(1) DEFAULT 0, paid_at datetime DEFAULT NULL, processing_started_at datetime DEFAULT NULL, completed_at datetime DEFAULT NULL,
		failed_at datetime DEFAULT NULL, refunded_at datetime DEFAULT NULL, refund_reason text, refund_amount decimal(10,2) DEFAULT NULL,
		created_at datetime DEFAULT CURRENT_TIMESTAMP, updated_at datetime DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
		PRIMARY KEY (id), UNIQUE KEY job_id (job_id), KEY status (status), KEY payment_status (payment_status), KEY created_at (created_at), KEY email (email),
		KEY post_id (post_id), KEY attachment_id (attachment_id), KEY post_attachment (post_id,attachment_id), KEY stripe_payment_intent_id (stripe_payment_intent_id)";

	protected function setUp(): void {
		parent::setUp();
		// An older version's own, by which it is known to have sold in US dollars.
		update_option( 'smi_markup_percentage', '500' );
		$this->database_zone( '+00:00' );
	}

	/** The server is in +05:30; most of these tests are not about zones, and have an older version that wrote everything in UTC. */
	protected function database_zone( string $zone ): void {
		self::db()->execute( 'SET SESSION time_zone = %s', $zone );
	}

	protected function tearDown(): void {
		remove_all_filters( 'query' );
		$this->database_zone( '+05:30' );
		// Whatever went wrong, the next test finds today's tables.
		$schema = Plugin::instance()->schema();
		$schema->drop();
		$schema->create();
		delete_option( 'smi_markup_percentage' );
		delete_option( OlderFacts::OPTION );
		foreach ( array( CounterProgress::OPTION, LostProgress::OPTION, UpgradeState::OPTION, Trouble::OPTION, Schema::CHECKED_OPTION ) as $option ) {
			delete_option( $option );
		}
		parent::tearDown();
	}

	protected static function db(): Connection {
		return Plugin::instance()->db();
	}

	protected static function state(): UpgradeState {
		return Plugin::instance()->upgrade_state();
	}

	/**
	 * @param string $body    Of CREATE TABLE.
	 * @param string $options Engine and character set; the site's unless told.
	 */
	protected function older_table( int $rows, string $body = self::OLDER, string $options = '' ): void {
		self::db()->execute( 'DROP TABLE IF EXISTS {jobs}' );
		self::db()->execute( "CREATE TABLE {jobs} ( $body ) " . ( '' === $options ? 'ENGINE=InnoDB ' . self::db()->charset_collate() : $options ) );
		foreach ( $rows > 0 ? range( 1, $rows ) : array() as $number ) {
			self::db()->insert( 'jobs', $this->older_row( $number ) );
		}
	}

	/** @return array<string,mixed> */
	protected function older_row( int $number ): array {
		$is_refunded = 0 === $number % 5;

		return array(
			'id'             => $number,
			'job_id'         => sprintf( '00000000-0000-4000-8000-%012d', $number ),
			'image_url'      => 'x',
			'resolution'     => '4x',
			'email'          => "Buyer$number@Example.org",
			'post_id'        => $number % 3,
			'status'         => 'completed',
			'payment_status' => $is_refunded ? 'refunded' : 'paid',
			'amount_charged' => '4.90',
			'refund_amount'  => $is_refunded ? '4.90' : null,
			'refund_reason'  => $is_refunded ? 'sorry' : null,
			'download_token' => "raw$number",
			'paid_at'        => '2025-01-01 00:00:00',
			'created_at'     => '2025-01-01 00:00:00',
			'updated_at'     => '2025-01-02 00:00:00',
		);
	}

	/** As on the first page of the admin after an update. */
	protected function install( string $version = '0' ): bool {
		update_option( Installer::VERSION_OPTION, $version );

		return Plugin::instance()->installer()->install_if_needed();
	}

	/**
	 * Runs the steps, one part at a time: each could have been the last before a crash.
	 *
	 * @param (callable(): void)|null $between Called after each part.
	 * @return int Parts.
	 */
	protected function run_upgrade( ?callable $between = null ): int {
		$command = Plugin::instance()->commands()->find( CommandKind::UpgradeStep, 'jobs' );
		self::assertNotNull( $command );
		$this->wait_no_more();
		for ( $parts = 1; $parts < 100; $parts++ ) {
			$again = Plugin::instance()->upgrade()->run( $command, microtime( true ) );
			self::assertNull( Plugin::instance()->upgrade_trouble()->get(), (string) wp_json_encode( Plugin::instance()->upgrade_trouble()->get() ) );
			null === $between || $between();
			if ( null === $again ) {
				break;
			}
		}
		self::assertTrue( self::state()->is_done() );

		return $parts;
	}

	/** As if the time had passed that the steps wait for requests of before. */
	protected function wait_no_more(): void {
		$state = get_option( UpgradeState::OPTION );
		if ( is_array( $state ) ) {
			update_option( UpgradeState::OPTION, array( 'not_before' => 0 ) + $state );
		}
	}

	/** @return list<string> */
	protected function keys( string $table = 'jobs' ): array {
		return array_values( array_unique( array_map( 'strval', array_column( self::db()->rows( "SHOW INDEX FROM {{$table}}" ), 'Key_name' ) ) ) );
	}

	/** As whoever is logged in opens a page of the admin. WordPress's own listeners would want a whole page. */
	protected function open_admin_page(): void {
		Plugin::instance()->installer()->on_admin_page();
	}

	/** Whether all tables are as this version makes them. */
	protected function assert_layout_is_todays(): void {
		self::assertSame( array(), Plugin::instance()->layout()->missing() );
		foreach ( Plugin::instance()->layout()->compare() as $table => $comparison ) {
			self::assertTrue( $comparison->is_same(), $table . ': ' . wp_json_encode( array( $comparison->missing_columns(), $comparison->changed_columns(), $comparison->defaults(), $comparison->keys( true ), $comparison->keys( false ), $comparison->obsolete_keys(), $comparison->has_other_charset(), $comparison->has_other_engine() ) ) );
		}
	}
}
