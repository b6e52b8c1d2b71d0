import { createRegistry, RegistryProvider } from '@wordpress/data';
import { store as noticesStore } from '@wordpress/notices';
import { store as preferencesStore } from '@wordpress/preferences';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { answerWith, resetNetwork } from './network';
import { makeStats } from './jobs';
import { receiveFirstAnswers } from '../../../admin-src/jobs/first-answers';
import { JobsScreen } from '../../../admin-src/jobs/screen';
import { store } from '../../../admin-src/jobs/store';
import type { Job, JobDetail, JobStats } from '../../../admin-src/api/contracts.generated';

interface Site {
	jobs?: Job[];
	total?: number;
	totalPages?: number;
	stats?: JobStats;
	details?: JobDetail[];
}

export function bootJobs( more: object = {} ) {
	window.smiJobs = {
		caps: { view: true, manage: true, refund: true, export: true, settings: true },
		timezone: 'Europe/Berlin',
		dateFormat: 'Y-m-d H:i',
		currency: 'USD',
		settingsUrl: '/wp-admin/admin.php?page=smi-settings',
		...more,
	};
}

/** A site that answers the reads; tests add what is special about theirs. */
export function fakeSite( { jobs = [], total, totalPages = 1, stats = makeStats(), details = [] }: Site ) {
	resetNetwork();
	answerWith( ( { method, path } ) => {
		if ( method !== 'GET' ) {
			return undefined;
		}
		if ( path === '/jobs/stats' ) {
			return { body: stats };
		}
		if ( path === '/jobs' ) {
			const headers = { 'X-WP-Total': String( total ?? jobs.length ), 'X-WP-TotalPages': String( totalPages ) };
			return { body: jobs, headers };
		}
		const detail = details.find( ( { job_id: id } ) => path === `/jobs/${ id }` );
		return detail && { body: detail, headers: { ETag: `W/"${ detail.version }"` } };
	} );
}

/** The screen with a store of its own, at an address. */
export function openScreen( search = '?page=smi-jobs' ) {
	window.history.replaceState( null, '', `/wp-admin/admin.php${ search }` );
	const registry = createRegistry();
	[ store, noticesStore, preferencesStore ].forEach( ( each ) => registry.register( each ) );
	receiveFirstAnswers( registry );
	const user = userEvent.setup();
	const view = render(
		<RegistryProvider value={ registry }>
			<JobsScreen />
		</RegistryProvider>
	);
	return { ...view, user, registry };
}
