<?php
/**
 * Jobs in WordPress's command palette.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Admin;

use SellMyImages\Capabilities;

/**
 * Adds its entries wherever WordPress loads the palette: the whole admin since 6.9, the editors before. Where there is
 * none, nothing is loaded.
 */
final class CommandPalette {

	private const HANDLE = 'smi-commands';

	public function __construct( private readonly string $plugin_file ) {
	}

	public function register(): void {
		// After WordPress and everybody else who may have asked for the palette.
		add_action( 'admin_enqueue_scripts', array( $this, 'follow' ), 1000 );
		add_action( 'enqueue_block_editor_assets', array( $this, 'follow' ), 1000 );
	}

	/** Loads our entries behind the palette. */
	public function follow(): void {
		if (
			! wp_script_is( self::HANDLE )
			&& current_user_can( Capabilities::VIEW )
			&& $this->has_palette()
			&& is_readable( $this->asset() )
		) {
			$this->enqueue( require $this->asset() );
		}
	}

	/** An editor's script brings the palette along without naming it. */
	private function has_palette(): bool {
		return wp_script_is( 'wp-core-commands' )
			|| ( doing_action( 'enqueue_block_editor_assets' ) && wp_script_is( 'wp-commands', 'registered' ) );
	}

	/** @param array{dependencies:list<non-empty-string>,version:string} $asset Of the build. */
	private function enqueue( array $asset ): void {
		$url = plugins_url( 'build/commands/index.js', $this->plugin_file );
		wp_enqueue_script( self::HANDLE, $url, array( 'wp-commands', ...$asset['dependencies'] ), $asset['version'], true );
		wp_set_script_translations( self::HANDLE, 'sell-my-images', dirname( $this->plugin_file ) . '/languages' );
		$boot = wp_json_encode( array( 'jobsUrl' => admin_url( 'admin.php?page=' . Menu::JOBS ) ), JSON_HEX_TAG | JSON_UNESCAPED_SLASHES );
		wp_add_inline_script( self::HANDLE, "window.smiCommands = $boot;", 'before' );
	}

	private function asset(): string {
		return dirname( $this->plugin_file ) . '/build/commands/index.asset.php';
	}
}
