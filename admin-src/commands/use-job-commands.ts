import { useEffect, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { image } from '@wordpress/icons';

import { go } from './go';
import { listJobs } from '../api/jobs';
import type { Job } from '../api/contracts.generated';
import type { Command } from './types';

const TYPING_PAUSE_MS = 300;
const SHORTEST = 3;
const SHOWN = 8;

interface Found {
	/** What was asked for. */
	text: string;
	jobs: Job[];
}

const NOTHING: Found = { text: '', jobs: [] };

function labelOf( job: Job ): string {
	return sprintf(
		/* translators: 1: the first characters of the job's number, 2: an e-mail address, 3: size bought, for example 4x, 4: a post's title. */
		__( 'Job %1$s · %2$s · %3$s · %4$s', 'sell-my-images' ),
		job.job_id.slice( 0, 8 ),
		job.email || __( 'no e-mail yet', 'sell-my-images' ),
		job.resolution,
		job.post_title || __( '(a post without a title)', 'sell-my-images' )
	);
}

function toCommand( job: Job, text: string ): Command {
	const label = labelOf( job );
	return {
		name: `smi/job-${ job.job_id }`,
		label,
		// The server found it, by a number perhaps that no label shows: the palette must not sort it out again.
		searchLabel: `${ text } ${ label } ${ job.job_id }`,
		icon: image,
		category: 'view',
		callback: ( { close } ) => {
			close();
			go.to( { job: job.job_id } );
		},
	};
}

/**
 * Jobs for what is typed into the palette, asked for when the typing stops.
 *
 * @param props
 * @param props.search The typed text.
 */
export function useJobCommands( { search }: { search: string } ): { commands: Command[]; isLoading: boolean } {
	const text = search.trim();
	const isAsked = text.length >= SHORTEST;
	const [ found, setFound ] = useState( NOTHING );
	useEffect( () => {
		if ( ! isAsked ) {
			return;
		}
		const request = new AbortController();
		const query = { per_page: SHOWN, page: 1, orderby: 'created_at', order: 'desc' as const, search: text };
		const timer = setTimeout( () => {
			listJobs( query, request.signal )
				.then( ( { jobs } ) => setFound( { text, jobs } ) )
				// The palette has no place for an error; it finds nothing, and the Jobs screen says why.
				.catch( () => ! request.signal.aborted && setFound( { text, jobs: [] } ) );
		}, TYPING_PAUSE_MS );
		return () => {
			clearTimeout( timer );
			request.abort();
		};
	}, [ text, isAsked ] );
	const isCurrent = found.text === text;
	return {
		commands: isAsked && isCurrent ? found.jobs.map( ( job ) => toCommand( job, text ) ) : [],
		isLoading: isAsked && ! isCurrent,
	};
}
