import { addQueryArgs } from '@wordpress/url';

import { request, type Answer } from './request';
import type {
	ActionResult,
	DownloadTokenRequest,
	Job,
	JobDetail,
	JobStats,
	JobStatusChange,
	RefundRequest,
	RetryRequest,
} from './contracts.generated';

const JOBS = '/smi/v1/jobs';

/** Which jobs: what GET /jobs, its counts, batches and exports understand alike. */
export interface JobsFilter {
	search?: string;
	status?: string[];
	payment_status?: string[];
	attention?: string[];
	resolution?: string;
	email?: string;
	email_start?: string;
	post_id?: number;
	attachment_id?: number;
	/** ISO-8601, UTC. */
	after?: string;
	/** ISO-8601, UTC. */
	before?: string;
}

/** GET /jobs: every parameter that the screen uses. */
export interface JobsQuery extends JobsFilter {
	per_page: number;
	page: number;
	orderby: string;
	order: 'asc' | 'desc';
}

export interface JobsPage {
	jobs: Job[];
	total: number;
	totalPages: number;
	/** True when the server stopped counting: there are at least `total`. */
	isTotalFloor: boolean;
}

export const listPath = ( query: JobsQuery ) => addQueryArgs( JOBS, { ...query } );
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a word from an address can be a job's number at all. */
export const isJobId = ( word: string ) => UUID.test( word );

export const jobPath = ( id: string ) => `${ JOBS }/${ encodeURIComponent( id ) }`;
export const statsPath = ( asked: JobsFilter & RowsAsked ) => addQueryArgs( `${ JOBS }/stats`, { ...asked } );

export function toPage( { body, headers }: Answer< Job[] > ): JobsPage {
	return {
		jobs: body,
		total: Number( headers.get( 'X-WP-Total' ) ?? body.length ),
		totalPages: Number( headers.get( 'X-WP-TotalPages' ) ?? 1 ),
		isTotalFloor: headers.get( 'X-SMI-Total-Relation' ) === 'gte',
	};
}

export async function listJobs( query: JobsQuery, signal?: AbortSignal ): Promise< JobsPage > {
	return toPage( await request< Job[] >( { path: listPath( query ), ...( signal ? { signal } : {} ) } ) );
}

export interface FetchedJob {
	job: JobDetail;
	/** For `If-Match`; null where a proxy ate it. */
	etag: string | null;
}

export const toFetchedJob = ( { body, headers }: Answer< JobDetail > ): FetchedJob => ( {
	job: body,
	etag: headers.get( 'ETag' ),
} );

export async function fetchJob( id: string ): Promise< FetchedJob > {
	return toFetchedJob( await request< JobDetail >( { path: jobPath( id ) } ) );
}

/** Visible rows to bring along with the counts. */
export interface RowsAsked {
	/** At most 100 job ids. */
	rows?: string[];
	/** Only those changed after this time, ISO-8601. */
	rows_since?: string;
}

/**
 * Counts for the tabs, and rows: one small request for all that is on the screen.
 *
 * @param asked Filters, and rows.
 */
export async function fetchStats( asked: JobsFilter & RowsAsked = {} ): Promise< JobStats > {
	return ( await request< JobStats >( { path: statsPath( asked ) } ) ).body;
}

async function act(
	method: 'POST' | 'PATCH',
	path: string,
	data: object,
	headers: Record< string, string > = {}
): Promise< ActionResult > {
	const options = { method, path: `${ JOBS }/${ path }`, data, headers };
	return ( await request< ActionResult >( options ) ).body;
}

/**
 * @param id   The job.
 * @param data The new status and why.
 * @param etag The state the owner was looking at; 412 when it is an older one.
 */
export function changeStatus( id: string, data: JobStatusChange, etag: string ) {
	return act( 'PATCH', id, data, { 'If-Match': etag } );
}

export function retryJob( id: string, data: RetryRequest, key: string ) {
	return act( 'POST', `${ id }/retry`, data, { 'Idempotency-Key': key } );
}

export function refundJob( id: string, data: RefundRequest, key: string ) {
	return act( 'POST', `${ id }/refunds`, data, { 'Idempotency-Key': key } );
}

export function newDownloadLink( id: string, data: DownloadTokenRequest ) {
	return act( 'POST', `${ id }/download-token`, data );
}

export function resendEmail( id: string ) {
	return act( 'POST', `${ id }/email`, {} );
}

export function refreshJob( id: string ) {
	return act( 'POST', `${ id }/refresh`, {} );
}
