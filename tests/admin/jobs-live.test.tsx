import { act, screen, waitFor, within } from '@testing-library/react';

import { answerWith, calls, callsTo, refusal } from './support/network';
import { jobId, makeDetail, makeJob, makeStats } from './support/jobs';
import { bootJobs, fakeSite, openScreen } from './support/screen';
import { pollDelay } from '../../admin-src/jobs/hooks/use-live-poll';

beforeEach( () => bootJobs() );

/** Coming back to the tab asks at once. */
const wake = () => act( async () => void document.dispatchEvent( new Event( 'visibilitychange' ) ) );

const polls = () => callsTo( 'GET', '/jobs/stats' ).filter( ( { query } ) => query.has( 'rows[0]' ) );

const rowOf = async ( title: string ) => ( await screen.findByText( title ) ).closest( 'tr' ) as HTMLElement;

const answerRows = ( ...rows: ReturnType< typeof makeJob >[] ) =>
	answerWith( ( { path, query } ) =>
		path === '/jobs/stats' && query.has( 'rows[0]' ) ? { body: makeStats( { rows } ) } : undefined
	);

describe( 'a list that is looked at for a while', () => {
	it( 'shows a job move on by itself, also out of its tab', async () => {
		fakeSite( { jobs: [ makeJob( 1, { status: 'processing' } ) ] } );
		openScreen( '?page=smi-jobs&status=processing' );
		const row = await rowOf( 'Photograph 1' );
		answerRows( makeJob( 1, { version: 4 } ) );
		await wake();
		expect( await within( row ).findByText( 'Completed' ) ).toBeInTheDocument();
	} );

	it( 'asks one small request for counts and rows, with the filters, and then only for what changed', async () => {
		fakeSite( { jobs: [ makeJob( 1 ), makeJob( 2 ) ] } );
		openScreen( '?page=smi-jobs&status=completed&payment=paid' );
		await rowOf( 'Photograph 1' );
		const before = calls.length;
		answerRows();
		await wake();
		await waitFor( () => expect( polls() ).toHaveLength( 1 ) );
		expect( calls ).toHaveLength( before + 1 );
		const { query } = polls()[ 0 ]!;
		expect( [ query.get( 'rows[0]' ), query.get( 'rows[1]' ) ] ).toEqual( [ jobId( 1 ), jobId( 2 ) ] );
		expect( query.get( 'payment_status[0]' ) ).toBe( 'paid' );
		expect( query.has( 'status[0]' ) ).toBe( false );
		expect( query.has( 'rows_since' ) ).toBe( false );
		await wake();
		await waitFor( () => expect( polls() ).toHaveLength( 2 ) );
		// The server's time of the last answer, less half a minute.
		expect( polls()[ 1 ]?.query.get( 'rows_since' ) ).toBe( '2026-11-22T09:59:30Z' );
	} );

	it( 'keeps the newer state when an older answer comes later', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ] } );
		openScreen();
		const row = await rowOf( 'Photograph 1' );
		answerRows( makeJob( 1, { version: 2, status: 'pending' } ) );
		await wake();
		await waitFor( () => expect( polls() ).toHaveLength( 1 ) );
		expect( within( row ).getByText( 'Completed' ) ).toBeInTheDocument();
	} );

	it( 'changes a row in its place, and leaves its open menu open', async () => {
		fakeSite( { jobs: [ makeJob( 1, { status: 'processing' } ), makeJob( 2 ) ] } );
		const { user } = openScreen();
		const row = await rowOf( 'Photograph 1' );
		await user.click( within( row ).getByRole( 'button', { name: 'Actions' } ) );
		expect( await screen.findByRole( 'menu' ) ).toBeInTheDocument();
		answerRows( makeJob( 1, { version: 4, updated_at: '2030-01-01T00:00:00Z' } ) );
		await wake();
		expect( await within( row ).findByText( 'Completed' ) ).toBeInTheDocument();
		expect( screen.getByRole( 'menu' ) ).toBeInTheDocument();
		const rows = screen.getAllByRole( 'row', { hidden: true } ).slice( 1 );
		expect( rows.map( ( each ) => /Photograph \d/.exec( each.textContent ?? '' )?.[ 0 ] ) ).toEqual( [
			'Photograph 1',
			'Photograph 2',
		] );
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

	it( 'asks nothing while offline, says from when the jobs are, and asks at once when back', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ] } );
		openScreen();
		await screen.findByText( 'Photograph 1' );
		const online = jest.spyOn( window.navigator, 'onLine', 'get' ).mockReturnValue( false );
		await act( async () => void window.dispatchEvent( new Event( 'offline' ) ) );
		expect( ( await screen.findAllByText( /^You are offline. These jobs are from \d/ ) )[ 0 ] ).toBeInTheDocument();
		const before = calls.length;
		await wake();
		expect( calls ).toHaveLength( before );
		online.mockReturnValue( true );
		await act( async () => void window.dispatchEvent( new Event( 'online' ) ) );
		await waitFor( () => expect( polls() ).toHaveLength( 1 ) );
		expect( screen.queryByText( /You are offline/, { ignore: '.a11y-speak-region' } ) ).not.toBeInTheDocument();
		online.mockRestore();
	} );

	it( 'asks less often the more often it was not answered, and soon after an own action', () => {
		expect( [ 0, 1, 2, 3, 4, 9 ].map( ( failures ) => pollDelay( failures, false ) ) ).toEqual( [
			10_000, 20_000, 40_000, 80_000, 120_000, 120_000,
		] );
		expect( pollDelay( 0, true ) ).toBe( 3_000 );
		expect( pollDelay( 1, true ) ).toBe( 20_000 );
	} );

	it( 'says since when it is not up to date, keeps the rows, and tries again when asked', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ] } );
		const { user } = openScreen();
		await screen.findByText( 'Photograph 1' );
		let isDown = true;
		answerWith( () => ( isDown ? 'down' : undefined ) );
		await wake();
		expect( screen.queryByText( /Not up to date/ ) ).not.toBeInTheDocument();
		await wake();
		await wake();
		expect( ( await screen.findAllByText( /^Not up to date since \d/ ) )[ 0 ] ).toBeInTheDocument();
		expect( screen.getByText( 'Photograph 1' ) ).toBeInTheDocument();
		isDown = false;
		await user.click( screen.getByRole( 'button', { name: 'Try now' } ) );
		await waitFor( () => expect( screen.queryByRole( 'button', { name: 'Try now' } ) ).not.toBeInTheDocument() );
	} );

	it( 'tells somebody who was logged out so, and the way back to this very place', async () => {
		bootJobs( { loginUrl: 'http://site.test/wp-login.php' } );
		fakeSite( { jobs: [ makeJob( 1 ) ] } );
		openScreen( '?page=smi-jobs&s=photo' );
		await screen.findByText( 'Photograph 1' );
		answerWith( () => refusal( 403, 'rest_cookie_invalid_nonce', 'Cookie check failed' ) );
		await wake();
		expect( ( await screen.findAllByText( 'You were logged out. Nothing was lost.' ) )[ 0 ] ).toBeInTheDocument();
		expect( screen.getByRole( 'button', { name: 'Log in again' } ) ).toBeInTheDocument();
		expect( screen.getByText( 'Photograph 1' ) ).toBeInTheDocument();
	} );
} );

