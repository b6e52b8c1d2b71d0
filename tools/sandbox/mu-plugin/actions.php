<?php
/**
 * `POST /?smi-do=NAME` with a JSON body. `payment_completed` is for anybody on this machine; the others belong to the
 * supervisor and want its token.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Sandbox;

use Throwable;

add_action(
	'wp_loaded',
	static function (): void {
		// phpcs:ignore WordPress.Security -- a name out of a list, in a sandbox.
		$name = isset( $_GET['smi-do'] ) && is_string( $_GET['smi-do'] ) ? $_GET['smi-do'] : '';
		if ( '' !== $name ) {
			run_action( $name );
		}
	},
	99
);

/**
 * Ends the request.
 *
 * @param string $name As in the address.
 */
function run_action( string $name ): never {
	$method = $_SERVER['REQUEST_METHOD'] ?? '';
	$action = actions()[ $name ] ?? null;
	if ( null === $action || 'POST' !== $method || ! may_run( $name ) ) {
		$status = null === $action ? 404 : ( 'POST' !== $method ? 405 : 403 );
		wp_send_json( array( 'ok' => false, 'message' => "The sandbox does not do \"$name\" for this request." ), $status );
	}
	try {
		$body   = json_decode( (string) file_get_contents( 'php://input' ), true );
		$answer = $action( is_array( $body ) ? $body : array() );
		wp_send_json( array( 'ok' => true ) + $answer );
	} catch ( Throwable $error ) {
		wp_send_json( array( 'ok' => false, 'message' => $error->getMessage(), 'trace' => $error->getTraceAsString() ), 500 );
	}
}

/**
 * Everything that can be asked for.
 *
 * @return array<string, callable(array<string, mixed>): array<string, mixed>>
 */
function actions(): array {
	return array(
		'payment_completed' => payment_completed( ... ),
		'ping'              => static fn (): array => array( 'version' => get_bloginfo( 'version' ) ),
		'settings'          => apply_settings( ... ),
		'photograph'        => import_photograph( ... ),
		'post'              => publish_post( ... ),
		'activate'          => activate( ... ),
		'pair'              => pair( ... ),
		'introduce'         => introduce_bridge( ... ),
		'sizes'             => sizes( ... ),
		'seed'              => seed( ... ),
	);
}

/**
 * From this machine, and with the token unless the action is for everybody.
 *
 * @param string $name As in the address.
 */
function may_run( string $name ): bool {
	$address = (string) ( $_SERVER['REMOTE_ADDR'] ?? '' );
	if ( ! in_array( $address, array( '127.0.0.1', '::1', '' ), true ) ) {
		return false;
	}
	$given = (string) ( $_SERVER['HTTP_X_SMI_SANDBOX'] ?? '' );
	return 'payment_completed' === $name || hash_equals( SMI_SANDBOX_TOKEN, $given );
}

/**
 * Fires the action exactly as somebody else's code would.
 *
 * @param array<string, mixed> $body With job_id and context.
 * @return array<string, mixed>
 */
function payment_completed( array $body ): array {
	$context = is_array( $body['context'] ?? null ) ? $body['context'] : array();
	do_action( 'smi_payment_completed', (string) ( $body['job_id'] ?? '' ), $context );
	return array();
}
