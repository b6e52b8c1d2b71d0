/**
 * What a seeded job looks like, as SQL. `chance` and `r1` to `r4` are numbers from 0 to 999,999 that hang on `seq` alone.
 */

/** Days of trade. */
const DAYS = 998;

const hash = ( salt: string ) => `CRC32( CONCAT( seq, '${ salt }' ) ) % 1000000`;

/**
 * The jobs' numbers, and what several columns are made of.
 *
 * @param from  First number.
 * @param to    Last number.
 * @param n     All there will be: they are spread evenly over the days.
 * @param posts Posts there are; a power of chance gives a few of them most jobs.
 */
export const VALUES = ( from: number, to: number, n: number, posts: number ) => `
	SELECT w.*, DATE_ADD( created, INTERVAL 30 + r1 % 90 SECOND ) AS paid, 1001 + FLOOR( ${ posts } * POW( r2 / 1000000, 3 ) ) AS post,
		ELT( 1 + ( r3 % 3 > 1 ), '4x', '8x' ) AS res,
		ELT( 1 + ( r4 % 100 > 89 ) + ( r4 % 100 > 97 ), 'USD', 'EUR', 'JPY' ) AS money,
		LOWER( MD5( CONCAT( seq, 'id' ) ) ) AS hex,
		CONCAT( ELT( 1 + r1 % 6, 'nina', 'li', 'mateo', 'amara', 'bjorn', 'rosa' ), ELT( 1 + ( r2 % 20 = 0 ), '', '+prints' ), '.',
			FLOOR( ${ n } / 3 * POW( r4 / 1000000, 2 ) ), '@', ELT( 1 + r1 % 5, 'example.com', 'example.org', 'mail.test', CONCAT( 'shop', r3 % 300, '.test' ), 'example.net' ) ) AS address
	FROM ( SELECT seq, DATE_ADD( DATE_SUB( DATE( UTC_TIMESTAMP() ), INTERVAL ${ DAYS } DAY ), INTERVAL FLOOR( seq * ${ DAYS * 86400 } / ${ n } ) SECOND ) AS created,
		${ hash( 'c' ) } AS chance, ${ hash( 'a' ) } AS r1, ${ hash( 'b' ) } AS r2, ${ hash( 'd' ) } AS r3, ${ hash( 'e' ) } AS r4
		FROM seq_${ from }_to_${ to } ) AS w`;

const STATUSES = [ 'awaiting_payment', 'pending', 'processing', 'completed', 'failed', 'abandoned' ];
const PAYMENTS = [ 'pending', 'paid', 'failed', 'partially_refunded', 'refunded' ];
const REASONS = [
	'disputed',
	'refund_failed',
	'failed_not_refunded',
	'amount_mismatch',
	'paid_not_started',
	'submit_unknown',
	'file_missing',
	'stuck_processing',
	'email_failed',
	'refund_pending',
];

/** Status, payment, attention and how many of a thousand jobs. */
const MIX: [ string, string, string | null, number ][] = [
	[ 'completed', 'paid', null, 640 ],
	[ 'completed', 'partially_refunded', null, 30 ],
	[ 'completed', 'refunded', null, 25 ],
	[ 'abandoned', 'pending', null, 150 ],
	[ 'abandoned', 'failed', null, 20 ],
	[ 'failed', 'refunded', null, 60 ],
	[ 'awaiting_payment', 'pending', null, 12 ],
	[ 'pending', 'paid', null, 5 ],
	[ 'processing', 'paid', null, 8 ],
	[ 'completed', 'paid', 'disputed', 6 ],
	[ 'completed', 'paid', 'email_failed', 4 ],
	[ 'completed', 'paid', 'file_missing', 3 ],
	[ 'completed', 'paid', 'refund_pending', 4 ],
	[ 'failed', 'paid', 'failed_not_refunded', 8 ],
	[ 'failed', 'paid', 'refund_failed', 5 ],
	[ 'failed', 'paid', 'refund_pending', 6 ],
	[ 'failed', 'partially_refunded', 'failed_not_refunded', 2 ],
	[ 'processing', 'paid', 'stuck_processing', 4 ],
	[ 'processing', 'paid', 'submit_unknown', 2 ],
	[ 'pending', 'paid', 'paid_not_started', 3 ],
	[ 'pending', 'paid', 'amount_mismatch', 2 ],
	[ 'awaiting_payment', 'failed', null, 1 ],
];

/** The mix as rows: low and high bound of chance, the words, and the number that the plugin keeps of them. */
export const FACETS = MIX.map( ( [ status, payment, attention, share ], at ) => {
	const low = MIX.slice( 0, at ).reduce( ( sum, [ , , , one ] ) => sum + one, 0 ) * 1000;
	const facet =
		( STATUSES.indexOf( status ) * 8 + PAYMENTS.indexOf( payment ) ) * 16 +
		( attention ? REASONS.indexOf( attention ) + 1 : 0 );
	const reason = attention ? `'${ attention }'` : 'NULL';
	return `SELECT ${ low } AS low, ${ low + share * 1000 } AS high, '${ status }' AS st, '${ payment }' AS pay, ${ reason } AS att, ${ facet } AS fac`;
} ).join( ' UNION ALL ' );

