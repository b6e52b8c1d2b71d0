import { screen, waitFor, within } from '@testing-library/react';

import { answerWith, calls, callsTo, refusal } from './support/network';
import { jobId, makeDetail, makeJob, makeStats } from './support/jobs';
import { bootJobs, fakeSite, openScreen } from './support/screen';

beforeEach( () => bootJobs() );

describe( 'the list of jobs', () => {
	it( 'asks first for exactly what PHP sends along', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ] } );
		openScreen();
		await screen.findByText( 'Photograph 1' );
		expect( calls.map( ( { path, query } ) => `${ path }?${ query }` ).sort() ).toEqual( [
			'/jobs/stats?',
			'/jobs?per_page=20&page=1&orderby=created_at&order=desc',
		] );
	} );

	it( 'draws the answers that came with the page at once, and asks for nothing', async () => {
		const id = jobId( 1 );
		bootJobs( {
			answers: {
				'/smi/v1/jobs?order=desc&orderby=created_at&page=1&per_page=20': {
					body: [ makeJob( 1 ) ],
					headers: { 'X-WP-Total': '41', 'X-WP-TotalPages': '3' },
				},
				'/smi/v1/jobs/stats': { body: makeStats(), headers: {} },
				[ `/smi/v1/jobs/${ id }` ]: { body: makeDetail( 1 ), headers: { ETag: 'W/"3"' } },
			},
		} );
		fakeSite( {} );
		const { user } = openScreen( `?page=smi-jobs&job=${ id }` );
		expect( screen.getByRole( 'table' ) ).toHaveTextContent( 'Photograph 1' );
		expect( screen.getByRole( 'link', { name: 'All 1,234' } ) ).toBeInTheDocument();
		expect( screen.getByText( /41 jobs/ ) ).toBeInTheDocument();
		await screen.findByRole( 'heading', { name: 'Photograph 1' } );
		// The panel's "all jobs of this customer" is another question.
		expect( calls.filter( ( { query } ) => ! query.has( 'email' ) ) ).toEqual( [] );
		// They are the first answers only: whoever asks again hears what is true now.
		await user.click( screen.getByRole( 'link', { name: 'Failed 60' } ) );
		await waitFor( () => expect( calls.at( -1 )?.query.get( 'status[0]' ) ).toBe( 'failed' ) );
	} );

	it( 'asks for what the page should have brought when it is for another address', async () => {
		bootJobs( {
			answers: { '/smi/v1/jobs?order=desc&orderby=created_at&page=2&per_page=20': { body: [], headers: {} } },
		} );
		fakeSite( { jobs: [ makeJob( 1 ) ] } );
		openScreen();
		await screen.findByText( 'Photograph 1' );
		expect( callsTo( 'GET', '/jobs' ) ).toHaveLength( 1 );
		expect( callsTo( 'GET', '/jobs/stats' ) ).toHaveLength( 1 );
	} );

	it( 'shows what a job is, for whom, and what was charged and given back', async () => {
		fakeSite( { jobs: [ makeJob( 1, { refund_amount: '2.00', attention: 'email_failed' } ) ] } );
		openScreen();
		const row = ( await screen.findByText( 'Photograph 1' ) ).closest( 'tr' ) as HTMLElement;
		expect( within( row ).getByText( 'Completed' ) ).toBeInTheDocument();
		expect( within( row ).getByText( 'E-mail not sent' ) ).toBeInTheDocument();
		expect( within( row ).getByText( 'buyer1@example.org' ) ).toBeInTheDocument();
		expect( within( row ).getByText( '$4.90' ) ).toBeInTheDocument();
		expect( within( row ).getByText( '−$2.00 refunded' ) ).toBeInTheDocument();
	} );

	it( 'shows the margin that the server worked out, whatever took from it', async () => {
		fakeSite( {
			jobs: [ makeJob( 1, { dispute_status: 'lost', margin: '-0.68' } ), makeJob( 2, { margin: null } ) ],
		} );
		openScreen( '?page=smi-jobs&columns=kept' );
		expect( ( await screen.findByText( 'Photograph 1' ) ).closest( 'tr' ) ).toHaveTextContent( '−$0.68' );
		expect( screen.getByText( 'Photograph 2' ).closest( 'tr' ) ).toHaveTextContent( '—' );
	} );

	it( 'counts the tabs and marks the open one', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ] } );
		openScreen( '?page=smi-jobs&status=failed' );
		const tabs = within( screen.getByRole( 'navigation', { name: 'Jobs by status' } ) );
		expect( await tabs.findByRole( 'link', { name: 'All 1,234' } ) ).not.toHaveAttribute( 'aria-current' );
		expect( tabs.getByRole( 'link', { name: 'Needs attention 42' } ) ).toBeInTheDocument();
		expect( tabs.getByRole( 'link', { name: 'Failed 60' } ) ).toHaveAttribute( 'aria-current', 'page' );
	} );

	it( 'shows no count while none is known', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ] } );
		answerWith( ( { path } ) => ( path === '/jobs/stats' ? refusal( 500, 'x', 'Boom' ) : undefined ) );
		openScreen();
		await screen.findByText( 'Photograph 1' );
		expect( screen.getByRole( 'link', { name: 'All' } ) ).toBeInTheDocument();
	} );

	it( 'opens a tab by asking the server for it, and says so in the address', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ] } );
		const { user } = openScreen();
		await user.click( await screen.findByRole( 'link', { name: 'Failed 60' } ) );
		await waitFor( () =>
			expect( callsTo( 'GET', '/jobs' ).at( -1 )?.query.getAll( 'status[0]' ) ).toEqual( [ 'failed' ] )
		);
		expect( window.location.search ).toBe( '?page=smi-jobs&status=failed' );
	} );

	it( 'asks for every job that needs attention on that tab', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ] } );
		openScreen( '?page=smi-jobs&status=attention' );
		await screen.findByText( 'Photograph 1' );
		expect( callsTo( 'GET', '/jobs' )[ 0 ]?.query.get( 'attention[0]' ) ).toBe( 'any' );
	} );

	it( 'searches on the server when the typing stops', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ] } );
		const { user } = openScreen();
		await user.type( await screen.findByRole( 'searchbox', { name: 'Search jobs' } ), 'fog' );
		await waitFor( () => expect( callsTo( 'GET', '/jobs' ).at( -1 )?.query.get( 'search' ) ).toBe( 'fog' ), {
			timeout: 3000,
		} );
		expect( callsTo( 'GET', '/jobs' ).length ).toBeLessThan( 4 );
	} );
} );

