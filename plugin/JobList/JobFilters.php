<?php
/**
 * Which jobs are meant.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList;

use SellMyImages\Jobs\Attention;
use SellMyImages\Jobs\Facet;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\PaymentStatus;
use SellMyImages\Support\Times;

/**
 * The filters of GET /jobs, understood: for lists, counts, batches and exports alike.
 */
final class JobFilters {

	/**
	 * @param list<string>|null    $include         Job identifiers; null: no such filter.
	 * @param list<JobStatus>      $statuses        Any of these; none: all.
	 * @param list<PaymentStatus>  $payments        Any of these; none: all.
	 * @param list<Attention>      $attentions      Any of these; none: all.
	 */
	public function __construct(
		public readonly ?array $include = null,
		public readonly array $statuses = array(),
		public readonly array $payments = array(),
		public readonly array $attentions = array(),
		public readonly ?string $email = null,
		public readonly ?int $post_id = null,
		public readonly ?int $attachment_id = null,
		public readonly ?string $resolution = null,
		public readonly ?string $after = null,
		public readonly ?string $before = null,
		public readonly ?string $modified_after = null,
		public readonly ?JobSearch $search = null,
		public readonly ?string $email_start = null
	) {
	}

	/**
	 * @param array<string,mixed> $params Of jobs-query.schema.json, validated; others are not looked at.
	 * @throws InvalidFilter When a value means nothing.
	 */
	public static function from_params( array $params ): self {
		return new self(
			array() === self::many( $params, 'include' ) ? null : array_map( 'strtolower', self::many( $params, 'include' ) ),
			self::cases( $params, 'status', JobStatus::class ),
			self::cases( $params, 'payment_status', PaymentStatus::class ),
			in_array( 'any', self::many( $params, 'attention' ), true ) ? Attention::cases() : self::cases( $params, 'attention', Attention::class ),
			self::text( $params, 'email' ),
			isset( $params['post_id'] ) ? (int) $params['post_id'] : null,
			isset( $params['attachment_id'] ) ? (int) $params['attachment_id'] : null,
			self::text( $params, 'resolution' ),
			self::time( $params, 'after' ),
			self::time( $params, 'before' ),
			self::time( $params, 'modified_after' ),
			JobSearch::parse( (string) ( $params['search'] ?? '' ) ),
			self::text( $params, 'email_start' )
		);
	}

	/** The same jobs in every status, with and without attention: what the tabs count. */
	public function for_tabs(): self {
		return new self( $this->include, array(), $this->payments, array(), $this->email, $this->post_id, $this->attachment_id, $this->resolution, $this->after, $this->before, $this->modified_after, $this->search, $this->email_start );
	}

	/** Whether status, payment status or attention are filtered. */
	public function has_facets(): bool {
		return array() !== $this->statuses || array() !== $this->payments || array() !== $this->attentions;
	}

	/** Whether the facet passes the filters on status, payment status and attention. */
	public function takes( int $facet ): bool {
		$parts = Facet::decode( $facet );

		return ( array() === $this->statuses || in_array( $parts['status'], $this->statuses, true ) )
			&& ( array() === $this->payments || in_array( $parts['payment_status'], $this->payments, true ) )
			&& ( array() === $this->attentions || in_array( $parts['attention'], $this->attentions, true ) );
	}

	/** Whether created_at is filtered. */
	public function has_range(): bool {
		return null !== $this->after || null !== $this->before;
	}

	/** Whether anything but status, payment status, attention and created_at is filtered. */
	public function has_others(): bool {
		return null !== $this->include || null !== $this->email || null !== $this->post_id || null !== $this->attachment_id
			|| null !== $this->resolution || null !== $this->modified_after || null !== $this->search || null !== $this->email_start;
	}

	/**
	 * @param array<string,mixed> $params Parameters.
	 * @return list<string>
	 */
	private static function many( array $params, string $name ): array {
		return array_values( array_map( 'strval', (array) ( $params[ $name ] ?? array() ) ) );
	}

	/**
	 * @template T of \BackedEnum
	 * @param array<string,mixed> $params Parameters.
	 * @param class-string<T>     $enum   What the parameter holds.
	 * @return list<T>
	 */
	private static function cases( array $params, string $name, string $enum ): array {
		$cases = array();
		foreach ( array_unique( self::many( $params, $name ) ) as $value ) {
			$cases[] = $enum::tryFrom( $value ) ?? throw new InvalidFilter( $name, self::unknown( $name, $value ) );
		}

		return $cases;
	}

	private static function unknown( string $name, string $value ): string {
		/* translators: 1: name of a parameter, 2: its value. */
		return sprintf( __( 'There is no %1$s “%2$s”.', 'sell-my-images' ), $name, $value );
	}

	/** @param array<string,mixed> $params Parameters. */
	private static function text( array $params, string $name ): ?string {
		$text = mb_strtolower( trim( (string) ( $params[ $name ] ?? '' ) ) );

		return '' === $text ? null : $text;
	}

	/** @param array<string,mixed> $params Parameters. */
	private static function time( array $params, string $name ): ?string {
		$text = (string) ( $params[ $name ] ?? '' );
		if ( '' === $text ) {
			return null;
		}

		return Times::from_iso( $text ) ?? throw new InvalidFilter( $name, __( 'There is no such time. Write it like 2026-10-31T23:59:59Z.', 'sell-my-images' ) );
	}
}
