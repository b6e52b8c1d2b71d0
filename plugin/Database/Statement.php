<?php
/**
 * SQL with its arguments.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Database;

/**
 * wpdb::prepare() knows no NULL, no list, no enum and no short name of a table, and marks every percent sign with a word of its own that
 * has to be taken out again. So this stands in front of it; every value is escaped by wpdb itself, with the connection's character set.
 */
final class Statement {

	public function __construct( private readonly \wpdb $wpdb ) {
	}

	/** 'jobs' => wp_smi_jobs. */
	public function table( string $name ): string {
		return $this->wpdb->prefix . 'smi_' . $name;
	}

	/**
	 * @param string      $sql  `{jobs}` for the table smi_jobs, %s and %d for arguments, %% for a percent sign.
	 * @param list<mixed> $args null is NULL, an array is a comma list, an enum its value.
	 * @throws \LogicException When a placeholder has no argument.
	 */
	public function prepare( string $sql, array $args ): string {
		$next = 0;

		return (string) preg_replace_callback(
			'/\{([a-z_]+)\}|%%|%[sd]/',
			function ( array $found ) use ( $args, &$next ): string {
				if ( isset( $found[1] ) ) {
					return $this->table( $found[1] );
				}
				if ( '%%' === $found[0] ) {
					return '%';
				}
				if ( ! array_key_exists( $next, $args ) ) {
					throw new \LogicException( 'A placeholder has no argument.' );
				}

				return $this->literal( $found[0], $args[ $next++ ] );
			},
			$sql
		);
	}

	private function literal( string $placeholder, mixed $value ): string {
		if ( is_array( $value ) ) {
			// Nothing is IN ( NULL ).
			return array() === $value
				? 'NULL'
				: implode( ', ', array_map( fn( mixed $item ): string => $this->literal( $placeholder, $item ), $value ) );
		}
		if ( null === $value ) {
			return 'NULL';
		}
		if ( $value instanceof \BackedEnum ) {
			$value = $value->value;
		}
		if ( '%d' === $placeholder || is_int( $value ) || is_bool( $value ) ) {
			return (string) (int) $value;
		}

		return "'" . $this->wpdb->remove_placeholder_escape( $this->wpdb->_real_escape( (string) $value ) ) . "'";
	}
}
