import { act, screen, waitFor, within } from '@testing-library/react';
import { store as preferencesStore } from '@wordpress/preferences';

import { callsTo } from './support/network';
import { makeJob } from './support/jobs';
import { bootJobs, fakeSite, openScreen } from './support/screen';

beforeEach( () => {
	bootJobs();
	fakeSite( { jobs: [ makeJob( 1 ) ] } );
} );

type Opened = ReturnType< typeof openScreen >;

const openList = async ( search?: string ) => {
	const opened = openScreen( search );
	await screen.findByText( 'Photograph 1' );
	return opened;
};

const prefs = ( { registry }: Opened ) => registry.select( preferencesStore ).get( 'smi/jobs', 'views' );

const openMenu = async ( { user }: Opened ) => {
	await user.click( screen.getByRole( 'button', { name: /^Views$|^View: / } ) );
	return within( await screen.findByRole( 'menu' ) );
};

const choose = async ( opened: Opened, name: string | RegExp ) =>
	opened.user.click(
		( await openMenu( opened ) ).getByRole( /…$|^Update/.test( String( name ) ) ? 'menuitem' : 'menuitemradio', {
			name,
		} )
	);

const save = async ( opened: Opened, name: string ) => {
	await choose( opened, 'Save this view…' );
	const dialog = within( await screen.findByRole( 'dialog', { name: 'Save this view' } ) );
	if ( name ) {
		await opened.user.type( dialog.getByRole( 'textbox', { name: 'Name' } ), name );
	}
	await opened.user.click( dialog.getByRole( 'button', { name: 'Save view' } ) );
	return dialog;
};

const back = () =>
	act( async () => {
		window.history.back();
		await new Promise( ( resolve ) => window.addEventListener( 'popstate', resolve, { once: true } ) );
	} );

describe( 'views that come with the list', () => {
	it( 'open at once, are marked, and Back undoes them', async () => {
		const opened = await openList( '?page=smi-jobs&s=fog' );
		await choose( opened, 'Failed jobs of yesterday' );
		expect( window.location.search ).toBe( '?page=smi-jobs&status=failed&created=yesterday' );
		await waitFor( () => expect( callsTo( 'GET', '/jobs' ).at( -1 )?.query.get( 'status[0]' ) ).toBe( 'failed' ) );
		const menu = await openMenu( opened );
		expect( menu.getByRole( 'menuitemradio', { name: 'Failed jobs of yesterday' } ) ).toBeChecked();
		expect( menu.getByRole( 'menuitemradio', { name: 'All jobs' } ) ).not.toBeChecked();
		await opened.user.keyboard( '{Escape}' );
		await back();
		expect( window.location.search ).toBe( '?page=smi-jobs&s=fog' );
	} );

	it( 'are not marked once the list was changed', async () => {
		const opened = await openList( '?page=smi-jobs&status=attention&s=x' );
		const menu = await openMenu( opened );
		menu.getAllByRole( 'menuitemradio' ).forEach( ( item ) => expect( item ).not.toBeChecked() );
	} );

	it( 'keep the look of the list', async () => {
		const opened = await openList( '?page=smi-jobs&per_page=50&density=comfortable' );
		await choose( opened, 'Needs attention' );
		expect( window.location.search ).toBe( '?page=smi-jobs&per_page=50&density=comfortable&status=attention' );
	} );
} );

