<?php
/**
 * Sells and changes orders by the plugin's own code, as fast as a busy shop, until it is told to stop. Prints what it saw as JSON.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

use SellMyImages\Jobs\JobNotFound;
use SellMyImages\Plugin;

set_time_limit( 0 );
$stop    = (string) getenv( 'SMI_BENCH_STOP' );
$rows    = (int) getenv( 'SMI_BENCH_JOBS' );
$plugin  = Plugin::instance();
$jobs    = $plugin->lifecycle();
$waits   = array();
$changed = array();
$errors  = array();
$sold    = 0;
$began   = microtime( true );
while ( ! is_file( $stop ) ) {
	$plugin->upgrade_state()->forget();
	if ( $plugin->upgrade_state()->is_usable() ) {
		break;
	}
	usleep( 10000 );
}
$closed = microtime( true ) - $began;
mt_srand( 7 );
while ( ! is_file( $stop ) ) {
	$start = microtime( true );
	try {
		if ( 0 === mt_rand() % 3 ) {
			$order = array( 'status' => 'awaiting_payment', 'email' => "new$sold@example.org", 'post_id' => 1001 );
			$id    = $jobs->create( $order + array( 'amount_charged' => '4.90', 'currency' => 'USD' ), 'bench' )->job_id;
			$pay   = array( 'payment_status' => 'paid', 'paid_at' => gmdate( 'Y-m-d H:i:s' ) );
			$jobs->within( $id, static fn( $job ) => $jobs->change( $job, $pay ) );
			++$sold;
		} else {
			$number = 1 + mt_rand() % $rows;
			$id     = (string) $plugin->db()->value( 'SELECT job_id FROM {jobs} WHERE id = %d', $number );
			$change = static fn( $job ) => $jobs->change( $job, array( 'email_state' => 'sent' === $job->email_state ? 'failed' : 'sent' ) );
			$jobs->within( $id, $change );
			$changed[ $number ] = true;
		}
	} catch ( JobNotFound ) {
		// Abandoned, and forgotten after its 90 days.
		usleep( 1 );
	} catch ( \Throwable $error ) {
		$errors[ $error->getMessage() ] = ( $errors[ $error->getMessage() ] ?? 0 ) + 1;
	}
	$waits[] = microtime( true ) - $start;
	usleep( 20000 );
}
sort( $waits );
echo wp_json_encode(
	array(
		'closed'  => round( $closed, 2 ),
		'writes'  => count( $waits ),
		'sold'    => $sold,
		'median'  => round( 1000 * $waits[ intdiv( count( $waits ), 2 ) ], 1 ),
		'p99'     => round( 1000 * $waits[ (int) ( 0.99 * count( $waits ) ) ], 1 ),
		'most'    => round( 1000 * end( $waits ), 1 ),
		'errors'  => $errors,
		'changed' => array_keys( $changed ),
	)
);
