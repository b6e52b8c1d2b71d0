import { act, screen, waitFor, within } from '@testing-library/react';

import { BATCH_ID, dryRuns, fakeBatches, makeBatch, makePreview, orders, runningNotice } from './support/batches';
import { answerWith, callsTo, refusal } from './support/network';
import { jobId, makeJob, makeStats } from './support/jobs';
import { bootJobs, fakeSite, openScreen } from './support/screen';
import type { Batch, BatchRequest } from '../../admin-src/api/contracts.generated';

const FILTER = '?page=smi-jobs&status=completed&payment=paid';

/** Two pages of two jobs; 344 match. */
function openPages( search = FILTER ) {
	fakeSite( { total: 344 } );
	answerWith( ( { method, path, query } ) => {
		const first = query.get( 'page' ) === '2' ? 3 : 1;
		return method === 'GET' && path === '/jobs'
			? {
					body: [ makeJob( first ), makeJob( first + 1 ) ],
					headers: { 'X-WP-Total': '344', 'X-WP-TotalPages': '2' },
				}
			: undefined;
	} );
	return openScreen( search );
}

const box = ( n: number ) => screen.findByRole( 'checkbox', { name: `Photograph ${ n }` } );
const bar = () => within( screen.getByRole( 'region', { name: 'Selected jobs' } ) );

/** Selects two jobs and opens an action's dialog. */
async function openAction( action: string, site: Parameters< typeof fakeBatches >[ 0 ] = {} ) {
	const { user } = openPages();
	fakeBatches( site );
	await user.click( await box( 1 ) );
	await user.click( await box( 2 ) );
	await user.click( bar().getByRole( 'button', { name: action } ) );
	return { user, dialog: within( await screen.findByRole( 'dialog' ) ) };
}

async function refundAll( site: Parameters< typeof fakeBatches >[ 0 ] = {} ) {
	const { user, dialog } = await openAction( 'Refund…', site );
	await user.click( await dialog.findByRole( 'button', { name: 'Refund 288 jobs, $1,411.20' } ) );
	return { user, dialog };
}

const REFUNDED = { code: 'smi_job_refunded', param: 'acknowledge_refunded' } as const;
const RUNNING = { code: 'smi_job_running', param: 'force' } as const;

/** Of two jobs one is left out, unless the owner says that it is meant too. */
const retryPreview =
	( { code, param }: typeof REFUNDED | typeof RUNNING ) =>
	( { params }: BatchRequest ) => {
		const isMeant = params?.[ param ] === true;
		return makePreview( {
			action: 'retry',
			matched: 2,
			eligible: isMeant ? 2 : 1,
			skipped: isMeant ? [] : [ { code, message: 'Not without a word.', count: 1, job_ids: [ jobId( 1 ) ] } ],
			amounts: [ { currency: 'USD', amount: isMeant ? '0.96' : '0.48' } ],
		} );
	};

beforeEach( () => bootJobs() );

