/**
 * A table of orders as the published older version left it: PHP wrote by the site's clock, in New York, and the database, in +05:30, dated each
 * row when it was changed. What it means in UTC stands beside it, in wp_bench_truth.
 */
import { COLUMNS, FACETS, VALUES } from '../seed/columns.ts';
import type { NativeWordPress } from '../../../tools/native/wordpress.ts';

const AT_ONCE = 50_000;
const POSTS = 2000;

/** Columns that PHP dated. */
export const BY_PHP = [ 'created_at', 'paid_at', 'processing_started_at', 'completed_at', 'failed_at', 'refunded_at' ];
/** And all others with a time: in UTC, and by the database. */
export const TIMES = [ ...BY_PHP, 'download_expires_at', 'updated_at' ];

/** What the upgrade must leave as it is. */
export const KEPT =
	'job_id image_url resolution post_id attachment_id image_width image_height source_type status payment_status upsampler_job_id upscaled_url upscaled_file_path stripe_payment_intent_id stripe_checkout_session_id amount_charged amount_cost credits_used refund_amount refund_reason'.split(
		' '
	);

/** The years in which the orders may lie, with when New York changed its clocks, in UTC. */
const SUMMERS = [ 2022, 2023, 2024, 2025, 2026, 2027, 2028 ].map( ( year ) => [
	`${ sunday( year, 2, 2 ) } 07:00:00`,
	`${ sunday( year, 10, 1 ) } 06:00:00`,
] );

/** The n-th Sunday of a month, counted from 0. */
function sunday( year: number, month: number, n: number ): string {
	const first = new Date( Date.UTC( year, month, 1 ) ).getUTCDay();
	const day = 1 + ( ( 7 - first ) % 7 ) + 7 * ( n - 1 );
	return new Date( Date.UTC( year, month, day ) ).toISOString().slice( 0, 10 );
}

const isSummer = ( utc: string ) =>
	SUMMERS.map( ( [ from, to ] ) => `( ${ utc } >= '${ from }' AND ${ utc } < '${ to }' )` ).join( ' OR ' );
const inNewYork = ( utc: string ) => `DATE_SUB( ${ utc }, INTERVAL IF( ${ isSummer( utc ) }, 4, 5 ) HOUR )`;

/** SQL that is true in the second of two hours with the same name. */
export const isSecondHour = ( utc: string ) =>
	SUMMERS.map(
		( [ , at ] ) => `( ${ utc } >= '${ at }' AND ${ utc } < DATE_ADD( '${ at }', INTERVAL 1 HOUR ) )`
	).join( ' OR ' );

const CREATE = ( isDated: boolean ) => `
	DROP TABLE IF EXISTS wp_smi_jobs;
	CREATE TABLE wp_smi_jobs ( id bigint(20) unsigned NOT NULL AUTO_INCREMENT, job_id varchar(255) NOT NULL, image_url text NOT NULL, resolution varchar(10) NOT NULL,
		email varchar(255) NOT NULL, post_id bigint(20) unsigned NOT NULL, attachment_id bigint(20) unsigned DEFAULT NULL, image_width int unsigned DEFAULT NULL,
		image_height int unsigned DEFAULT NULL, source_type varchar(20) DEFAULT 'attachment', upload_file_path varchar(500) DEFAULT NULL, status varchar(20) DEFAULT 'pending',
		upsampler_job_id varchar(255) DEFAULT NULL, upscaled_url text DEFAULT NULL, upscaled_file_path text DEFAULT NULL, stripe_payment_intent_id varchar(255) DEFAULT NULL,
		stripe_checkout_session_id varchar(255) DEFAULT NULL, payment_status varchar(20) DEFAULT 'pending', amount_charged decimal(10,2) DEFAULT NULL,
		amount_cost decimal(10,2) DEFAULT NULL, credits_used int DEFAULT NULL, download_token varchar(64) DEFAULT NULL, download_expires_at datetime DEFAULT NULL,
		email_sent tinyint(1) DEFAULT 0, paid_at datetime DEFAULT NULL, processing_started_at datetime DEFAULT NULL, completed_at datetime DEFAULT NULL,
		failed_at datetime DEFAULT NULL, refunded_at datetime DEFAULT NULL, refund_reason text DEFAULT NULL, refund_amount decimal(10,2) DEFAULT NULL,
		created_at datetime DEFAULT CURRENT_TIMESTAMP, updated_at datetime DEFAULT CURRENT_TIMESTAMP${
			isDated ? ' ON UPDATE CURRENT_TIMESTAMP' : ''
		},
		PRIMARY KEY (id), UNIQUE KEY job_id (job_id) )
		ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
	DROP TABLE IF EXISTS wp_bench_truth;
	CREATE TABLE wp_bench_truth ( id bigint unsigned NOT NULL PRIMARY KEY, ${ TIMES.map(
		( name ) => `${ name } datetime DEFAULT NULL`
	).join( ', ' ) } ) ENGINE=InnoDB;`;

