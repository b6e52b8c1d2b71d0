<?php
/**
 * Finds translated sentences on their way into the database.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Jobs;

/**
 * Reads PHP as tokens: a call of something that stores, with a call of something that translates among its arguments; and a key that is stored, with such a value.
 */
final class TranslatedArguments {

	/** Methods and functions whose arguments end in a row or an option. */
	private const STORES = array(
		'change', 'log', 'append', 'create', 'insert', 'update', 'execute', 'fail', 'fail_job', 'abandon', 'hold', 'requeue', 'hint', 'schedule', 'raise', 'settle', 'save', 'keep',
		'request_manual', 'request_automatic', 'add_option', 'update_option', 'set_transient', 'update_post_meta', 'update_user_meta', 'update_site_option',
	);

	private const TRANSLATES = array( '__', '_x', '_n', '_nx', 'esc_html__', 'esc_attr__', 'esc_html_x', 'esc_attr_x' );

	/** Keys that are columns whose words are made when they are read. */
	private const KEYS = array( 'failure_reason', 'failure_code', 'failure_message' );

	/** @return list<string> What was found, as file:line. */
	public static function in_folder( string $folder ): array {
		$found = array();
		$files = new \RecursiveIteratorIterator( new \RecursiveDirectoryIterator( $folder, \FilesystemIterator::SKIP_DOTS ) );
		foreach ( $files as $file ) {
			if ( $file instanceof \SplFileInfo && 'php' === $file->getExtension() ) {
				foreach ( self::in_code( (string) file_get_contents( $file->getPathname() ) ) as $line ) {
					$found[] = substr( $file->getPathname(), strlen( $folder ) + 1 ) . ":$line";
				}
			}
		}

		return $found;
	}

	/** @return list<int> Lines. */
	public static function in_code( string $code ): array {
		$tokens = array_values( array_filter( \PhpToken::tokenize( $code ), static fn( \PhpToken $token ): bool => ! $token->isIgnorable() ) );
		$lines  = array();
		foreach ( $tokens as $i => $token ) {
			$next  = $tokens[ $i + 1 ] ?? null;
			$where = null;
			if ( $token->is( T_STRING ) && in_array( $token->text, self::STORES, true ) && '(' === $next?->text && ! in_array( $tokens[ $i - 1 ]->text ?? '', array( 'function', 'new' ), true ) ) {
				$where = self::translated( $tokens, $i + 1, ')' );
			} elseif ( $token->is( T_CONSTANT_ENCAPSED_STRING ) && in_array( trim( $token->text, '\'"' ), self::KEYS, true ) && '=>' === $next?->text ) {
				$where = self::translated( $tokens, $i + 2, ',' );
			}
			if ( null !== $where ) {
				$lines[] = $where;
			}
		}

		return array_values( array_unique( $lines ) );
	}

	/**
	 * @param list<\PhpToken> $tokens All.
	 * @param string          $end    What ends it, outside inner brackets.
	 * @return int|null The line of a translation before that end.
	 */
	private static function translated( array $tokens, int $from, string $end ): ?int {
		$depth = 0;
		for ( $i = $from, $n = count( $tokens ); $i < $n; $i++ ) {
			$text = $tokens[ $i ]->text;
			if ( in_array( $text, self::TRANSLATES, true ) && '(' === ( $tokens[ $i + 1 ]->text ?? '' ) ) {
				return $tokens[ $i ]->line;
			}
			$depth += (int) in_array( $text, array( '(', '[', '{' ), true ) - (int) in_array( $text, array( ')', ']', '}' ), true );
			if ( $depth < 0 || ( 0 === $depth && $text === $end ) ) {
				return null;
			}
		}

		return null;
	}
}
