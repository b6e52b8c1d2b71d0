import { CheckboxControl } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { useEffect, useState } from '@wordpress/element';

import { Cost } from './cost';
import { guardLabels, guardOf, objectionOf, type Guard } from './guards';
import { DialogFrame } from '../frame';
import { useKeyOf } from '../key';
import { useSubmit } from '../use-submit';
import { retryJob } from '../../../api/jobs';
import { usePreview } from '../../batch/use-preview';
import type { JobDetail } from '../../../api/contracts.generated';
import type { DialogProps } from '../types';

function whatHappens( job: JobDetail, attempt: string | undefined ): string {
	if ( attempt ) {
		return __(
			'The image that arrived late is put in place, and the customer gets a link to it. Nothing is bought again.',
			'sell-my-images'
		);
	}
	return job.status === 'completed'
		? __(
				'The image is made again. The customer keeps the present file and link until the new one is ready, and is not charged.',
				'sell-my-images'
			)
		: __(
				'The image is made again, and the customer gets an e-mail when it is ready. The customer is not charged.',
				'sell-my-images'
			);
}

const unsureWords = () =>
	__(
		'The site did not answer. We do not know whether the image is being made. Press the button again: the same wish is sent, and it is never made twice. The customer was not charged.',
		'sell-my-images'
	);

export function RetryDialog( { job, attempt, onClose }: DialogProps ) {
	const [ guards, setGuards ] = useState< Guard[] >( [] );
	const [ agreed, setAgreed ] = useState< Guard[] >( [] );
	const keyOf = useKeyOf();
	const { isBusy, error, words, submit } = useSubmit( onClose, unsureWords() );
	const params = Object.fromEntries( agreed.map( ( guard ) => [ guard, true ] ) );
	const { preview, ...asked } = usePreview(
		attempt ? null : { action: 'retry', jobs: { ids: [ job.job_id ] }, params }
	);
	const objection = asked.isFresh ? objectionOf( preview ) : null;

	const wanted = guardOf( error ) ?? objection?.guard;
	useEffect( () => {
		if ( wanted ) {
			setGuards( ( before ) => ( before.includes( wanted ) ? before : [ ...before, wanted ] ) );
		}
	}, [ wanted ] );
	const toggle = ( guard: Guard, isOn: boolean ) =>
		setAgreed( isOn ? [ ...agreed, guard ] : agreed.filter( ( g ) => g !== guard ) );
	const onSubmit = () => {
		const body = { ...params, ...( attempt ? { attempt } : {} ) };
		void submit( () => retryJob( job.job_id, body, keyOf( body ) ) );
	};
	return (
		<DialogFrame
			title={
				attempt ? __( 'Use this image?', 'sell-my-images' ) : __( 'Make this image again?', 'sell-my-images' )
			}
			error={ words ?? objection?.message }
			submitLabel={ attempt ? __( 'Use this image', 'sell-my-images' ) : __( 'Make again', 'sell-my-images' ) }
			isBusy={ isBusy }
			isDisabled={
				guards.some( ( guard ) => ! agreed.includes( guard ) ) || ( !! objection && ! objection.guard )
			}
			onSubmit={ onSubmit }
			onClose={ onClose }
		>
			<p>{ whatHappens( job, attempt ) }</p>
			{ ! attempt && <Cost preview={ preview } isFresh={ asked.isFresh } error={ asked.error } /> }
			{ guards.map( ( guard ) => (
				<CheckboxControl
					__nextHasNoMarginBottom
					key={ guard }
					label={ guardLabels()[ guard ] }
					checked={ agreed.includes( guard ) }
					onChange={ ( isOn ) => toggle( guard, isOn ) }
				/>
			) ) }
		</DialogFrame>
	);
}
