<?php
/**
 * Something that went wrong, perhaps several times.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Hooks;

final class Failure {

	/**
	 * @param string $kind    One of Failures.
	 * @param string $what    The hook, or the piece of work.
	 * @param string $who     The callback, or what the work was about.
	 * @param string $owner   Folder of the callback's plugin; '' for our own work.
	 * @param string $message The latest error's.
	 * @param int    $first   When it was first seen.
	 * @param int    $last    When it was last seen.
	 * @param int    $count   At least so many times.
	 */
	public function __construct(
		public readonly string $kind,
		public readonly string $what,
		public readonly string $who,
		public readonly string $owner,
		public readonly string $message,
		public readonly int $first,
		public readonly int $last,
		public readonly int $count = 1
	) {
	}

	/** @param mixed $stored As an option may hold it, or not. */
	public static function from_option( mixed $stored ): ?self {
		return is_array( $stored ) && array_keys( $stored ) === array_keys( get_class_vars( self::class ) )
			? new self( ...array_values( $stored ) )
			: null;
	}

	/** @return array<string,int|string> */
	public function to_option(): array {
		return get_object_vars( $this );
	}

	/** What our work was about differs each time; it is one failure all the same. */
	public function key(): string {
		return md5( $this->is_of_others() ? "$this->kind $this->what $this->who" : "$this->kind $this->what" );
	}

	public function is_of_others(): bool {
		return in_array( $this->kind, array( Failures::LISTENER, Failures::FILTER ), true );
	}

	/** This one, and those before it. */
	public function after( ?self $older ): self {
		if ( null === $older ) {
			return $this;
		}
		$count = $older->count + $this->count;

		return new self( $this->kind, $this->what, $this->who, $this->owner, $this->message, $older->first, $this->last, $count );
	}
}
