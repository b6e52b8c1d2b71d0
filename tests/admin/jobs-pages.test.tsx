import { screen, waitFor, within } from '@testing-library/react';
import { resetLocaleData, setLocaleData } from '@wordpress/i18n';

import { answerWith, callsTo, refusal } from './support/network';
import { jobId, makeJob } from './support/jobs';
import { bootJobs, fakeSite, openScreen } from './support/screen';

interface List {
	total: number;
	/** The server stopped counting there. */
	isFloor?: boolean;
	/** Up to there pages are full; later ones are empty. */
	filledTo?: number;
}

/** A list of so many jobs, twenty a page; of each page the first job has the page's number. */
function openList( { total, isFloor = false, filledTo = Infinity }: List, search = '?page=smi-jobs' ) {
	fakeSite( {} );
	answerWith( ( { method, path, query } ) => {
		if ( method !== 'GET' || path !== '/jobs' ) {
			return undefined;
		}
		const page = Number( query.get( 'page' ) );
		return {
			body: page > filledTo ? [] : Array.from( { length: 20 }, ( _, n ) => makeJob( page * 100 + n ) ),
			headers: {
				'X-WP-Total': String( total ),
				'X-WP-TotalPages': String( Math.ceil( total / 20 ) ),
				...( isFloor ? { 'X-SMI-Total-Relation': 'gte' } : {} ),
			},
		};
	} );
	return openScreen( search );
}

const pages = async () => within( await screen.findByRole( 'navigation', { name: 'Pages of the list' } ) );
const field = () => screen.getByRole( 'textbox', { name: 'Current page' } );
const button = ( name: string ) => screen.getByRole( 'button', { name } );
const isOff = ( name: string ) => button( name ).getAttribute( 'aria-disabled' ) === 'true';
const shown = ( page: number ) => screen.findByText( `Photograph ${ page * 100 }` );
const asked = () => callsTo( 'GET', '/jobs' ).map( ( { query } ) => Number( query.get( 'page' ) ) );

beforeEach( () => bootJobs() );

