import { __ } from '@wordpress/i18n';

import { getBoot } from '../../shared/boot';
import { toMinor } from '../../shared/money';
import type { BatchParams } from '../../api/contracts.generated';
import type { ActionId } from '../actions/types';
import type { RefundForm } from '../dialogs/refund/form';

/** Everything that any of the actions asks, as typed. */
export interface BatchForm extends Pick< RefundForm, 'reason' | 'note' > {
	howMuch: 'all' | 'percent' | 'amount';
	percent: string;
	amount: string;
	acknowledge_refunded: boolean;
	force: boolean;
	notify: boolean;
	status: NonNullable< BatchParams[ 'status' ] >;
	/** Why the status is set. */
	why: string;
}

export const EMPTY_FORM: BatchForm = {
	howMuch: 'all',
	percent: '50',
	amount: '',
	reason: 'requested_by_customer',
	note: '',
	acknowledge_refunded: false,
	force: false,
	notify: true,
	status: 'failed',
	why: '',
};

const percentOf = ( { percent }: BatchForm ) => ( /^\d{1,3}$/.test( percent.trim() ) ? Number( percent ) : 0 );

/**
 * Why the form says nothing that can be asked; null when it does.
 *
 * @param action The action.
 * @param form   The form.
 */
export function problemOf( action: ActionId, form: BatchForm ): string | null {
	if ( action !== 'refund' || form.howMuch === 'all' ) {
		return null;
	}
	if ( form.howMuch === 'percent' ) {
		const percent = percentOf( form );
		return percent >= 1 && percent <= 100 ? null : __( 'Type a whole number from 1 to 100.', 'sell-my-images' );
	}
	return ( toMinor( form.amount, getBoot().currency ) ?? 0 ) > 0
		? null
		: __( 'Type an amount, for example 2.50.', 'sell-my-images' );
}

function refundParams( form: BatchForm ): BatchParams {
	return {
		...( form.howMuch === 'percent' ? { percent: percentOf( form ) } : {} ),
		...( form.howMuch === 'amount' ? { amount: form.amount.trim().replace( ',', '.' ).replace( /\.$/, '' ) } : {} ),
		reason: form.reason,
		...( form.note.trim() ? { note: form.note.trim() } : {} ),
	};
}

const PARAMS: Record< ActionId, ( form: BatchForm ) => BatchParams > = {
	refund: refundParams,
	retry: ( { force, acknowledge_refunded: acknowledged } ) => ( {
		...( force ? { force } : {} ),
		...( acknowledged ? { acknowledge_refunded: true } : {} ),
	} ),
	download_token: ( { notify } ) => ( { notify } ),
	status: ( { status, why } ) => ( { status, ...( why.trim() ? { reason: why.trim() } : {} ) } ),
	email: () => ( {} ),
	refresh: () => ( {} ),
};

export const paramsOf = ( action: ActionId, form: BatchForm ): BatchParams => PARAMS[ action ]( form );
