<?php
/**
 * What somebody typed into the search box.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList;

/**
 * Understands the kind of search from its form alone. `text` may be the first characters of an id, of an e-mail address, or words of a title.
 */
final class JobSearch {

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

	/** Null when nothing was typed. */
	public static function parse( string $text ): ?self {
		$text = trim( $text );
		if ( '' === $text ) {
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

	/** The first characters of an id, if the text can be that. */
	public function id_prefix(): ?string {
		$is_prefix = strlen( $this->value ) >= 4 && 1 === preg_match( '/^[0-9a-f]{4,8}$|^[0-9a-f]{8}(-[0-9a-f]{0,4}){1,3}(-[0-9a-f]{0,12})?$/', $this->value );

		return $is_prefix ? $this->value : null;
	}

	/** The first characters of an e-mail address, if the text can be that. */
	public function email_prefix(): ?string {
		return 1 === preg_match( '/^[^\s@:]{2,}$/u', $this->value ) ? $this->value : null;
	}
}
