<?php
/**
 * By e-mail address.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Filters;

use SellMyImages\JobList\Query\Condition;
use SellMyImages\JobList\Query\Plan;
use SellMyImages\JobList\Query\Question;

/**
 * The whole address, in any case. Nobody has so many jobs that another way would be shorter.
 */
final class Email extends RowFilter {

	/** @param string $email In lower case, as it is stored. */
	private function __construct( private readonly string $email ) {
	}

	public static function params(): array {
		return array( 'email' );
	}

	public static function parse( Params $params ): ?self {
		$email = $params->lower( 'email' );

		return null === $email ? null : new self( $email );
	}

	public function column(): string {
		return 'email';
	}

	public function condition(): Condition {
		return Condition::is( 'email', $this->email );
	}

	public function plan( Question $question ): Plan {
		return $question->along( 'k_email' );
	}

	public function index(): string {
		return 'k_email';
	}
}
