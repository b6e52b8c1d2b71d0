<?php
/**
 * One action with so many jobs: SMI_BENCH_ASK is the request's body. Prints seconds and megabytes.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

wp_set_current_user( 1 );
$smi_send = static function ( string $method, string $route, array $body ): array {
	$request = new WP_REST_Request( $method, $route );
	$request->set_header( 'Content-Type', 'application/json' );
	$request->set_body( (string) wp_json_encode( (object) $body ) );
	$start    = microtime( true );
	$response = rest_do_request( $request );
	return array( $response->get_status(), $response->get_data(), microtime( true ) - $start );
};
$smi_ask  = json_decode( (string) getenv( 'SMI_BENCH_ASK' ), true );
if ( isset( $smi_ask['n'] ) ) {
	// In the order of their random identifiers: they lie all over the table.
	$smi_ask['ids'] = SellMyImages\Plugin::instance()->db()->column( 'SELECT job_id FROM {jobs} WHERE status = %s ORDER BY job_id LIMIT %d', $smi_ask['of'], $smi_ask['n'] );
	unset( $smi_ask['n'], $smi_ask['of'] );
}
$smi_base = memory_get_peak_usage();
[ $smi_status, $smi_dry, $smi_seconds['dry'] ] = $smi_send( 'POST', '/smi/v1/jobs/batch', array( 'dry_run' => true ) + $smi_ask );
$smi_megabytes = ( memory_get_peak_usage() - $smi_base ) / 1048576;
if ( 200 === $smi_status ) {
	[ $smi_status, $smi_batch, $smi_seconds['post'] ] = $smi_send( 'POST', '/smi/v1/jobs/batch', array( 'expect' => $smi_dry['expect'] ) + $smi_ask );
}
if ( 202 === $smi_status && ! getenv( 'SMI_BENCH_POST_ONLY' ) ) {
	$smi_start = microtime( true );
	do {
		[ , $smi_batch ] = $smi_send( 'GET', "/smi/v1/jobs/batch/{$smi_batch['id']}", array() );
	} while ( 'running' === $smi_batch['state'] );
	$smi_seconds['run'] = microtime( true ) - $smi_start;
}
echo wp_json_encode( array( 'status' => $smi_status, 'matched' => $smi_dry['matched'] ?? null, 'done' => $smi_batch['done'] ?? null, 'seconds' => array_map( static fn( float $s ): float => round( $s, 2 ), $smi_seconds ), 'megabytes' => round( $smi_megabytes, 1 ), 'message' => $smi_dry['message'] ?? '' ) );
