import { act, screen, waitFor, within } from '@testing-library/react';

import { answerWith, calls, callsTo, refusal } from './support/network';
import { jobId, makeDetail, makeJob, makeStats } from './support/jobs';
import { bootJobs, fakeSite, openScreen } from './support/screen';
import type { Job } from '../../admin-src/api/contracts.generated';

let mockChunksLost = 0;
jest.mock( '../../admin-src/jobs/views/save-dialog', () => {
	if ( mockChunksLost > 0 ) {
		mockChunksLost--;
		throw new Error( 'Loading chunk views failed.' );
	}
	return jest.requireActual( '../../admin-src/jobs/views/save-dialog' );
} );

const panel = () => screen.findByRole( 'complementary', { name: 'Job' } );
const address = ( n: number ) => `?page=smi-jobs&job=${ jobId( n ) }`;
/** Coming back to the tab asks at once. */
const wake = () => act( async () => void document.dispatchEvent( new Event( 'visibilitychange' ) ) );
/** A word of a newer plugin than this script. */
const newWord = < T, >( word: string ) => word as unknown as T;

beforeEach( () => bootJobs() );

describe( 'after an update, with the screen open', () => {
	const newer: Partial< Job > = {
		status: newWord( 'held_back' ),
		payment_status: newWord( 'pledged' ),
		attention: newWord( 'customs' ),
	};

	it( 'words that only the newer plugin knows are shown as they are, in list and panel', async () => {
		fakeSite( {
			jobs: [ makeJob( 1, newer ) ],
			details: [ makeDetail( 1, { ...newer, attention_all: [ newWord( 'customs' ) ] } ) ],
		} );
		openScreen( address( 1 ) );
		const row = ( await screen.findByRole( 'link', { name: 'Photograph 1' } ) ).closest(
			'tr, li, [role=row]'
		) as HTMLElement;
		expect( row ).toHaveTextContent( 'held_back' );
		const open = await panel();
		await within( open ).findAllByText( 'held_back' );
		expect( within( open ).getAllByText( 'customs' ).length ).toBeGreaterThan( 0 );
		expect( within( open ).getAllByText( /pledged/ ).length ).toBeGreaterThan( 0 );
	} );
} );

describe( 'a part that breaks', () => {
	let log: jest.SpyInstance;
	beforeEach( () => ( log = jest.spyOn( console, 'error' ).mockImplementation( () => {} ) ) );
	afterEach( () => log.mockRestore() );

	it( 'leaves the rest alone, and another job opens', async () => {
		const broken = { ...makeDetail( 1 ), events: null, attempts: null } as unknown as ReturnType<
			typeof makeDetail
		>;
		fakeSite( { jobs: [ makeJob( 1 ), makeJob( 2 ) ], details: [ broken, makeDetail( 2 ) ] } );
		const { user } = openScreen( address( 1 ) );
		const alert = await within( await panel() ).findByRole( 'alert' );
		expect( alert ).toHaveTextContent( 'This part of the page stopped working. Nothing was changed.' );
		expect( within( alert ).getByRole( 'button', { name: 'Reload the page' } ) ).toBeEnabled();
		expect( within( alert ).getByRole( 'button', { name: 'Copy the details' } ) ).toBeEnabled();
		await user.click( screen.getByRole( 'link', { name: 'Photograph 2' } ) );
		expect( await within( await panel() ).findByText( '2 of 2' ) ).toBeInTheDocument();
		await waitFor( () => expect( screen.queryByText( /stopped working/ ) ).not.toBeInTheDocument() );
	} );

	it( 'may be a window that could not be loaded: it says so, and is loaded when asked again', async () => {
		mockChunksLost = 1;
		fakeSite( { jobs: [ makeJob( 1 ) ] } );
		const { user } = openScreen( '?page=smi-jobs&status=failed' );
		await screen.findByText( 'Photograph 1' );
		await user.click( screen.getByRole( 'button', { name: 'Views' } ) );
		await user.click( await screen.findByRole( 'menuitem', { name: /^Save/ } ) );
		const dialog = within( await screen.findByRole( 'dialog' ) );
		expect( await dialog.findByText( /could not be loaded\. Nothing was done/ ) ).toBeVisible();
		expect( screen.getByText( 'Photograph 1' ) ).toBeVisible();
		await user.click( dialog.getByRole( 'button', { name: 'Try again' } ) );
		expect( await screen.findByRole( 'textbox', { name: 'Name' } ) ).toBeVisible();
	} );
} );

