<?php
/**
 * What the Jobs screen asks first.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Admin;

use SellMyImages\Jobs\Attention;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\PaymentStatus;
use SellMyImages\Rest\Contract;

/**
 * The same requests from the same address as admin-src/jobs/view makes them: so their answers can come with the page. A request that
 * were different would only not be used. tests/admin/support/addresses.json holds both to the same.
 */
final class FirstRequests {

	private const SIZES = array( 10, 20, 50, 100 );

	private const SORTS = array(
		'created_at', 'updated_at', 'paid_at', 'completed_at', 'amount_charged', 'email', 'status', 'payment_status',
	);

	/**
	 * Name in the address => parameter of GET /jobs, whose contract says what a value may be. Statuses, problems and days have several
	 * names.
	 */
	private const VALUES = array(
		'email'         => 'email',
		'email_start'   => 'email_start',
		's'             => 'search',
		'size'          => 'resolution',
		'post_id'       => 'post_id',
		'attachment_id' => 'attachment_id',
	);

	private const UUID = '/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/';

	private readonly Days $days;

	/**
	 * @param array<string,string> $address  The query of the page's address, unslashed.
	 * @param int                  $per_page What this user keeps.
	 * @param \DateTimeZone        $zone     The site's zone.
	 * @param int                  $now      Seconds since 1970.
	 */
	public function __construct( private readonly array $address, private readonly int $per_page, \DateTimeZone $zone, int $now ) {
		$this->days = new Days( $zone, $now );
	}

	/** @return list<string> Paths of the REST API. */
	public function paths(): array {
		$filter = $this->filter();
		$job    = $this->text( 'job' );

		return array_merge(
			array(
				self::path( '/smi/v1/jobs', $this->paging() + $this->facets() + $filter ),
				self::path( '/smi/v1/jobs/stats', array_diff_key( $this->facets(), array( 'status' => 1, 'attention' => 1 ) ) + $filter ),
			),
			1 === preg_match( self::UUID, $job ) ? array( "/smi/v1/jobs/$job" ) : array()
		);
	}

	/** @return array<string,mixed> */
	private function paging(): array {
		$page = min( 1000000, (int) $this->text( 'paged' ) );
		$size = (int) $this->text( 'per_page' );

		return array(
			'per_page' => in_array( $size, self::SIZES, true )
				? $size
				: ( in_array( $this->per_page, self::SIZES, true ) ? $this->per_page : 20 ),
			'page'     => $page > 0 ? $page : 1,
			'orderby'  => in_array( $this->text( 'orderby' ), self::SORTS, true ) ? $this->text( 'orderby' ) : 'created_at',
			'order'    => 'asc' === $this->text( 'order' ) ? 'asc' : 'desc',
		);
	}

	/** @return array<string,list<string>> */
	private function facets(): array {
		$tab      = $this->text( 'status' );
		$problems = $this->known( 'problem', array_column( Attention::cases(), 'value' ) );

		return array_filter(
			array(
				'status'         => null === JobStatus::tryFrom( $tab ) ? array() : array( $tab ),
				'payment_status' => $this->known( 'payment', array_column( PaymentStatus::cases(), 'value' ) ),
				'attention'      => array() === $problems && 'attention' === $tab ? array( 'any' ) : $problems,
			)
		);
	}

	/** @return array<string,string> */
	private function filter(): array {
		$rules  = Contract::load( 'jobs-filter' )['properties'];
		$values = array();
		foreach ( self::VALUES as $name => $param ) {
			$values[ $param ] = self::value( $this->text( $name ), $rules[ $param ] );
		}
		if ( '' !== $values['email'] ) {
			unset( $values['email_start'] );
		}
		$values += $this->days->bounds( $this->text( 'created' ), $this->text( 'from' ), $this->text( 'to' ) );

		return array_filter( $values, static fn( string $value ): bool => '' !== $value );
	}

	/**
	 * @param array<string,mixed> $rules Of the parameter.
	 * @return string Empty when it is none of its values.
	 */
	private static function value( string $text, array $rules ): string {
		if ( 'integer' === $rules['type'] ) {
			return ctype_digit( $text ) && (int) $text >= $rules['minimum'] ? (string) (int) $text : '';
		}
		if ( isset( $rules['pattern'] ) ) {
			return 1 === preg_match( "~{$rules['pattern']}~D", $text ) ? $text : '';
		}

		return trim( mb_substr( trim( $text ), 0, $rules['maxLength'] ) );
	}

	/**
	 * @param list<string> $words Of the list.
	 * @return list<string> Those asked for, in the order of the list.
	 */
	private function known( string $name, array $words ): array {
		return array_values( array_intersect( $words, explode( ',', $this->text( $name ) ) ) );
	}

	private function text( string $name ): string {
		return $this->address[ $name ] ?? '';
	}

	/** @param array<string,mixed> $query Parameters. */
	private static function path( string $route, array $query ): string {
		return array() === $query ? $route : $route . '?' . http_build_query( $query, '', '&', PHP_QUERY_RFC3986 );
	}
}
