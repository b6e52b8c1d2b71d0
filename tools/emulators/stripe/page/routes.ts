import type { FastifyInstance, FastifyReply } from 'fastify';
import type Stripe from 'stripe';
import type { FormObject } from '../../shared/form.ts';
import { worldWith, type Context, type Worlds } from '../context.ts';
import { idOf } from '../ids.ts';
import { applyOutcome, catchUp, type Outcome } from '../outcomes/session.ts';
import { authenticationPage, messagePage, payPage } from './html.ts';

/** Stripe's own test cards, and what they lead to. */
const CARDS: Record< string, Outcome > = {
	'4000000000000002': 'decline',
	'4000000000009235': 'pay_reviewed',
	'4000002500003155': 'authenticate',
	'4000000000003220': 'authenticate',
};
const CHOICES: readonly string[] = [ 'pay', 'pay_later', 'decline', 'cancel', 'fail_authentication' ];

type Session = Stripe.Checkout.Session;

function html( reply: FastifyReply, status: number, text: string ): FastifyReply {
	return reply
		.code( status )
		.header( 'content-type', 'text/html; charset=utf-8' )
		.header( 'cache-control', 'no-store' )
		.header(
			'content-security-policy',
			"default-src 'none'; img-src * data:; style-src 'unsafe-inline'; base-uri 'none'"
		)
		.send( text );
}

function successUrl( session: Session ): string {
	return ( session.success_url ?? '/' ).replaceAll( '{CHECKOUT_SESSION_ID}', session.id );
}

function closedPage( session: Session ): [ string, string, string | null ] {
	if ( session.status === 'expired' ) {
		return [ 'This payment page has expired', 'Nothing was charged. Start again in the shop.', session.cancel_url ];
	}
	return [ 'This payment is complete', 'You need not pay again.', successUrl( session ) ];
}

function show( context: Context, session: Session, isDeclined: boolean ): string {
	const line = context.store.get( 'lineItems', session.id )?.items[ 0 ];
	const product = context.store.get( 'products', idOf( line?.price?.product ) ?? '' );
	return payPage( {
		session,
		name: line?.description ?? 'Picture',
		image: product?.images[ 0 ] ?? null,
		isDeclined,
	} );
}

function choiceOf( form: FormObject ): Outcome {
	const outcome = String( form[ 'outcome' ] ?? 'pay' );
	const card = String( form[ 'card' ] ?? '' ).replaceAll( /\D/g, '' );
	const byCard = CARDS[ card ];
	if ( outcome === 'pay' && byCard ) {
		return byCard;
	}
	return ( CHOICES.includes( outcome ) ? outcome : 'pay' ) as Outcome;
}

function nextUrl( session: Session, outcome: Outcome, email: string ): string {
	if ( outcome === 'decline' || outcome === 'fail_authentication' ) {
		return `/c/pay/${ session.id }?declined=1`;
	}
	if ( outcome === 'authenticate' ) {
		return `/c/pay/${ session.id }?${ new URLSearchParams( { authenticate: '1', email } ) }`;
	}
	return outcome === 'cancel' ? ( session.cancel_url ?? `/c/pay/${ session.id }` ) : successUrl( session );
}

/** The hosted payment page that `session.url` leads to. */
export function addPageRoutes( app: FastifyInstance, worlds: Worlds ): void {
	const find = ( request: { params: unknown } ) => {
		const { id } = request.params as { id: string };
		const context = worldWith( worlds, 'sessions', id );
		catchUp( context );
		return { context, session: context.store.get( 'sessions', id ) };
	};
	const unknown = messagePage(
		'There is no such payment page',
		'Nothing was charged. Start again in the shop.',
		null
	);

	app.get( '/c/pay/:id', async ( request, reply ) => {
		const { context, session } = find( request );
		if ( ! session ) {
			return html( reply, 404, unknown );
		}
		if ( session.status !== 'open' ) {
			return html( reply, 200, messagePage( ...closedPage( session ) ) );
		}
		const { url = '' } = request.raw;
		const intent = context.store.get( 'intents', idOf( session.payment_intent ) ?? '' );
		if ( url.includes( 'authenticate=1' ) && intent?.status === 'requires_action' ) {
			return html(
				reply,
				200,
				authenticationPage( session, new URLSearchParams( url.split( '?' )[ 1 ] ).get( 'email' ) ?? '' )
			);
		}
		return html( reply, 200, show( context, session, url.includes( 'declined=1' ) ) );
	} );

	app.post( '/c/pay/:id', async ( request, reply ) => {
		const { context, session } = find( request );
		if ( ! session ) {
			return html( reply, 404, unknown );
		}
		if ( session.status !== 'open' ) {
			return html( reply, 200, messagePage( ...closedPage( session ) ) );
		}
		const form = ( request.body ?? {} ) as FormObject;
		const outcome = choiceOf( form );
		const email = String( form[ 'email' ] ?? '' ).trim();
		applyOutcome( context, session, outcome, session.customer_email ?? ( email === '' ? undefined : email ) );
		return reply.redirect( nextUrl( session, outcome, email ), 303 );
	} );

	app.get( '/receipts/:id', async ( _request, reply ) =>
		html( reply, 200, messagePage( 'Receipt', 'This is a test payment. No money moved.', null ) )
	);
}
