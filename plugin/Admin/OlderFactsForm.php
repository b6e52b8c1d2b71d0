<?php
/**
 * Asks the owner in which time zone and currency an older version took its orders.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Admin;

use SellMyImages\Capabilities;
use SellMyImages\Install\Installer;
use SellMyImages\Install\OlderFacts;
use SellMyImages\Install\Setup;
use SellMyImages\Support\Money;

/**
 * A small form in the notice above the pages of the admin; the same as `wp smi upgrade --timezone --currency`.
 */
final class OlderFactsForm {

	/** Action of admin-post.php, and of the nonce. */
	public const ACTION = 'smi_older_facts';

	public function __construct( private readonly OlderFacts $facts, private readonly Setup $setup ) {
	}

	public function register(): void {
		add_action( 'admin_post_' . self::ACTION, array( $this, 'take' ) );
	}

	/** Whether this user may answer. */
	public static function may_answer(): bool {
		return current_user_can( Capabilities::MANAGE ) || current_user_can( 'activate_plugins' );
	}

	/** @param array<string,string> $questions Of UpgradeReport. */
	public function show( array $questions ): void {
		printf( '<form method="post" action="%s">', esc_url( admin_url( 'admin-post.php' ) ) );
		printf( '<input type="hidden" name="action" value="%s">', esc_attr( self::ACTION ) );
		wp_nonce_field( self::ACTION, self::ACTION . '_nonce' );
		echo '<p>';
		if ( isset( $questions['timezone'] ) ) {
			$this->print_zones();
		}
		if ( isset( $questions['currency'] ) ) {
			$this->print_currencies();
		}
		$words = __( 'Put the older orders right', 'sell-my-images' );
		printf( '<button type="submit" class="button button-primary">%s</button></p></form>', esc_html( $words ) );
	}

	/** The owner has answered. */
	public function take(): void {
		if ( ! self::may_answer() ) {
			wp_die( esc_html__( 'Nothing was changed: you may not do this.', 'sell-my-images' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( self::ACTION, self::ACTION . '_nonce' );
		try {
			$this->facts->answer( self::posted( 'timezone' ), self::posted( 'currency' ) );
		} catch ( \InvalidArgumentException $refused ) {
			wp_die( esc_html( $refused->getMessage() ), '', array( 'response' => 400, 'back_link' => true ) );
		}
		$this->setup->again();
		wp_safe_redirect( add_query_arg( Installer::AGAIN, wp_create_nonce( Installer::AGAIN ), admin_url( 'plugins.php' ) ) );
		exit;
	}

	private function print_zones(): void {
		$ours = (string) get_option( 'timezone_string' );
		$ours = '' === $ours ? 'UTC' . ( (float) get_option( 'gmt_offset' ) < 0 ? '' : '+' ) . (float) get_option( 'gmt_offset' ) : $ours;
		printf(
			'<label>%s <select name="timezone">%s</select></label> ',
			esc_html__( 'Time zone of the older orders', 'sell-my-images' ),
			// phpcs:ignore WordPress.Security.EscapeOutput -- WordPress's own options, escaped there.
			wp_timezone_choice( 'UTC+0' === $ours ? 'UTC' : $ours, get_user_locale() )
		);
	}

	private function print_currencies(): void {
		$options = '';
		foreach ( array_keys( Money::CURRENCIES ) as $code ) {
			$options .= sprintf( '<option value="%1$s">%1$s</option>', esc_attr( $code ) );
		}
		printf(
			'<label>%s <select name="currency">%s</select></label> ',
			esc_html__( 'Currency of the older orders', 'sell-my-images' ),
			$options // phpcs:ignore WordPress.Security.EscapeOutput -- escaped above.
		);
	}

	/** @return string|null Null where it was not asked for. */
	private static function posted( string $name ): ?string {
		// phpcs:ignore WordPress.Security -- the nonce is checked before, and OlderFacts takes only what it knows.
		$value = $_POST[ $name ] ?? null;

		return is_string( $value ) ? sanitize_text_field( wp_unslash( $value ) ) : null;
	}
}
