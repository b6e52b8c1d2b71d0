<?php
/**
 * Plugin Name:       Sell My Images
 * Description:       Sells enlarged copies of the pictures in your posts: Stripe takes the money, an upscaler makes the file, and a Jobs screen shows every sale.
 * Version:           0.1.0
 * Requires at least: 6.8
 * Requires PHP:      8.1
 * Author:            Sell My Images contributors
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       sell-my-images
 * Domain Path:       /languages
 *
 * Only this file has to be readable by old PHP: it says what is missing instead of failing.
 *
 * @package SellMyImages
 */

defined( 'ABSPATH' ) || exit;

/**
 * What the site lacks to run the plugin. No words yet: the plugin is loaded before its translations may be.
 *
 * @return string[] What there is instead, by what is lacking; empty when all is there.
 */
function smi_missing_requirements() {
	$missing = array();
	if ( version_compare( PHP_VERSION, '8.1', '<' ) ) {
		$missing['php'] = PHP_VERSION;
	}
	if ( version_compare( get_bloginfo( 'version' ), '6.8-alpha', '<' ) ) {
		$missing['site'] = get_bloginfo( 'version' );
	}
	foreach ( array( 'mbstring', 'json', 'hash' ) as $extension ) {
		if ( ! extension_loaded( $extension ) ) {
			$missing[ $extension ] = $extension;
		}
	}
	return $missing;
}

/**
 * Says what is lacking.
 *
 * @param string $what  Key of smi_missing_requirements().
 * @param string $there Its value.
 * @return string Sentences.
 */
function smi_requirement_words( $what, $there ) {
	if ( 'php' === $what ) {
		/* translators: %s: PHP version. */
		return sprintf( __( 'It needs PHP 8.1 or newer; this server runs PHP %s. Your host can switch it.', 'sell-my-images' ), $there );
	}
	if ( 'site' === $what ) {
		/* translators: %s: WordPress version. */
		return sprintf( __( 'It needs WordPress 6.8 or newer; this is %s. Please update WordPress.', 'sell-my-images' ), $there );
	}
	/* translators: %s: PHP extension. */
	return sprintf( __( 'It needs the PHP extension “%s”. Your host can switch it on.', 'sell-my-images' ), $there );
}

/**
 * Says so in the admin.
 *
 * @return void
 */
function smi_requirements_notice() {
	if ( ! current_user_can( 'activate_plugins' ) ) {
		return;
	}
	$missing = smi_missing_requirements();
	$words   = array_map( 'smi_requirement_words', array_keys( $missing ), $missing );
	printf(
		'<div class="notice notice-error"><p><strong>%s</strong> %s</p></div>',
		esc_html__( 'Sell My Images is switched on but cannot run here. Nothing was changed or lost.', 'sell-my-images' ),
		esc_html( implode( ' ', $words ) )
	);
}

if ( array() !== smi_missing_requirements() ) {
	add_action( 'admin_notices', 'smi_requirements_notice' );
	add_action( 'network_admin_notices', 'smi_requirements_notice' );
	return;
}

require_once __DIR__ . '/plugin/autoload.php';

SellMyImages\Plugin::boot( __FILE__ );

/**
 * A job by its number, as every action of the plugin names it. Asks the database each time, and nobody for rights.
 *
 * @since 0.2.0
 *
 * @param string $job_id UUID.
 * @return SellMyImages\Jobs\Job|null To read; null when there is none, or the plugin cannot run here.
 * @throws SellMyImages\Database\DatabaseError When the database does not answer.
 */
function smi_get_job( $job_id ) {
	return class_exists( 'SellMyImages\Plugin', false ) ? SellMyImages\Plugin::instance()->jobs()->find( strtolower( $job_id ) ) : null;
}
