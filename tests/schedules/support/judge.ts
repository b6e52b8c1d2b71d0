/** What must be true at the end, whatever happened: by the providers' own ledgers and the site's rows. */
import type Stripe from 'stripe';
import type { Row, Seen } from './site.ts';
import type { World } from './world.ts';

interface Facts {
	world: World;
	seen: Seen;
	sessions: Stripe.Checkout.Session[];
	intents: Stripe.PaymentIntent[];
	refunds: Stripe.Refund[];
	disputes: Stripe.Dispute[];
}

type JobRow = Seen[ 'jobs' ][ number ];

/** Of one job. */
interface Case extends Facts {
	job: JobRow;
	own: { attempts: Row[]; refunds: Row[]; made: Stripe.Refund[]; intents: Stripe.PaymentIntent[] };
	charged: number;
	returned: number;
}

/** A sentence about what is wrong, or nothing. */
type Check = ( one: Case ) => string | boolean | null | undefined;

const minor = ( amount: string | null | undefined ) => Math.round( Number( amount ?? 0 ) * 100 );

/** What an owner sees and can do something about. */
const isShown = ( { attention_all: reasons }: JobRow ) => reasons.length > 0;

const CHECKS: Record< string, Check > = {
	'a job has one payment page': ( { sessions, job } ) =>
		sessions.filter( ( { metadata } ) => metadata?.[ 'smi_job' ] === job.job_id ).length > 1,

	'a buyer pays once': ( { own } ) => own.intents.filter( ( { status } ) => status === 'succeeded' ).length > 1,

	'what Stripe took is known': ( { charged, job } ) =>
		charged > 0
			? ! [ 'paid', 'partially_refunded', 'refunded' ].includes( job.payment_status ?? '' ) &&
				`it is ${ job.payment_status }`
			: [ 'paid', 'partially_refunded', 'refunded' ].includes( job.payment_status ?? '' ) &&
				'nothing was charged',

	'the amount is what Stripe took': ( { charged, job } ) =>
		charged > 0 && minor( job.amount_charged ) !== charged && `${ job.amount_charged } for ${ charged }`,

	'no more is returned than was charged': ( { charged, returned } ) =>
		returned > charged && `${ returned } of ${ charged }`,

	'each refund is made once': ( { own } ) => {
		const marks = own.made
			.map( ( { metadata } ) => metadata?.[ 'smi_refund' ] )
			.filter( ( mark ) => mark !== undefined );
		return new Set( marks ).size < marks.length && JSON.stringify( marks );
	},

	'refund_amount is what Stripe returned': ( { returned, job, charged } ) =>
		charged > 0 && minor( job.refund_amount ) !== returned && `${ job.refund_amount } for ${ returned }`,

	'the state of the payment follows from what was returned': ( { charged, returned, job } ) => {
		const ofSome = returned < charged ? 'partially_refunded' : 'refunded';
		const expected = returned === 0 ? 'paid' : ofSome;
		return charged > 0 && job.payment_status !== expected && `${ job.payment_status } instead of ${ expected }`;
	},

	"each of Stripe's refunds has one row that says the same": ( { own } ) =>
		own.made
			.filter( ( { id, status } ) => {
				const rows = own.refunds.filter( ( row ) => row.stripe_refund_id === id );
				return rows.length !== 1 || rows[ 0 ]?.status !== status;
			} )
			.map( ( { id, status } ) => `${ id } is ${ status }` )
			.join(),

	'a row that succeeded is a refund at Stripe': ( { own } ) =>
		own.refunds
			.filter(
				( { status, stripe_refund_id: id } ) =>
					[ 'succeeded', 'pending' ].includes( status ?? '' ) && ! own.made.some( ( one ) => one.id === id )
			)
			.map( ( { uuid } ) => String( uuid ) )
			.join(),

	'no refund waits unseen': ( { own, job } ) =>
		own.refunds.some( ( { status } ) => [ 'requested', 'sending' ].includes( status ?? '' ) ) && ! isShown( job ),

	'an attempt is bought once': ( { world, own } ) =>
		own.attempts
			.filter(
				( { uuid } ) => world.providers.purchases.filter( ( { attempt } ) => attempt === uuid ).length > 1
			)
			.map( ( { uuid } ) => String( uuid ) )
			.join(),

	'a payment starts a job once': ( { own } ) => {
		const first = own.attempts.filter( ( { is_override: by, retry_of: of } ) => by === '0' && of === null );
		return first.length > 1 && `${ first.length } attempts`;
	},

	'a failed attempt is followed once': ( { own } ) => {
		const after = own.attempts.map( ( { retry_of: of } ) => of ).filter( ( of ) => of !== null );
		return new Set( after ).size < after.length && JSON.stringify( after );
	},

	'the owner gets no more attempts than he asked for': ( { world, own, job } ) => {
		const asked = own.attempts.filter( ( { is_override: by, retry_of: of } ) => by === '1' && of === null );
		const most = world.again.get( job.job_id ?? '' ) ?? 0;
		return asked.length > most && `${ asked.length } for ${ most }`;
	},

	'what is called unknown without having been sent was begun by a bridge that was cut off': ( { world, own } ) =>
		own.attempts
			.filter(
				( { uuid, state, error } ) =>
					state === 'unknown' || ( state === 'failed' && error === 'no_answer' && uuid )
			)
			.filter( ( { uuid } ) => ! world.providers.purchases.some( ( { attempt } ) => attempt === uuid ) )
			.filter( ( { uuid } ) => ! world.isDoubtful( uuid ?? '' ) )
			.map( ( { uuid } ) => String( uuid ) )
			.join(),

	'what the upscaler told of itself is kept': ( { world, own } ) =>
		world.providers.purchases
			.filter(
				( { isTold, id, attempt } ) =>
					isTold && own.attempts.some( ( { uuid, provider_id: known } ) => uuid === attempt && known !== id )
			)
			.map( ( { id } ) => id )
			.join(),

	'what is never known to have been bought may have cost something': ( { world, own } ) =>
		world.providers.purchases
			.filter( ( { attempt } ) =>
				own.attempts.some(
					( row ) => row.uuid === attempt && row.provider_id === null && row.may_cost_credits === '0'
				)
			)
			.map( ( { id } ) => id )
			.join(),

	'it ends, or somebody is told': ( { job } ) =>
		! [ 'completed', 'failed', 'abandoned' ].includes( job.status ?? '' ) &&
		! isShown( job ) &&
		`it is ${ job.status }`,

	'who paid has a file, or the money, or the owner knows': ( { job, charged, returned } ) =>
		charged > 0 && job.status !== 'completed' && returned < charged && ! isShown( job ) && `it is ${ job.status }`,

	'who paid is not forgotten': ( { job, charged } ) => charged > 0 && job.status === 'abandoned' && ! isShown( job ),

	'completed means a file': ( { job, own } ) => {
		const attempt = own.attempts.find( ( { uuid } ) => uuid === job.current_attempt );
		if ( job.status !== 'completed' ) {
			return null;
		}
		return job.file === null
			? 'there is none'
			: ( job.file.size.join( '×' ) !== '128×96' && `it is ${ job.file.size.join( '×' ) }` ) ||
					( attempt?.state === 'succeeded' &&
						attempt.file_sha256 !== job.file.sha256 &&
						'it is another one' );
	},

	'who has a file is not given his money back by itself': ( { job, own } ) =>
		job.status === 'completed' &&
		job.refund_acknowledged === '0' &&
		own.refunds.some(
			( { origin, status } ) => origin === 'auto' && ! [ 'canceled', 'failed' ].includes( status ?? '' )
		),

	'a payment is told of at least once': ( { world, job, charged, seen } ) => {
		const times = seen.fired.filter( ( [ id, { admin_override: by } ] ) => id === job.job_id && by !== true );
		const isHeld = job.mismatch !== null || job.payment_status === 'refunded';
		const fresh = times.filter( ( [ , { redelivery } ] ) => redelivery === undefined );
		return (
			( charged > 0 && ! isHeld && times.length === 0 && 'never' ) ||
			( fresh.length > 1 && `${ fresh.length } times as if for the first time` ) ||
			( times.length > 1 && world.phpKills === 0 && `${ times.length } times, and nobody was killed` )
		);
	},

	'a dispute is known': ( { job, disputes, own } ) => {
		const newest = disputes.findLast( ( { payment_intent: of } ) => own.intents.some( ( { id } ) => id === of ) );
		return (
			newest !== undefined &&
			job.dispute_status !== newest.status &&
			`${ job.dispute_status } for ${ newest.status }`
		);
	},
};