describe( 'selecting', () => {
	it( 'keeps what was selected on another page', async () => {
		const { user } = openPages();
		await user.click( await box( 1 ) );
		expect( bar().getByText( '1 selected' ) ).toBeInTheDocument();
		await user.click( screen.getByRole( 'button', { name: 'Next page' } ) );
		await box( 3 );
		await user.click( screen.getByRole( 'checkbox', { name: 'Select all' } ) );
		expect( bar().getByText( '3 selected' ) ).toBeInTheDocument();
		expect( screen.getByRole( 'status' ) ).toHaveTextContent( '3 selected' );
		await user.click( screen.getByRole( 'button', { name: 'Previous page' } ) );
		expect( await box( 1 ) ).toBeChecked();
		expect( await box( 2 ) ).not.toBeChecked();
		await user.click( await box( 1 ) );
		expect( bar().getByText( '2 selected' ) ).toBeInTheDocument();
	} );

	it( 'means all that match, on every page, when asked to', async () => {
		const { user } = openPages();
		fakeBatches( {} );
		await user.click( await box( 1 ) );
		await user.click( bar().getByRole( 'button', { name: 'Select all 344 that match' } ) );
		expect( bar().getByText( 'All 344 that match' ) ).toBeInTheDocument();
		await user.click( screen.getByRole( 'button', { name: 'Next page' } ) );
		expect( await box( 4 ) ).toBeChecked();
		await user.click( bar().getByRole( 'button', { name: 'Refund…' } ) );
		await screen.findByText( /288 of 344 jobs/ );
		expect( dryRuns()[ 0 ]?.body ).toMatchObject( {
			action: 'refund',
			filter: { status: [ 'completed' ], payment_status: [ 'paid' ] },
		} );
		expect( dryRuns()[ 0 ]?.body ).not.toHaveProperty( 'ids' );
	} );

	it( 'drops "all that match" with a word when other jobs match', async () => {
		const { user } = openPages();
		await user.click( await box( 1 ) );
		await user.click( bar().getByRole( 'button', { name: 'Select all 344 that match' } ) );
		await user.click( screen.getByRole( 'link', { name: /^Failed/ } ) );
		expect( ( await screen.findAllByText( /no longer selected. Nothing was done/ ) ).length ).toBeGreaterThan( 0 );
		expect( screen.queryByRole( 'region', { name: 'Selected jobs' } ) ).not.toBeInTheDocument();
	} );

	it( 'keeps jobs picked one by one when the list is searched', async () => {
		const { user } = openPages();
		await user.click( await box( 1 ) );
		await user.click( screen.getByRole( 'link', { name: /^Failed/ } ) );
		await waitFor( () => expect( callsTo( 'GET', '/jobs' ).length ).toBeGreaterThan( 1 ) );
		expect( bar().getByText( '1 selected' ) ).toBeInTheDocument();
	} );

	it( 'is given up with Escape, and the focus stays at the list', async () => {
		const { user } = openPages();
		await user.click( await box( 1 ) );
		act( () => bar().getByRole( 'button', { name: 'Refund…' } ).focus() );
		await user.keyboard( '{Escape}' );
		expect( screen.queryByRole( 'region', { name: 'Selected jobs' } ) ).not.toBeInTheDocument();
		expect( screen.getByRole( 'checkbox', { name: 'Select all' } ) ).toHaveFocus();
	} );

	it( 'offers only what this user may do', async () => {
		bootJobs( { caps: { view: true, manage: true, refund: false, export: false, settings: false } } );
		const { user } = openPages();
		await user.click( await box( 1 ) );
		expect( bar().getByRole( 'button', { name: 'Make again…' } ) ).toBeInTheDocument();
		expect( bar().queryByRole( 'button', { name: 'Refund…' } ) ).not.toBeInTheDocument();
		expect( bar().queryByRole( 'button', { name: 'Export…' } ) ).not.toBeInTheDocument();
	} );

	it( 'offers nothing to select to somebody who may only look', async () => {
		bootJobs( { caps: { view: true, manage: false, refund: false, export: false, settings: false } } );
		openPages();
		await screen.findByText( 'Photograph 1' );
		expect( screen.queryByRole( 'checkbox', { name: 'Photograph 1' } ) ).not.toBeInTheDocument();
	} );
} );

