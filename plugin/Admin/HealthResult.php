<?php
/**
 * What a test of Site Health says.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Admin;

/**
 * Makes the array that WordPress wants.
 */
final class HealthResult {

	/**
	 * @param string                            $test     Name of the test.
	 * @param 'good'|'recommended'|'critical'   $status   How bad it is.
	 * @param string                            $label    In one line.
	 * @param string                            $words    What happened, what was not lost, what to do.
	 * @param bool                              $has_link Whether our settings are the place to go to.
	 * @return array<string,mixed>
	 */
	public static function make( string $test, string $status, string $label, string $words, bool $has_link = false ): array {
		$address = esc_url( admin_url( 'admin.php?page=' . Menu::SETTINGS ) );
		$link    = sprintf( '<p><a href="%s">%s</a></p>', $address, esc_html__( 'Open the settings of Sell My Images', 'sell-my-images' ) );
		return array(
			'label'       => $label,
			'status'      => $status,
			'badge'       => array(
				'label' => __( 'Sell My Images', 'sell-my-images' ),
				'color' => 'blue',
			),
			'description' => '<p>' . esc_html( $words ) . '</p>',
			'actions'     => $has_link ? $link : '',
			'test'        => $test,
		);
	}
}
