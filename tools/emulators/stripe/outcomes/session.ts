import type Stripe from 'stripe';
import type { Context } from '../context.ts';
import { idOf } from '../ids.ts';
import { customerDetails } from '../objects/session.ts';
import { bookOverdue } from './balance.ts';
import { Impossible } from './impossible.ts';
import {
	askToAuthenticate,
	ensureIntent,
	failAuthentication,
	newCharge,
	noteAuthentication,
	refuse,
	succeed,
} from './payment.ts';
import { openReview } from './review.ts';

export const OUTCOMES = [
	'pay',
	'pay_later',
	'settle',
	'fail',
	'decline',
	'cancel',
	'expire',
	'authenticate',
	'fail_authentication',
	'pay_reviewed',
] as const;
export type Outcome = ( typeof OUTCOMES )[ number ];

type Session = Stripe.Checkout.Session;
type Step = ( context: Context, session: Session, email: string | undefined ) => void;

const SOMEBODY = 'buyer@example.com';

function payer( session: Session, email: string | undefined ): string {
	return email ?? session.customer_details?.email ?? session.customer_email ?? SOMEBODY;
}

function needOpen( session: Session ): void {
	if ( session.status !== 'open' ) {
		throw new Impossible( `This session is ${ session.status }, no longer open.` );
	}
}

function complete( session: Session, paymentStatus: 'paid' | 'unpaid', email: string ): void {
	Object.assign( session, {
		customer_details: customerDetails( email ),
		payment_status: paymentStatus,
		status: 'complete',
		url: null,
	} satisfies Partial< Session > );
}

function payWithCard( context: Context, session: Session, email: string | undefined, isReviewed: boolean ): void {
	needOpen( session );
	const intent = ensureIntent( context, session );
	const wasAuthenticated = intent.status === 'requires_action';
	const charge = newCharge( context, intent, { email: payer( session, email ), method: 'card', last4: '4242' } );
	if ( wasAuthenticated ) {
		noteAuthentication( charge );
	}
	succeed( context, intent, charge );
	complete( session, 'paid', payer( session, email ) );
	if ( isReviewed ) {
		openReview( context, intent, charge );
	}
	context.events.emit( 'charge.succeeded', charge );
	context.events.emit( 'payment_intent.succeeded', intent );
	context.events.emit( 'checkout.session.completed', session );
}

const pay: Step = ( context, session, email ) => payWithCard( context, session, email, context.settings().review );

/** The bank asks for 3-D Secure; `pay` then goes on, as when the buyer did what was asked. */
const authenticate: Step = ( context, session ) => {
	needOpen( session );
	context.events.emit( 'payment_intent.requires_action', askToAuthenticate( context, session ) );
};

const giveUpAuthentication: Step = ( context, session ) => {
	needOpen( session );
	const intent = context.store.get( 'intents', idOf( session.payment_intent ) ?? '' );
	if ( intent?.status !== 'requires_action' ) {
		throw new Impossible( 'No authentication is under way for this session. Use "authenticate" first.' );
	}
	failAuthentication( intent );
	context.events.emit( 'payment_intent.payment_failed', intent );
};

const payLater: Step = ( context, session, email ) => {
	needOpen( session );
	const intent = ensureIntent( context, session );
	const charge = newCharge( context, intent, { email: payer( session, email ), method: 'bank', last4: '6789' } );
	intent.status = 'processing';
	complete( session, 'unpaid', payer( session, email ) );
	context.events.emit( 'charge.pending', charge );
	context.events.emit( 'payment_intent.processing', intent );
	context.events.emit( 'checkout.session.completed', session );
};

function processing( context: Context, session: Session ): [ Stripe.PaymentIntent, Stripe.Charge ] {
	const intent = context.store.get( 'intents', idOf( session.payment_intent ) ?? '' );
	const charge = context.store.get( 'charges', idOf( intent?.latest_charge ) ?? '' );
	if ( ! intent || ! charge || intent.status !== 'processing' ) {
		throw new Impossible( 'No delayed payment is under way for this session. Use "pay_later" first.' );
	}
	return [ intent, charge ];
}

const settle: Step = ( context, session ) => {
	const [ intent, charge ] = processing( context, session );
	succeed( context, intent, charge );
	session.payment_status = 'paid';
	context.events.emit( 'charge.succeeded', charge );
	context.events.emit( 'payment_intent.succeeded', intent );
	context.events.emit( 'checkout.session.async_payment_succeeded', session );
};

const fail: Step = ( context, session ) => {
	const [ intent, charge ] = processing( context, session );
	refuse( intent, charge );
	context.events.emit( 'charge.failed', charge );
	context.events.emit( 'payment_intent.payment_failed', intent );
	context.events.emit( 'checkout.session.async_payment_failed', session );
};

const decline: Step = ( context, session, email ) => {
	needOpen( session );
	const intent = ensureIntent( context, session );
	const charge = newCharge( context, intent, { email: payer( session, email ), method: 'card', last4: '0002' } );
	refuse( intent, charge );
	context.events.emit( 'charge.failed', charge );
	context.events.emit( 'payment_intent.payment_failed', intent );
};

function cancelIntent( context: Context, session: Session ): void {
	const intent = context.store.get( 'intents', idOf( session.payment_intent ) ?? '' );
	if ( ! intent || intent.status === 'succeeded' ) {
		return;
	}
	intent.status = 'canceled';
	intent.canceled_at = context.clock.seconds();
	intent.cancellation_reason = 'automatic' as Stripe.PaymentIntent.CancellationReason;
	context.events.emit( 'payment_intent.canceled', intent );
}

const expire: Step = ( context, session ) => {
	needOpen( session );
	session.status = 'expired';
	session.url = null;
	cancelIntent( context, session );
	context.events.emit( 'checkout.session.expired', session );
};

const STEPS: Record< Outcome, Step > = {
	pay,
	pay_later: payLater,
	settle,
	fail,
	decline,
	// The buyer goes back to the shop; the session stays open.
	cancel: ( _context, session ) => needOpen( session ),
	expire,
	authenticate,
	fail_authentication: giveUpAuthentication,
	pay_reviewed: ( context, session, email ) => payWithCard( context, session, email, true ),
};

/** Lets something happen to a session. @throws Impossible when its state forbids it. */
export function applyOutcome( context: Context, session: Session, outcome: Outcome, email?: string ): Session {
	STEPS[ outcome ]( context, session, email );
	context.store.changed();
	return session;
}

/** What time does by itself: open sessions expire, late balance transactions come in. */
export function catchUp( context: Context ): void {
	bookOverdue( context );
	for ( const { value: session, born } of context.store.rows( 'sessions' ) ) {
		if ( session.status === 'open' && context.clock.secondsFor( born ) >= session.expires_at ) {
			applyOutcome( context, session, 'expire' );
		}
	}
}