describe( 'before anything is done', () => {
	it( 'says how many, how much, and who is left out and why', async () => {
		const { dialog } = await openAction( 'Refund…' );
		expect( await dialog.findByText( '288 of 344 jobs will be refunded, $1,411.20 in all.' ) ).toBeInTheDocument();
		expect( dialog.getByText( /41 skipped: already refunded/ ) ).toBeInTheDocument();
		expect( dialog.getByRole( 'link', { name: /^00000007/ } ) ).toHaveAttribute(
			'href',
			expect.stringContaining( `job=${ jobId( 7 ) }` )
		);
		expect( dryRuns()[ 0 ]?.body ).toMatchObject( {
			action: 'refund',
			ids: [ jobId( 1 ), jobId( 2 ) ],
			dry_run: true,
		} );
		expect( orders() ).toHaveLength( 0 );
	} );

	it( 'asks again when the form says something else, and never sends a number that was not shown', async () => {
		const { user, dialog } = await openAction( 'Refund…', {
			preview: ( { params } ) =>
				params?.percent
					? makePreview( { amounts: [ { currency: 'USD', amount: `${ params.percent }.00` } ] } )
					: makePreview(),
		} );
		await dialog.findByText( /\$1,411.20 in all/ );
		await user.click( dialog.getByRole( 'radio', { name: 'A percentage of each payment' } ) );
		const percent = dialog.getByRole( 'textbox', { name: /^Percent/ } );
		await user.clear( percent );
		expect( dialog.getByRole( 'alert' ) ).toHaveTextContent( 'Type a whole number from 1 to 100.' );
		expect( percent ).toBeInvalid();
		await user.type( percent, '25' );
		expect( percent ).toBeValid();
		expect( dialog.getByRole( 'button', { name: /^Refund/ } ) ).toHaveAttribute( 'aria-disabled', 'true' );
		expect( await dialog.findByRole( 'button', { name: 'Refund 288 jobs, $25.00' } ) ).toBeEnabled();
		expect( dryRuns().at( -1 )?.body ).toMatchObject( { params: { percent: 25 } } );
	} );

	it( 'warns of what "fraud" does', async () => {
		const { user, dialog } = await openAction( 'Refund…' );
		await user.click( dialog.getByRole( 'radio', { name: 'Fraud' } ) );
		expect( dialog.getByText( /Stripe will block this card/ ) ).toBeInTheDocument();
	} );

	it( 'does nothing when nothing can be done', async () => {
		const { dialog } = await openAction( 'Refund…', {
			preview: () => makePreview( { eligible: 0, amounts: [], expect: { count: 0, amount: '0.00' } } ),
		} );
		expect( await dialog.findByText( 'None of these jobs can be refunded.' ) ).toBeInTheDocument();
		expect( dialog.getByRole( 'button', { name: /^Refund 0/ } ) ).toHaveAttribute( 'aria-disabled', 'true' );
	} );

	it( 'says what making again costs, and includes refunded jobs only when told to', async () => {
		const { user, dialog } = await openAction( 'Make again…', { preview: retryPreview( REFUNDED ) } );
		expect( await dialog.findByText( /1 of 2 images.*The upscaler will charge about \$0.48/ ) ).toBeInTheDocument();
		await user.click( dialog.getByRole( 'checkbox', { name: 'Also jobs that were refunded' } ) );
		expect( await dialog.findByText( /charge about \$0.96/ ) ).toBeInTheDocument();
		expect( dialog.getByRole( 'button', { name: 'Make 2 images again' } ) ).toBeInTheDocument();
		await user.click( dialog.getByRole( 'checkbox', { name: 'Also jobs that were refunded' } ) );
		expect( await dialog.findByText( /charge about \$0.48/ ) ).toBeInTheDocument();
	} );

	it( 'asks about images that are being made right now only where there are some', async () => {
		const { user, dialog } = await openAction( 'Make again…', { preview: retryPreview( RUNNING ) } );
		await dialog.findByText( /1 of 2 images/ );
		expect( dialog.queryByRole( 'checkbox', { name: 'Also jobs that were refunded' } ) ).not.toBeInTheDocument();
		await user.click( dialog.getByRole( 'checkbox', { name: 'Also images that are being made right now' } ) );
		await dialog.findByText( /2 of 2 images/ );
		expect( dryRuns().at( -1 )?.body ).toMatchObject( { params: { force: true } } );
	} );

	it( 'asks nothing about jobs that there are not, and speaks of one image as of one', async () => {
		const one = { action: 'retry' as const, matched: 1, eligible: 1, skipped: [], amounts: [] };
		const { dialog } = await openAction( 'Make again…', { preview: () => makePreview( one ) } );
		expect( await dialog.findByText( /^The image will be made again\. It costs nothing/ ) ).toBeInTheDocument();
		expect( dialog.queryByRole( 'checkbox' ) ).not.toBeInTheDocument();
	} );

	it( 'says that setting a status moves no money', async () => {
		const { user } = openPages();
		fakeBatches( { preview: () => makePreview( { action: 'status', amounts: [] } ) } );
		await user.click( await box( 1 ) );
		await user.click( bar().getByRole( 'button', { name: 'More for the selected jobs' } ) );
		await user.click( await screen.findByRole( 'menuitem', { name: 'Set status…' } ) );
		const dialog = within( await screen.findByRole( 'dialog' ) );
		expect( dialog.getByText( /moves no money/ ) ).toBeInTheDocument();
		await user.click( dialog.getByRole( 'radio', { name: 'Abandoned' } ) );
		await user.type( dialog.getByRole( 'textbox', { name: 'Reason' } ), 'Test sales' );
		await waitFor( () => expect( dryRuns().at( -1 )?.body ).toMatchObject( { params: { status: 'abandoned' } } ) );
	} );

	it( 'keeps the window open and says that nothing was done when the dry run fails', async () => {
		const { user } = openPages();
		answerWith( ( { path } ) =>
			path === '/jobs/batch' ? refusal( 400, 'smi_batch_too_large', 'At most 10,000 at once.' ) : undefined
		);
		await user.click( await box( 1 ) );
		await user.click( bar().getByRole( 'button', { name: 'Refund…' } ) );
		expect( await screen.findByText( /Nothing was done. At most 10,000 at once/ ) ).toBeInTheDocument();
	} );
} );

