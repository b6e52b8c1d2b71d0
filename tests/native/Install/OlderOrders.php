<?php
/**
 * Orders as an older version of the plugin wrote them.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

/**
 * Each has moments in true time, from which follows what the older version wrote by its clocks, and what has to stand there in UTC.
 */
final class OlderOrders {

	private const SQL = 'Y-m-d H:i:s';

	/** Column => which clock wrote it. */
	private const CLOCKS = array(
		'created_at'            => 'created',
		'paid_at'               => 'events',
		'processing_started_at' => 'events',
		'completed_at'          => 'events',
		'failed_at'             => 'events',
		'refunded_at'           => 'events',
		'download_expires_at'   => 'link',
		'updated_at'            => 'updated',
	);

	/** @var array<int,array<string,int|null>> Number of a row => column => seconds since 1970. */
	private array $moments = array();

	/** @param array{created:string,events:string,link:string,updated:string} $zones Of each clock. */
	public function __construct( private readonly array $zones ) {
	}

	/** As the published versions: the site's clock, PHP's for the link, the database's for the last change. */
	public static function published( string $site, string $database ): self {
		return new self( array( 'created' => $site, 'events' => $site, 'link' => 'UTC', 'updated' => $database ) );
	}

	/** Orders of one and a half years; of some the files were tidied away later, some failed, some were never paid. */
	public function fill( int $rows ): self {
		for ( $number = 1; $number <= $rows; $number++ ) {
			$at = (int) strtotime( '2024-03-01 13:17:00 UTC' ) + $number * intdiv( 550 * DAY_IN_SECONDS, $rows ) + $number * 977;
			$this->add( $at, array( 'done', 'tidied', 'failed', 'done', 'unpaid', 'tidied' )[ $number % 6 ] );
		}

		return $this;
	}

	/** @param int $at When it was ordered. */
	public function add( int $at, string $kind = 'done', int $paid_after = 120 ): self {
		$paid   = 'unpaid' === $kind ? null : $at + $paid_after;
		$ends   = null === $paid ? null : $paid + 61;
		$failed = 'failed' === $kind;
		$this->moments[ count( $this->moments ) + 1 ] = array(
			'created_at'            => $at,
			'paid_at'               => $paid,
			'processing_started_at' => null === $paid ? null : $paid + 3,
			'completed_at'          => $failed ? null : $ends,
			'failed_at'             => $failed ? $ends : null,
			'refunded_at'           => $failed ? $ends + 11 : null,
			'download_expires_at'   => $failed || null === $ends ? null : $ends + 1 + DAY_IN_SECONDS,
			'updated_at'            => match ( $kind ) {
				'tidied' => $ends + 2 * DAY_IN_SECONDS + 1234,
			'failed' => $ends + 12,
			'unpaid' => $at + 4,
			default => $ends + 2,
			},
		);

		return $this;
	}

	/** @return list<int> Numbers of the rows. */
	public function numbers(): array {
		return array_keys( $this->moments );
	}

	/** @return array<string,string|null> Column => what the older version wrote. */
	public function written( int $number ): array {
		$written = array();
		foreach ( $this->moments[ $number ] as $column => $at ) {
			$zone               = new \DateTimeZone( $this->zones[ self::CLOCKS[ $column ] ] );
			$written[ $column ] = null === $at ? null : ( new \DateTimeImmutable( "@$at" ) )->setTimezone( $zone )->format( self::SQL );
		}

		return $written;
	}

	/** @return array<string,string|null> Column => what has to stand there, in UTC. */
	public function wanted( int $number ): array {
		return array_map( static fn( ?int $at ): ?string => null === $at ? null : gmdate( self::SQL, $at ), $this->moments[ $number ] );
	}
}
