<?php
/**
 * Fills smi_jobs with paid, failed jobs spread over three years. SMI_BENCH_JOBS says how many.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

use SellMyImages\Install\Recount;
use SellMyImages\Plugin;

$smi   = Plugin::instance();
$table = $smi->db()->table( 'jobs' );
$goal  = (int) getenv( 'SMI_BENCH_JOBS' );
$smi->db()->execute( 'DROP TABLE IF EXISTS {bench}' );
$smi->db()->execute( 'CREATE TABLE {bench} ( n int PRIMARY KEY )' );
$smi->db()->execute( 'INSERT INTO {bench} SELECT a.n + 10 * b.n + 100 * c.n + 1000 * d.n FROM ' . implode( ', ', array_map( static fn( string $t ): string => '( ' . implode( ' UNION ALL ', array_map( static fn( int $n ): string => "SELECT $n AS n", range( 0, 9 ) ) ) . " ) AS $t", array( 'a', 'b', 'c', 'd' ) ) ) );
$facet = SellMyImages\Jobs\Facet::of( SellMyImages\Jobs\JobStatus::Failed, SellMyImages\Jobs\PaymentStatus::Paid, SellMyImages\Jobs\Attention::FailedNotRefunded );
for ( $at = 0; $at < $goal; $at += 10000 ) {
	$smi->db()->execute(
		"INSERT INTO {jobs} (job_id, image_url, resolution, email, email_domain, post_id, attachment_id, image_width, image_height, status, payment_status, attention, facet, amount_charged, currency, stripe_payment_intent_id, stripe_checkout_session_id, paid_at, failed_at, created_at, updated_at, livemode)
		SELECT UUID(), 'http://127.0.0.1/photo.jpg', '4x', CONCAT('buyer', %d + n, '@example.org'), 'example.org', 1 + (n %% 200), 1 + (n %% 5000), 1000, 800, 'failed', 'paid', 'failed_not_refunded', %d, '4.90', 'USD', CONCAT('pi_', %d + n), CONCAT('cs_', %d + n), x, x, x, x, 0
		FROM ( SELECT n, DATE_SUB(UTC_TIMESTAMP(), INTERVAL (n * 9301 + %d * 49297) %% 94608000 SECOND) AS x FROM {bench} WHERE n < %d ) AS t",
		$at,
		$facet,
		$at,
		$at,
		$at,
		$goal - $at
	);
}
$smi->db()->execute( 'DROP TABLE {bench}' );
$smi->counter_progress()->start();
$recount = new Recount( $smi->db(), $smi->transaction(), $smi->counters(), $smi->counter_progress() );
for ( $at = 0; null !== $at; ) {
	$at = $recount->run( $at );
}
echo wp_json_encode( array( 'jobs' => array_sum( array_column( $smi->db()->rows( 'SELECT n FROM {counts_facet}' ), 'n' ) ) ) );