describe( 'the real run', () => {
	const FAILED = {
		job_id: jobId( 2 ),
		state: 'failed' as const,
		code: 'x',
		message: 'Stripe refused. Nothing was paid back.',
	};

	it( 'sends what was shown, goes on to the results, and can take up those that failed', async () => {
		let batch: Batch = makeBatch( { left: 168, done: 120, message: '120 of 288 done. The work goes on.' } );
		const { user } = await refundAll( { batch: () => batch, items: [ FAILED ] } );
		expect( await screen.findByText( '120 of 288 done. The work goes on.' ) ).toBeInTheDocument();
		expect( screen.getByRole( 'progressbar', { name: 'Refunding jobs' } ) ).toHaveAttribute( 'value', '42' );
		expect( orders()[ 0 ]?.body ).toMatchObject( {
			dry_run: false,
			ids: [ jobId( 1 ), jobId( 2 ) ],
			expect: { count: 288, amount: '1411.20' },
			params: { reason: 'requested_by_customer' },
		} );
		expect( orders()[ 0 ]?.headers[ 'Idempotency-Key' ] ).toMatch( /^[0-9a-f-]{32,36}$/ );
		const before = callsTo( 'GET', '/jobs' ).length;
		batch = makeBatch( { state: 'done', done: 287, failed: 1, left: 0, message: '287 of 288 done. 1 failed.' } );
		expect( ( await screen.findAllByText( '287 of 288 done. 1 failed.' ) ).length ).toBeGreaterThan( 0 );
		expect( await screen.findByText( FAILED.message ) ).toBeInTheDocument();
		await waitFor( () => expect( callsTo( 'GET', '/jobs' ).length ).toBeGreaterThan( before ) );
		await user.click( screen.getByRole( 'button', { name: 'Select only those that failed' } ) );
		expect( await screen.findByRole( 'region', { name: 'Selected jobs' } ) ).toHaveTextContent( '1 selected' );
		expect( await box( 2 ) ).toBeChecked();
		expect( screen.queryByRole( 'dialog' ) ).not.toBeInTheDocument();
	} );

	it( 'shows the new numbers and asks again when the jobs have changed', async () => {
		const changed = makePreview( {
			eligible: 287,
			amounts: [ { currency: 'USD', amount: '1406.30' } ],
			expect: { count: 287, amount: '1406.30' },
		} );
		const { user, dialog } = await refundAll( {
			start: ( nth ) =>
				nth === 1
					? refusal( 409, 'smi_batch_changed', 'Nothing was done: the jobs have changed.', {
							details: changed,
						} )
					: undefined,
		} );
		expect( await dialog.findByRole( 'alert' ) ).toHaveTextContent( 'Nothing was done: the jobs have changed.' );
		await user.click( dialog.getByRole( 'button', { name: 'Refund 287 jobs, $1,406.30' } ) );
		await screen.findByRole( 'progressbar', { name: 'Refunding jobs' } );
		expect( orders().map( ( { body } ) => body ) ).toMatchObject( [ {}, { expect: changed.expect } ] );
	} );

	it( 'sends the very same order again when nobody knows whether it arrived', async () => {
		const { user, dialog } = await refundAll( { start: ( nth ) => ( nth === 1 ? 'down' : undefined ) } );
		expect( await dialog.findByRole( 'alert' ) ).toHaveTextContent(
			/do not know whether it has begun.*nothing is ever done twice/
		);
		expect( dialog.getByRole( 'radio', { name: 'A percentage of each payment' } ) ).toBeDisabled();
		await user.click( dialog.getByRole( 'button', { name: 'Try again' } ) );
		await screen.findByRole( 'progressbar', { name: 'Refunding jobs' } );
		const [ first, second ] = orders();
		expect( second?.body ).toEqual( first?.body );
		expect( second?.headers[ 'Idempotency-Key' ] ).toBe( first?.headers[ 'Idempotency-Key' ] );
	} );

	it( 'keeps the form when it is refused', async () => {
		const { dialog } = await refundAll( { start: () => refusal( 403, 'rest_forbidden', 'You may not refund.' ) } );
		expect( await dialog.findByRole( 'alert' ) ).toHaveTextContent( 'You may not refund.' );
		expect( dialog.getByRole( 'radio', { name: 'A percentage of each payment' } ) ).toBeEnabled();
	} );

	it( 'cancels what is left after one more question', async () => {
		const { user } = await refundAll( { batch: () => makeBatch( { done: 120, left: 168 } ) } );
		await user.click( await screen.findByRole( 'button', { name: 'Cancel what is left' } ) );
		expect( screen.getByRole( 'alert' ) ).toHaveTextContent( /Stop here\? What was done stays done \(120\)/ );
		expect( callsTo( 'DELETE', `/jobs/batch/${ BATCH_ID }` ) ).toHaveLength( 0 );
		await user.click( screen.getByRole( 'button', { name: 'Stop' } ) );
		expect( await screen.findByRole( 'button', { name: 'Cancelled 168' } ) ).toBeInTheDocument();
	} );
} );

