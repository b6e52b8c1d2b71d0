<?php
/**
 * What only a sandbox may do: log in by a link, put mail into the mailbox, fire the payment action, and set itself up.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Sandbox;

defined( 'ABSPATH' ) || exit;

if ( 'local' !== wp_get_environment_type() ) {
	return;
}

require __DIR__ . '/quiet.php';
require __DIR__ . '/login.php';
require __DIR__ . '/mail.php';
require __DIR__ . '/photographs.php';
require __DIR__ . '/posts.php';
require __DIR__ . '/setup.php';
require __DIR__ . '/seed.php';
require __DIR__ . '/actions.php';