/** Commands that come again for ever. */
export const LASTING = [ 'sweep', 'purge', 'reconcile' ];

function leftOver( { commands, now, jobs }: Seen ): string[] {
	return commands
		.filter( ( { kind } ) => ! LASTING.includes( kind ?? '' ) )
		.filter( ( { due_at, leased_until: until } ) => ( until ?? due_at ?? '' ) <= now )
		.filter( ( { job_id } ) => ! jobs.some( ( job ) => job.job_id === job_id && isShown( job ) ) )
		.map(
			( { kind, object, due_at, tries } ) =>
				`left undone: ${ kind } ${ object }, due ${ due_at }, ${ tries } tries`
		);
}

export async function judge( world: World, seen: Seen ): Promise< string[] > {
	const { providers } = world;
	const facts: Facts = {
		world,
		seen,
		sessions: await providers.list( 'checkout/sessions' ),
		intents: await providers.list( 'payment_intents' ),
		refunds: await providers.list( 'refunds' ),
		disputes: await providers.list( 'disputes' ),
	};
	return [ ...leftOver( seen ), ...seen.jobs.flatMap( ( job ) => faultsOf( caseOf( job, facts ) ) ) ];
}

function caseOf( job: JobRow, facts: Facts ): Case {
	const intents = facts.intents.filter( ( { metadata } ) => metadata[ 'smi_job' ] === job.job_id );
	const made = facts.refunds.filter( ( { payment_intent: of } ) => intents.some( ( { id } ) => id === of ) );
	const sum = ( amounts: number[] ) => amounts.reduce( ( all, one ) => all + one, 0 );
	return {
		...facts,
		job,
		own: {
			attempts: facts.seen.attempts.filter( ( { job_id } ) => job_id === job.job_id ),
			refunds: facts.seen.refunds.filter( ( { job_id } ) => job_id === job.job_id ),
			made,
			intents,
		},
		charged: sum(
			intents.filter( ( { status } ) => status === 'succeeded' ).map( ( one ) => one.amount_received )
		),
		returned: sum( made.filter( ( { status } ) => status === 'succeeded' ).map( ( { amount } ) => amount ) ),
	};
}

function faultsOf( one: Case ): string[] {
	return Object.entries( CHECKS ).flatMap( ( [ rule, check ] ) => {
		const fault = check( one );
		return fault
			? [
					`${ rule }: job ${ one.job.job_id } (${ one.job.status }/${ one.job.payment_status })${ fault === true ? '' : `, ${ fault }` }`,
				]
			: [];
	} );
}