describe( 'a batch in the background', () => {
	it( 'is shown after a reload, can be opened, and its end refreshes the list', async () => {
		let batch: Batch = makeBatch( { done: 120, left: 168 } );
		let notices = [ runningNotice( 168 ) ];
		fakeSite( { jobs: [ makeJob( 1 ) ] } );
		answerWith( ( { path } ) => ( path === '/jobs/stats' ? { body: makeStats( { notices } ) } : undefined ) );
		fakeBatches( { batch: () => batch } );
		const { user } = openScreen();
		const strip = within( await screen.findByRole( 'region', { name: 'Refunding jobs' } ) );
		expect( strip.getByText( '120 of 288 done.' ) ).toBeInTheDocument();
		await user.click( strip.getByRole( 'button', { name: 'Show' } ) );
		const dialog = within( await screen.findByRole( 'dialog', { name: 'Refunding jobs' } ) );
		await user.click( ( await dialog.findAllByRole( 'button', { name: 'Close' } ) ).at( -1 ) as HTMLElement );
		const before = callsTo( 'GET', '/jobs' ).length;
		batch = makeBatch( { state: 'done', done: 288, left: 0 } );
		notices = [];
		expect( ( await screen.findAllByText( /Refunding jobs: finished/ ) ).length ).toBeGreaterThan( 0 );
		expect( callsTo( 'GET', '/jobs' ).length ).toBeGreaterThan( before );
		expect( screen.queryByRole( 'region', { name: 'Refunding jobs' } ) ).not.toBeInTheDocument();
	} );
} );