describe( 'after an own action', () => {
	it( 'looks again within seconds, until the job has arrived', async () => {
		jest.useFakeTimers( { advanceTimers: true } );
		const acted = makeDetail( 1, { status: 'pending', version: 4 } );
		fakeSite( { jobs: [ makeJob( 1, { status: 'failed' } ) ], details: [ makeDetail( 1 ) ] } );
		answerWith( ( { method, path } ) =>
			method === 'POST' && path.endsWith( '/refresh' )
				? { body: { job: acted, message: 'Looked.', queued: false } }
				: undefined
		);
		const { user } = openScreen();
		const row = await rowOf( 'Photograph 1' );
		await user.click( within( row ).getByRole( 'button', { name: 'Actions' } ) );
		await user.click( await screen.findByRole( 'menuitem', { name: 'Check now' } ) );
		await within( row ).findByText( 'Pending' );
		answerRows( makeJob( 1, { status: 'processing', version: 5 } ) );
		await act( () => jest.advanceTimersByTimeAsync( 3_100 ) );
		expect( polls() ).toHaveLength( 1 );
		expect( within( row ).getByText( 'Processing' ) ).toBeInTheDocument();
		answerRows( makeJob( 1, { status: 'completed', version: 6 } ) );
		await act( () => jest.advanceTimersByTimeAsync( 3_100 ) );
		expect( within( row ).getByText( 'Completed' ) ).toBeInTheDocument();
		expect( polls() ).toHaveLength( 2 );
		await act( () => jest.advanceTimersByTimeAsync( 6_500 ) );
		expect( polls() ).toHaveLength( 2 );
		await act( () => jest.advanceTimersByTimeAsync( 4_000 ) );
		expect( polls() ).toHaveLength( 3 );
		jest.useRealTimers();
	} );
} );
