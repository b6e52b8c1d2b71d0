import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';

import { newKey } from '../dialogs/key';
import { isUnsure } from '../dialogs/unsure';
import { startBatch, type BatchOrder } from '../../api/batch';
import { RestFailure } from '../../api/rest-failure';
import type { Batch, BatchPreview } from '../../api/contracts.generated';

type Expect = BatchPreview[ 'expect' ];

interface Sent {
	order: BatchOrder;
	expect: Expect;
}

function isPreview( details: object ): details is BatchPreview {
	return 'expect' in details && 'skipped' in details && 'eligible' in details;
}

const unsureWords = () =>
	__(
		'The site did not answer. We do not know whether it has begun. Try again: the very same order is sent, and nothing is ever done twice. If it has begun, it goes on without you.',
		'sell-my-images'
	);

/**
 * Sends the order. One key for the dialog's life: while nobody knows whether an
 * order arrived, only the same one can be sent again.
 *
 * @param onStarted When the site has it.
 * @param onChanged When the jobs have changed since the dry run: the new one.
 */
export function useStart( onStarted: ( batch: Batch ) => void, onChanged: ( preview: BatchPreview ) => void ) {
	const [ key ] = useState( newKey );
	const [ isBusy, setBusy ] = useState( false );
	const [ unsure, setUnsure ] = useState< Sent | null >( null );
	const [ words, setWords ] = useState< string | null >( null );

	const refused = ( error: RestFailure, sent: Sent, wasOnline: boolean ) => {
		const isDecided = error.kind === 'conflict' || ( error.kind === 'invalid' && ! unsure );
		const isOpen = ! isDecided && ( unsure !== null || isUnsure( error, wasOnline ) );
		setUnsure( isOpen ? sent : null );
		setWords( isUnsure( error, wasOnline ) ? unsureWords() : error.message );
		if ( isPreview( error.details ) ) {
			onChanged( error.details );
		}
	};
	const start = async ( order: BatchOrder, expect: Expect ) => {
		const sent = unsure ?? { order, expect };
		const wasOnline = window.navigator.onLine;
		setBusy( true );
		setWords( null );
		try {
			onStarted( await startBatch( sent.order, sent.expect, key ) );
		} catch ( error ) {
			if ( ! ( error instanceof RestFailure ) ) {
				throw error;
			}
			refused( error, sent, wasOnline );
		} finally {
			setBusy( false );
		}
	};
	return {
		start,
		isBusy,
		/** Whether an order may have arrived that was not answered. */
		isUnsure: unsure !== null,
		words,
		forget: () => setWords( null ),
	};
}
