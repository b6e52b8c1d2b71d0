import { __, sprintf } from '@wordpress/i18n';
import { useEffect, useState } from '@wordpress/element';

import { AmountFields, ReasonFields } from './fields';
import { amountOf, EMPTY_FORM, problemOf, toRequest } from './form';
import { DialogFrame } from '../frame';
import { useKeyOf } from '../key';
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

const unsureWords = () =>
	__(
		'The site did not answer. We do not know yet whether the refund was made. Press the button again: the same refund is sent, and it is never made twice.',
		'sell-my-images'
	);

const anotherRefundWords = () =>
	__(
		'Your first try may have arrived. Sending this would be a second refund beside it. Close this window and look at the job’s refunds first if you are not sure.',
		'sell-my-images'
	);

export function RefundDialog( { job, onClose, onReload }: DialogProps ) {
	const [ form, setForm ] = useState( EMPTY_FORM );
	const [ problem, setProblem ] = useState< string | null >( null );
	const [ sent, setSent ] = useState< string | null >( null );
	// The same form sent twice is one refund; another amount is another refund.
	const keyOf = useKeyOf();
	const { isBusy, error, words, mayBeDone, submit } = useSubmit( onClose, unsureWords() );
	const isOther = mayBeDone && sent !== JSON.stringify( toRequest( form, job ) );

	// What is left may be the reason, so show what is left now.
	useEffect( () => {
		if ( error?.kind === 'conflict' || error?.kind === 'invalid' ) {
			onReload();
		}
		// eslint-disable-next-line react-hooks/exhaustive-deps -- once per refusal.
	}, [ error ] );

	const onChange = ( change: Partial< typeof form > ) => {
		setForm( { ...form, ...change } );
		setProblem( null );
	};
	const onSubmit = () => {
		const found = problemOf( form, job );
		setProblem( found );
		if ( ! found ) {
			const asked = toRequest( form, job );
			setSent( JSON.stringify( asked ) );
			void submit( () => refundJob( job.job_id, asked, keyOf( asked ) ) );
		}
	};
	return (
		<DialogFrame
			title={ titleFor( job ) }
			error={ job.refund_blocked ?? problem ?? ( isOther ? anotherRefundWords() : words ) }
			submitLabel={ labelFor( amountOf( form, job ), job ) }
			isDestructive
			isBusy={ isBusy }
			isDisabled={ job.refund_blocked !== null }
			onSubmit={ onSubmit }
			onClose={ onClose }
		>
			<AmountFields form={ form } job={ job } isWrong={ problem !== null } onChange={ onChange } />
			<ReasonFields form={ form } onChange={ onChange } />
		</DialogFrame>
	);
}
