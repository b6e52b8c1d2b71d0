import { __, sprintf } from '@wordpress/i18n';
import { useState } from '@wordpress/element';

import { AmountFields, ReasonFields } from './fields';
import { amountOf, EMPTY_FORM, problemOf, toRequest } from './form';
import { DialogFrame } from '../frame';
import { newKey } from '../key';
import { useSubmit } from '../use-submit';
import { refundJob } from '../../../api/jobs';
import { formatMoney } from '../../../shared/money';
import type { JobDetail } from '../../../api/contracts.generated';
import type { DialogProps } from '../types';

function titleFor( job: JobDetail ): string {
	return sprintf(
		/* translators: %s: an e-mail address. */
		__( 'Refund %s', 'sell-my-images' ),
		job.email || __( 'this customer', 'sell-my-images' )
	);
}

function labelFor( amount: string | null, job: JobDetail ): string {
	return amount === null
		? __( 'Refund', 'sell-my-images' )
		: sprintf(
				/* translators: %s: an amount of money. */
				__( 'Refund %s', 'sell-my-images' ),
				formatMoney( amount, job.currency )
			);
}

export function RefundDialog( { job, onClose }: DialogProps ) {
	const [ form, setForm ] = useState( EMPTY_FORM );
	const [ problem, setProblem ] = useState< string | null >( null );
	// One key per opening: pressing the button twice cannot pay twice.
	const [ key ] = useState( newKey );
	const { isBusy, error, submit } = useSubmit( onClose );

	const onChange = ( change: Partial< typeof form > ) => {
		setForm( { ...form, ...change } );
		setProblem( null );
	};
	const onSubmit = () => {
		const found = problemOf( form, job );
		setProblem( found );
		if ( ! found ) {
			void submit( () => refundJob( job.job_id, toRequest( form, job ), key ) );
		}
	};
	return (
		<DialogFrame
			title={ titleFor( job ) }
			error={ job.refund_blocked ?? problem ?? error?.message }
			submitLabel={ labelFor( amountOf( form, job ), job ) }
			isDestructive
			isBusy={ isBusy }
			isDisabled={ job.refund_blocked !== null }
			onSubmit={ onSubmit }
			onClose={ onClose }
		>
			<AmountFields form={ form } job={ job } onChange={ onChange } />
			<ReasonFields form={ form } onChange={ onChange } />
		</DialogFrame>
	);
}
