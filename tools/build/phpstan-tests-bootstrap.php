<?php
/**
 * What a site under test defines, for the static analysis.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

define( 'WPMU_PLUGIN_DIR', '/wordpress/wp-content/mu-plugins' );
define( 'DOMAIN_CURRENT_SITE', '127.0.0.1' );
