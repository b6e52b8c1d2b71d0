<?php
/**
 * What somebody typed into the search box.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Filters;

use SellMyImages\JobList\Query\JobCounts;
use SellMyImages\JobList\Query\Question;
use SellMyImages\JobList\Query\SearchSides;
use SellMyImages\Jobs\Counting\Counters;

/**
 * Understands the kind of search from its form alone. `text` may be the first characters of an id, of an e-mail address, or words of a
 * title.
 */
final class Search implements UnionFilter {

	public const ID         = 'id';
	public const POST       = 'post';
	public const ATTACHMENT = 'attachment';
	public const DOMAIN     = 'domain';
	public const EMAIL      = 'email';
	public const STRIPE     = 'stripe';
	public const TEXT       = 'text';

	private const FORMS = array(
		self::ID         => '/^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/',
		self::POST       => '/^post:\s*(\d{1,18})$/',
		self::ATTACHMENT => '/^attachment:\s*(\d{1,18})$/',
		self::STRIPE     => '/^((?:pi|cs|ch|py|re|pyr|du|dp)_\w{3,})$/i',
		self::DOMAIN     => '/^@(.+)$/',
		self::EMAIL      => '/^(\S+@\S*)$/',
	);

	private function __construct( public readonly string $kind, public readonly string $value ) {
	}

	public static function params(): array {
		return array( 'search' );
	}

	public static function parse( Params $params ): ?self {
		$text = $params->text( 'search' );
		if ( null === $text ) {
			return null;
		}
		$lower = mb_strtolower( $text );
		foreach ( self::FORMS as $kind => $form ) {
			if ( 1 === preg_match( $form, self::STRIPE === $kind ? $text : $lower, $found ) ) {
				return new self( $kind, $found[1] );
			}
		}

		return new self( self::TEXT, $lower );
	}

	public function branches( Question $question ): array {
		return ( new SearchSides( $question->db, $question->titles, $question->counts ) )->of( $this );
	}

	public function dimension( JobCounts $counts ): ?array {
		return match ( $this->kind ) {
			self::POST => array( Counters::DIM_POST, (int) $this->value ),
			self::ATTACHMENT => array( Counters::DIM_ATTACHMENT, (int) $this->value ),
			self::DOMAIN => $this->domain_of( $counts ),
			default => null,
		};
	}

	/** @return array{0:int,1:int}|null Null: no job has the whole domain, and it is the start of one. */
	private function domain_of( JobCounts $counts ): ?array {
		return array() === $counts->domain( $this->value ) ? null : array( Counters::DIM_DOMAIN, Counters::domain_key( $this->value ) );
	}

	/** The first characters of an id, if the text can be that. */
	public function id_prefix(): ?string {
		$is_prefix = strlen( $this->value ) >= 4
			&& 1 === preg_match( '/^[0-9a-f]{4,8}$|^[0-9a-f]{8}(-[0-9a-f]{0,4}){1,3}(-[0-9a-f]{0,12})?$/', $this->value );

		return $is_prefix ? $this->value : null;
	}

	/** The first characters of an e-mail address, if the text can be that. */
	public function email_prefix(): ?string {
		return 1 === preg_match( '/^[^\s@:]{2,}$/u', $this->value ) ? $this->value : null;
	}
}
