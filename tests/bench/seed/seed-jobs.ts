import { COLUMNS, FACETS, VALUES } from './columns.ts';
import type { NativeWordPress } from '../../../tools/native/wordpress.ts';

/** Rows of one statement: no transaction gets too large. */
const AT_ONCE = 50_000;

/** Posts that jobs are bought from; a few of them have most. */
const POSTS = 2000;

/** PHP that counts what was written past the plugin, with the plugin's own code, and builds the keys in one go. */
const COUNT = `
	set_time_limit( 0 );
	$plugin = SellMyImages\\Plugin::instance();
	$plugin->missing_keys()->run( 0 );
	foreach ( array( 'counts_day', 'counts_dim', 'counts_facet', 'counts_month' ) as $table ) {
		$plugin->db()->execute( "DELETE FROM {{$table}}" );
	}
	$plugin->counter_progress()->start();
	$steps = array(
		new SellMyImages\\Install\\Recount( $plugin->db(), $plugin->transaction(), $plugin->counters(), $plugin->counter_progress() ),
		new SellMyImages\\Install\\LearnTitles( $plugin->db(), $plugin->title_words() ),
	);
	foreach ( $steps as $step ) {
		for ( $at = 0; null !== $at; ) {
			$at = $step->run( $at );
		}
	}
	$plugin->db()->rows( 'ANALYZE TABLE {jobs}' );
	echo (int) $plugin->db()->value( 'SELECT SUM(n) AS n FROM {counts_facet}' );`;

/**
 * Makes an empty site one that has sold for 998 days: jobs in 22 combinations of status, payment and attention, from 2,000 posts, for buyers
 * of whom a few come back often. The same ones every time. Rows are written in bulk, past the plugin; the counters are then built by it.
 *
 * @param site A site of its own, without jobs.
 * @param n    How many jobs.
 * @throws When the counters do not know as many afterwards.
 */
export async function seedJobs( site: NativeWordPress, n: number ): Promise< void > {
	await site.sql( `SET GLOBAL innodb_flush_log_at_trx_commit = 2; ${ posts() }` );
	const keys = (
		await site.sql(
			"SHOW INDEX FROM wp_smi_jobs WHERE Key_name NOT IN ( 'PRIMARY', 'job_id' ) AND Seq_in_index = 1"
		)
	)
		.split( '\n' )
		.flatMap( ( line ) => line.split( '\t' )[ 2 ] ?? [] );
	if ( keys.length > 0 ) {
		await site.sql( `ALTER TABLE wp_smi_jobs ${ keys.map( ( key ) => `DROP KEY ${ key }` ).join( ', ' ) }` );
	}
	for ( let from = 1; from <= n; from += AT_ONCE ) {
		await site.sql( jobs( from, Math.min( n, from + AT_ONCE - 1 ), n ) );
	}
	const counted = Number( await site.wp( COUNT ) );
	if ( counted !== n ) {
		throw new Error( `${ n } jobs were made, and ${ counted } counted.` );
	}
}

const posts = () => `
	INSERT IGNORE INTO wp_posts ( ID, post_author, post_date, post_date_gmt, post_content, post_title, post_excerpt, post_status, post_name,
		to_ping, pinged, post_modified, post_modified_gmt, post_content_filtered, post_type )
	SELECT 1000 + seq, 1, '2024-01-01', '2024-01-01', REPEAT( 'A paragraph of text. ', 40 ),
		CONCAT( ELT( 1 + seq % 8, 'Rain on', 'Marathon of', 'Alpine choughs over', 'Harbour of', 'Night in', 'Flowers, birds & stones of', 'Köln and', '"Light" at' ), ' ',
			ELT( 1 + seq % 7, 'Lisbon', 'Kottbus', 'Ådalen', 'Zermatt', 'Kyoto', 'the Vltava', 'Mount Rigi' ), ' ', seq ),
		'', 'publish', CONCAT( 'post-', seq ), '', '', '2024-01-01', '2024-01-01', '', 'post'
	FROM seq_1_to_${ POSTS };`;

/**
 * Chance comes from a hash of the number, so that it is the same every time. In the order of the numbers without a sort: a table on disk for
 * that would lie in the folder that all servers of a machine share, and another one that starts clears it.
 */
const jobs = ( from: number, to: number, n: number ) => `
	SET unique_checks = 0;
	INSERT INTO wp_smi_jobs ( ${ Object.keys( COLUMNS ).join( ', ' ) } )
	SELECT ${ Object.values( COLUMNS ).join( ', ' ) }
	FROM ( ${ VALUES( from, to, n, POSTS ) } ) AS v
	STRAIGHT_JOIN ( ${ FACETS } ) AS f ON v.chance >= f.low AND v.chance < f.high;`;
