import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { useState, useRef } from '@wordpress/element';
import type { ReactNode } from 'react';

import { useRun } from './use-run';
import { disputeUrl } from '../stripe-links';
import { actionOf, isAllowed } from '../../actions';
import { newKey } from '../../dialogs/key';
import { newDownloadLink, resendEmail, retryJob } from '../../../api/jobs';
import { formatMoney } from '../../../shared/money';
import type { ActionResult, JobDetail } from '../../../api/contracts.generated';
import type { RestFailure } from '../../../api/rest-failure';
import type { ActionId } from '../../actions/types';
import type { Perform } from '../../actions/use-perform';
import type { Fix as Remedy } from '../../words/attention';

interface Props {
	job: JobDetail;
	perform: Perform;
}

interface AtOnceProps {
	request: () => Promise< ActionResult >;
	/** Asks the owner instead, where the server refuses to go on without; false: it is a plain failure. */
	onRefused?: ( error: RestFailure ) => boolean;
	variant?: 'primary' | 'secondary';
	children: ReactNode;
}

/** One click and it is done: for what moves no money and leaves no choice. */
function AtOnce( { request, onRefused, variant = 'primary', children }: AtOnceProps ) {
	const { isBusy, run, failed } = useRun();
	const button = useRef< HTMLButtonElement >( null );
	const onClick = async () => {
		// The box goes with its reason: the focus needs somewhere to be.
		const panel = button.current?.closest< HTMLElement >( '.smi-panel' );
		const error = await run( request );
		if ( ! error ) {
			panel?.focus();
		} else if ( ! onRefused?.( error ) ) {
			failed( error );
		}
	};
	return (
		<Button
			ref={ button }
			variant={ variant }
			size="compact"
			isBusy={ isBusy }
			disabled={ isBusy }
			accessibleWhenDisabled
			onClick={ () => void onClick() }
		>
			{ children }
		</Button>
	);
}

function ActionFix( { job, perform, action, label }: Props & { action: ActionId; label: string } ) {
	const { run } = actionOf( action );
	if ( ! isAllowed( job, action ) ) {
		return null;
	}
	return run ? (
		<AtOnce request={ () => run( job.job_id ) }>{ label }</AtOnce>
	) : (
		<Button variant="primary" size="compact" onClick={ () => perform( job.job_id, action ) }>
			{ label }
		</Button>
	);
}

/** The customer has paid for it, so starting it is no new expense; a refusal asks in the dialog. */
function StartFix( { job, perform, label }: Props & { label: string } ) {
	const [ key ] = useState( newKey );
	const ask = ( { kind }: RestFailure ) => {
		if ( kind === 'conflict' ) {
			perform( job.job_id, 'retry' );
		}
		return kind === 'conflict';
	};
	return isAllowed( job, 'retry' ) ? (
		<AtOnce request={ () => retryJob( job.job_id, {}, key ) } onRefused={ ask }>
			{ label }
		</AtOnce>
	) : null;
}

/** A link that has ended meanwhile helps nobody: the mail brings one that works. Where the image failed, there is none to bring. */
function MailFix( { job, label, labelOfNew }: Pick< Props, 'job' > & { label: string; labelOfNew: string } ) {
	if ( isAllowed( job, 'email' ) ) {
		return <AtOnce request={ () => resendEmail( job.job_id ) }>{ label }</AtOnce>;
	}
	return job.email && isAllowed( job, 'download_token' ) ? (
		<AtOnce request={ () => newDownloadLink( job.job_id, { notify: true } ) }>{ labelOfNew }</AtOnce>
	) : null;
}

/**
 * A refund switched the link off, and then the money came back: until it is returned, the customer has neither. With
 * an address it is sent; without one the dialog shows it, to be sent by hand.
 */
export function LinkFix( { job, perform }: Props ) {
	if ( job.download.state !== 'revoked' || ! isAllowed( job, 'download_token' ) ) {
		return null;
	}
	return job.email ? (
		<AtOnce variant="secondary" request={ () => newDownloadLink( job.job_id, { notify: true } ) }>
			{ __( 'Send a new link', 'sell-my-images' ) }
		</AtOnce>
	) : (
		<Button variant="secondary" size="compact" onClick={ () => perform( job.job_id, 'download_token' ) }>
			{ __( 'New link…', 'sell-my-images' ) }
		</Button>
	);
}

function StripeFix( { url, label }: { url: string | null; label: string } ) {
	return url ? (
		<Button variant="primary" size="compact" href={ url } target="_blank" rel="noreferrer">
			{ label }
			<span className="screen-reader-text"> { __( '(opens in a new tab)', 'sell-my-images' ) }</span>
		</Button>
	) : null;
}

interface RefundProps extends Props {
	label?: string | undefined;
	variant?: 'primary' | 'secondary';
}

/** Money asks first: the dialog opens with all that is left filled in. */
export function RefundFix( { job, perform, label, variant = 'primary' }: RefundProps ) {
	const words = sprintf(
		/* translators: %s: an amount of money. */
		__( 'Refund %s…', 'sell-my-images' ),
		formatMoney( job.refundable_amount, job.currency )
	);
	return isAllowed( job, 'refund' ) ? (
		<Button variant={ variant } size="compact" onClick={ () => perform( job.job_id, 'refund' ) }>
			{ label ?? words }
		</Button>
	) : null;
}

export function Fix( { fix, ...props }: Props & { fix: Remedy } ) {
	switch ( fix.kind ) {
		case 'action':
			return <ActionFix { ...props } action={ fix.action } label={ fix.label } />;
		case 'mail':
			return <MailFix { ...props } label={ fix.label } labelOfNew={ fix.labelOfNew } />;
		case 'start':
			return <StartFix { ...props } label={ fix.label } />;
		case 'refund':
			return <RefundFix { ...props } label={ fix.label } />;
		case 'stripe': {
			const { job } = props;
			const url = fix.page === 'dispute' ? disputeUrl( job ) : job.stripe_url;
			return <StripeFix url={ url } label={ fix.label } />;
		}
	}
}
