import { CheckboxControl } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { useState } from '@wordpress/element';

import { guardOf, type Guard } from './guards';
import { DialogFrame } from '../frame';
import { newKey } from '../key';
import { useSubmit } from '../use-submit';
import { retryJob } from '../../../api/jobs';
import type { JobDetail } from '../../../api/contracts.generated';
import type { DialogProps } from '../types';

const guardLabels = (): Record< Guard, string > => ( {
	force: __( 'Start another attempt anyway. The image may cost twice.', 'sell-my-images' ),
	acknowledge_refunded: __( 'Make it anyway. The customer gets the image without paying for it.', 'sell-my-images' ),
} );

function whatHappens( job: JobDetail, attempt: string | undefined ): string {
	if ( attempt ) {
		return __(
			'The image that arrived late is put in place, and the customer gets a link to it. Nothing is bought again.',
			'sell-my-images'
		);
	}
	return job.status === 'completed'
		? __(
				'The image is made again. The customer keeps the present file and link until the new one is ready. Your upscaler account pays for it; the customer is not charged.',
				'sell-my-images'
			)
		: __(
				'The image is made again and the customer gets an e-mail when it is ready. Your upscaler account pays for it; the customer is not charged.',
				'sell-my-images'
			);
}

export function RetryDialog( { job, attempt, onClose }: DialogProps ) {
	const [ guards, setGuards ] = useState< Guard[] >( [] );
	const [ agreed, setAgreed ] = useState< Guard[] >( [] );
	const [ key ] = useState( newKey );
	const { isBusy, error, submit } = useSubmit( onClose );

	const asked = guardOf( error );
	if ( asked && ! guards.includes( asked ) ) {
		setGuards( [ ...guards, asked ] );
	}
	const toggle = ( guard: Guard, isOn: boolean ) =>
		setAgreed( isOn ? [ ...agreed, guard ] : agreed.filter( ( g ) => g !== guard ) );
	const onSubmit = () =>
		void submit( () =>
			retryJob(
				job.job_id,
				{
					...Object.fromEntries( agreed.map( ( g ) => [ g, true ] ) ),
					...( attempt ? { attempt } : {} ),
				},
				key
			)
		);
	return (
		<DialogFrame
			title={
				attempt ? __( 'Use this image?', 'sell-my-images' ) : __( 'Make this image again?', 'sell-my-images' )
			}
			error={ error?.message }
			submitLabel={ attempt ? __( 'Use this image', 'sell-my-images' ) : __( 'Make again', 'sell-my-images' ) }
			isBusy={ isBusy }
			isDisabled={ guards.some( ( guard ) => ! agreed.includes( guard ) ) }
			onSubmit={ onSubmit }
			onClose={ onClose }
		>
			<p>{ whatHappens( job, attempt ) }</p>
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