describe( 'views of one’s own', () => {
	const PLACE = '?page=smi-jobs&status=failed&s=fog&payment=paid&orderby=email&order=asc&columns=status%2Cpaid_at';

	it( 'keep tab, search, filters, order and look, and bring them back', async () => {
		const opened = await openList( PLACE );
		await save( opened, 'Foggy failures' );
		await screen.findByRole( 'button', { name: 'View: Foggy failures' } );
		await choose( opened, 'All jobs' );
		expect( window.location.search ).not.toContain( 'fog' );
		await choose( opened, 'Foggy failures' );
		const params = new URLSearchParams( window.location.search );
		expect( Object.fromEntries( params ) ).toMatchObject( {
			status: 'failed',
			s: 'fog',
			payment: 'paid',
			orderby: 'email',
			order: 'asc',
			columns: 'status,paid_at',
		} );
		expect( params.get( 'view' ) ).toBeTruthy();
	} );

	it( 'do not become the user’s usual look by being opened', async () => {
		const opened = await openList( PLACE );
		await save( opened, 'Narrow' );
		await choose( opened, 'Narrow' );
		expect( opened.registry.select( preferencesStore ).get( 'smi/jobs', 'view' ) ).toBeUndefined();
	} );

	it( 'say when the list has left them, and can be brought up to date', async () => {
		const opened = await openList( PLACE );
		await save( opened, 'Mine' );
		await opened.user.click( screen.getByRole( 'link', { name: /^Completed/ } ) );
		expect( await screen.findByRole( 'button', { name: 'View: Mine (changed)' } ) ).toBeInTheDocument();
		await choose( opened, 'Update “Mine”' );
		expect( await screen.findByRole( 'button', { name: 'View: Mine' } ) ).toBeInTheDocument();
		expect( prefs( opened ) ).toEqual( [
			expect.objectContaining( { name: 'Mine', address: expect.stringContaining( 'status=completed' ) } ),
		] );
	} );

	it.each( [
		[ '', 'Give the view a name.' ],
		[ '   ', 'Give the view a name.' ],
		[ 'x'.repeat( 61 ), 'The name is too long. Use at most 60 characters.' ],
		[ ' taken ', 'You have a view with this name. Choose another one.' ],
	] )( 'need a good name: “%s”', async ( name, words ) => {
		const opened = await openList();
		await save( opened, 'Taken' );
		const dialog = await save( opened, name );
		expect( await dialog.findByText( words ) ).toBeInTheDocument();
		expect( prefs( opened ) ).toHaveLength( 1 );
	} );

	it( 'keep moving with the calendar, or keep today’s days when asked to', async () => {
		const opened = await openList( '?page=smi-jobs&created=yesterday' );
		await save( opened, 'Moving' );
		await choose( opened, 'Save this view…' );
		const dialog = within( await screen.findByRole( 'dialog', { name: 'Save this view' } ) );
		await opened.user.click( dialog.getByRole( 'checkbox', { name: '“Yesterday” moves with the calendar' } ) );
		await opened.user.type( dialog.getByRole( 'textbox', { name: 'Name' } ), 'Fixed' );
		await opened.user.click( dialog.getByRole( 'button', { name: 'Save view' } ) );
		expect( prefs( opened ) ).toEqual( [
			expect.objectContaining( { address: expect.stringContaining( 'created=yesterday' ) } ),
			expect.objectContaining( { address: expect.stringMatching( /from=\d{4}-\d\d-\d\d&to=/ ) } ),
		] );
	} );

	it( 'can be renamed, and deleted with an undo that puts them back in their place', async () => {
		const opened = await openList();
		await save( opened, 'One' );
		await save( opened, 'Two' );
		await choose( opened, 'Rename or delete views…' );
		const dialog = within( await screen.findByRole( 'dialog', { name: 'My views' } ) );
		await opened.user.click( dialog.getByRole( 'button', { name: 'Rename “One”' } ) );
		const field = dialog.getByRole( 'textbox', { name: 'Rename “One”' } );
		expect( field ).toHaveFocus();
		await opened.user.clear( field );
		await opened.user.type( field, 'two{Enter}' );
		expect( await dialog.findByText( /You have a view with this name/ ) ).toBeInTheDocument();
		await opened.user.clear( field );
		await opened.user.type( field, 'First{Enter}' );
		await waitFor( () => expect( dialog.getByRole( 'button', { name: 'Rename “First”' } ) ).toHaveFocus() );
		await opened.user.click( dialog.getByRole( 'button', { name: 'Delete “First”' } ) );
		expect( prefs( opened ) ).toHaveLength( 1 );
		expect( dialog.getByRole( 'list', { name: 'My views' } ) ).toHaveFocus();
		await opened.user.click( await screen.findByRole( 'button', { name: 'Undo', hidden: true } ) );
		expect( prefs( opened ) ).toEqual( [
			expect.objectContaining( { name: 'First' } ),
			expect.objectContaining( { name: 'Two' } ),
		] );
	} );

	it( 'that somebody else’s program broke are left out', async () => {
		const opened = await openList();
		await act( async () => {
			const bad = [ null, 7, { id: 'a' }, { id: 'b', name: 'Good', address: 'status=sold&columns=x' } ];
			opened.registry.dispatch( preferencesStore ).set( 'smi/jobs', 'views', bad );
		} );
		await choose( opened, 'Good' );
		expect( window.location.search ).toBe( '?page=smi-jobs&view=b' );
	} );
} );

describe( 'the look of the list', () => {
	it( 'is kept for the user, and the reset brings back the usual one', async () => {
		const opened = await openList( '?page=smi-jobs&s=fog' );
		await opened.user.click( await screen.findByRole( 'button', { name: 'View options' } ) );
		await opened.user.click( await screen.findByRole( 'radio', { name: '50' } ) );
		expect( window.location.search ).toBe( '?page=smi-jobs&s=fog&per_page=50' );
		expect( opened.registry.select( preferencesStore ).get( 'smi/jobs', 'view' ) ).toMatchObject( { perPage: 50 } );
		await waitFor( () => expect( callsTo( 'GET', '/jobs' ).at( -1 )?.query.get( 'per_page' ) ).toBe( '50' ) );
		await opened.user.click( screen.getByRole( 'button', { name: 'Reset view' } ) );
		await waitFor( () => expect( window.location.search ).toBe( '?page=smi-jobs' ) );
		expect( opened.registry.select( preferencesStore ).get( 'smi/jobs', 'view' ) ).toMatchObject( {
			perPage: 20,
			fields: [ 'status', 'email', 'amount_charged', 'created_at' ],
		} );
	} );
} );
