<?php
/**
 * The plugin's tables.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\Connection;
use SellMyImages\Plugin;

/**
 * Makes missing tables; Layout\TableChanges alters those that are there. dbDelta must not see these tables: it would build their indexes
 * one by one.
 */
final class Schema {

	/** Raised with every change of a table; Versions/ say what older rows lack. */
	public const VERSION = Plugin::SCHEMA_VERSION;

	/** The version that the tables had when they were last whole. */
	public const VERSION_OPTION = 'smi_schema_version';

	/** When TablesCheck last found the tables right, in seconds since 1970; 0: look soon. */
	public const CHECKED_OPTION = 'smi_tables_checked';

	/** Columns of smi_jobs that tables of the older layout lack => their definition. */
	public const ADDED_COLUMNS = array(
		'currency'               => "char(3) NOT NULL DEFAULT 'USD'",
		'failure_reason'         => 'varchar(255) DEFAULT NULL',
		'attempt_count'          => 'smallint unsigned NOT NULL DEFAULT 0',
		'dispute_status'         => 'varchar(32) DEFAULT NULL',
		'attention'              => 'varchar(20) DEFAULT NULL',
		'livemode'               => 'tinyint(1) NOT NULL DEFAULT 1',
		'version'                => 'int unsigned NOT NULL DEFAULT 1',
		'facet'                  => 'smallint unsigned NOT NULL DEFAULT 0',
		'email_domain'           => "varchar(191) NOT NULL DEFAULT ''",
		'download_generation'    => 'int unsigned NOT NULL DEFAULT 0',
		'buyer_key_hash'         => "char(64) NOT NULL DEFAULT ''",
		'download_count'         => 'int unsigned NOT NULL DEFAULT 0',
		'stripe_fee'             => 'decimal(10,2) DEFAULT NULL',
		'payment_action_at'      => 'datetime DEFAULT NULL',
		'payment_action_tries'   => 'tinyint unsigned NOT NULL DEFAULT 0',
		'payment_action_done_at' => 'datetime DEFAULT NULL',
		'target_width'           => 'int unsigned DEFAULT NULL',
		'target_height'          => 'int unsigned DEFAULT NULL',
		'source_url'             => 'text',
		'email_state'            => "varchar(20) NOT NULL DEFAULT ''",
		'dispute_refundable'     => 'tinyint(1) NOT NULL DEFAULT 0',
		'dispute_amount'         => 'decimal(10,2) DEFAULT NULL',
		'stripe_charge_id'       => 'varchar(255) DEFAULT NULL',
		'current_attempt'        => 'char(36) DEFAULT NULL',
		'refund_acknowledged'    => 'tinyint(1) NOT NULL DEFAULT 0',
		'mismatch'               => 'varchar(255) DEFAULT NULL',
		'checkout_url'           => 'text',
		'older_times'            => 'tinyint unsigned NOT NULL DEFAULT 0',
	);

	/** Columns that came with version 4: table => column => definition. New tables have them from the start. */
	public const COLUMNS_OF_4 = array(
		'jobs'        => array(
			'locale'               => "varchar(20) NOT NULL DEFAULT ''",
			'dispute_id'           => 'varchar(255) DEFAULT NULL',
			'cost_other'           => 'varchar(255) DEFAULT NULL',
			'failure_args'         => 'text',
			'is_payment_under_way' => 'tinyint(1) NOT NULL DEFAULT 0',
		),
		'attempts'    => array(
			'cost_currency' => 'char(3) DEFAULT NULL',
			'error_args'    => 'text',
		),
		'refunds'     => array( 'args' => 'text' ),
		'job_events'  => array( 'args' => 'text' ),
		'batch_items' => array( 'args' => 'text' ),
	);

	/** Columns that came with version 6, in the same form. What is in rows before it, is begun under no turn. */
	public const COLUMNS_OF_6 = array(
		'attempts' => array(
			'turn'       => 'varchar(64) DEFAULT NULL',
			'turn_lease' => 'int DEFAULT NULL',
		),
	);

	/** Columns that every layout has, besides id and job_id. */
	public const FIRST_COLUMNS = array(
		'image_url'                  => 'text NOT NULL',
		'resolution'                 => 'varchar(10) NOT NULL',
		'email'                      => "varchar(255) NOT NULL DEFAULT ''",
		'post_id'                    => 'bigint unsigned NOT NULL DEFAULT 0',
		'attachment_id'              => 'bigint unsigned DEFAULT NULL',
		'image_width'                => 'int unsigned DEFAULT NULL',
		'image_height'               => 'int unsigned DEFAULT NULL',
		'source_type'                => 'varchar(20) DEFAULT NULL',
		// As long as the published versions had it, so that their tables are not written anew for it.
		'upload_file_path'           => 'varchar(500) DEFAULT NULL',
		'status'                     => "varchar(20) NOT NULL DEFAULT 'awaiting_payment'",
		'upsampler_job_id'           => 'varchar(255) DEFAULT NULL',
		'upscaled_url'               => 'text',
		'upscaled_file_path'         => 'text',
		'stripe_payment_intent_id'   => 'varchar(255) DEFAULT NULL',
		'stripe_checkout_session_id' => 'varchar(255) DEFAULT NULL',
		'payment_status'             => "varchar(20) NOT NULL DEFAULT 'pending'",
		'amount_charged'             => 'decimal(10,2) DEFAULT NULL',
		'amount_cost'                => 'decimal(10,2) DEFAULT NULL',
		'credits_used'               => 'int DEFAULT NULL',
		'download_token'             => 'varchar(64) DEFAULT NULL',
		'download_expires_at'        => 'datetime DEFAULT NULL',
		'email_sent'                 => 'tinyint(1) DEFAULT 0',
		'paid_at'                    => 'datetime DEFAULT NULL',
		'processing_started_at'      => 'datetime DEFAULT NULL',
		'completed_at'               => 'datetime DEFAULT NULL',
		'failed_at'                  => 'datetime DEFAULT NULL',
		'refunded_at'                => 'datetime DEFAULT NULL',
		'refund_reason'              => 'text',
		'refund_amount'              => 'decimal(10,2) DEFAULT NULL',
		'created_at'                 => 'datetime NOT NULL DEFAULT CURRENT_TIMESTAMP',
		'updated_at'                 => 'datetime NOT NULL DEFAULT CURRENT_TIMESTAMP',
	);

