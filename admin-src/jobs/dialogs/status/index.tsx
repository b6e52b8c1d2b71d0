import { Button, RadioControl } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { useState } from '@wordpress/element';
import type { ReactNode } from 'react';

import { settableStatuses, type SettableStatus } from './settable';
import { LogText } from '../log-text';
import { DialogFrame } from '../frame';
import { useSubmit } from '../use-submit';
import { changeStatus } from '../../../api/jobs';
import { statusWords } from '../../words/status';
import type { RestFailure } from '../../../api/rest-failure';
import type { DialogProps } from '../types';

interface ErrorProps {
	error: RestFailure;
	words: ReactNode;
	onReload: () => void;
}

function StatusError( { error, words, onReload }: ErrorProps ) {
	if ( error.kind !== 'stale' ) {
		return <>{ words }</>;
	}
	return (
		<>
			{ __( 'This job changed while you were looking. Nothing was set.', 'sell-my-images' ) }{ ' ' }
			<Button variant="link" onClick={ onReload }>
				{ __( 'Show the new state', 'sell-my-images' ) }
			</Button>
		</>
	);
}

export function StatusDialog( { job, etag, onClose, onReload }: DialogProps ) {
	const choices = settableStatuses( job );
	const [ status, setStatus ] = useState< SettableStatus >( choices[ 0 ] ?? 'failed' );
	const [ reason, setReason ] = useState( '' );
	const { isBusy, error, words, submit, clearError } = useSubmit(
		onClose,
		__(
			'The site did not answer. We do not know whether the status was set; no money was moved. Try again: if it was set, you are told.',
			'sell-my-images'
		)
	);
	const reload = () => {
		clearError();
		onReload();
	};
	const onSubmit = () =>
		void submit( () =>
			changeStatus( job.job_id, { status, ...( reason.trim() ? { reason: reason.trim() } : {} ) }, etag )
		);
	return (
		<DialogFrame
			title={ __( 'Set status', 'sell-my-images' ) }
			error={ error && <StatusError error={ error } words={ words } onReload={ reload } /> }
			submitLabel={ __( 'Set status', 'sell-my-images' ) }
			isBusy={ isBusy }
			onSubmit={ onSubmit }
			onClose={ onClose }
		>
			<p>
				{ __(
					'For the rare case that this job’s status is wrong. It moves no money: nothing is charged and nothing is refunded.',
					'sell-my-images'
				) }
			</p>
			<RadioControl
				label={ __( 'New status', 'sell-my-images' ) }
				selected={ status }
				options={ choices.map( ( value ) => ( {
					value,
					label: statusWords()[ value ].label,
					description: statusWords()[ value ].sentence,
				} ) ) }
				onChange={ ( value ) => setStatus( value as SettableStatus ) }
			/>
			<LogText
				label={ __( 'Reason', 'sell-my-images' ) }
				help={ __( 'Kept in this job’s log.', 'sell-my-images' ) }
				maxLength={ 500 }
				value={ reason }
				onChange={ setReason }
			/>
		</DialogFrame>
	);
}
