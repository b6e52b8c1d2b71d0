import { act, screen, waitFor, within } from '@testing-library/react';

import { answerWith, callsTo, refusal } from './support/network';
import { jobId, makeJob } from './support/jobs';
import { bootJobs, fakeSite, openScreen } from './support/screen';
import type { Reconciliation } from '../../admin-src/api/contracts.generated';

const PATH = '/reconciliations';
const ID = 'aaaaaaaa-0000-4000-8000-000000000009';

const LISTS: Reconciliation[ 'lists' ] = [
	{ list: 'sessions', state: 'running', seen: 120 },
	{ list: 'refunds', state: 'waiting', seen: 0 },
	{ list: 'disputes', state: 'waiting', seen: 0 },
];

function makeRun( more: Partial< Reconciliation > = {} ): Reconciliation {
	return {
		id: ID,
		state: 'running',
		dry_run: true,
		since: '2026-10-31T23:00:00Z',
		requested_by: 'Anna',
		requested_at: '2026-11-30T10:00:00Z',
		ended_at: null,
		seen: 120,
		lists: LISTS,
		found: 0,
		is_found_floor: false,
		counts: [],
		unclear: 0,
		put_right: 0,
		waiting: 0,
		differences: [],
		trouble: null,
		message: 'Looking through Stripe: 120 so far.',
		...more,
	};
}

const found = ( outcome: Reconciliation[ 'differences' ][ number ][ 'outcome' ] ): Partial< Reconciliation > => ( {
	state: 'done',
	found: 3,
	message: '3 differences. Nothing was changed.',
	lists: LISTS.map( ( line ) => ( { ...line, state: 'done' } ) ),
	differences: [
		{
			code: 'payment',
			object: 'cs_1',
			job_id: jobId( 1 ),
			amount: '4.90',
			currency: 'USD',
			before: 'pending',
			after: 'paid',
			outcome,
			message: 'Paid at Stripe: $4.90. This job does not know it.',
		},
		{
			code: 'nobody',
			object: 'cs_2',
			job_id: null,
			amount: '4.90',
			currency: 'USD',
			before: null,
			after: null,
			outcome,
			message: '$4.90 at Stripe in the name of this shop, which has no such job.',
		},
	],
} );

/** What the site has, newest first; a test changes it. */
let runs: Reconciliation[] = [];

function site() {
	fakeSite( { jobs: [ makeJob( 1 ) ] } );
	answerWith( ( { method, path, body } ) => {
		if ( path === PATH && method === 'GET' ) {
			return { body: runs };
		}
		if ( path === PATH && method === 'POST' ) {
			runs = [ makeRun( { dry_run: ( body as { dry_run: boolean } ).dry_run } ) ];
			return { status: 202, body: { is_new: true, reconciliation: runs[ 0 ], message: '' } };
		}
		if ( path === `${ PATH }/${ ID }` ) {
			runs = method === 'DELETE' ? [ makeRun( { state: 'stopped', message: 'Stopped.' } ) ] : runs;
			return { body: runs[ 0 ] };
		}
		return undefined;
	} );
}

async function openDialog() {
	const opened = openScreen();
	await opened.user.click( await screen.findByRole( 'button', { name: 'More' } ) );
	await opened.user.click( await screen.findByRole( 'menuitem', { name: 'Check payments with Stripe…' } ) );
	const dialog = await screen.findByRole( 'dialog', { name: 'Check payments with Stripe' } );
	return { ...opened, dialog: within( dialog ) };
}

beforeEach( () => {
	bootJobs();
	runs = [];
	site();
} );

