<?php
/**
 * The keys of the channel.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Bridge;

use SellMyImages\Database\StoredOptions;
use SellMyImages\Errors\ActionRefused;
use SellMyImages\Errors\ErrorCode;

/**
 * At most two at once, so that one can be exchanged while the other still works. Kept in an option that is not
 * autoloaded; times of use in another one, so that noting a use never brings a revoked key back.
 */
final class KeyRing {

	public const OPTION = 'smi_bridge_keys';
	public const USES   = 'smi_bridge_keys_used';

	private const MOST = 2;

	/** Seconds between two notes of a key's use. */
	private const USE_EVERY = 60;

	/**
	 * @param StoredOptions $options Where they are kept.
	 */
	public function __construct( private readonly StoredOptions $options ) {}

	/**
	 * Every valid key.
	 *
	 * @return list<array{id:string,secret:string,created_at:int,label:string}>
	 */
	public function all(): array {
		return self::ring( $this->options->get( self::OPTION ) );
	}

	/**
	 * The secret of a key.
	 *
	 * @param string $id Its id.
	 * @return string|null Null when there is no such key.
	 */
	public function secret( string $id ): ?string {
		foreach ( $this->all() as $key ) {
			if ( hash_equals( $key['id'], $id ) ) {
				return $key['secret'];
			}
		}
		return null;
	}

	/**
	 * Makes a key. A key that was never used gives way; two that are in use do not.
	 *
	 * @param string $label What the owner calls it.
	 * @return array{id:string,secret:string,created_at:int,label:string}
	 * @throws ActionRefused When two keys are in use.
	 */
	public function create( string $label ): array {
		$key = array(
			'id'         => 'k_' . bin2hex( random_bytes( 6 ) ),
			'secret'     => rtrim( strtr( base64_encode( random_bytes( 32 ) ), '+/', '-_' ), '=' ),
			'created_at' => time(),
			'label'      => $label,
		);
		$this->options->change( self::OPTION, fn( mixed $keys ): array => array( ...$this->with_room( self::ring( $keys ) ), $key ) );
		return $key;
	}

	/**
	 * The keys beside which another one may stand.
	 *
	 * @param list<array{id:string,secret:string,created_at:int,label:string}> $keys All.
	 * @return list<array{id:string,secret:string,created_at:int,label:string}>
	 * @throws ActionRefused When two keys are in use.
	 */
	private function with_room( array $keys ): array {
		if ( count( $keys ) >= self::MOST ) {
			$keys = array_values( array_filter( $keys, fn( array $key ): bool => null !== $this->used_at( $key['id'] ) ) );
		}
		if ( count( $keys ) >= self::MOST ) {
			throw new ActionRefused(
				ErrorCode::CONNECTION_TOO_MANY_KEYS,
				__(
					'Two connection keys are in use already. Nothing was changed. Remove the older one first, then make a new one.',
					'sell-my-images'
				),
				409
			);
		}
		return $keys;
	}

	/**
	 * Takes a key back at once.
	 *
	 * @param string $id Its id.
	 * @return bool Whether there was one.
	 */
	public function revoke( string $id ): bool {
		$was_there = false;
		$this->options->change(
			self::OPTION,
			static function ( mixed $stored ) use ( $id, &$was_there ): ?array {
				$keys      = self::ring( $stored );
				$left      = array_values( array_filter( $keys, static fn( array $key ): bool => $key['id'] !== $id ) );
				$was_there = count( $left ) < count( $keys );
				return null === $stored ? null : $left;
			}
		);
		return $was_there;
	}

	/**
	 * When the key was last used.
	 *
	 * @param string $id Its id.
	 * @return int|null Unix seconds.
	 */
	public function used_at( string $id ): ?int {
		$used = (int) ( ( (array) ( $this->options->get( self::USES ) ?? array() ) )[ $id ] ?? 0 );
		return $used > 0 ? $used : null;
	}

	/**
	 * Notes that a key was used.
	 *
	 * @param string $id Its id.
	 */
	public function used( string $id ): void {
		if ( time() - (int) $this->used_at( $id ) < self::USE_EVERY ) {
			return;
		}
		$ids  = array_column( $this->all(), 'id' );
		$uses = array_intersect_key( (array) ( $this->options->get( self::USES ) ?? array() ), array_flip( $ids ) );
		$this->options->put( self::USES, array_merge( $uses, array( $id => time() ) ) );
	}

	/**
	 * What is stored, as keys.
	 *
	 * @param mixed $stored The option.
	 * @return list<array{id:string,secret:string,created_at:int,label:string}>
	 */
	private static function ring( mixed $stored ): array {
		return is_array( $stored ) ? array_values( $stored ) : array();
	}
}
