<?php
/**
 * `wp smi upgrade`, with the answers of the environment. Prints what it said, and how long each part took.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

set_time_limit( 0 );
$began = microtime( true );
$last  = '';
$state = SellMyImages\Plugin::instance()->upgrade_state();
$zone  = getenv( 'SMI_BENCH_ZONE' );
SellMyImages\Plugin::instance()->upgrade_command()->run(
	static function ( string $how, string $text ) use ( $began, $state, &$last ): void {
		$step = $state->todo()[0] ?? 'done';
		if ( 'log' !== $how || $step !== $last || ! str_ends_with( $text, 'done.' ) ) {
			printf( "%6.1f s  %s  (%s)\n", microtime( true ) - $began, $text, $step );
		}
		$last = $step;
	},
	false === $zone || '' === $zone ? null : $zone
);
printf( "seconds: %.1f\n", microtime( true ) - $began );
