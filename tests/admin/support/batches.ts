import { answerWith, callsTo, refusal } from './network';
import { jobId } from './jobs';
import type { Batch, BatchItem, BatchPreview, BatchRequest } from '../../../admin-src/api/contracts.generated';

export const BATCH_ID = '99999999-9999-4999-8999-999999999999';
const BATCH = `/jobs/batch/${ BATCH_ID }`;

export function makePreview( more: Partial< BatchPreview > = {} ): BatchPreview {
	return {
		dry_run: true,
		action: 'refund',
		matched: 344,
		eligible: 288,
		skipped: [
			{
				code: 'smi_refund_nothing_left',
				message: 'already refunded.',
				count: 41,
				job_ids: [ jobId( 8 ), jobId( 9 ) ],
			},
			{ code: 'smi_job_not_paid', message: 'never paid.', count: 15, job_ids: [ jobId( 7 ) ] },
		],
		amounts: [ { currency: 'USD', amount: '1411.20' } ],
		expect: { count: 288, amount: '1411.20' },
		...more,
	};
}

export function makeBatch( more: Partial< Batch > = {} ): Batch {
	return {
		id: BATCH_ID,
		action: 'refund',
		params: {},
		state: 'running',
		total: 288,
		done: 0,
		failed: 0,
		skipped: 56,
		cancelled: 0,
		left: 288,
		message: '0 of 288 done. You can close this window; the work goes on.',
		created_by: 'admin',
		created_at: '2026-11-23T10:00:00Z',
		finished_at: null,
		items: [],
		...more,
	};
}

export const runningNotice = ( left: number ) => ( {
	code: 'batch_running',
	data: { batch: BATCH_ID, action: 'refund', total: 288, left },
} );

interface Site {
	preview?: ( asked: BatchRequest ) => BatchPreview;
	/** What the real run is answered with. */
	start?: ( nth: number ) => ReturnType< typeof refusal > | 'down' | undefined;
	/** How it stands, each time it is asked. */
	batch?: () => Batch;
	items?: BatchItem[];
}

/** The part of the site that does one action with many jobs. */
export function fakeBatches( { preview = () => makePreview(), start, batch = () => makeBatch(), items = [] }: Site ) {
	answerWith( ( { method, path, query, body } ) => {
		if ( method === 'POST' && path === '/jobs/batch' ) {
			const asked = body as BatchRequest;
			if ( asked.dry_run ) {
				return { body: preview( asked ) };
			}
			return start?.( orders().length ) ?? { status: 202, body: makeBatch() };
		}
		if ( path === BATCH && method === 'DELETE' ) {
			return {
				body: makeBatch( {
					state: 'cancelled',
					done: 120,
					left: 0,
					cancelled: 168,
					message: 'Stopped: 120 of 288 were done, and stay done.',
				} ),
			};
		}
		if ( path === BATCH ) {
			const state = query.get( 'item_state[0]' );
			const found = items.filter( ( item ) => item.state === state );
			return {
				body: { ...batch(), items: state ? found : [] },
				headers: { 'X-WP-Total': String( found.length ), 'X-WP-TotalPages': '1' },
			};
		}
		return undefined;
	} );
}

const asked = () => callsTo( 'POST', '/jobs/batch' );

export const dryRuns = () => asked().filter( ( { body } ) => ( body as BatchRequest ).dry_run );
export const orders = () => asked().filter( ( { body } ) => ! ( body as BatchRequest ).dry_run );
