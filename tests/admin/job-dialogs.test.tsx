import { screen, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';

import { answerWith, callsTo, refusal } from './support/network';
import { jobId, makeDetail, makeJob } from './support/jobs';
import { bootJobs, fakeSite, openScreen } from './support/screen';
import type { JobDetail } from '../../admin-src/api/contracts.generated';

const REFUNDS = `/jobs/${ jobId( 1 ) }/refunds`;
const RETRY = `/jobs/${ jobId( 1 ) }/retry`;

/** Opens the job's panel, then the action's dialog. */
async function openDialog( action: string, detail: JobDetail = makeDetail( 1 ) ) {
	fakeSite( { jobs: [ makeJob( 1 ) ], details: [ detail ] } );
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
		expect( await dialog.findByRole( 'alert' ) ).toHaveTextContent( /did not answer.*nothing is ever done twice/ );
		await user.click( dialog.getByRole( 'button', { name: 'Refund $2.50' } ) );
		const keys = callsTo( 'POST', REFUNDS ).map( ( { headers } ) => headers[ 'Idempotency-Key' ] );
		expect( keys ).toHaveLength( 2 );
		expect( keys[ 0 ] ).toBe( keys[ 1 ] );
	} );

	it( 'does not send more than is left', async () => {
		const { user, dialog } = await openDialog( 'Refund…' );
		await refundPart( user, dialog, '5' );
		expect( await dialog.findByRole( 'alert' ) ).toHaveTextContent( 'No more than $4.90 is left.' );
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
} );
