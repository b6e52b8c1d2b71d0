<?php
/**
 * Translations of the screens that a site got from wordpress.org.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Support;

/**
 * WordPress prefers an installed language pack for PHP by itself; for a script it takes the plugin's own file where
 * there is one, and a pack has a file per chunk of which it would load the entry's only. So their words go over ours.
 */
final class LanguagePacks {
	private const DOMAIN = 'sell-my-images';

	public function register(): void {
		add_filter( 'load_script_translations', array( $this, 'prefer' ), 10, 4 );
	}

	/**
	 * @param mixed $translations What was read, JSON.
	 * @param mixed $file         Where from.
	 * @param mixed $handle       The script.
	 * @param mixed $domain       Its text domain.
	 * @return mixed JSON.
	 */
	public function prefer( mixed $translations, mixed $file, mixed $handle, mixed $domain ): mixed {
		if ( self::DOMAIN !== $domain || ! is_string( $translations ) || ! is_string( $file ) || $this->is_pack( $file ) ) {
			return $translations;
		}
		$packs = glob( $this->folder() . self::DOMAIN . '-' . determine_locale() . '-*.json' );
		if ( ! is_array( $packs ) || array() === $packs ) {
			return $translations;
		}
		$words = array_merge(
			$this->words( $translations ),
			...array_map( fn( string $pack ): array => $this->words( $this->read( $pack ) ), $packs )
		);
		$json  = wp_json_encode( array( 'locale_data' => array( self::DOMAIN => $words ) ) );

		return false === $json ? $translations : $json;
	}

	private function is_pack( string $file ): bool {
		return str_starts_with( $file, $this->folder() );
	}

	private function folder(): string {
		return WP_LANG_DIR . '/plugins/';
	}

	private function read( string $file ): string {
		// phpcs:ignore WordPress.WP.AlternativeFunctions.file_get_contents_file_get_contents -- a file on this server.
		return (string) file_get_contents( $file );
	}

	/**
	 * @param string $json A file of translations.
	 * @return array<string,mixed> Words by their English; under '' how the language counts.
	 */
	private function words( string $json ): array {
		$data  = json_decode( $json, true );
		$words = is_array( $data ) ? ( $data['locale_data'][ self::DOMAIN ] ?? $data['locale_data']['messages'] ?? array() ) : array();

		return is_array( $words ) ? $words : array();
	}
}
