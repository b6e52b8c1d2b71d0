<?php
/**
 * One buyer's request for one picture at one resolution.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

use SellMyImages\Files\ResultFiles;
use SellMyImages\Support\Amount;
use SellMyImages\Support\Money;

/**
 * A row of smi_jobs as it was read. Times are UTC 'Y-m-d H:i:s'. Columns of money are decimal strings in `currency`, to be shown; who
 * counts asks for an Amount.
 */
final class Job {

	public readonly int $id;
	public readonly string $job_id;
	public readonly string $image_url;
	public readonly string $resolution;
	public readonly string $email;
	public readonly string $email_domain;
	public readonly int $post_id;
	public readonly ?int $attachment_id;
	public readonly ?int $image_width;
	public readonly ?int $image_height;
	public readonly ?int $target_width;
	public readonly ?int $target_height;
	public readonly ?string $source_type;
	public readonly ?string $source_url;
	public readonly ?string $upload_file_path;
	public readonly JobStatus $status;
	public readonly PaymentStatus $payment_status;
	public readonly ?Attention $attention;
	public readonly int $facet;
	public readonly ?string $upsampler_job_id;
	public readonly ?string $upscaled_url;
	public readonly ?string $upscaled_file_path;
	public readonly ?string $current_attempt;
	public readonly int $attempt_count;
	public readonly ?string $stripe_payment_intent_id;
	public readonly ?string $stripe_checkout_session_id;
	public readonly ?string $stripe_charge_id;
	public readonly ?string $checkout_url;
	public readonly string $currency;
	public readonly ?string $amount_charged;
	public readonly ?string $amount_cost;
	public readonly ?string $cost_other;
	public readonly ?string $stripe_fee;
	public readonly ?int $credits_used;
	public readonly ?string $refund_amount;
	public readonly ?string $refund_reason;
	public readonly bool $refund_acknowledged;
	public readonly ?string $dispute_status;
	public readonly ?string $dispute_id;
	public readonly bool $dispute_refundable;
	public readonly ?string $dispute_amount;
	public readonly ?string $mismatch;
	public readonly ?string $failure_reason;
	public readonly ?string $failure_args;
	public readonly string $locale;
	public readonly ?string $download_token;
	public readonly ?string $download_expires_at;
	public readonly int $download_generation;
	public readonly int $download_count;
	public readonly string $buyer_key_hash;
	public readonly bool $email_sent;
	public readonly string $email_state;
	public readonly ?string $payment_action_at;
	public readonly int $payment_action_tries;
	public readonly ?string $payment_action_done_at;
	public readonly ?string $paid_at;
	public readonly ?string $processing_started_at;
	public readonly ?string $completed_at;
	public readonly ?string $failed_at;
	public readonly ?string $refunded_at;
	public readonly string $created_at;
	public readonly string $updated_at;
	public readonly bool $is_payment_under_way;
	public readonly bool $livemode;
	public readonly int $version;
	public readonly int $older_times;

	private const DECIMALS = array( 'amount_charged', 'amount_cost', 'stripe_fee', 'refund_amount', 'dispute_amount' );

	/** @var array<string,\ReflectionNamedType>|null */
	private static ?array $types = null;

	/** @param array<string,string|null> $row The row. */
	private function __construct( private readonly array $row ) {
		foreach ( self::types() as $column => $type ) {
			$this->$column = $this->typed( $column, $type );
		}
	}

	/** @param array<string,string|null> $row All columns of a row. */
	public static function from_row( array $row ): self {
		return new self( $row );
	}

	/** @return array<string,string|null> The row it was made of. */
	public function to_row(): array {
		return $this->row;
	}

	/** The price; what was charged, once paid. */
	public function charged(): Amount {
		return Amount::of( $this->amount_charged, $this->currency );
	}

	/** The same in minor units. */
	public function charged_minor(): int {
		return $this->charged()->minor();
	}

	/** What went back. */
	public function refunded(): Amount {
		return Amount::of( $this->refund_amount, $this->currency );
	}

	/** What a dispute took; nothing as long as it may come back. */
	public function lost(): Amount {
		return Amount::of( Disputes::lost( $this->dispute_status, $this->dispute_amount ), $this->currency );
	}

	/** What Stripe kept. */
	public function fee(): Amount {
		return Amount::of( $this->stripe_fee, $this->currency );
	}

	/** What the images cost in this currency. */
	public function cost(): Amount {
		return Amount::of( $this->amount_cost, $this->currency );
	}

	/** @return array<string,string> What images cost in other currencies than `currency`: ISO code => decimal. */
	public function other_costs(): array {
		$costs = array();
		foreach ( null === $this->cost_other || '' === $this->cost_other ? array() : explode( ', ', $this->cost_other ) as $cost ) {
			$costs[ substr( $cost, 0, 3 ) ] = substr( $cost, 4 );
		}

		return $costs;
	}

	/**
	 * @param array<string,string> $costs ISO code => decimal.
	 * @return string|null As `cost_other` holds them, such as `EUR 0.1600, JPY 6.0000`.
	 */
	public static function write_costs( array $costs ): ?string {
		ksort( $costs );

		return array() === $costs
			? null
			: implode(
				', ',
				array_map( static fn( string $currency, string $cost ): string => "$currency $cost", array_keys( $costs ), $costs )
			);
	}

	/** Whether money came in, wherever it is now. */
	public function is_paid(): bool {
		return $this->payment_status->is_paid();
	}

	/** Where the finished file lies; null when none was ever stored. */
	public function file_path(): ?string {
		return ResultFiles::locate( $this->upscaled_file_path );
	}

	/** Whether the finished file is on disk, and not empty. */
	public function has_file(): bool {
		$path = $this->file_path();
		if ( null === $path ) {
			return false;
		}
		return is_file( $path ) && filesize( $path ) > 0;
	}

	/** @return array<string,\ReflectionNamedType> Column => type of its property. */
	private static function types(): array {
		if ( null === self::$types ) {
			self::$types = array();
			foreach ( ( new \ReflectionClass( self::class ) )->getProperties( \ReflectionProperty::IS_PUBLIC ) as $property ) {
				$type = $property->getType();
				assert( $type instanceof \ReflectionNamedType );
				self::$types[ $property->getName() ] = $type;
			}
		}

		return self::$types;
	}

	private static function text( string $column, string $value ): string {
		return match ( $column ) {
			'currency' => strtoupper( $value ),
			'dispute_status' => Disputes::whole( $value ),
			default => $value,
		};
	}

	private function typed( string $column, \ReflectionNamedType $type ): mixed {
		$value = $this->row[ $column ] ?? null;
		if ( null === $value && $type->allowsNull() ) {
			return null;
		}
		if ( in_array( $column, self::DECIMALS, true ) ) {
			return Money::plain( $value );
		}

		// Statuses that older versions of the table may hold and nobody knows any more must not break a list.
		return match ( $type->getName() ) {
			'int' => (int) $value,
			'bool' => (bool) (int) $value,
			JobStatus::class => JobStatus::tryFrom( (string) $value ) ?? JobStatus::Failed,
			PaymentStatus::class => PaymentStatus::tryFrom( (string) $value ) ?? PaymentStatus::Pending,
			Attention::class => Attention::tryFrom( (string) $value ),
			default => self::text( $column, (string) $value ),
		};
	}
}