const PAID = "pay IN ( 'paid', 'partially_refunded', 'refunded' )";
const DONE = "st = 'completed'";
const PRICE =
	"IF( money = 'JPY', 100, 1 ) * IF( res = '8x', IF( money = 'JPY', 10, 9.9 ), IF( money = 'JPY', 5, 4.9 ) )";
/** One in two hundred of the sales that went well. */
const LOST = "st = 'completed' AND pay = 'paid' AND att IS NULL AND r3 % 200 = 7";
const WORKED = `INTERVAL 20 + FLOOR( 4000 * POW( r3 / 1000000, 6 ) ) + r2 % 90 SECOND`;

const when = ( condition: string, value: string ) => `IF( ${ condition }, ${ value }, NULL )`;

/** Column => SQL of its value. */
export const COLUMNS: Record< string, string > = {
	job_id: "CONCAT( LEFT( hex, 8 ), '-', SUBSTR( hex, 9, 4 ), '-4', SUBSTR( hex, 14, 3 ), '-a', SUBSTR( hex, 18, 3 ), '-', RIGHT( hex, 12 ) )",
	image_url:
		"CONCAT( 'https://example.org/wp-content/uploads/2025/0', 1 + post % 9, '/photograph-number-', post, '-1024x683.jpg' )",
	resolution: 'res',
	email: "IF( st = 'awaiting_payment', '', address )",
	email_domain: "IF( st = 'awaiting_payment', '', SUBSTRING_INDEX( address, '@', -1 ) )",
	post_id: 'post',
	attachment_id: 'IF( r3 % 50 = 0, NULL, 10000 + post )',
	image_width: '1024',
	image_height: '683',
	target_width: "IF( res = '8x', 8192, 4096 )",
	target_height: "IF( res = '8x', 5464, 2732 )",
	source_type: "'upsampler'",
	upload_file_path: "CONCAT( '2025/0', 1 + post % 9, '/photograph-number-', post, '.jpg' )",
	status: 'st',
	payment_status: 'pay',
	attention: 'att',
	facet: 'fac',
	upsampler_job_id: when( `${ PAID } AND st <> 'pending'`, 'LEFT( SHA1( hex ), 24 )' ),
	upscaled_url: when( DONE, "CONCAT( 'https://files.upsampler.test/results/', hex, '.jpg' )" ),
	upscaled_file_path: when( DONE, "CONCAT( 'smi-private/', LEFT( hex, 2 ), '/', hex, '/', hex, '.jpg' )" ),
	stripe_payment_intent_id: when( PAID, "CONCAT( 'pi_3', LEFT( SHA1( hex ), 23 ) )" ),
	stripe_checkout_session_id: "CONCAT( 'cs_live_a1', SHA1( hex ), LEFT( hex, 18 ) )",
	currency: 'money',
	amount_charged: PRICE,
	amount_cost: when( `${ PAID } AND st <> 'pending'`, "IF( res = '8x', 0.16, 0.04 )" ),
	credits_used: when( `${ PAID } AND st <> 'pending'`, "IF( res = '8x', 4, 1 )" ),
	stripe_fee: when( PAID, `ROUND( 0.30 + 0.029 * ${ PRICE }, 2 )` ),
	refund_amount: `CASE pay WHEN 'refunded' THEN ${ PRICE } WHEN 'partially_refunded' THEN IF( money = 'JPY', 200, 2 ) END`,
	refund_reason:
		"CASE WHEN pay IN ( 'refunded', 'partially_refunded' ) THEN IF( st = 'failed', 'The image could not be made', 'requested_by_customer' ) END",
	dispute_status: `CASE WHEN att = 'disputed' THEN 'needs_response' WHEN ${ LOST } THEN 'lost' END`,
	dispute_amount: when( `att = 'disputed' OR ( ${ LOST } )`, PRICE ),
	failure_reason:
		"CASE st WHEN 'failed' THEN 'The upscaler answered: the image could not be read.' WHEN 'abandoned' THEN 'The checkout expired without a payment.' END",
	attempt_count: `IF( ${ PAID } AND st <> 'pending', 1, 0 )`,
	download_token: when( DONE, 'SHA2( hex, 256 )' ),
	download_generation: `IF( ${ DONE }, 1, 0 )`,
	download_count: `IF( ${ DONE }, r1 % 4, 0 )`,
	email_sent: `${ DONE } AND COALESCE( att, '' ) <> 'email_failed'`,
	paid_at: when( PAID, 'paid' ),
	processing_started_at: when( `${ PAID } AND st <> 'pending'`, 'DATE_ADD( paid, INTERVAL 2 + r2 % 7 SECOND )' ),
	completed_at: when( DONE, `DATE_ADD( paid, ${ WORKED } )` ),
	failed_at: when( "st = 'failed'", `DATE_ADD( paid, ${ WORKED } )` ),
	refunded_at: when(
		"pay IN ( 'refunded', 'partially_refunded' )",
		'DATE_ADD( paid, INTERVAL 600 + r1 % 90000 SECOND )'
	),
	created_at: 'created',
	updated_at: `DATE_ADD( created, INTERVAL 200 + r1 % 5000 SECOND )`,
	livemode: '1',
	version: '1 + r1 % 9',
};