describe( 'the pages of the list', () => {
	it( 'are as quick to draw for a million jobs as for a few', async () => {
		const { container } = openList( { total: 1_000_000 } );
		await shown( 1 );
		expect(
			( await pages() ).getByText( 'of 50,000', { exact: false, selector: '.smi-pages__place' } )
		).toBeVisible();
		expect( container.querySelectorAll( 'option' ) ).toHaveLength( 0 );
		expect( container.querySelectorAll( '.smi-list__foot *' ).length ).toBeLessThan( 40 );
	} );

	it( 'are not offered where there is only one', async () => {
		openList( { total: 20 } );
		await shown( 1 );
		expect( screen.queryByRole( 'navigation', { name: 'Pages of the list' } ) ).not.toBeInTheDocument();
	} );

	it( 'are turned one by one and to both ends; a button with nowhere to go keeps the focus and says so', async () => {
		const { user } = openList( { total: 1_234 } );
		await shown( 1 );
		expect( [ isOff( 'First page' ), isOff( 'Previous page' ), isOff( 'Next page' ) ] ).toEqual( [
			true,
			true,
			false,
		] );
		await user.click( button( 'Next page' ) );
		await shown( 2 );
		expect( field() ).toHaveValue( '2' );
		expect( window.location.search ).toContain( 'paged=2' );
		await user.click( button( 'Last page' ) );
		await shown( 62 );
		expect( button( 'Last page' ) ).toHaveFocus();
		expect( [ isOff( 'Next page' ), isOff( 'Last page' ) ] ).toEqual( [ true, true ] );
		await user.click( button( 'Last page' ) );
		await user.click( button( 'Previous page' ) );
		await shown( 61 );
		await user.click( button( 'First page' ) );
		await shown( 1 );
		expect( asked().slice( 0, 4 ) ).toEqual( [ 1, 2, 62, 61 ] );
	} );

	it( 'are read from their top', async () => {
		const { user, container } = openList( { total: 1_234 } );
		await shown( 1 );
		const scroller = container.querySelector( '.dataviews-layout__container' ) as HTMLElement;
		scroller.scrollTop = 300;
		await user.click( button( 'Next page' ) );
		await shown( 2 );
		expect( scroller.scrollTop ).toBe( 0 );
	} );

	it( 'stay in sight, with the focus, while the next one loads', async () => {
		let answer: ( () => void ) | undefined;
		const { user } = openList( { total: 1_234 } );
		await shown( 1 );
		const fetch = window.fetch;
		window.fetch = async ( ...args ) => {
			await new Promise< void >( ( done ) => ( answer = done ) );
			return fetch( ...args );
		};
		await user.click( button( 'Next page' ) );
		expect( button( 'Next page' ) ).toHaveFocus();
		expect( field() ).toHaveValue( '2' );
		expect( field() ).toHaveAccessibleDescription( 'Page 2 of 62' );
		await waitFor( () => expect( answer ).toBeDefined() );
		answer?.();
		window.fetch = fetch;
		await shown( 2 );
		expect( button( 'Next page' ) ).toHaveFocus();
	} );

	it.each( [
		[ '40,000{Enter}', 40_000 ],
		[ '99999999{Enter}', 50_000 ],
		[ '12{Tab}', 12 ],
	] )( 'are found by typing: %s', async ( typed, page ) => {
		const { user } = openList( { total: 1_000_000 } );
		await shown( 1 );
		await user.click( field() );
		await user.keyboard( typed );
		await shown( page );
		expect( field() ).toHaveValue( String( page ) );
		expect( asked() ).toEqual( [ 1, page ] );
	} );

	it( 'are found one after the other: the next number replaces the one before', async () => {
		const { user } = openList( { total: 1_000_000 } );
		await shown( 1 );
		await user.click( field() );
		await user.keyboard( '40{Enter}' );
		await shown( 40 );
		await user.keyboard( '7{Enter}' );
		await shown( 7 );
		expect( asked() ).toEqual( [ 1, 40, 7 ] );
	} );

	it( 'stay where they are, without an error, for what is no other page', async () => {
		const { user } = openList( { total: 1_000_000 } );
		await shown( 1 );
		for ( const typed of [ '0{Enter}', '-5{Enter}', 'x{Enter}', '{Backspace}{Enter}', '12{Escape}', '1{Enter}' ] ) {
			await user.click( field() );
			await user.keyboard( typed );
			expect( field() ).toHaveValue( '1' );
			expect( field() ).toHaveFocus();
			await user.tab();
		}
		expect( asked() ).toEqual( [ 1 ] );
	} );

	it( 'leave the open job open when a number is given up with Escape', async () => {
		const { user } = openList( { total: 1_234 } );
		await user.click( await screen.findByRole( 'checkbox', { name: 'Photograph 100' } ) );
		await user.click( field() );
		await user.keyboard( '3{Escape}' );
		expect( screen.getByRole( 'region', { name: 'Selected jobs' } ) ).toBeInTheDocument();
	} );

	it( 'have the arrows turned round where one writes from right to left', async () => {
		const pathOf = ( name: string ) => button( name ).querySelector( 'path' )?.getAttribute( 'd' );
		const { unmount } = openList( { total: 1_234 } );
		await shown( 1 );
		const [ next, last ] = [ pathOf( 'Next page' ), pathOf( 'Last page' ) ];
		unmount();
		setLocaleData( { 'text direction\u0004ltr': [ 'rtl' ] } );
		openList( { total: 1_234 } );
		await shown( 1 );
		expect( [ pathOf( 'Previous page' ), pathOf( 'First page' ) ] ).toEqual( [ next, last ] );
		resetLocaleData();
	} );

	it( 'keep the page and say so when it could not be loaded', async () => {
		const { user } = openList( { total: 1_234 } );
		await shown( 1 );
		answerWith( ( { path, query } ) =>
			path === '/jobs' && query.get( 'page' ) === '2' ? refusal( 500, 'x', 'Boom' ) : undefined
		);
		await user.click( button( 'Next page' ) );
		expect( ( await screen.findAllByText( /could not be loaded/ ) )[ 0 ] ).toBeInTheDocument();
		expect( window.location.search ).toContain( 'paged=2' );
		await user.click( button( 'Previous page' ) );
		await shown( 1 );
	} );
} );

describe( 'pages that nobody counted', () => {
	it( 'go on after the last that was', async () => {
		const { user } = openList( { total: 10_000, isFloor: true, filledTo: 600 }, '?page=smi-jobs&paged=500' );
		await shown( 500 );
		expect(
			( await pages() ).getByText( 'of many', { exact: false, selector: '.smi-pages__place' } )
		).toBeVisible();
		expect( screen.queryByRole( 'button', { name: 'Last page' } ) ).not.toBeInTheDocument();
		expect( isOff( 'Next page' ) ).toBe( false );
		await user.click( button( 'Next page' ) );
		await shown( 501 );
		expect( window.location.search ).toContain( 'paged=501' );
	} );

	it( 'do not stop the way from job to job, nor say that it ends', async () => {
		const { user } = openList(
			{ total: 10_000, isFloor: true },
			`?page=smi-jobs&paged=500&job=${ jobId( 50_019 ) }`
		);
		expect( await screen.findByText( '10,000 of more than 10,000' ) ).toBeInTheDocument();
		await user.keyboard( '{Alt>}{ArrowDown}{/Alt}' );
		expect( await screen.findByText( '10,001 of more than 10,001' ) ).toBeInTheDocument();
		expect( window.location.search ).toContain( 'paged=501' );
	} );

	it( 'lead back to the last that is known from far past the end', async () => {
		const { user } = openList( { total: 10_000, isFloor: true, filledTo: 600 } );
		await shown( 1 );
		await user.click( field() );
		await user.keyboard( '9999{Enter}' );
		await shown( 500 );
		expect( field() ).toHaveValue( '500' );
		expect( screen.queryByRole( 'alert' ) ).not.toBeInTheDocument();
	} );
} );
