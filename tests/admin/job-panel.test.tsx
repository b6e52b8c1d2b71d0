import { screen, waitFor, within } from '@testing-library/react';

import { answerWith, callsTo } from './support/network';
import { jobId, makeDetail, makeJob } from './support/jobs';
import { bootJobs, fakeSite, openScreen } from './support/screen';

const address = ( n: number ) => `?page=smi-jobs&job=${ jobId( n ) }`;
const panel = () => screen.findByRole( 'complementary', { name: 'Job' } );

beforeEach( () => bootJobs() );

describe( 'a job beside the list', () => {
	it( 'opens from its title, with an address of its own that "back" undoes', async () => {
		fakeSite( { jobs: [ makeJob( 1 ), makeJob( 2 ) ], details: [ makeDetail( 2 ) ] } );
		const { user } = openScreen();
		const steps = window.history.length;
		await user.click( await screen.findByRole( 'link', { name: 'Photograph 2' } ) );
		expect( await within( await panel() ).findByText( '2 of 2' ) ).toBeInTheDocument();
		expect( window.location.search ).toBe( address( 2 ) );
		expect( window.history.length ).toBe( steps + 1 );
		const links = document.querySelectorAll( 'a[aria-current="true"]' );
		expect( [ ...links ].map( ( link ) => link.getAttribute( 'data-open' ) ) ).toEqual( [ jobId( 2 ) ] );
	} );

	it( 'opens from anywhere in the row', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ], details: [ makeDetail( 1 ) ] } );
		const { user } = openScreen();
		await user.click( await screen.findByText( 'buyer1@example.org' ) );
		expect( await panel() ).toBeInTheDocument();
	} );

	it( 'tells what happened, with the time between', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ], details: [ makeDetail( 1 ) ] } );
		openScreen( address( 1 ) );
		const story = ( await within( await panel() ).findAllByRole( 'listitem' ) ).map( ( item ) => item.textContent );
		expect( story.slice( 0, 5 ) ).toEqual( [
			'Checkout opened2026-11-20 11:00 · told by the bridge',
			'Payment received+90 s11:01:30 am · told by the bridge',
			'Sent to be made+2 s11:01:32 am · told by the bridge',
			'Image ready+58 s11:02:30 am · told by the bridge',
			'E-mail sent+4 s11:02:34 am · told by the bridge',
		] );
	} );

	it( 'shows money, customer, link, attempts and refunds', async () => {
		const at = '2026-11-20T10:03:00Z';
		const detail = makeDetail( 1, {
			attempts: [
				{
					uuid: jobId( 90 ),
					provider: 'upsampler',
					state: 'superseded',
					provider_id: 'up_0',
					factor: 4,
					credits: null,
					may_cost_credits: 6,
					cost: null,
					error: null,
					is_override: true,
					is_current: false,
					has_result: true,
					created_at: at,
					sent_at: at,
					ended_at: at,
				},
			],
			refunds: [
				{
					uuid: jobId( 80 ),
					amount: '2.00',
					currency: 'USD',
					status: 'failed',
					origin: 'manual',
					reason: 'duplicate',
					note: 'Called us.',
					stripe_refund_id: 're_1',
					failure_code: 'lost',
					failure_message: 'The card is lost.',
					requested_by: 'user:7',
					requested_by_name: 'Ada',
					created_at: at,
					updated_at: at,
					settled_at: null,
				},
			],
		} );
		fakeSite( { jobs: [ makeJob( 1 ) ], details: [ detail ] } );
		openScreen( address( 1 ) );
		const inside = within( await panel() );
		expect( await inside.findByText( '$4.22' ) ).toBeInTheDocument();
		expect( inside.getByRole( 'link', { name: /All jobs of this customer/ } ) ).toHaveAttribute(
			'href',
			'?page=smi-jobs&email=buyer1%40example.org'
		);
		expect( inside.getByText( 'The link works' ) ).toBeInTheDocument();
		expect( inside.getByText( /may have been paid, up to 6 credits/ ) ).toBeInTheDocument();
		expect( inside.getByRole( 'button', { name: 'Use this late image…' } ) ).toBeInTheDocument();
		expect( inside.getByText( 'The card is lost.' ) ).toBeInTheDocument();
		expect( inside.getByText( /paid twice · asked for by Ada/ ) ).toBeInTheDocument();
	} );

	it.each( [
		[ 'failed', 'Could not be made', 'Would have been 3,600 × 2,400' ],
		[ 'abandoned', 'Never made', 'Would have been 3,600 × 2,400' ],
		[ 'processing', 'Being made now', 'Will be 3,600 × 2,400' ],
		[ 'completed', 'The file is gone', 'Was 3,600 × 2,400' ],
	] as const )( 'does not speak of an enlarged image that there is not: %s', async ( status, why, size ) => {
		const download = { ...makeDetail( 1 ).download, file: null };
		fakeSite( { jobs: [ makeJob( 1 ) ], details: [ makeDetail( 1, { status, download } ) ] } );
		openScreen( address( 1 ) );
		const inside = within( await panel() );
		expect( await inside.findByText( why ) ).toBeInTheDocument();
		expect( inside.getByText( size ) ).toBeInTheDocument();
		expect( inside.queryByText( /^Enlarged/ ) ).not.toBeInTheDocument();
	} );

	it( 'takes no cost in another currency from the price, and says so', async () => {
		const [ first ] = makeDetail( 1 ).attempts;
		const attempts = first ? [ { ...first, cost: '6.0000', cost_currency: 'JPY' } ] : [];
		const detail = makeDetail( 1, { cost_other: 'JPY 6.0000', margin: null, attempts } );
		fakeSite( { jobs: [ makeJob( 1 ) ], details: [ detail ] } );
		openScreen( address( 1 ) );
		const inside = within( await panel() );
		expect( await inside.findByText( /paid in another currency than the sale/ ) ).toBeInTheDocument();
		const [ cost ] = inside.getAllByText( 'Upscaler' );
		expect( cost?.nextElementSibling ).toHaveTextContent( '−$0.24 −¥6' );
		expect( inside.queryByText( 'Kept' ) ).not.toBeInTheDocument();
	} );

	it( 'keeps the private link out of the data to be pasted elsewhere', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ], details: [ makeDetail( 1 ) ] } );
		openScreen( address( 1 ) );
		const raw = await within( await panel() ).findByText( /"job_id"/ );
		expect( raw ).not.toHaveTextContent( 'secret' );
	} );

	it( 'has a box for every reason, with its remedy', async () => {
		const troubled = makeDetail( 1, { attention: 'disputed', attention_all: [ 'disputed', 'email_failed' ] } );
		fakeSite( { jobs: [ makeJob( 1 ) ], details: [ troubled ] } );
		openScreen( address( 1 ) );
		const inside = within( await panel() );
		const dispute = within( await inside.findByRole( 'group', { name: 'Disputed' } ) );
		expect( dispute.getByRole( 'link', { name: /Answer in Stripe/ } ) ).toHaveAttribute(
			'href',
			troubled.stripe_url
		);
		const mail = within( inside.getByRole( 'group', { name: 'E-mail not sent' } ) );
		expect( mail.getByRole( 'button', { name: 'Send e-mail again' } ) ).toBeInTheDocument();
	} );

	it( 'sends a new link where the one that never arrived has ended', async () => {
		const download = { ...makeDetail( 1 ).download, state: 'expired' as const, url: null };
		const troubled = makeDetail( 1, {
			attention: 'email_failed',
			attention_all: [ 'email_failed' ],
			download,
			allowed_actions: [ 'retry', 'refund', 'download_token', 'status', 'refresh' ],
		} );
		fakeSite( { jobs: [ makeJob( 1 ) ], details: [ troubled ] } );
		const path = `/jobs/${ jobId( 1 ) }/download-token`;
		answerWith( ( call ) =>
			call.method === 'POST' && call.path === path
				? {
						body: {
							job: makeDetail( 1, { version: 4 } ),
							message: 'The new link is on its way.',
							queued: true,
						},
					}
				: undefined
		);
		const { user } = openScreen( address( 1 ) );
		const inside = within( await panel() );
		const mail = within( await inside.findByRole( 'group', { name: 'E-mail not sent' } ) );
		expect( mail.queryByRole( 'button', { name: 'Send e-mail again' } ) ).not.toBeInTheDocument();
		await user.click( mail.getByRole( 'button', { name: 'Send a new link' } ) );
		expect( ( await screen.findAllByText( 'The new link is on its way.' ) ).length ).toBeGreaterThan( 0 );
		expect( callsTo( 'POST', path ).map( ( { body } ) => body ) ).toEqual( [ { notify: true } ] );
		await waitFor( () =>
			expect( inside.queryByRole( 'group', { name: 'E-mail not sent' } ) ).not.toBeInTheDocument()
		);
	} );

	it( 'does not speak of a link where the image could not be made', async () => {
		const troubled = makeDetail( 1, {
			status: 'failed',
			attention: 'email_failed',
			attention_all: [ 'email_failed' ],
			download: { ...makeDetail( 1 ).download, state: 'none', url: null, file: null },
		} );
		fakeSite( { jobs: [ makeJob( 1, { status: 'failed', attention: 'email_failed' } ) ], details: [ troubled ] } );
		const sentence = 'The image could not be made, and the customer was not told that the money goes back.';
		const { user } = openScreen( address( 1 ) );
		const mail = within( await within( await panel() ).findByRole( 'group', { name: 'E-mail not sent' } ) );
		expect( mail.getByText( sentence ) ).toBeInTheDocument();
		expect( screen.getByTitle( sentence ) ).toHaveTextContent( 'E-mail not sent' );
		await user.click( mail.getByRole( 'button', { name: 'Send e-mail again' } ) );
		expect( callsTo( 'POST', `/jobs/${ jobId( 1 ) }/email` ) ).toHaveLength( 1 );
	} );

	it( 'offers only what can be done and may be done', async () => {
		bootJobs( { caps: { view: true, manage: true, refund: false, export: false, settings: false } } );
		fakeSite( {
			jobs: [ makeJob( 1 ) ],
			details: [ makeDetail( 1, { allowed_actions: [ 'refund', 'email' ] } ) ],
		} );
		openScreen( address( 1 ) );
		const inside = within( await panel() );
		expect( await inside.findByRole( 'button', { name: 'Send e-mail again' } ) ).toBeInTheDocument();
		expect( inside.queryByRole( 'button', { name: 'Refund…' } ) ).not.toBeInTheDocument();
		expect( inside.queryByRole( 'button', { name: 'Make again' } ) ).not.toBeInTheDocument();
	} );

	it( 'says when no job has this number', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ] } );
		const { user } = openScreen( '?page=smi-jobs&job=nonsense' );
		expect( await screen.findByText( 'No job has this number.' ) ).toBeInTheDocument();
		await user.click( screen.getByRole( 'button', { name: 'Back to all jobs' } ) );
		expect( window.location.search ).toBe( '?page=smi-jobs' );
	} );

	it( 'goes on to the next page at the end of one', async () => {
		const pages: Record< string, ReturnType< typeof makeJob >[] > = { 1: [ makeJob( 1 ) ], 2: [ makeJob( 21 ) ] };
		fakeSite( { details: [ makeDetail( 1 ), { ...makeDetail( 21 ) } ] } );
		answerWith( ( { path, query } ) =>
			path === '/jobs' && ! query.has( 'include[0]' )
				? { body: pages[ query.get( 'page' ) ?? '1' ], headers: { 'X-WP-Total': '21', 'X-WP-TotalPages': '2' } }
				: undefined
		);
		const { user } = openScreen( address( 1 ) );
		await waitFor( () => expect( screen.getByRole( 'button', { name: 'Next job' } ) ).toBeEnabled() );
		expect( screen.getByRole( 'button', { name: 'Previous job' } ) ).toHaveAttribute( 'aria-disabled', 'true' );
		await user.click( screen.getByRole( 'button', { name: 'Next job' } ) );
		expect( await within( await panel() ).findByText( '21 of 21' ) ).toBeInTheDocument();
		expect( window.location.search ).toContain( jobId( 21 ) );
	} );

	it( 'closes with Escape and gives the focus back to the row', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ], details: [ makeDetail( 1 ) ] } );
		const { user } = openScreen();
		await user.click( await screen.findByRole( 'link', { name: 'Photograph 1' } ) );
		await panel();
		await user.keyboard( '{Escape}' );
		expect( screen.queryByRole( 'complementary', { name: 'Job' } ) ).not.toBeInTheDocument();
		await waitFor( () => expect( screen.getByRole( 'link', { name: 'Photograph 1' } ) ).toHaveFocus() );
	} );

	it( 'does its action at once where nothing is to be asked', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ], details: [ makeDetail( 1 ) ] } );
		answerWith( ( { method } ) =>
			method === 'POST'
				? {
						status: 202,
						body: {
							job: makeDetail( 1, { version: 4 } ),
							message: 'The e-mail is on its way.',
							queued: true,
						},
					}
				: undefined
		);
		const { user } = openScreen( address( 1 ) );
		await user.click( await within( await panel() ).findByRole( 'button', { name: 'Send e-mail again' } ) );
		expect( ( await screen.findAllByText( 'The e-mail is on its way.' ) ).length ).toBeGreaterThan( 0 );
		expect( callsTo( 'POST', `/jobs/${ jobId( 1 ) }/email` ) ).toHaveLength( 1 );
	} );
} );
