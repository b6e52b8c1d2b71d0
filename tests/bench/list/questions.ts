/**
 * What owners ask the Jobs screen and programs the REST API, with values of the seed that match many, few and none. The first ones may take
 * twice as long as a route that does nothing, the others four times.
 */
import { SORTABLE } from '../../../admin-src/jobs/fields/names.ts';

export interface Question {
	/** Of smi/v1. */
	path: string;
	/** How many times as long as an empty route it may take. */
	atMost: 2 | 4;
}

type Params = Record< string, string >;

/** Looked up in the seeded table, so that they exist. */
export interface Known {
	jobId: string;
	/** Who bought most often, and who bought once. */
	regular: string;
	once: string;
	/** The post with most jobs, and one with few; likewise the pictures. */
	post: string;
	smallPost: string;
	picture: string;
	domain: string;
	smallDomain: string;
	/** A word of many titles, and one of a single title. */
	word: string;
	rareWord: string;
	/** How many completed jobs there are, and how many in all. */
	completed: number;
	all: number;
}

const ago = ( days: number ) => new Date( Date.now() - days * 86_400_000 ).toISOString().replace( /\.\d+Z/, 'Z' );

const STATUSES = [ 'awaiting_payment', 'pending', 'processing', 'completed', 'failed', 'abandoned' ];
const PAYMENTS = [ 'pending', 'paid', 'failed', 'partially_refunded', 'refunded' ];
const PROBLEMS = [ 'any', 'disputed', 'refund_failed', 'email_failed', 'file_missing', 'refund_pending' ];
const FACETS: Params[] = [ {}, { status: 'completed' }, { payment_status: 'refunded' }, { attention: 'any' } ];

const list = ( params: Params, atMost: Question[ 'atMost' ] = 2 ): Question => ( {
	path: `/jobs?${ new URLSearchParams( params ) }`,
	atMost,
} );

/** One for each kind of filter that may be combined with others. */
const filters = ( known: Known ): Record< string, Params > => ( {
	status: { status: 'completed' },
	payment: { payment_status: 'refunded' },
	attention: { attention: 'any' },
	email: { email: known.regular },
	post: { post_id: known.post },
	picture: { attachment_id: known.picture },
	range: { after: ago( 400 ), before: ago( 300 ) },
} );

function alone( known: Known ): Params[] {
	return [
		{},
		...STATUSES.map( ( status ) => ( { status } ) ),
		...PAYMENTS.map( ( payment ) => ( { payment_status: payment } ) ),
		...PROBLEMS.map( ( attention ) => ( { attention } ) ),
		{ status: 'failed,abandoned,pending' },
		{ email: known.regular },
		{ email: known.once },
		{ email: 'nobody@example.com' },
		{ email_start: 'nina' },
		{ post_id: known.post },
		{ post_id: known.smallPost },
		{ attachment_id: known.picture },
		{ after: ago( 1 ) },
		{ after: ago( 400 ), before: ago( 300 ) },
		{ before: ago( 700 ) },
	];
}

function pairs( known: Known ): Params[] {
	const each = Object.values( filters( known ) );
	return each.flatMap( ( one, at ) => each.slice( at + 1 ).map( ( other ) => ( { ...one, ...other } ) ) );
}

const searches = ( known: Known ): Params[] =>
	[
		known.jobId,
		known.jobId.slice( 0, 8 ),
		known.regular,
		known.once,
		`@${ known.domain }`,
		`@${ known.smallDomain }`,
		known.word,
		known.rareWord,
		`${ known.word } ${ known.rareWord }`,
		'nothing-has-this-word',
	].map( ( search ) => ( { search } ) );

const sorts = (): Params[] =>
	SORTABLE.flatMap( ( orderby ) =>
		[ 'asc', 'desc' ].flatMap( ( order ) => FACETS.map( ( facet ) => ( { orderby, order, ...facet } ) ) )
	);

function counts( known: Known ): Question[] {
	return Object.values( { none: {}, ...filters( known ) } )
		.filter( ( params ) => ! ( 'status' in params ) && ! ( 'attention' in params ) )
		.map( ( params ) => ( { path: `/jobs/stats?${ new URLSearchParams( params as Params ) }`, atMost: 2 } ) );
}

/** Far back, and orders that no index holds together with the filter. */
function slower( known: Known ): Question[] {
	const far = ( many: number ) => String( Math.max( 1, Math.min( 20_000, Math.floor( many / 20 ) - 1 ) ) );
	const small: Params[] = [
		{ email: known.regular },
		{ post_id: known.smallPost },
		{ search: known.rareWord },
		{ search: `@${ known.smallDomain }` },
		{ attention: 'any', after: ago( 60 ) },
	];
	return [
		list( { page: far( known.all ) }, 4 ),
		list( { page: far( known.all ), order: 'asc' }, 4 ),
		list( { page: far( known.completed ), status: 'completed' }, 4 ),
		list( { page: far( known.completed ), status: 'completed', payment_status: 'paid' }, 4 ),
		...small.flatMap( ( filter ) =>
			[ 'amount_charged', 'paid_at', 'email' ].map( ( orderby ) => list( { ...filter, orderby }, 4 ) )
		),
		{ path: '/jobs/stats?report=1', atMost: 4 },
		{ path: '/jobs/stats?report=1&status=completed', atMost: 4 },
	];
}

export const questions = ( known: Known ): Question[] => [
	...[ ...alone( known ), ...pairs( known ), ...searches( known ), ...sorts() ].map( ( params ) => list( params ) ),
	...counts( known ),
	...slower( known ),
];
