import { screen, waitFor, within } from '@testing-library/react';

import { answerWith, callsTo, refusal } from './support/network';
import { makeJob, makeStats } from './support/jobs';
import { bootJobs, fakeSite, openScreen } from './support/screen';

beforeEach( () => bootJobs() );

const tabs = () => within( screen.getByRole( 'navigation', { name: 'Jobs by status' } ) );

describe( 'a list with nothing in it', () => {
	it( 'says what a job is when there are none yet', async () => {
		fakeSite( { stats: makeStats() } );
		openScreen();
		expect( await screen.findByText( 'No jobs yet.' ) ).toBeInTheDocument();
		expect( screen.queryByRole( 'button', { name: 'Show all jobs' } ) ).not.toBeInTheDocument();
	} );

	it( 'says that all is well when nothing needs attention', async () => {
		fakeSite( {} );
		openScreen( '?page=smi-jobs&status=attention' );
		expect( await screen.findByText( 'Nothing needs you.' ) ).toBeInTheDocument();
	} );

	it.each( [
		[ 'awaiting_payment', 'Nobody is at the checkout.' ],
		[ 'pending', 'No job is waiting.' ],
		[ 'processing', 'No image is being enlarged.' ],
		[ 'completed', 'No job is completed yet.' ],
		[ 'failed', 'No job has failed.' ],
		[ 'abandoned', 'No checkout was abandoned.' ],
	] )( 'has words of its own for an empty tab: %s', async ( status, words ) => {
		fakeSite( {} );
		openScreen( `?page=smi-jobs&status=${ status }` );
		expect( await screen.findByText( words ) ).toBeInTheDocument();
		expect( screen.getByRole( 'button', { name: 'Show all jobs' } ) ).toBeInTheDocument();
	} );

	it( 'names what was searched for and what can be, and offers all jobs', async () => {
		fakeSite( {} );
		const { user } = openScreen( '?page=smi-jobs&s=nothing' );
		await screen.findByText( 'No jobs match “nothing”.' );
		expect( screen.getAllByText( /@domain, post:12, attachment:34/ ).length ).toBeGreaterThan( 0 );
		await user.click( screen.getByRole( 'button', { name: 'Show all jobs' } ) );
		expect( await screen.findByText( 'No jobs yet.' ) ).toBeInTheDocument();
		expect( window.location.search ).toBe( '?page=smi-jobs' );
	} );

	it( 'says when other tabs have what was searched for', async () => {
		fakeSite( {} );
		const { user } = openScreen( '?page=smi-jobs&status=failed&s=fog' );
		await screen.findByText( 'No jobs match “fog” in “Failed”.' );
		await user.click( await screen.findByRole( 'button', { name: 'Show the 1,234 matches in all tabs' } ) );
		expect( window.location.search ).toBe( '?page=smi-jobs&s=fog' );
	} );
} );

describe( 'a list that could not be loaded', () => {
	it( 'does not claim emptiness, and tries again', async () => {
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

	it( 'does not take a session that ended for a missing right', async () => {
		bootJobs( { loginUrl: 'http://site.test/wp-login.php' } );
		fakeSite( {} );
		answerWith( () => refusal( 403, 'rest_cookie_invalid_nonce', 'Cookie check failed' ) );
		openScreen( '?page=smi-jobs&status=failed' );
		expect( await screen.findByText( 'You were logged out.' ) ).toBeInTheDocument();
		const link = screen.getByRole( 'link', { name: 'Log in again' } );
		const back = new URL( link.getAttribute( 'href' ) ?? '' ).searchParams.get( 'redirect_to' );
		expect( back ).toMatch( /admin\.php\?page=smi-jobs&status=failed$/ );
	} );

	it( 'says that it is offline', async () => {
		fakeSite( {} );
		answerWith( () => 'down' );
		const online = jest.spyOn( window.navigator, 'onLine', 'get' ).mockReturnValue( false );
		openScreen();
		expect( await screen.findByText( 'You are offline. Nothing was changed.' ) ).toBeInTheDocument();
		online.mockRestore();
	} );

	it( 'keeps the rows that it has, and says that they are the old ones', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ], total: 1232 } );
		const { user } = openScreen();
		await screen.findByText( 'Photograph 1' );
		answerWith( ( { path } ) => ( path === '/jobs' ? refusal( 500, 'x', 'Boom' ) : undefined ) );
		await user.click( await screen.findByRole( 'button', { name: '2 new jobs' } ) );
		expect( ( await screen.findAllByText( /The list could not be loaded again/ ) )[ 0 ] ).toBeInTheDocument();
		expect( screen.getByText( 'Photograph 1' ) ).toBeInTheDocument();
	} );
} );

describe( 'the counts of the tabs', () => {
	it( 'follow the filters and the search', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ] } );
		openScreen( '?page=smi-jobs&status=failed&email_start=nina&s=fog' );
		await screen.findByText( 'Photograph 1' );
		const asked = callsTo( 'GET', '/jobs/stats' );
		expect( asked ).toHaveLength( 1 );
		expect( Object.fromEntries( asked[ 0 ]!.query ) ).toEqual( { search: 'fog', email_start: 'nina' } );
		expect( tabs().getByRole( 'link', { name: 'Failed 60' } ) ).toBeInTheDocument();
	} );
} );

describe( 'cells', () => {
	it( 'do not make a job look charged that never was', async () => {
		fakeSite( {
			jobs: [ makeJob( 1, { status: 'awaiting_payment', payment_status: 'pending', paid_at: null } ) ],
		} );
		openScreen();
		const row = ( await screen.findByText( 'Photograph 1' ) ).closest( 'tr' ) as HTMLElement;
		expect( within( row ).getByText( 'Not charged' ) ).toHaveAttribute(
			'title',
			'The price. Nothing has been charged.'
		);
		expect( within( row ).getByText( 'Price $4.90' ) ).toBeInTheDocument();
		expect( within( row ).queryByText( '$4.90' ) ).not.toBeInTheDocument();
	} );

	it( 'say the exact time in the zone of the site', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ] } );
		openScreen();
		const row = ( await screen.findByText( 'Photograph 1' ) ).closest( 'tr' ) as HTMLElement;
		expect( row.querySelector( 'time' ) ).toHaveAttribute( 'title', '2026-11-20 11:00' );
		expect( screen.getByText( /times in Europe\/Berlin/ ) ).toBeInTheDocument();
	} );
} );

describe( 'the address', () => {
	it( 'loses what nobody understands', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ] } );
		openScreen( '?page=smi-jobs&status=sold&payment=cash,paid&paged=-3&columns=x&lang=de' );
		await waitFor( () => expect( window.location.search ).toBe( '?page=smi-jobs&payment=paid&lang=de' ) );
	} );
} );
