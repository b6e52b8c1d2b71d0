import { useDispatch } from '@wordpress/data';
import { useEffect, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { store as noticesStore } from '@wordpress/notices';

import { readFile } from './read-file';
import { failureWords, savedWords } from './run-words';
import { saveFile } from './save-file';
import { openExport, type ExportChoice, type ExportJobs } from '../../api/export';
import { isAbort } from '../../api/request';

/** A screen that is drawn for each piece of a long file would do nothing else. */
const DRAWN_EVERY_MS = 150;

export interface Running {
	rows: number;
	/** Null when nobody knows. */
	total: number | null;
}

function everyNowAndThen( tell: ( rows: number ) => void ) {
	let told = 0;
	return ( rows: number ) => {
		if ( Date.now() - told > DRAWN_EVERY_MS ) {
			told = Date.now();
			tell( rows );
		}
	};
}

/**
 * Fetches the file and saves it.
 *
 * @param jobs    Which jobs.
 * @param onSaved The file is there.
 */
export function useExport( jobs: ExportJobs, onSaved: () => void ) {
	const [ running, setRunning ] = useState< Running | null >( null );
	const [ error, setError ] = useState< string | null >( null );
	const { createSuccessNotice } = useDispatch( noticesStore );
	const request = useRef< AbortController | null >( null );
	useEffect( () => () => request.current?.abort(), [] );

	const fetchFile = async ( choice: ExportChoice, signal: AbortSignal ) => {
		const stream = await openExport( jobs, choice, signal );
		const { total } = stream;
		setRunning( { rows: 0, total } );
		const tell = everyNowAndThen( ( rows ) => setRunning( { rows, total } ) );
		const { blob, rows } = await readFile( stream, choice.format, tell );
		const name = stream.fileName || `jobs.${ choice.format }`;
		saveFile( blob, name );
		void createSuccessNotice( savedWords( rows, name ), { type: 'snackbar' } );
		onSaved();
	};

	const start = async ( choice: ExportChoice ) => {
		const own = new AbortController();
		request.current = own;
		setError( null );
		setRunning( { rows: 0, total: null } );
		try {
			await fetchFile( choice, own.signal );
		} catch ( failure ) {
			setError( isAbort( failure ) ? stoppedWords() : failureWords( failure ) );
		} finally {
			setRunning( null );
		}
	};
	return { running, error, start, stop: () => request.current?.abort() };
}

const stoppedWords = () => __( 'Stopped. Nothing was saved.', 'sell-my-images' );
