<?php
/**
 * Site Health: what went wrong without anybody looking.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Admin;

use SellMyImages\Capabilities;
use SellMyImages\Hooks\Failure;
use SellMyImages\Hooks\Failures;

/**
 * Two tests: what other plugins did wrong when we told them of something, and work of our own that was passed over. Both forget
 * after a quiet week, or when the owner says so.
 */
final class FailureHealth {

	private const FORGET = 'smi_forget_failures';

	public function register(): void {
		add_filter( 'site_status_tests', array( $this, 'tests' ) );
		add_action( 'admin_post_' . self::FORGET, array( $this, 'forget' ) );
	}

	/**
	 * @param array<string,array<string,mixed>>|mixed $tests Tests that are there; another plugin may have lost them.
	 * @return array<string,array<string,mixed>>
	 */
	public function tests( mixed $tests ): array {
		$tests                            = is_array( $tests ) ? $tests : array();
		$tests['direct']['smi_listeners'] = array(
			'label' => __( 'Sell My Images: other plugins', 'sell-my-images' ),
			'test'  => array( $this, 'listeners' ),
		);
		$tests['direct']['smi_work']      = array(
			'label' => __( 'Sell My Images: its own work', 'sell-my-images' ),
			'test'  => array( $this, 'work' ),
		);

		return $tests;
	}

	/** @return array<string,mixed> */
	public function listeners(): array {
		$failures = $this->of( true );
		if ( array() === $failures ) {
			$words = __( 'None failed in the last week when it was told of a sale.', 'sell-my-images' );

			return $this->result( 'smi_listeners', 'good', __( 'Other plugins get on with Sell My Images', 'sell-my-images' ), $words );
		}

		return $this->result(
			'smi_listeners',
			'recommended',
			__( 'Code of another plugin fails when Sell My Images tells it of something', 'sell-my-images' ),
			array(
				__( 'No sale, payment or image was lost: Sell My Images went on without it.', 'sell-my-images' ),
				__( 'But what that code wanted to do may not have been done.', 'sell-my-images' ),
				__( 'Update its plugin; if that does not help, send its author the lines below.', 'sell-my-images' ),
			),
			array_map( array( $this, 'listener' ), $failures )
		);
	}

	/** @return array<string,mixed> */
	public function work(): array {
		$failures = $this->of( false );
		if ( array() === $failures ) {
			$words = __( 'Nothing had to be passed over in the last week.', 'sell-my-images' );

			return $this->result( 'smi_work', 'good', __( 'Sell My Images does all its work', 'sell-my-images' ), $words );
		}

		return $this->result(
			'smi_work',
			'recommended',
			__( 'Sell My Images could not do some of its work', 'sell-my-images' ),
			array(
				__( 'Nothing is lost: it is tried again by itself, and the rest went on.', 'sell-my-images' ),
				__( 'If it goes on failing, look at the jobs named below, and send your developer or host these lines.', 'sell-my-images' ),
				__( 'More is in the error log of PHP.', 'sell-my-images' ),
			),
			array_map( array( $this, 'piece' ), $failures )
		);
	}

	/** The owner has read it. */
	public function forget(): void {
		if ( ! current_user_can( Capabilities::MANAGE ) ) {
			wp_die( esc_html__( 'Nothing was changed: you may not do this.', 'sell-my-images' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( self::FORGET );
		Failures::forget();
		wp_safe_redirect( admin_url( 'site-health.php' ) );
		exit;
	}

	/** @return list<Failure> */
	private function of( bool $others ): array {
		return array_values( array_filter( Failures::all(), static fn( Failure $one ): bool => $one->is_of_others() === $others ) );
	}

	private function listener( Failure $one ): string {
		return sprintf(
			/* translators: 1: name of a plugin, 2: name of a hook, 3: name of a function, 4: how many, 5: date and time, 6: an error message */
			__( '%1$s, at “%2$s” (%3$s): %4$s or more times, the last on %5$s: %6$s', 'sell-my-images' ),
			$this->plugin_name( $one->owner ),
			$one->what,
			$one->who,
			number_format_i18n( $one->count ),
			$this->time( $one->last ),
			$one->message
		);
	}

	private function piece( Failure $one ): string {
		return sprintf(
			/* translators: 1: a piece of work, in code, 2: what it was about, such as a job, 3: how many, 4: date and time, 5: an error message */
			__( '%1$s (%2$s): %3$s or more times, the last on %4$s: %5$s', 'sell-my-images' ),
			$one->what,
			'' === $one->who ? '–' : $one->who,
			number_format_i18n( $one->count ),
			$this->time( $one->last ),
			$one->message
		);
	}

	private function time( int $at ): string {
		return (string) wp_date( get_option( 'date_format', 'F j, Y' ) . ' ' . get_option( 'time_format', 'H:i' ), $at );
	}

	/** As on the screen of plugins, where the folder is one. */
	private function plugin_name( string $owner ): string {
		if ( 'theme' === $owner ) {
			return (string) wp_get_theme()->get( 'Name' );
		}
		require_once ABSPATH . 'wp-admin/includes/plugin.php';
		foreach ( get_plugins() + get_mu_plugins() as $file => $data ) {
			if ( '' !== $owner && explode( '/', (string) $file )[0] === $owner ) {
				return (string) $data['Name'];
			}
		}

		return '' === $owner ? __( 'Unknown code', 'sell-my-images' ) : $owner;
	}

	/**
	 * @param string|list<string> $words Sentences.
	 * @param list<string>        $lines What to list below them.
	 * @return array<string,mixed>
	 */
	private function result( string $test, string $status, string $label, string|array $words, array $lines = array() ): array {
		$link = esc_html__( 'I have read this: forget it', 'sell-my-images' );
		$list = array() === $lines ? '' : '<ul><li>' . implode( '</li><li>', array_map( 'esc_html', $lines ) ) . '</li></ul>';
		$url  = wp_nonce_url( admin_url( 'admin-post.php?action=' . self::FORGET ), self::FORGET );

		return array(
			'label'       => $label,
			'status'      => $status,
			'badge'       => array( 'label' => __( 'Sell My Images', 'sell-my-images' ), 'color' => 'blue' ),
			'description' => '<p>' . esc_html( implode( ' ', (array) $words ) ) . '</p>' . $list,
			'actions'     => array() === $lines ? '' : sprintf( '<p><a href="%s">%s</a></p>', esc_url( $url ), $link ),
			'test'        => $test,
		);
	}
}