describe( 'notices about the whole site', () => {
	it( 'says in words that no bridge is connected, with the way to the settings', async () => {
		fakeSite( { stats: makeStats( { notices: [ { code: 'not_paired', data: {} } ] } ) } );
		openScreen();
		expect( ( await screen.findAllByText( /No bridge is connected yet/ ) )[ 0 ] ).toBeInTheDocument();
		expect( screen.getByRole( 'link', { name: 'Connect a bridge' } ) ).toHaveAttribute(
			'href',
			'/wp-admin/admin.php?page=smi-settings'
		);
	} );

	it( 'says how far the jobs are carried over', async () => {
		fakeSite( { stats: makeStats( { notices: [ { code: 'upgrading', data: { percent: 42 } } ] } ) } );
		openScreen();
		expect(
			( await screen.findAllByText( /42 % done\. Selling goes on, and nothing is lost/ ) )[ 0 ]
		).toBeInTheDocument();
	} );

	it( 'says in the server’s words why the tables could not be brought up to date', async () => {
		const data = { message: 'The database is read-only at the moment.' };
		fakeSite( { stats: makeStats( { notices: [ { code: 'upgrade_failed', data } ] } ) } );
		openScreen();
		expect( ( await screen.findAllByText( data.message ) )[ 0 ] ).toBeInTheDocument();
	} );

	it.each( [
		[ 14, /14 jobs wait, and one is tried every 5 minutes/ ],
		[ 1, /1 job waits and is tried every 5 minutes/ ],
		[
			0,
			/No job waits that could be tried, so within 10 minutes the next sale is; or choose “Make again” at one that failed/,
		],
	] )( 'says what to do when the upscaler refuses the account and %i jobs wait', async ( waiting, words ) => {
		const data = { message: 'No credits left.', waiting };
		fakeSite( { stats: makeStats( { notices: [ { code: 'upscaler_blocked', data } ] } ) } );
		openScreen();
		const [ notice ] = await screen.findAllByText( words );
		expect( notice ).toHaveTextContent( /^No credits left\. New sales are paused; nothing was lost/ );
		expect( screen.getByRole( 'link', { name: 'Open Upsampler' } ) ).toBeInTheDocument();
		const failed = screen.queryByRole( 'link', { name: 'Show failed jobs' } );
		expect( failed?.getAttribute( 'href' ) ).toBe( waiting ? undefined : '?page=smi-jobs&status=failed' );
	} );

	it( 'says which right the key needs at Stripe, and that nothing was lost', async () => {
		const data = { message: 'This key may not.', right: 'rak_refund_write', right_words: 'Refunds: write' };
		fakeSite( { stats: makeStats( { notices: [ { code: 'payments_blocked', data } ] } ) } );
		openScreen();
		const [ notice ] = await screen.findAllByText( /the right “Refunds: write”/ );
		expect( notice ).toHaveTextContent( /^This key may not\. New sales are paused; nothing was lost/ );
		expect( screen.getByRole( 'link', { name: 'Open Stripe' } ) ).toHaveAttribute(
			'href',
			'https://dashboard.stripe.com/apikeys'
		);
	} );

	it( 'does not send the owner to his account when the upscaler is only out of reach', async () => {
		const data = { reason: 'unreachable', message: 'No connection: connect ECONNREFUSED', waiting: 1 };
		fakeSite( { stats: makeStats( { notices: [ { code: 'upscaler_blocked', data } ] } ) } );
		openScreen();
		const [ notice ] = await screen.findAllByText( /1 job waits/ );
		expect( notice ).toHaveTextContent( /^The bridge cannot reach Upsampler\. .*look at the bridge’s network/ );
		expect( notice ).not.toHaveTextContent( /credits|ECONNREFUSED/ );
	} );

	it( 'ignores a code it does not know instead of showing it', async () => {
		fakeSite( {
			jobs: [ makeJob( 1 ) ],
			stats: makeStats( { notices: [ { code: 'from_the_future', data: {} } ] } ),
		} );
		openScreen();
		await screen.findByText( 'Photograph 1' );
		expect( screen.queryByText( /future/ ) ).not.toBeInTheDocument();
	} );
} );
