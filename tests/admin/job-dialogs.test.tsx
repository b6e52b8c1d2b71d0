import { screen, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';

import { answerWith, callsTo, refusal } from './support/network';
import { dryRuns, makePreview } from './support/batches';
import { jobId, makeDetail, makeJob } from './support/jobs';
import { bootJobs, fakeSite, openScreen } from './support/screen';
import type { BatchPreview, JobDetail } from '../../admin-src/api/contracts.generated';

const REFUNDS = `/jobs/${ jobId( 1 ) }/refunds`;
const RETRY = `/jobs/${ jobId( 1 ) }/retry`;

/** Opens the job's panel, then the action's dialog. */
async function openDialog( action: string, detail: JobDetail = makeDetail( 1 ), prepare?: () => void ) {
	fakeSite( { jobs: [ makeJob( 1 ) ], details: [ detail ] } );
	prepare?.();
	const { user } = openScreen( `?page=smi-jobs&job=${ jobId( 1 ) }` );
	const panel = within( await screen.findByRole( 'complementary', { name: 'Job' } ) );
	await user.click( await panel.findByRole( 'button', { name: action } ) );
	return { user, dialog: within( await screen.findByRole( 'dialog' ) ) };
}

async function openFromMenu( action: string ) {
	fakeSite( { jobs: [ makeJob( 1 ) ], details: [ makeDetail( 1 ) ] } );
	const { user } = openScreen( `?page=smi-jobs&job=${ jobId( 1 ) }` );
	await user.click( await screen.findByRole( 'button', { name: 'More actions' } ) );
	await user.click( await screen.findByRole( 'menuitem', { name: action } ) );
	return { user, dialog: within( await screen.findByRole( 'dialog' ) ) };
}

async function refundPart( user: UserEvent, dialog: ReturnType< typeof within >, amount: string ) {
	await user.click( dialog.getByRole( 'radio', { name: 'Part of it' } ) );
	await user.type( dialog.getByRole( 'textbox', { name: 'Amount in USD' } ), amount );
	await user.click( dialog.getByRole( 'button', { name: /^Refund/ } ) );
}

beforeEach( () => bootJobs() );

describe( 'refunding', () => {
	it( 'sends what was chosen, shows the answer, and takes the new state over', async () => {
		const { user, dialog } = await openDialog( 'Refund…' );
		answerWith( ( { path } ) =>
			path === REFUNDS
				? {
						status: 202,
						body: {
							job: makeDetail( 1, {
								version: 4,
								payment_status: 'partially_refunded',
								refund_amount: '2.50',
							} ),
							message: '$2.50 goes back.',
							queued: true,
						},
					}
				: undefined
		);
		await user.type( dialog.getByRole( 'textbox', { name: 'Note' } ), 'Called us' );
		await refundPart( user, dialog, '2.5' );
		expect( ( await screen.findAllByText( '$2.50 goes back.' ) ).length ).toBeGreaterThan( 0 );
		expect( screen.queryByRole( 'dialog' ) ).not.toBeInTheDocument();
		expect( await screen.findByText( '−$2.50 refunded' ) ).toBeInTheDocument();
		const [ call ] = callsTo( 'POST', REFUNDS );
		expect( call?.body ).toEqual( { amount: '2.50', reason: 'requested_by_customer', note: 'Called us' } );
		expect( call?.headers[ 'Idempotency-Key' ] ).toMatch( /^[0-9a-f-]{32,36}$/ );
	} );

	it( 'keeps the form and says why when the server refuses', async () => {
		const { user, dialog } = await openDialog( 'Refund…' );
		answerWith( ( { path } ) =>
			path === REFUNDS
				? refusal( 409, 'smi_refund_not_possible', 'There is a dispute about this payment.' )
				: undefined
		);
		await refundPart( user, dialog, '2.50' );
		expect( await dialog.findByRole( 'alert' ) ).toHaveTextContent( 'There is a dispute about this payment.' );
		expect( dialog.getByRole( 'textbox', { name: 'Amount in USD' } ) ).toHaveValue( '2.50' );
	} );

	it( 'keeps the form when nothing answers, and tries again under the same key', async () => {
		const { user, dialog } = await openDialog( 'Refund…' );
		answerWith( ( { path } ) => ( path === REFUNDS ? 'down' : undefined ) );
		await refundPart( user, dialog, '2.50' );
		expect( await dialog.findByRole( 'alert' ) ).toHaveTextContent(
			/do not know yet whether the refund was made.*never made twice/
		);
		await user.click( dialog.getByRole( 'button', { name: 'Refund $2.50' } ) );
		const keys = callsTo( 'POST', REFUNDS ).map( ( { headers } ) => headers[ 'Idempotency-Key' ] );
		expect( keys ).toHaveLength( 2 );
		expect( keys[ 0 ] ).toBe( keys[ 1 ] );
	} );

	it( 'takes a changed amount for another refund, and says so', async () => {
		const { user, dialog } = await openDialog( 'Refund…' );
		answerWith( ( { path } ) => ( path === REFUNDS ? 'down' : undefined ) );
		await refundPart( user, dialog, '2.50' );
		await dialog.findByRole( 'alert' );
		const amount = dialog.getByRole( 'textbox', { name: 'Amount in USD' } );
		await user.clear( amount );
		await user.type( amount, '3' );
		expect( dialog.getByRole( 'alert' ) ).toHaveTextContent( /first try may have arrived.*second refund/ );
		await user.click( dialog.getByRole( 'button', { name: 'Refund $3.00' } ) );
		await user.clear( amount );
		await user.type( amount, '2.50' );
		await user.click( dialog.getByRole( 'button', { name: 'Refund $2.50' } ) );
		const keys = callsTo( 'POST', REFUNDS ).map( ( { headers } ) => headers[ 'Idempotency-Key' ] );
		expect( keys ).toHaveLength( 3 );
		expect( keys[ 1 ] ).not.toBe( keys[ 0 ] );
		expect( keys[ 2 ] ).toBe( keys[ 0 ] );
	} );

	it( 'does not claim that nothing was sent when the connection broke on the way', async () => {
		const { user, dialog } = await openDialog( 'Refund…' );
		const online = jest.spyOn( window.navigator, 'onLine', 'get' );
		answerWith( ( { path } ) => {
			if ( path !== REFUNDS ) {
				return undefined;
			}
			online.mockReturnValue( false );
			return 'down';
		} );
		await refundPart( user, dialog, '2.50' );
		expect( await dialog.findByRole( 'alert' ) ).toHaveTextContent( /do not know yet whether/ );
		online.mockRestore();
	} );

	it( 'shows what is left now when somebody else refunded meanwhile', async () => {
		const { user, dialog } = await openDialog( 'Refund…' );
		answerWith( ( { method, path } ) => {
			if ( path === REFUNDS ) {
				return refusal( 400, 'smi_refund_amount', 'Nothing was refunded: only $1.00 is left.' );
			}
			return method === 'GET' && path === `/jobs/${ jobId( 1 ) }`
				? { body: makeDetail( 1, { version: 4, refundable_amount: '1.00' } ) }
				: undefined;
		} );
		await refundPart( user, dialog, '2.50' );
		expect( await dialog.findByRole( 'alert' ) ).toHaveTextContent( 'Nothing was refunded: only $1.00 is left.' );
		expect( await dialog.findByRole( 'radio', { name: 'All of it ($1.00)' } ) ).toBeInTheDocument();
	} );

	it( 'does not send more than is left', async () => {
		const { user, dialog } = await openDialog( 'Refund…' );
		await refundPart( user, dialog, '5' );
		expect( await dialog.findByRole( 'alert' ) ).toHaveTextContent( 'No more than $4.90 is left.' );
		const amount = dialog.getByRole( 'textbox', { name: 'Amount in USD' } );
		expect( amount ).toBeInvalid();
		await user.type( amount, '{Backspace}2' );
		expect( amount ).toBeValid();
		expect( callsTo( 'POST', REFUNDS ) ).toHaveLength( 0 );
	} );

	it( 'warns of what "fraud" does', async () => {
		const { user, dialog } = await openDialog( 'Refund…' );
		await user.click( dialog.getByRole( 'radio', { name: 'Fraud' } ) );
		expect( dialog.getByText( /Stripe will block this card/ ) ).toBeInTheDocument();
	} );

	it( 'says in words why nothing can be refunded', async () => {
		const { dialog } = await openDialog(
			'Refund…',
			makeDetail( 1, { refund_blocked: 'The bank decides about this payment now.' } )
		);
		expect( dialog.getByRole( 'alert' ) ).toHaveTextContent( 'The bank decides' );
		expect( dialog.getByRole( 'button', { name: /^Refund \$/ } ) ).toHaveAttribute( 'aria-disabled', 'true' );
	} );
} );

describe( 'making again', () => {
	it( 'asks before a customer gets for nothing what was paid back', async () => {
		const { user, dialog } = await openDialog( 'Make again' );
		answerWith( ( { path, body } ) => {
			if ( path !== RETRY ) {
				return undefined;
			}
			return ( body as { acknowledge_refunded?: boolean } ).acknowledge_refunded
				? {
						status: 202,
						body: {
							job: makeDetail( 1, { version: 4, status: 'pending' } ),
							message: 'It is made again.',
							queued: true,
						},
					}
				: refusal( 409, 'smi_job_refunded', 'The money was returned.', {
						details: { needs: 'acknowledge_refunded' },
					} );
		} );
		await user.click( dialog.getByRole( 'button', { name: 'Make again' } ) );
		const agree = await dialog.findByRole( 'checkbox', { name: /without paying for it/ } );
		expect( dialog.getByRole( 'alert' ) ).toHaveTextContent( 'The money was returned.' );
		expect( dialog.getByRole( 'button', { name: 'Make again' } ) ).toHaveAttribute( 'aria-disabled', 'true' );
		await user.click( agree );
		await user.click( dialog.getByRole( 'button', { name: 'Make again' } ) );
		expect( ( await screen.findAllByText( 'It is made again.' ) ).length ).toBeGreaterThan( 0 );
		expect( screen.queryByRole( 'dialog' ) ).not.toBeInTheDocument();
	} );

	it( 'does not take another refusal for a question', async () => {
		const { user, dialog } = await openDialog( 'Make again' );
		answerWith( ( { path } ) =>
			path === RETRY ? refusal( 409, 'smi_job_disputed', 'Not while it is disputed.' ) : undefined
		);
		await user.click( dialog.getByRole( 'button', { name: 'Make again' } ) );
		expect( await dialog.findByRole( 'alert' ) ).toHaveTextContent( 'Not while it is disputed.' );
		expect( dialog.queryByRole( 'checkbox' ) ).not.toBeInTheDocument();
	} );
} );

describe( 'what making again costs', () => {
	const priced = ( more: Partial< BatchPreview > ) => {
		answerWith( ( { path } ) =>
			path === '/jobs/batch'
				? { body: makePreview( { action: 'retry', matched: 1, eligible: 1, skipped: [], ...more } ) }
				: undefined
		);
		answerWith( ( { path, body } ) =>
			path === RETRY
				? { status: 202, body: { job: makeDetail( 1 ), message: JSON.stringify( body ), queued: true } }
				: undefined
		);
	};

	it( 'is said before', async () => {
		const { dialog } = await openDialog( 'Make again', undefined, () =>
			priced( { amounts: [ { currency: 'USD', amount: '0.48' } ] } )
		);
		expect( await dialog.findByText( 'The upscaler will charge about $0.48.' ) ).toBeInTheDocument();
		expect( dryRuns()[ 0 ]?.body ).toMatchObject( { action: 'retry', ids: [ jobId( 1 ) ], dry_run: true } );
	} );

	it( 'is nothing where the bridge makes the picture itself', async () => {
		const { dialog } = await openDialog( 'Make again', undefined, () =>
			priced( { amounts: [ { currency: 'USD', amount: '0.00' } ] } )
		);
		expect( await dialog.findByText( /costs nothing: the bridge resizes/ ) ).toBeInTheDocument();
	} );

	it( 'comes after the question about a refunded job', async () => {
		const { user, dialog } = await openDialog( 'Make again', undefined, () =>
			priced( {
				eligible: 0,
				amounts: [],
				skipped: [
					{ code: 'smi_job_refunded', message: 'The money was returned.', count: 1, job_ids: [ jobId( 1 ) ] },
				],
			} )
		);
		const agree = await dialog.findByRole( 'checkbox', { name: /without paying for it/ } );
		expect( dialog.getByRole( 'alert' ) ).toHaveTextContent( 'The money was returned.' );
		priced( { amounts: [ { currency: 'USD', amount: '0.48' } ] } );
		await user.click( agree );
		expect( await dialog.findByText( /charge about \$0.48/ ) ).toBeInTheDocument();
		await user.click( dialog.getByRole( 'button', { name: 'Make again' } ) );
		expect( ( await screen.findAllByText( /"acknowledge_refunded":true/ ) ).length ).toBeGreaterThan( 0 );
	} );

	it( 'does not stand in the way when it cannot be found out', async () => {
		const { dialog } = await openDialog( 'Make again' );
		expect( await dialog.findByText( 'What it will cost could not be found out now.' ) ).toBeInTheDocument();
		expect( dialog.getByRole( 'button', { name: 'Make again' } ) ).toBeEnabled();
	} );

	it( 'keeps the form when nothing answers, and sends the same wish again', async () => {
		const { user, dialog } = await openDialog( 'Make again' );
		answerWith( ( { path } ) => ( path === RETRY ? 'down' : undefined ) );
		await user.click( dialog.getByRole( 'button', { name: 'Make again' } ) );
		expect( await dialog.findByRole( 'alert' ) ).toHaveTextContent( /never made twice.*customer was not charged/ );
		await user.click( dialog.getByRole( 'button', { name: 'Make again' } ) );
		const keys = callsTo( 'POST', RETRY ).map( ( { headers } ) => headers[ 'Idempotency-Key' ] );
		expect( keys ).toHaveLength( 2 );
		expect( keys[ 0 ] ).toBe( keys[ 1 ] );
	} );
} );

describe( 'the other actions', () => {
	it( 'shows the new link after making it', async () => {
		const { user, dialog } = await openFromMenu( 'New download link…' );
		answerWith( ( { path } ) =>
			path.endsWith( '/download-token' )
				? {
						body: {
							job: makeDetail( 1, { version: 4 } ),
							message: 'Done.',
							queued: false,
							download_url: 'http://site.test/new-link',
						},
					}
				: undefined
		);
		await user.click( dialog.getByRole( 'checkbox', { name: /Send the new link/ } ) );
		await user.click( dialog.getByRole( 'button', { name: 'Make new link' } ) );
		expect( await screen.findByText( 'http://site.test/new-link' ) ).toBeInTheDocument();
		expect( callsTo( 'POST', `/jobs/${ jobId( 1 ) }/download-token` )[ 0 ]?.body ).toEqual( { notify: false } );
	} );

	it( 'sets a status only on the state that was looked at', async () => {
		const { user, dialog } = await openFromMenu( 'Set status…' );
		answerWith( ( { method } ) =>
			method === 'PATCH' ? refusal( 412, 'smi_job_changed', 'Changed.' ) : undefined
		);
		expect( dialog.getByText( /moves no money/ ) ).toBeInTheDocument();
		await user.click( dialog.getByRole( 'button', { name: 'Set status' } ) );
		expect( await dialog.findByRole( 'alert' ) ).toHaveTextContent( 'This job changed while you were looking.' );
		expect( callsTo( 'PATCH', `/jobs/${ jobId( 1 ) }` )[ 0 ]?.headers[ 'If-Match' ] ).toBe( 'W/"3"' );
		await user.click( dialog.getByRole( 'button', { name: 'Show the new state' } ) );
		expect( callsTo( 'GET', `/jobs/${ jobId( 1 ) }` ).length ).toBeGreaterThan( 1 );
		expect( dialog.queryByRole( 'alert' ) ).not.toBeInTheDocument();
	} );

	it.each( [
		[ 'New download link…', 'Make new link', 'POST', '/download-token', /only the newest link works/ ],
		[ 'Set status…', 'Set status', 'PATCH', '', /no money was moved/ ],
	] )(
		'%s keeps its form: refused, not allowed, and when nothing answers',
		async ( item, button, method, path, lost ) => {
			const { user, dialog } = await openFromMenu( item );
			const isIt = ( call: { method: string; path: string } ) =>
				call.method === method && call.path === `/jobs/${ jobId( 1 ) }${ path }`;
			const press = () => user.click( dialog.getByRole( 'button', { name: button } ) );
			answerWith( ( call ) =>
				isIt( call ) ? refusal( 409, 'smi_job_disputed', 'Not while disputed.' ) : undefined
			);
			await press();
			expect( await dialog.findByText( 'Not while disputed.' ) ).toBeInTheDocument();
			answerWith( ( call ) => ( isIt( call ) ? refusal( 403, 'rest_forbidden', 'You may not.' ) : undefined ) );
			await press();
			expect( await dialog.findByText( 'You may not.' ) ).toBeInTheDocument();
			answerWith( ( call ) => ( isIt( call ) ? 'down' : undefined ) );
			await press();
			expect( await dialog.findByText( lost ) ).toBeInTheDocument();
		}
	);

	it( 'sets a status with its reason', async () => {
		const { user, dialog } = await openFromMenu( 'Set status…' );
		answerWith( ( { method } ) =>
			method === 'PATCH'
				? {
						body: {
							job: makeDetail( 1, { version: 4, status: 'failed' } ),
							message: 'The status is changed. No money was moved.',
							queued: false,
						},
					}
				: undefined
		);
		await user.type( dialog.getByRole( 'textbox', { name: 'Reason' } ), 'Wrong file' );
		await user.click( dialog.getByRole( 'button', { name: 'Set status' } ) );
		expect( ( await screen.findAllByText( /No money was moved/ ) ).length ).toBeGreaterThan( 0 );
		expect( callsTo( 'PATCH', `/jobs/${ jobId( 1 ) }` )[ 0 ]?.body ).toEqual( {
			status: 'failed',
			reason: 'Wrong file',
		} );
	} );

	it( 'leads to a new link where an e-mail is refused because its link has ended', async () => {
		fakeSite( { jobs: [ makeJob( 1 ) ], details: [ makeDetail( 1 ) ] } );
		answerWith( ( { path } ) =>
			path === `/jobs/${ jobId( 1 ) }/email`
				? refusal( 409, 'smi_job_link_ended', 'No e-mail was sent: the download link has ended.' )
				: undefined
		);
		const { user } = openScreen( `?page=smi-jobs&job=${ jobId( 1 ) }` );
		await user.click( await screen.findByRole( 'button', { name: 'Send e-mail again' } ) );
		expect( ( await screen.findAllByText( /the download link has ended/ ) ).length ).toBeGreaterThan( 0 );
		expect( screen.queryByRole( 'button', { name: 'Try again' } ) ).not.toBeInTheDocument();
		const notice = ( await screen.findAllByRole( 'button', { name: 'New link…' } ) ).find(
			( button ) => button.closest( '.components-snackbar' ) !== null
		);
		await user.click( notice as HTMLElement );
		expect( await screen.findByRole( 'dialog', { name: 'Make a new download link?' } ) ).toBeInTheDocument();
	} );

	it.each( [
		[ 'Send e-mail again', '/email' ],
		[ 'Check now', '/refresh' ],
	] )( '%s is done at once; a failure is said and can be tried again', async ( name, path ) => {
		fakeSite( { jobs: [ makeJob( 1 ) ], details: [ makeDetail( 1 ) ] } );
		const isIt = ( call: { path: string } ) => call.path === `/jobs/${ jobId( 1 ) }${ path }`;
		answerWith( ( call ) => ( isIt( call ) ? refusal( 409, 'smi_x', 'Not possible now.' ) : undefined ) );
		const { user } = openScreen( `?page=smi-jobs&job=${ jobId( 1 ) }` );
		const more = await screen.findByRole( 'button', { name: 'More actions' } );
		if ( screen.queryByRole( 'button', { name } ) === null ) {
			await user.click( more );
		}
		await user.click(
			screen.queryByRole( 'button', { name } ) ?? ( await screen.findByRole( 'menuitem', { name } ) )
		);
		expect( ( await screen.findAllByText( 'Not possible now.' ) ).length ).toBeGreaterThan( 0 );
		answerWith( ( call ) =>
			isIt( call )
				? { status: 202, body: { job: makeDetail( 1, { version: 4 } ), message: 'On its way.', queued: true } }
				: undefined
		);
		await user.click( await screen.findByRole( 'button', { name: 'Try again' } ) );
		expect( ( await screen.findAllByText( 'On its way.' ) ).length ).toBeGreaterThan( 0 );
	} );
} );
