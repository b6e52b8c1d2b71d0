<?php
/**
 * What can be exported.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Export;

/**
 * The names of export-query.schema.json, which are those of the REST API, and what each holds.
 */
final class Columns {

	public const TEXT  = 1;
	public const INT   = 2;
	public const BOOL  = 3;
	public const TIME  = 4;
	public const MONEY = 5;

	/** Text of the plugin's own words, in which nobody can write. */
	public const WORD = 6;

	/** Name => kind, in the order of a file in which nobody chose. */
	public const KINDS = array(
		'job_id'                     => self::WORD,
		'created_at'                 => self::TIME,
		'status'                     => self::WORD,
		'payment_status'             => self::WORD,
		'attention'                  => self::WORD,
		'email'                      => self::TEXT,
		'post_id'                    => self::INT,
		'post_title'                 => self::TEXT,
		'attachment_id'              => self::INT,
		'image_url'                  => self::TEXT,
		'resolution'                 => self::WORD,
		'currency'                   => self::WORD,
		'amount_charged'             => self::MONEY,
		'refund_amount'              => self::MONEY,
		'stripe_fee'                 => self::MONEY,
		'amount_cost'                => self::MONEY,
		'cost_other'                 => self::WORD,
		'margin'                     => self::MONEY,
		'credits_used'               => self::INT,
		'refund_reason'              => self::TEXT,
		'dispute_status'             => self::TEXT,
		'dispute_id'                 => self::TEXT,
		'failure_reason'             => self::TEXT,
		'failure_code'               => self::WORD,
		'paid_at'                    => self::TIME,
		'processing_started_at'      => self::TIME,
		'completed_at'               => self::TIME,
		'failed_at'                  => self::TIME,
		'refunded_at'                => self::TIME,
		'updated_at'                 => self::TIME,
		'duration'                   => self::INT,
		'attempt_count'              => self::INT,
		'image_width'                => self::INT,
		'image_height'               => self::INT,
		'target_width'               => self::INT,
		'target_height'              => self::INT,
		'source_type'                => self::TEXT,
		'upload_file_path'           => self::TEXT,
		'upscaled_url'               => self::TEXT,
		'upscaled_file_path'         => self::TEXT,
		'upsampler_job_id'           => self::TEXT,
		'stripe_payment_intent_id'   => self::TEXT,
		'stripe_checkout_session_id' => self::TEXT,
		'download_expires_at'        => self::TIME,
		'download_generation'        => self::INT,
		'download_count'             => self::INT,
		'email_sent'                 => self::BOOL,
		'is_payment_under_way'       => self::BOOL,
		'livemode'                   => self::BOOL,
		'version'                    => self::INT,
	);

	/** Not in the table => of what it is made. */
	private const MADE_OF = array(
		'post_title'   => array( 'post_id' ),
		'failure_code' => array( 'failure_reason' ),
		'margin'       => array(
			'payment_status', 'currency', 'amount_charged', 'refund_amount', 'dispute_status', 'dispute_amount', 'stripe_fee',
			'amount_cost', 'cost_other',
		),
		'duration'     => array( 'paid_at', 'completed_at' ),
	);

	/** In the table => what is needed to make words of it. */
	private const TOLD_WITH = array(
		'failure_reason' => array( 'failure_args' ),
	);

	/** @param array<string,int> $kinds Name => kind, in the order wanted. */
	private function __construct( public readonly array $kinds ) {
	}

	/**
	 * @param list<string> $names Known names; none: all.
	 */
	public static function named( array $names ): self {
		$kinds = array();
		foreach ( $names as $name ) {
			$kinds[ $name ] = self::KINDS[ $name ];
		}

		return new self( array() === $kinds ? self::KINDS : $kinds );
	}

	public function has( string $name ): bool {
		return isset( $this->kinds[ $name ] );
	}

	/** @return list<string> */
	public function names(): array {
		return array_keys( $this->kinds );
	}

	/** @return list<string> Those of a kind, in the order wanted. */
	public function of( int $kind ): array {
		return array_keys( $this->kinds, $kind, true );
	}

	/** @return list<string> Of those wanted, what the table does not have. */
	public function made(): array {
		return array_values( array_intersect( $this->names(), array_keys( self::MADE_OF ) ) );
	}

	/** @return list<string> What is not wanted, but needed for what is. */
	public function needed(): array {
		$needed = array() === $this->of( self::MONEY ) ? array() : array( 'currency' );
		foreach ( $this->made() as $name ) {
			array_push( $needed, ...self::MADE_OF[ $name ] );
		}
		foreach ( array_intersect_key( self::TOLD_WITH, $this->kinds ) as $columns ) {
			array_push( $needed, ...$columns );
		}

		return array_values( array_diff( array_unique( $needed ), $this->names() ) );
	}
}
