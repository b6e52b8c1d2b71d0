import { act, screen, waitFor, within } from '@testing-library/react';

import { answerWith, calls, callsTo, refusal } from './support/network';
import { jobId, makeJob, makeStats } from './support/jobs';
import { bootJobs, fakeSite, openScreen } from './support/screen';

beforeEach( () => bootJobs() );

describe( 'the list of jobs', () => {
	it( 'asks first for exactly what PHP preloads', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ] } );
		openScreen();
		await screen.findByText( 'Photograph 1' );
		expect( calls.map( ( { path, query } ) => `${ path }?${ query }` ).sort() ).toEqual( [
			'/jobs/stats?',
			'/jobs?per_page=20&page=1&orderby=created_at&order=desc',
		] );
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
		await waitFor( () => expect( calls.at( -1 )?.query.getAll( 'status[0]' ) ).toEqual( [ 'failed' ] ) );
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

describe( 'a list that is looked at for a while', () => {
	const wake = () => act( async () => void document.dispatchEvent( new Event( 'visibilitychange' ) ) );

	it( 'shows a job move on by itself, also out of its tab', async () => {
		fakeSite( { jobs: [ makeJob( 1, { status: 'processing' } ) ] } );
		openScreen( '?page=smi-jobs&status=processing' );
		const row = ( await screen.findByText( 'Photograph 1' ) ).closest( 'tr' ) as HTMLElement;
		answerWith( ( { path, query } ) =>
			path === '/jobs' && query.get( 'include[0]' ) === jobId( 1 ) && ! query.has( 'status[0]' )
				? { body: [ makeJob( 1, { version: 4 } ) ] }
				: undefined
		);
		await wake();
		expect( await within( row ).findByText( 'Completed' ) ).toBeInTheDocument();
	} );

	it( 'keeps the newer state when an older answer comes later', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ] } );
		openScreen();
		const row = ( await screen.findByText( 'Photograph 1' ) ).closest( 'tr' ) as HTMLElement;
		answerWith( ( { query } ) =>
			query.has( 'include[0]' ) ? { body: [ makeJob( 1, { version: 2, status: 'pending' } ) ] } : undefined
		);
		await wake();
		await waitFor( () => expect( calls.some( ( { query } ) => query.has( 'include[0]' ) ) ).toBe( true ) );
		expect( within( row ).getByText( 'Completed' ) ).toBeInTheDocument();
	} );

	it( 'offers new jobs instead of pushing the rows about', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ], total: 1232 } );
		const { user } = openScreen();
		await user.click( await screen.findByRole( 'button', { name: '2 new jobs' } ) );
		await waitFor( () => expect( callsTo( 'GET', '/jobs' ) ).toHaveLength( 2 ) );
	} );

	it( 'asks nothing while nobody looks', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ] } );
		openScreen();
		await screen.findByText( 'Photograph 1' );
		const before = calls.length;
		const hidden = jest.spyOn( document, 'visibilityState', 'get' ).mockReturnValue( 'hidden' );
		await wake();
		expect( calls ).toHaveLength( before );
		hidden.mockRestore();
	} );
} );

describe( 'a list with nothing in it', () => {
	it( 'says what a job is when there are none yet', async () => {
		fakeSite( { stats: makeStats() } );
		openScreen();
		expect( await screen.findByText( 'No jobs yet.' ) ).toBeInTheDocument();
	} );

	it( 'says that all is well when nothing needs attention', async () => {
		fakeSite( {} );
		openScreen( '?page=smi-jobs&status=attention' );
		expect( await screen.findByText( 'Nothing needs you.' ) ).toBeInTheDocument();
	} );

	it( 'offers all jobs when none matches', async () => {
		fakeSite( {} );
		const { user } = openScreen( '?page=smi-jobs&s=nothing' );
		await screen.findByText( 'No jobs match.' );
		await user.click( screen.getByRole( 'button', { name: 'Show all jobs' } ) );
		expect( await screen.findByText( 'No jobs yet.' ) ).toBeInTheDocument();
		expect( window.location.search ).toBe( '?page=smi-jobs' );
	} );

	it( 'does not claim emptiness when loading failed, and tries again', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ] } );
		let isDown = true;
		answerWith( ( { path } ) => ( isDown && path === '/jobs' ? refusal( 500, 'x', 'Boom' ) : undefined ) );
		const { user } = openScreen();
		expect( await screen.findByText( 'The jobs could not be loaded.' ) ).toBeInTheDocument();
		expect( screen.queryByText( /No jobs/ ) ).not.toBeInTheDocument();
		isDown = false;
		await user.click( screen.getByRole( 'button', { name: 'Try again' } ) );
		expect( await screen.findByText( 'Photograph 1' ) ).toBeInTheDocument();
	} );

	it( 'says who can give the right to see jobs', async () => {
		fakeSite( {} );
		answerWith( () => refusal( 403, 'rest_forbidden', 'No.' ) );
		openScreen();
		expect( await screen.findByText( 'You may not see jobs.' ) ).toBeInTheDocument();
		expect( screen.queryByRole( 'button', { name: 'Try again' } ) ).not.toBeInTheDocument();
	} );

	it( 'says that it is offline', async () => {
		fakeSite( {} );
		answerWith( () => 'down' );
		const online = jest.spyOn( window.navigator, 'onLine', 'get' ).mockReturnValue( false );
		openScreen();
		expect( await screen.findByText( 'You are offline. Nothing was changed.' ) ).toBeInTheDocument();
		online.mockRestore();
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