test( 'looks first, tells how far it is, and puts right only when it is told to', async () => {
	const { user, dialog } = await openDialog();
	const since = await dialog.findByLabelText( 'Since' );
	expect( dialog.queryByRole( 'button', { name: 'Put right' } ) ).toBeNull();
	await user.clear( since );
	expect( dialog.getByRole( 'button', { name: 'Only look' } ) ).toHaveAttribute( 'aria-disabled', 'true' );
	await user.type( since, '2026-11-01' );
	await user.click( dialog.getByRole( 'button', { name: 'Only look' } ) );
	// A day of the site, which is an hour ahead of UTC.
	expect( callsTo( 'POST', PATH ).map( ( { body } ) => body ) ).toEqual( [
		{ dry_run: true, since: '2026-10-31T23:00:00Z' },
	] );
	expect( await dialog.findByText( 'Payments: 120 so far' ) ).toBeVisible();
	expect( dialog.getByText( 'Refunds: not begun' ) ).toBeVisible();
	expect( dialog.getByRole( 'status' ) ).toHaveTextContent( 'Stripe is being looked through.' );
	runs = [ makeRun( found( 'would_change' ) ) ];
	expect( await dialog.findByText( /Paid at Stripe/, {}, { timeout: 60_000 } ) ).toBeVisible();
	expect( dialog.getByRole( 'status' ) ).toHaveTextContent( '3 differences. Nothing was changed.' );
	expect( dialog.getByRole( 'link', { name: /opens in a new tab/ } ) ).toHaveAttribute(
		'href',
		expect.stringContaining( `job=${ jobId( 1 ) }` )
	);
	expect( dialog.getByText( 'And 1 more.' ) ).toBeVisible();
	expect( callsTo( 'POST', PATH ) ).toHaveLength( 1 );
	await user.click( dialog.getByRole( 'button', { name: 'Put right' } ) );
	expect( callsTo( 'POST', PATH )[ 1 ]?.body ).toEqual( { dry_run: false, since: '2026-10-31T23:00:00Z' } );
	const asked = callsTo( 'GET', '/jobs' ).length;
	runs = [ makeRun( { ...found( 'put_right' ), dry_run: false, put_right: 2, message: 'Put right: 2.' } ) ];
	expect( await dialog.findAllByText( 'Put right.', {}, { timeout: 60_000 } ) ).toHaveLength( 2 );
	expect( dialog.queryByRole( 'button', { name: 'Put right' } ) ).toBeNull();
	await waitFor( () => expect( callsTo( 'GET', '/jobs' ).length ).toBeGreaterThan( asked ) );
} );

test( 'shows what runs already when it is opened again, and stops it', async () => {
	runs = [ makeRun( { trouble: { code: 'bridge_silent', message: 'The bridge is away.' } } ) ];
	const { user, dialog } = await openDialog();
	expect( await dialog.findByText( 'Payments: 120 so far' ) ).toBeVisible();
	expect( dialog.getByRole( 'alert' ) ).toHaveTextContent( 'The bridge is away.' );
	expect( dialog.queryByLabelText( 'Since' ) ).toBeNull();
	await user.click( dialog.getByRole( 'button', { name: 'Stop' } ) );
	expect( await dialog.findByText( 'Stopped.', { selector: 'strong' } ) ).toBeVisible();
	expect( callsTo( 'DELETE', `${ PATH }/${ ID }` ) ).toHaveLength( 1 );
	await user.click( dialog.getByRole( 'button', { name: 'Check again…' } ) );
	expect( dialog.getByLabelText( 'Since' ) ).toBeVisible();
} );

test( 'goes on asking while what was found is being fetched', async () => {
	runs = [ makeRun( { ...found( 'waiting' ), dry_run: false, waiting: 2 } ) ];
	const { dialog } = await openDialog();
	expect( await dialog.findAllByText( 'Being fetched from Stripe.' ) ).toHaveLength( 2 );
	runs = [ makeRun( { ...found( 'put_right' ), dry_run: false, put_right: 2 } ) ];
	expect( await dialog.findAllByText( 'Put right.', {}, { timeout: 60_000 } ) ).toHaveLength( 2 );
} );

test( 'keeps the day and says why when it is refused', async () => {
	answerWith( ( { method, path } ) =>
		method === 'POST' && path === PATH
			? refusal( 409, 'smi_reconciliation_refused', 'Stripe was not asked. No bridge is connected.' )
			: undefined
	);
	const { user, dialog } = await openDialog();
	const since = await dialog.findByLabelText( 'Since' );
	await user.clear( since );
	await user.type( since, '2026-11-02' );
	await user.click( dialog.getByRole( 'button', { name: 'Only look' } ) );
	expect( await dialog.findByRole( 'alert' ) ).toHaveTextContent( 'No bridge is connected.' );
	expect( dialog.getByLabelText( 'Since' ) ).toHaveValue( '2026-11-02' );
} );

test( 'gives the focus back to the menu, and is not there for who may not manage jobs', async () => {
	const { user, dialog, unmount } = await openDialog();
	await dialog.findByLabelText( 'Since' );
	await user.click( dialog.getByRole( 'button', { name: 'Cancel' } ) );
	await waitFor( () => expect( screen.getByRole( 'button', { name: 'More' } ) ).toHaveFocus() );
	act( () => unmount() );
	bootJobs( { caps: { view: true, manage: false, refund: false, export: true, settings: false } } );
	openScreen();
	expect( await screen.findByRole( 'button', { name: 'Export…' } ) ).toBeVisible();
	expect( screen.queryByRole( 'button', { name: 'More' } ) ).toBeNull();
} );