describe( 'an open job', () => {
	it( 'goes on being kept up to date after one answer was lost', async () => {
		fakeSite( {
			jobs: [ makeJob( 1, { status: 'processing' } ) ],
			details: [ makeDetail( 1, { status: 'processing' } ) ],
		} );
		openScreen( address( 1 ) );
		await within( await panel() ).findAllByText( 'Processing' );
		let lost = 0;
		answerWith( ( { path, query } ) => {
			if ( path === '/jobs/stats' && query.has( 'rows[0]' ) ) {
				return { body: makeStats( { rows: [ makeJob( 1, { version: 9 } ) ] } ) };
			}
			if ( path !== `/jobs/${ jobId( 1 ) }` ) {
				return undefined;
			}
			return lost++ === 0
				? refusal( 502, 'bad_gateway', 'Bad gateway' )
				: { body: makeDetail( 1, { version: 9 } ), headers: { ETag: 'W/"9"' } };
		} );
		await wake();
		await waitFor( () => expect( lost ).toBe( 1 ) );
		expect( await within( await panel() ).findByText( /could not be refreshed/ ) ).toBeVisible();
		expect( lost ).toBe( 1 );
		await wake();
		expect( ( await within( await panel() ).findAllByText( 'Completed' ) ).length ).toBeGreaterThan( 0 );
		expect( lost ).toBe( 2 );
		expect( within( await panel() ).queryByText( /could not be refreshed/ ) ).not.toBeInTheDocument();
	} );

	it.each( [ 'stats', 'export', '../settings', 'x', '00000000-0000-4000-8000-00000000000' ] )(
		'with a number that is none (%s) says so, asks nothing about it, and the list lives on',
		async ( word ) => {
			fakeSite( { jobs: [ makeJob( 2 ) ] } );
			openScreen( `?page=smi-jobs&job=${ encodeURIComponent( word ) }` );
			expect( await within( await panel() ).findByText( 'No job has this number.' ) ).toBeVisible();
			await screen.findByText( 'Photograph 2' );
			await wake();
			await waitFor( () => expect( callsTo( 'GET', '/jobs/stats' ).length ).toBeGreaterThan( 1 ) );
			const rows = calls
				.flatMap( ( { query } ) => [ ...query ] )
				.filter( ( [ key ] ) => key.startsWith( 'rows[' ) );
			expect( rows.map( ( [ , id ] ) => id ) ).toEqual( [ jobId( 2 ) ] );
			expect( calls.filter( ( { path } ) => ! [ '/jobs', '/jobs/stats' ].includes( path ) ) ).toEqual( [] );
		}
	);
} );

describe( 'the refund of all that is left', () => {
	const REFUNDS = `/jobs/${ jobId( 1 ) }/refunds`;

	it( 'is sent with the amount that its button shows', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ], details: [ makeDetail( 1 ) ] } );
		answerWith( ( { path } ) =>
			path === REFUNDS ? refusal( 409, 'smi_refund_not_possible', 'No.' ) : undefined
		);
		const { user } = openScreen( address( 1 ) );
		await user.click( await within( await panel() ).findByRole( 'button', { name: 'Refund…' } ) );
		const dialog = within( await screen.findByRole( 'dialog' ) );
		await user.click( await dialog.findByRole( 'button', { name: 'Refund $4.90' } ) );
		await dialog.findByRole( 'alert' );
		expect( callsTo( 'POST', REFUNDS )[ 0 ]?.body ).toEqual( { amount: '4.90', reason: 'requested_by_customer' } );
	} );

	it( 'opened from the row shows what is left now, not what was when its details were read', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ], details: [ makeDetail( 1 ) ] } );
		const { user } = openScreen( address( 1 ) );
		await within( await panel() ).findByRole( 'button', { name: 'Refund…' } );
		await user.keyboard( '{Escape}' );
		answerWith( ( { path, query } ) => {
			if ( path === `/jobs/${ jobId( 1 ) }` ) {
				return { body: makeDetail( 1, { version: 9, refundable_amount: '1.90' } ), delayMs: 100 };
			}
			const isPoll = path === '/jobs/stats' && query.has( 'rows[0]' );
			return isPoll ? { body: makeStats( { rows: [ makeJob( 1, { version: 9 } ) ] } ) } : undefined;
		} );
		await wake();
		await waitFor( () => expect( callsTo( 'GET', '/jobs/stats' ).at( -1 )?.query.has( 'rows[0]' ) ).toBe( true ) );
		const row = ( await screen.findByText( 'Photograph 1' ) ).closest( 'tr' ) as HTMLElement;
		await user.click( within( row ).getByRole( 'button', { name: 'Actions' } ) );
		await user.click( await screen.findByRole( 'menuitem', { name: 'Refund…' } ) );
		const dialog = within( await screen.findByRole( 'dialog' ) );
		expect( await dialog.findByRole( 'button', { name: 'Refund $1.90' } ) ).toBeVisible();
	} );
} );
