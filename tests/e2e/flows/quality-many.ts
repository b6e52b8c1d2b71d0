/** States of the Jobs screen that need more jobs than a test has: what the server says of them is made up. */
import type { Page, Route } from 'playwright-core';
import { dialogOf, openJobs, rowsOf } from '../support/look.ts';
import type { World } from '../support/world.ts';
import type { State } from './quality-states.ts';

const SCREEN = '.smi-jobs';
const DIALOG = '.components-modal__frame';
const LIST = /\/smi\/v1\/jobs\?/;
const BATCHES = /\/smi\/v1\/jobs\/batch/;

/** A page of the list as it is, of as many as said. */
const countedAs = ( headers: Record< string, string > ) => async ( route: Route ) => {
	const response = await route.fetch();
	await route.fulfill( { response, headers: { ...response.headers(), ...headers } } );
};

async function openCounted( world: World, page: Page, headers: Record< string, string > ): Promise< void > {
	// A page that no tab leads to: rows seen a moment ago are shown again without a question.
	await openJobs( world, page, '&paged=2' );
	await page.route( LIST, countedAs( headers ) );
	await page
		.getByRole( 'navigation', { name: 'Jobs by status' } )
		.getByRole( 'link', { name: /^Completed/ } )
		.click();
	await page.waitForURL( /status=completed/ );
	await page
		.locator( '.smi-pages__place' )
		.getByText( /of (50,000|many)/ )
		.waitFor();
}

const ID = '99999999-9999-4999-8999-999999999999';

const BATCH = {
	id: ID,
	action: 'email',
	params: {},
	state: 'running',
	total: 288,
	done: 120,
	failed: 0,
	skipped: 56,
	cancelled: 0,
	left: 168,
	message: '120 of 288 done. You can close this window; the work goes on.',
	created_by: 'admin',
	created_at: '2026-11-23T10:00:00Z',
	finished_at: null,
	items: [],
};

const ENDED = {
	...BATCH,
	state: 'done',
	done: 286,
	failed: 2,
	left: 0,
	finished_at: '2026-11-23T10:05:00Z',
	message: '286 of 288 done. 2 failed.',
	items: [ 1, 2 ].map( ( n ) => ( {
		job_id: `0000000${ n }-1111-4111-8111-111111111111`,
		state: 'failed',
		code: 'smi_job_without_email',
		message: 'No e-mail was sent: this job has no address.',
	} ) ),
};

/** Starts something for a job, which becomes a batch of many. */
async function start( world: World, page: Page, batch: object ): Promise< void > {
	await page.route( BATCHES, async ( route ) => {
		const body = route.request().postDataJSON() as { dry_run?: boolean } | null;
		await ( body?.dry_run ? route.continue() : route.fulfill( { status: body ? 202 : 200, json: batch } ) );
	} );
	await openJobs( world, page, '&status=completed' );
	await rowsOf( page ).first().getByRole( 'checkbox' ).check();
	await page.getByRole( 'region', { name: 'Selected jobs' } ).getByRole( 'button', { name: 'Send e-mail…' } ).click();
	await dialogOf( page, 'Send the e-mails again' )
		.getByRole( 'button', { name: /^Send 1/ } )
		.click();
}

export const STATES_OF_MANY: State[] = [
	{
		name: 'the pages of a million jobs, and a number that is none',
		within: SCREEN,
		enter: async ( world, page ) => {
			await openCounted( world, page, { 'x-wp-total': '1000000', 'x-wp-totalpages': '50000' } );
			await page.getByRole( 'textbox', { name: 'Current page' } ).fill( 'the last' );
		},
	},
	{
		name: 'pages that nobody counted',
		within: SCREEN,
		width: 390,
		enter: ( world, page ) =>
			openCounted( world, page, {
				'x-wp-total': '10000',
				'x-wp-totalpages': '500',
				'x-smi-total-relation': 'gte',
			} ),
	},
	{
		name: 'many jobs on their way',
		within: DIALOG,
		enter: async ( world, page ) => {
			await start( world, page, BATCH );
			await page.getByRole( 'progressbar' ).waitFor();
		},
	},
	{
		name: 'many jobs that are through, some without success',
		within: DIALOG,
		enter: async ( world, page ) => {
			await start( world, page, ENDED );
			await page.getByRole( 'button', { name: 'Select only those that failed' } ).waitFor();
			await page.getByText( 'No e-mail was sent: this job has no address.' ).first().waitFor();
		},
	},
];