	/** One for each way to sort or narrow a list; JobList/Query/Planner chooses. */
	public const JOB_KEYS = array(
		'k_list'                     => 'created_at,id,facet,post_id,attachment_id,updated_at,paid_at,completed_at,amount_charged',
		'k_fc'                       => 'facet,created_at,id',
		'k_fu'                       => 'facet,updated_at,created_at,id,post_id',
		'k_fp'                       => 'facet,paid_at,created_at,id,post_id',
		'k_fd'                       => 'facet,completed_at,created_at,id,post_id',
		'k_fa'                       => 'facet,amount_charged,created_at,id,post_id',
		'k_fe'                       => 'facet,email,created_at,id,post_id',
		'k_email'                    => 'email,created_at,id,facet',
		'k_domain'                   => 'email_domain,created_at,id,facet',
		'k_post'                     => 'post_id,created_at,id,facet,attachment_id,updated_at,paid_at,completed_at,amount_charged,amount_cost,refund_amount',
		'k_att'                      => 'attachment_id,created_at,id,facet,updated_at,paid_at,completed_at,amount_charged',
		'stripe_checkout_session_id' => 'stripe_checkout_session_id',
		'stripe_payment_intent_id'   => 'stripe_payment_intent_id',
		'stripe_charge_id'           => 'stripe_charge_id',
		'dispute_id'                 => 'dispute_id',
		'upsampler_job_id'           => 'upsampler_job_id',
		'download_token'             => 'download_token',
	);

	public function __construct( private readonly Connection $db ) {
	}

	/** Makes every table that is missing. */
	public function create(): void {
		$options = $this->db->is_sqlite()
			? ' ' . $this->db->charset_collate()
			: ' ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE ' . $this->collation();
		foreach ( $this->definitions() as $table => $body ) {
			if ( ! $this->exists( $table ) ) {
				$this->db->execute( "CREATE TABLE IF NOT EXISTS {{$table}} ( $body )$options" );
			}
		}
	}

	/**
	 * The site's own, of all tables alike: MySQL joins no texts of two collations. Where the site has none for every character:
	 * WordPress's.
	 */
	public function collation(): string {
		return 1 === preg_match( '/COLLATE (utf8mb4_\w+)/', $this->db->charset_collate(), $found ) ? $found[1] : 'utf8mb4_unicode_520_ci';
	}

	public function drop(): void {
		foreach ( array_keys( $this->definitions() ) as $table ) {
			$this->db->execute( "DROP TABLE IF EXISTS {{$table}}" );
		}
	}

	/** @return list<string> Full names of all tables. */
	public function tables(): array {
		return array_map( array( $this->db, 'table' ), array_keys( $this->definitions() ) );
	}

	public function exists( string $table ): bool {
		return null !== $this->db->value( 'SHOW TABLES LIKE %s', $this->db->like( $this->db->table( $table ) ) );
	}

	/** @return list<string> Names of a table's columns. */
	public function columns( string $table ): array {
		return array_map( 'strval', array_column( $this->db->rows( "SHOW COLUMNS FROM {{$table}}" ), 'Field' ) );
	}

	/** @return array<string,string> Short name => body of CREATE TABLE. */
	public function definitions(): array {
		$tables = array( 'jobs' => $this->jobs() ) + Tables::DEFINITIONS;
		foreach ( array( array_diff_key( self::COLUMNS_OF_4, array( 'jobs' => true ) ), self::COLUMNS_OF_6 ) as $version ) {
			foreach ( $version as $table => $columns ) {
				$tables[ $table ] = self::with( $tables[ $table ], $columns );
			}
		}

		return $tables;
	}

	/**
	 * @param string               $body    Of CREATE TABLE.
	 * @param array<string,string> $columns Added before the keys: name => definition.
	 */
	private static function with( string $body, array $columns ): string {
		$added = array_map( static fn( string $column, string $type ): string => "$column $type", array_keys( $columns ), $columns );

		return str_replace( 'PRIMARY KEY', implode( ', ', $added ) . ', PRIMARY KEY', $body );
	}

	private function jobs(): string {
		$lines = array( 'id bigint unsigned NOT NULL AUTO_INCREMENT', 'job_id varchar(255) NOT NULL' );
		foreach ( self::FIRST_COLUMNS + self::ADDED_COLUMNS + self::COLUMNS_OF_4['jobs'] as $column => $type ) {
			$lines[] = "$column $type";
		}
		$lines[] = 'PRIMARY KEY (id)';
		$lines[] = 'UNIQUE KEY job_id (job_id)';
		foreach ( self::JOB_KEYS as $key => $columns ) {
			$lines[] = "KEY $key ($columns)";
		}

		return implode( ', ', $lines );
	}
}
