import { act, screen, waitFor, within } from '@testing-library/react';

import { answerWith, callsTo } from './support/network';
import { makeJob } from './support/jobs';
import { bootJobs, fakeSite, openScreen } from './support/screen';
import { store } from '../../admin-src/jobs/store';
import type { JobsQuery } from '../../admin-src/api/jobs';

const SLOW_MS = 150;
const TITLES: Record< string, number > = { all: 1, failed: 2, completed: 3 };

/** A host that takes its time, with another job under each tab. */
function slowSite() {
	fakeSite( {} );
	answerWith( ( { method, path, query } ) => {
		if ( method !== 'GET' || path !== '/jobs' ) {
			return undefined;
		}
		const job = makeJob( TITLES[ query.get( 'status[0]' ) ?? 'all' ] ?? 9 );
		return { body: [ job ], headers: { 'X-WP-Total': '1', 'X-WP-TotalPages': '1' }, delayMs: SLOW_MS };
	} );
}

const tab = ( name: RegExp ) =>
	within( screen.getByRole( 'navigation', { name: 'Jobs by status' } ) ).getByRole( 'link', { name } );
const pause = ( ms: number ) => act( () => new Promise< void >( ( done ) => setTimeout( done, ms ) ) );
const asked = () => callsTo( 'GET', '/jobs' );
const isInert = () => screen.queryByRole( 'table' )?.closest( '[inert]' ) ?? null;

beforeEach( () => bootJobs() );

describe( 'on a slow site', () => {
	it( 'a tab that was left before its answer came is loaded when one comes back to it', async () => {
		slowSite();
		const { user } = openScreen();
		await screen.findByText( 'Photograph 1' );
		await user.click( tab( /^Failed/ ) );
		await user.click( tab( /^Completed/ ) );
		await user.click( tab( /^Failed/ ) );
		expect( await screen.findByText( 'Photograph 2' ) ).toBeVisible();
		expect( screen.queryByText( 'Photograph 1' ) ).not.toBeInTheDocument();
		expect( isInert() ).toBeNull();
	} );

	it( 'whatever one clicks, the rows end up being those of the tab', async () => {
		slowSite();
		const { user } = openScreen();
		for ( const name of [ /^Failed/, /^Completed/, /^All/, /^Failed/, /^Completed/, /^Failed/, /^Completed/ ] ) {
			await user.click( tab( name ) );
			await pause( name.source === '^All' ? 2 * SLOW_MS : 20 );
		}
		expect( await screen.findByText( 'Photograph 3' ) ).toBeVisible();
	} );

	it( 'asking for the same list many times is a request or two, not a storm', async () => {
		slowSite();
		const { registry } = openScreen();
		await screen.findByText( 'Photograph 1' );
		const query = lastQuery();
		const before = asked().length;
		await act( async () => {
			const { loadPage, reloadPage } = registry.dispatch( store );
			await Promise.all( [ loadPage( query ), loadPage( query ), reloadPage( query ), loadPage( query ) ] );
		} );
		await pause( 4 * SLOW_MS );
		expect( asked().length - before ).toBe( 2 );
		expect( screen.getByText( 'Photograph 1' ) ).toBeVisible();
	} );

	it( 'a reload is no older than its click: a question already on its way does not answer it', async () => {
		slowSite();
		const { registry } = openScreen();
		await screen.findByText( 'Photograph 1' );
		const query = lastQuery();
		await act( async () => {
			const { loadPage, reloadPage } = registry.dispatch( store );
			const older = loadPage( query );
			await pause( 20 );
			TITLES[ 'all' ] = 7;
			await Promise.all( [ older, reloadPage( query ) ] );
		} );
		TITLES[ 'all' ] = 1;
		expect( await screen.findByText( 'Photograph 7' ) ).toBeVisible();
	} );

	it( 'a list whose loading was given up says what it said before', async () => {
		slowSite();
		const { user, registry } = openScreen();
		await screen.findByText( 'Photograph 1' );
		const query = lastQuery();
		await act( async () => {
			void registry.dispatch( store ).reloadPage( query );
		} );
		await user.click( tab( /^Failed/ ) );
		await screen.findByText( 'Photograph 2' );
		const { state, ids } = registry.select( store ).getPage( query );
		expect( [ state, ids.length ] ).toEqual( [ 'filled', 1 ] );
		await waitFor( () => expect( isInert() ).toBeNull() );
	} );

	/** What the open list asked for. */
	function lastQuery(): JobsQuery {
		const { query } = asked().at( -1 )!;
		const toNumber = ( value: string ) => ( /^\d+$/.test( value ) ? Number( value ) : value );
		const parts = [ ...query ].map( ( [ key, value ] ) => [ key, toNumber( value ) ] );
		return Object.fromEntries( parts ) as JobsQuery;
	}
} );
