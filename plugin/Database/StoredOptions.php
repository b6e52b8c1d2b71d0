<?php
/**
 * Options of which a failed read must not be taken for "not there".
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Database;

/**
 * WordPress's own get_option() says "there is none" when the database did not answer, and add_option() overwrites a row that is there after
 * all. So what must not be lost is read, made and changed here: by guarded statements, without hooks, so that a transaction may do it too.
 *
 * WordPress's caches of options are read, and told the truth after each write, so that a plain get_option() elsewhere is right as well.
 */
final class StoredOptions {

	private const GROUP = 'options';

	/** @var array<string,true> Written in the open transaction, so that no cache knows. */
	private array $written = array();

	public function __construct( private readonly Connection $db, private readonly Transaction $transaction ) {
	}

	/**
	 * As get_option(): WordPress's caches first. Null when there is none.
	 *
	 * @throws DatabaseError When nobody knows.
	 */
	public function get( string $name ): mixed {
		$stored = isset( $this->written[ $name ] ) ? false : $this->cached( $name );
		if ( false === $stored ) {
			$stored = $this->row( $name );
			$this->remember( $name, $stored );
		}

		return self::decode( $stored );
	}

	/**
	 * As the database holds it now, whatever a cache says.
	 *
	 * @throws DatabaseError When nobody knows.
	 */
	public function read( string $name ): mixed {
		return self::decode( $this->row( $name ) );
	}

	/** Whether an autoloaded option is there; asks the database only where WordPress has not loaded them. */
	public function has_autoloaded( string $name ): bool {
		$all = wp_cache_get( 'alloptions', self::GROUP );

		return is_array( $all ) ? isset( $all[ $name ] ) : null !== $this->row( $name );
	}

	/** Makes the option unless it is there; gives what is there then. */
	public function make( string $name, mixed $value ): mixed {
		return $this->get( $name ) ?? $this->change( $name, static fn( mixed $now ): mixed => $now ?? $value );
	}

	/** Writes the option whatever it was: for what is only noted. */
	public function put( string $name, mixed $value, bool $autoload = false ): void {
		$sql = "INSERT INTO {$this->table()} (option_name, option_value, autoload) VALUES (%s, %s, %s)
			ON DUPLICATE KEY UPDATE option_value = VALUES(option_value)";
		$this->db->execute( $sql, $name, self::encode( $value ), self::autoload( $autoload ) );
		$this->after_commit( $name, $autoload, static fn() => null );
	}

	/**
	 * Reads the row under a lock, and writes what the callback makes of it; so two who do it at once do it one after the other.
	 *
	 * @param callable(mixed): mixed $change Gets the value, null when there is none, and gives the new one; null takes it away. May run
	 *   more than once.
	 * @return mixed The new value.
	 * @throws DatabaseError When it could not be read or written.
	 */
	public function change( string $name, callable $change, bool $autoload = false ): mixed {
		return $this->transaction->run(
			function () use ( $name, $change, $autoload ): mixed {
				$before = $this->row( $name, true );
				$value  = $change( self::decode( $before ) );
				$after  = null === $value ? null : self::encode( $value );
				if ( $before !== $after ) {
					$this->replace( $name, $before, $after, $autoload );
					$this->after_commit( $name, $autoload, static fn() => self::announce( $name, self::decode( $before ), $value ) );
				} elseif ( $this->cached( $name ) !== $before ) {
					$this->after_commit( $name, $autoload, static fn() => null );
				}

				return $value;
			}
		);
	}

	private function replace( string $name, ?string $before, ?string $after, bool $autoload ): void {
		if ( null === $after ) {
			$this->db->execute( "DELETE FROM {$this->table()} WHERE option_name = %s", $name );
			return;
		}
		if ( null !== $before ) {
			$this->db->execute( "UPDATE {$this->table()} SET option_value = %s WHERE option_name = %s", $after, $name );
			return;
		}
		$sql = "INSERT IGNORE INTO {$this->table()} (option_name, option_value, autoload) VALUES (%s, %s, %s)";
		if ( 1 !== $this->db->execute( $sql, $name, $after, self::autoload( $autoload ) ) ) {
			throw new DatabaseError( "The option $name was made by somebody else at this moment.", DatabaseError::RECORD_CHANGED );
		}
	}

	private function row( string $name, bool $is_locked = false ): ?string {
		$lock = $is_locked && ! $this->db->is_sqlite() ? ' FOR UPDATE' : '';

		return $this->db->value( "SELECT option_value FROM {$this->table()} WHERE option_name = %s$lock", $name );
	}

	private function table(): string {
		return $this->db->core_table( 'options' );
	}

	/** @return mixed The stored value; null when it is known that there is none; false when nothing is known. */
	private function cached( string $name ): mixed {
		$all = wp_cache_get( 'alloptions', self::GROUP );
		if ( is_array( $all ) && isset( $all[ $name ] ) ) {
			return $all[ $name ];
		}
		$one = wp_cache_get( $name, self::GROUP );
		if ( false !== $one ) {
			return $one;
		}
		$absent = wp_cache_get( 'notoptions', self::GROUP );

		return is_array( $absent ) && isset( $absent[ $name ] ) ? null : false;
	}

	/** A cache does not roll back, so inside a transaction it is left alone. */
	private function remember( string $name, ?string $stored ): void {
		if ( $this->transaction->is_open() ) {
			return;
		}
		if ( null !== $stored ) {
			wp_cache_add( $name, $stored, self::GROUP );
			return;
		}
		$absent = wp_cache_get( 'notoptions', self::GROUP );
		wp_cache_set( 'notoptions', array( $name => true ) + ( is_array( $absent ) ? $absent : array() ), self::GROUP );
	}

	private function after_commit( string $name, bool $is_autoloaded, callable $then ): void {
		$this->written[ $name ] = true;
		$this->transaction->after_commit(
			function () use ( $name, $is_autoloaded, $then ): void {
				unset( $this->written[ $name ] );
				self::forget( $name, $is_autoloaded );
				$then();
			}
		);
	}

	/** Lets WordPress's caches ask again. */
	private static function forget( string $name, bool $is_autoloaded ): void {
		wp_cache_delete( $name, self::GROUP );
		$all = wp_cache_get( 'alloptions', self::GROUP );
		if ( $is_autoloaded || ( is_array( $all ) && isset( $all[ $name ] ) ) ) {
			wp_cache_delete( 'alloptions', self::GROUP );
		}
		$absent = wp_cache_get( 'notoptions', self::GROUP );
		if ( is_array( $absent ) && isset( $absent[ $name ] ) ) {
			unset( $absent[ $name ] );
			wp_cache_set( 'notoptions', $absent, self::GROUP );
		}
	}

	/** As WordPress does when an option changes: page caches and the like listen. */
	private static function announce( string $name, mixed $before, mixed $after ): void {
		// phpcs:disable WordPress.NamingConventions.PrefixAllGlobals -- WordPress's own.
		if ( null === $before ) {
			do_action( "add_option_$name", $name, $after );
			do_action( 'added_option', $name, $after );
		} elseif ( null === $after ) {
			do_action( "delete_option_$name", $name );
			do_action( 'deleted_option', $name );
		} else {
			do_action( "update_option_$name", $before, $after, $name );
			do_action( 'updated_option', $name, $before, $after );
		}
		// phpcs:enable
	}

	private static function autoload( bool $autoload ): string {
		return $autoload ? 'on' : 'off';
	}

	private static function encode( mixed $value ): string {
		return (string) maybe_serialize( $value );
	}

	private static function decode( mixed $stored ): mixed {
		return null === $stored ? null : maybe_unserialize( $stored );
	}
}