/** Built when the rows are there: in a tenth of the time. */
const KEYS = `ALTER TABLE wp_smi_jobs ADD KEY post_id (post_id), ADD KEY attachment_id (attachment_id), ADD KEY post_attachment (post_id,attachment_id),
	ADD KEY status (status), ADD KEY payment_status (payment_status), ADD KEY download_token (download_token),
	ADD KEY stripe_checkout_session_id (stripe_checkout_session_id), ADD KEY upsampler_job_id (upsampler_job_id), ADD KEY email (email),
	ADD KEY created_at (created_at), ADD KEY source_type (source_type);`;

/** Rows are changed last a moment after their last event, or two days later, when their files were tidied away. */
const LAST = `GREATEST( created_at, COALESCE( paid_at, created_at ), COALESCE( completed_at, created_at ), COALESCE( failed_at, created_at ), COALESCE( refunded_at, created_at ) )`;

const truth = ( from: number, to: number, n: number ) => `
	INSERT INTO wp_bench_truth ( id, ${ TIMES.join( ', ' ) } )
	SELECT seq, ${ BY_PHP.join( ', ' ) }, DATE_ADD( completed_at, INTERVAL 86401 SECOND ),
		DATE_ADD( ${ LAST }, INTERVAL IF( seq % 3 = 0, 2, 172800 + seq % 5000 ) SECOND )
	FROM ( SELECT seq, ${ BY_PHP.map( ( name ) => `DATE_SUB( ${ COLUMNS[ name ] }, INTERVAL 2 DAY ) AS ${ name }` ).join( ', ' ) }
		FROM ( ${ VALUES( from, to, n, POSTS ) } ) AS v
		STRAIGHT_JOIN ( ${ FACETS } ) AS f ON v.chance >= f.low AND v.chance < f.high ) AS t;`;

const OTHERS = Object.keys( COLUMNS ).filter(
	( name ) =>
		KEPT.includes( name ) || [ 'email', 'upload_file_path', 'download_token', 'email_sent' ].includes( name )
);

const jobs = ( from: number, to: number, n: number, isDated: boolean ) => `
	SET unique_checks = 0;
	INSERT INTO wp_smi_jobs ( id, ${ OTHERS.join( ', ' ) }, ${ TIMES.join( ', ' ) } )
	SELECT s.*, ${ BY_PHP.map( ( name ) => inNewYork( `t.${ name }` ) ).join( ', ' ) }, t.download_expires_at,
		${ isDated ? 'DATE_ADD( t.updated_at, INTERVAL 330 MINUTE )' : inNewYork( 't.updated_at' ) }
	FROM ( SELECT seq, ${ OTHERS.map( ( name ) => `${ COLUMNS[ name ] } AS ${ name }` ).join( ', ' ) }
		FROM ( ${ VALUES( from, to, n, POSTS ) } ) AS v
		STRAIGHT_JOIN ( ${ FACETS } ) AS f ON v.chance >= f.low AND v.chance < f.high ) AS s
	STRAIGHT_JOIN wp_bench_truth t ON t.id = s.seq;`;

/**
 * @param site    A site of its own.
 * @param n       How many orders.
 * @param isDated Whether the database dated each change, as it did in the published version; else all is by one clock, and has to be asked.
 */
export async function makeOlderTable( site: NativeWordPress, n: number, isDated: boolean ): Promise< void > {
	await site.sql( `SET GLOBAL innodb_flush_log_at_trx_commit = 2; ${ CREATE( isDated ) }` );
	for ( let from = 1; from <= n; from += AT_ONCE ) {
		const to = Math.min( n, from + AT_ONCE - 1 );
		await site.sql( truth( from, to, n ) );
		await site.sql( jobs( from, to, n, isDated ) );
	}
	await site.sql( KEYS );
	await site.sql(
		'DROP TABLE IF EXISTS wp_bench_before; CREATE TABLE wp_bench_before ( PRIMARY KEY (id) ) SELECT * FROM wp_smi_jobs;'
	);
	await site.wp(
		`update_option( 'timezone_string', 'America/New_York' ); update_option( 'smi_markup_percentage', '500' ); update_option( 'smi_schema_version', '0' );`
	);
}
