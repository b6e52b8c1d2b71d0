import { addQueryArgs } from '@wordpress/url';

import { request } from './request';
import type { Batch, BatchItem, BatchParams, BatchPreview, JobAction } from './contracts.generated';
import type { JobsFilter } from './jobs';

const BATCH = '/smi/v1/jobs/batch';

/** One action on many jobs, named one by one or by what they have in common. */
export interface BatchOrder {
	action: JobAction;
	jobs: { ids: string[] } | { filter: JobsFilter };
	params: BatchParams;
}

type Expect = BatchPreview[ 'expect' ];

export interface BatchPage {
	batch: Batch;
	/** Items of the states asked for. */
	total: number;
	totalPages: number;
}

export interface BatchItemsQuery {
	item_state?: BatchItem[ 'state' ][];
	page?: number;
	per_page?: number;
}

const bodyOf = ( { action, jobs, params }: BatchOrder ) => ( { action, ...jobs, params } );

/**
 * What the action would do; nothing is done.
 *
 * @param order  The action and its jobs.
 * @param signal To give the question up.
 */
export async function previewBatch( order: BatchOrder, signal?: AbortSignal ): Promise< BatchPreview > {
	const data = { ...bodyOf( order ), dry_run: true };
	const options = { method: 'POST', path: BATCH, data, ...( signal ? { signal } : {} ) };
	return ( await request< BatchPreview >( options ) ).body;
}

/**
 * Does it, in the background.
 *
 * @param order  The action and its jobs.
 * @param expect From the dry run; 409 with a new dry run in `details` when it is no longer true.
 * @param key    The same key makes one batch, however often it is sent.
 */
export async function startBatch( order: BatchOrder, expect: Expect, key: string ): Promise< Batch > {
	const data = { ...bodyOf( order ), dry_run: false, expect };
	const headers = { 'Idempotency-Key': key };
	return ( await request< Batch >( { method: 'POST', path: BATCH, data, headers } ) ).body;
}

/**
 * Does a slice of the work on the server, and says how it stands.
 *
 * @param id The batch.
 */
export async function goOnWithBatch( id: string ): Promise< Batch > {
	const path = addQueryArgs( `${ BATCH }/${ id }`, { per_page: 1 } );
	return ( await request< Batch >( { method: 'POST', path } ) ).body;
}

/**
 * How it stands.
 *
 * @param id    The batch.
 * @param query Which of its items.
 */
export async function fetchBatch( id: string, query: BatchItemsQuery = {} ): Promise< BatchPage > {
	const path = addQueryArgs( `${ BATCH }/${ id }`, { ...query } );
	const { body, headers } = await request< Batch >( { path } );
	return {
		batch: body,
		total: Number( headers.get( 'X-WP-Total' ) ?? body.items.length ),
		totalPages: Number( headers.get( 'X-WP-TotalPages' ) ?? 1 ),
	};
}

/**
 * What was not done yet will not be done.
 *
 * @param id The batch.
 */
export async function cancelBatch( id: string ): Promise< Batch > {
	return ( await request< Batch >( { method: 'DELETE', path: `${ BATCH }/${ id }` } ) ).body;
}
