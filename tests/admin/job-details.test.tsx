import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';

import { answerWith, callsTo, refusal } from './support/network';
import { jobId, makeDetail, makeJob } from './support/jobs';
import { bootJobs, fakeSite, openScreen } from './support/screen';
import { store } from '../../admin-src/jobs/store';

const address = ( n: number ) => `?page=smi-jobs&job=${ jobId( n ) }`;
const panel = () => screen.findByRole( 'complementary', { name: 'Job' } );

beforeEach( () => bootJobs() );

describe( 'the details of a job', () => {
	it( 'says who did it, without the codes of machines', async () => {
		const line = { from: null, ref: null, at: '2026-11-20T10:05:00Z' };
		const events = [
			{ ...line, actor: 'user:7', actor_name: 'Ada', type: 'refund', to: 'requested', reason: 'Too late.' },
			{ ...line, actor: 'user:8', actor_name: null, type: 'action', to: 'retry', reason: 'admin_override' },
			{
				...line,
				actor: 'cli',
				actor_name: null,
				type: 'attempt',
				to: 'failed',
				reason: 'timeout: It took too long.',
			},
			{ ...line, actor: 'stripe', actor_name: null, type: 'dispute', to: 'won', reason: 'general' },
			{ ...line, actor: 'stripe', actor_name: null, type: 'dispute', to: 'lost', reason: 'customer_initiated' },
			{ ...line, actor: 'system', actor_name: null, type: 'email', to: 'retry', reason: 'It was not taken.' },
		];
		fakeSite( { jobs: [ makeJob( 1 ) ], details: [ makeDetail( 1, { events } ) ] } );
		openScreen( address( 1 ) );
		const story = ( await within( await panel() ).findAllByRole( 'listitem' ) ).map( ( item ) => item.textContent );
		expect( story[ 0 ] ).toMatch( /^Refund: Asked for.* · by AdaToo late\.$/ );
		expect( story[ 1 ] ).toMatch( /by somebody who has no account any moreAsked for by hand$/ );
		expect( story[ 2 ] ).toMatch( /on the command lineIt took too long\.$/ );
		expect( story[ 3 ] ).toMatch( /^Dispute: won.* · in Stripe$/ );
		expect( story[ 4 ] ).toMatch( /in StripeThe bank says: the customer objected$/ );
		expect( story[ 5 ] ).toMatch( /^E-mail was not taken.*by itselfIt was not taken\.$/ );
	} );

	it( 'counts the time of a job that is on its way, and says what is usual', async () => {
		const paid = new Date( Date.now() - 100_000 ).toISOString();
		const waiting = { status: 'processing', paid_at: paid, completed_at: null } as const;
		const done = Array.from( { length: 6 }, ( _, n ) => makeJob( 30 + n ) );
		fakeSite( { jobs: [ makeJob( 1, waiting ) ], details: [ makeDetail( 1, waiting ) ] } );
		answerWith( ( { query } ) => ( query.get( 'orderby' ) === 'completed_at' ? { body: done } : undefined ) );
		openScreen( address( 1 ) );
		const inside = within( await panel() );
		expect( await inside.findByRole( 'timer' ) ).toHaveTextContent( /^The customer has waited 10\d s so far\.$/ );
		expect( await inside.findByText( 'Usual: 60 s.' ) ).toBeInTheDocument();
	} );

	it( 'leads to refund, dispute and customer at Stripe, in the mode the job was paid in', async () => {
		const event = { from: null, actor: 'bridge', actor_name: null, reason: null, at: '2026-11-20T10:05:00Z' };
		const live = makeDetail( 1, {
			livemode: true,
			dispute_status: 'needs_response',
			events: [ { ...event, type: 'dispute', to: 'needs_response', ref: 'dp_1' } ],
		} );
		fakeSite( { jobs: [ makeJob( 1 ) ], details: [ live ] } );
		openScreen( address( 1 ) );
		const inside = within( await panel() );
		expect( await inside.findByRole( 'link', { name: /See the dispute/ } ) ).toHaveAttribute(
			'href',
			'https://dashboard.stripe.com/disputes/dp_1'
		);
		expect( inside.getByRole( 'link', { name: /Find the customer/ } ) ).toHaveAttribute(
			'href',
			'https://dashboard.stripe.com/search?query=buyer1%40example.org'
		);
		expect( inside.queryByText( 'Test mode: no real money.' ) ).not.toBeInTheDocument();
	} );

	it( 'shows the number of a dispute, and leads to it also where the log does not know it', async () => {
		const disputed = makeDetail( 1, {
			livemode: true,
			dispute_status: 'warning_needs_response',
			dispute_id: 'du_1AbC',
		} );
		fakeSite( { jobs: [ makeJob( 1 ) ], details: [ disputed ] } );
		openScreen( address( 1 ) );
		const inside = within( await panel() );
		expect( await inside.findByText( 'the bank asks, Stripe waits for your answer' ) ).toBeInTheDocument();
		expect( inside.getByRole( 'link', { name: /See the dispute/ } ) ).toHaveAttribute(
			'href',
			'https://dashboard.stripe.com/disputes/du_1AbC'
		);
		expect( inside.getByText( 'du_1AbC' ) ).toBeInTheDocument();
	} );

	it( 'gives a customer the link back in one click, where the bank gave the refund back', async () => {
		const refund = { currency: 'USD', origin: 'manual', reason: null, note: null, stripe_refund_id: null } as const;
		const row = { ...refund, failure_message: null, requested_by: 'user:1', requested_by_name: 'Ada' };
		const at = '2026-11-20T10:05:00Z';
		const times = { created_at: at, updated_at: at, settled_at: at };
		const back = makeDetail( 1, {
			attention: 'refund_failed',
			attention_all: [ 'refund_failed' ],
			refunds: [
				{ ...row, ...times, uuid: 'b', amount: '2.90', status: 'succeeded', failure_code: null },
				{ ...row, ...times, uuid: 'a', amount: '2.00', status: 'failed', failure_code: 'lost_or_stolen_card' },
			],
			download: { ...makeDetail( 1 ).download, state: 'revoked', url: null },
			allowed_actions: [ 'retry', 'refund', 'download_token', 'status' ],
		} );
		fakeSite( { jobs: [ makeJob( 1 ) ], details: [ back ] } );
		const { user } = openScreen( address( 1 ) );
		const inside = within( await panel() );
		const box = within( await inside.findByRole( 'group', { name: 'Refund failed' } ) );
		expect( box.getByText( /The card was lost or stolen\.$/ ) ).toBeInTheDocument();
		expect( inside.getByText( 'The image was made, and its link is switched off.' ) ).toBeInTheDocument();
		expect( box.getByRole( 'button', { name: 'Try refund again…' } ) ).toBeInTheDocument();
		await user.click( box.getByRole( 'button', { name: 'Send a new link' } ) );
		expect( callsTo( 'POST', `/jobs/${ jobId( 1 ) }/download-token` ).map( ( { body } ) => body ) ).toEqual( [
			{ notify: true },
		] );
	} );

	it( 'says that a bank debit is on its way, in the list, in the panel and in the log', async () => {
		const waiting = { status: 'awaiting_payment', payment_status: 'pending', is_payment_under_way: true } as const;
		const line = { at: '2026-11-20T10:05:00Z', actor: 'stripe', actor_name: null, from: null, reason: null };
		const detail = makeDetail( 1, {
			...waiting,
			paid_at: null,
			events: [ { ...line, type: 'payment', to: 'under_way', ref: 'pi_1' } ],
		} );
		fakeSite( { jobs: [ makeJob( 1, waiting ) ], details: [ detail ] } );
		openScreen( address( 1 ) );
		const inside = within( await panel() );
		expect( await inside.findByText( 'On its way' ) ).toBeInTheDocument();
		expect( inside.getByText( /^The customer has confirmed the payment; the bank brings/ ) ).toBeInTheDocument();
		expect( inside.getByText( 'Payment confirmed by the customer, on its way' ) ).toBeInTheDocument();
		expect( inside.queryByText( /^At the checkout for/ ) ).not.toBeInTheDocument();
		expect( screen.getAllByText( 'Payment on its way' ).length ).toBeGreaterThan( 1 );
	} );

	it( 'says how much a refund would be before it asks', async () => {
		const failed = makeDetail( 1, { status: 'failed', attention_all: [ 'failed_not_refunded' ] } );
		fakeSite( { jobs: [ makeJob( 1 ) ], details: [ failed ] } );
		const { user } = openScreen( address( 1 ) );
		await user.click( await within( await panel() ).findByRole( 'button', { name: 'Refund $4.90…' } ) );
		expect( await screen.findByRole( 'dialog', { name: /^Refund/ } ) ).toBeInTheDocument();
		expect( callsTo( 'POST', `/jobs/${ jobId( 1 ) }/refunds` ) ).toHaveLength( 0 );
	} );

	it( 'starts a paid job with one click, once, and asks when the server wants a word', async () => {
		const idle = makeDetail( 1, { status: 'pending', attention_all: [ 'paid_not_started' ] } );
		fakeSite( { jobs: [ makeJob( 1 ) ], details: [ idle ] } );
		answerWith( ( { method } ) =>
			method === 'POST' ? refusal( 409, 'smi_running', 'An attempt is running.', { needs: 'force' } ) : undefined
		);
		const { user } = openScreen( address( 1 ) );
		const start = await within( await panel() ).findByRole( 'button', { name: 'Start now' } );
		await user.dblClick( start );
		expect( await screen.findByRole( 'dialog', { name: /again/ } ) ).toBeInTheDocument();
		const sent = callsTo( 'POST', `/jobs/${ jobId( 1 ) }/retry` );
		expect( new Set( sent.map( ( { headers } ) => headers[ 'Idempotency-Key' ] ) ).size ).toBe( 1 );
	} );

	it( 'says when an old payment must be started by hand or paid back', async () => {
		const old = { status: 'pending', paid_at: '2020-01-01T00:00:00Z' } as const;
		const detail = makeDetail( 1, { ...old, attention_all: [ 'paid_not_started' ] } );
		fakeSite( { jobs: [ makeJob( 1, old ) ], details: [ detail ] } );
		openScreen( address( 1 ) );
		const box = within( await within( await panel() ).findByRole( 'group', { name: 'Not started' } ) );
		expect( box.getByText( /more than 7 days ago/ ) ).toBeInTheDocument();
		expect( box.getByRole( 'button', { name: 'Refund $4.90…' } ) ).toBeInTheDocument();
	} );

	it( 'goes to the next job by Alt and arrow from anywhere, by J only in the panel, and never while typing', async () => {
		const jobs = [ makeJob( 1 ), makeJob( 2 ), makeJob( 3 ) ];
		fakeSite( { jobs, details: [ makeDetail( 1 ), makeDetail( 2 ), makeDetail( 3 ) ] } );
		const { user } = openScreen( address( 1 ) );
		const inside = within( await panel() );
		await inside.findByText( '1 of 3' );
		await user.keyboard( '{Alt>}{ArrowDown}{/Alt}' );
		expect( await inside.findByText( '2 of 3' ) ).toBeInTheDocument();
		await user.keyboard( 'j' );
		expect( await inside.findByText( '3 of 3' ) ).toBeInTheDocument();
		await user.click( screen.getByRole( 'searchbox' ) );
		await user.keyboard( 'k{Alt>}{ArrowUp}{/Alt}' );
		expect( inside.getByText( '3 of 3' ) ).toBeInTheDocument();
	} );

	it( 'knows the neighbours of a job that has left the list meanwhile', async () => {
		let jobs = [ makeJob( 1 ), makeJob( 2 ), makeJob( 3 ) ];
		fakeSite( { details: [ makeDetail( 2 ), makeDetail( 3 ) ] } );
		answerWith( ( { path, query } ) =>
			path === '/jobs' && ! query.has( 'email' )
				? { body: jobs, headers: { 'X-WP-Total': String( jobs.length ), 'X-WP-TotalPages': '1' } }
				: undefined
		);
		const { user, registry } = openScreen( address( 2 ) );
		const inside = within( await panel() );
		await inside.findByText( '2 of 3' );
		jobs = [ makeJob( 1 ), makeJob( 3 ) ];
		const first = { per_page: 20, page: 1, orderby: 'created_at', order: 'desc' as const };
		await act( async () => registry.dispatch( store ).loadPage( first ) );
		await waitFor( () => expect( inside.queryByText( '2 of 3' ) ).not.toBeInTheDocument() );
		await user.click( inside.getByRole( 'button', { name: 'Next job' } ) );
		expect( await inside.findByText( '2 of 2' ) ).toBeInTheDocument();
		expect( window.location.search ).toBe( address( 3 ) );
	} );

	it( 'compares before and after, and says in words when a picture is gone', async () => {
		const { download } = makeDetail( 1 );
		const file = download.file && { ...download.file, preview_url: 'http://site.test/preview' };
		fakeSite( { jobs: [ makeJob( 1 ) ], details: [ makeDetail( 1, { download: { ...download, file } } ) ] } );
		const { user } = openScreen( address( 1 ) );
		const inside = within( await panel() );
		expect( await inside.findByRole( 'slider', { name: /^Compare/ } ) ).toHaveValue( '50' );
		expect( inside.getByText( 'Enlarged 3,600 × 2,400' ) ).toBeInTheDocument();
		await user.click( inside.getByRole( 'button', { name: 'Compare at full size' } ) );
		const full = within( await screen.findByRole( 'dialog', { name: 'Before and after' } ) );
		await user.click( full.getByRole( 'button', { name: '200 %' } ) );
		await user.keyboard( '{Escape}' );
		expect( await panel() ).toBeInTheDocument();
		fireEvent.error( inside.getByRole( 'img', { name: 'The enlarged image' } ) );
		expect( inside.getByText( 'The preview could not be loaded' ) ).toBeInTheDocument();
		fireEvent.error( inside.getByRole( 'img', { name: 'The original' } ) );
		expect( inside.getByText( /cannot be shown. It was moved or deleted/ ) ).toBeInTheDocument();
	} );

	it( 'says that the money went back, not that the customer has the link', async () => {
		const { download } = makeDetail( 1 );
		const refunded = makeDetail( 1, {
			payment_status: 'refunded',
			download: { ...download, state: 'revoked', url: null },
		} );
		fakeSite( { jobs: [ makeJob( 1 ) ], details: [ refunded ] } );
		openScreen( address( 1 ) );
		const inside = within( await panel() );
		expect( await inside.findByText( /all the money was returned/ ) ).toBeInTheDocument();
		expect( inside.queryByText( /the customer has the link/ ) ).not.toBeInTheDocument();
	} );
} );
