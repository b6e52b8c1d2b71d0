<?php
/**
 * Where sold files lie.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Files;

use SellMyImages\Database\StoredOptions;

/**
 * The folder uploads/smi-private: no server that heeds `.htaccess` or `web.config` gives anything out of it; for those that do not
 * (nginx), the names of the folders inside cannot be guessed.
 */
final class PrivateFolder {

	public const NAME   = 'smi-private';
	public const SECRET = 'smi_files_secret';

	private const GUARDS = array(
		'.htaccess'  => "<IfModule mod_authz_core.c>\n\tRequire all denied\n</IfModule>\n<IfModule !mod_authz_core.c>\n\tDeny from all\n</IfModule>\n",
		'web.config' => "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<configuration>\n\t<system.webServer>\n\t\t<security>\n\t\t\t<authorization>\n\t\t\t\t<remove users=\"*\" roles=\"\" verbs=\"\" />\n\t\t\t\t<add accessType=\"Deny\" users=\"*\" />\n\t\t\t</authorization>\n\t\t</security>\n\t</system.webServer>\n</configuration>\n",
		'index.php'  => "<?php\n// Nothing to see here.\n",
	);

	public function __construct( private readonly StoredOptions $options ) {
	}

	/** The folder itself, without closing slash. */
	public static function root(): string {
		return UploadsPath::base() . '/' . self::NAME;
	}

	/**
	 * The folder of an attempt's files, made and guarded.
	 *
	 * @param string $attempt UUID.
	 * @return string|null Null when it cannot be written.
	 */
	public function open( string $attempt ): ?string {
		$folder = $this->folder( $attempt );
		if ( ! wp_mkdir_p( $folder ) || ! wp_is_writable( $folder ) ) {
			return null;
		}
		$this->guard();
		UploadsPath::remember();
		return $folder;
	}

	/**
	 * The folder of an attempt's files.
	 *
	 * @param string $attempt UUID.
	 */
	public function folder( string $attempt ): string {
		$hash = hash_hmac( 'sha256', strtolower( $attempt ), $this->secret() );
		return self::root() . '/' . substr( $hash, 0, 2 ) . '/' . substr( $hash, 2, 32 );
	}

	/** Writes the guards where they are missing. */
	private function guard(): void {
		foreach ( self::GUARDS as $name => $text ) {
			$path = self::root() . "/$name";
			if ( ! is_file( $path ) ) {
				// WP_Filesystem may ask for FTP credentials; uploads are written directly.
				// phpcs:ignore WordPress.WP.AlternativeFunctions
				file_put_contents( $path, $text, LOCK_EX );
			}
		}
	}

	/** What the folders' names come from; made once. */
	private function secret(): string {
		$secret = $this->options->get( self::SECRET );
		// Another one, and no file would be found again.
		return (string) ( $secret ?? $this->options->make( self::SECRET, bin2hex( random_bytes( 32 ) ) ) );
	}
}
