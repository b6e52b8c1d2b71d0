<?php
/**
 * What became of a statement.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Database;

use SellMyImages\Support\Redaction;

/**
 * Runs one statement of wpdb, which says nothing of a fault by itself, writes it to a log, or ends the request with a page of its own; and
 * throws.
 */
final class Guard {

	private ?bool $is_sqlite = null;

	/**
	 * @param \wpdb                        $wpdb       WordPress's.
	 * @param (\Closure( int ): void)|null $on_refusal Hears the code of each statement that was refused; perhaps inside a transaction.
	 */
	public function __construct( private readonly \wpdb $wpdb, private readonly ?\Closure $on_refusal = null ) {
	}

	public function is_sqlite(): bool {
		// Asked once: a wpdb that lost its server has no connection either.
		return $this->is_sqlite ??= ( defined( 'DB_ENGINE' ) && 'sqlite' === DB_ENGINE ) || ! ( $this->wpdb->dbh instanceof \mysqli );
	}

	/**
	 * @template T
	 * @param callable(): T $work Runs one statement.
	 * @return T
	 * @throws DatabaseError When the database refuses, or is away.
	 */
	public function run( callable $work ): mixed {
		$before = $this->wpdb->suppress_errors( true );
		$this->wpdb->last_error = '';
		try {
			$result = $this->without_error_page( $work );
		} finally {
			$this->wpdb->suppress_errors( $before );
		}
		$error = $this->last_error();
		if ( '' === $error && ( false === $result || $this->is_lost() ) ) {
			throw new DatabaseError( 'The database is away.', DatabaseError::LOST );
		}
		if ( '' !== $error ) {
			// A duplicate key is quoted with its value.
			throw $this->refused( new DatabaseError( Redaction::text( wp_strip_all_tags( $error ) ), $this->error_code() ) );
		}

		return $result;
	}

	/** Tells whoever looks after the tables. */
	public function refused( DatabaseError $error ): DatabaseError {
		if ( null !== $this->on_refusal ) {
			( $this->on_refusal )( (int) $error->getCode() );
		}

		return $error;
	}

	/**
	 * A wpdb that cannot connect again ends the request with a page in HTML, unless a page of the site has begun: then it just says no.
	 * That is what a caller needs who has an answer of his own to give.
	 *
	 * @template T
	 * @param callable(): T $work Runs one statement.
	 * @return T
	 */
	private function without_error_page( callable $work ): mixed {
		global $wp_actions;
		$has_begun = did_action( 'template_redirect' ) > 0;
		// phpcs:ignore WordPress.PHP.DevelopmentFunctions, WordPress.PHP.DiscouragedPHPFunctions -- read only.
		$reporting = error_reporting();
		if ( ! $has_begun ) {
			$wp_actions['template_redirect'] = 1; // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- put back below.
		}
		try {
			return $work();
		} finally {
			// Where it tried no connection at all, wpdb leaves its warnings off.
			// phpcs:ignore WordPress.PHP.DevelopmentFunctions, WordPress.PHP.DiscouragedPHPFunctions -- as it was.
			error_reporting( $reporting );
			if ( ! $has_begun ) {
				unset( $wp_actions['template_redirect'] );
			}
		}
	}

	/** A wpdb without a server gives no rows and no error. */
	private function is_lost(): bool {
		return ! $this->is_sqlite()
			&& ( ! $this->wpdb->dbh instanceof \mysqli || in_array( $this->error_code(), DatabaseError::LOSSES, true ) );
	}

	private function last_error(): string {
		return $this->wpdb->last_error;
	}

	/** SQLite has no numbers for what MySQL says by number. */
	private function error_code(): int {
		if ( $this->wpdb->dbh instanceof \mysqli ) {
			return mysqli_errno( $this->wpdb->dbh ); // phpcs:ignore WordPress.DB.RestrictedFunctions -- wpdb does not tell.
		}
		$text = $this->wpdb->last_error;

		return match ( true ) {
			! $this->is_sqlite() => DatabaseError::LOST,
			str_contains( $text, 'UNIQUE constraint' ) => DatabaseError::DUPLICATE,
			str_contains( $text, 'locked' ), str_contains( $text, 'busy' ) => DatabaseError::LOCK_TIMEOUT,
			default => 0,
		};
	}
}
