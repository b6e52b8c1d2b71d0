import { __, sprintf } from '@wordpress/i18n';
import { useMemo, useState } from '@wordpress/element';

import { BatchFields } from './fields';
import { EMPTY_FORM, paramsOf, problemOf } from './form';
import { sumsOf } from './money';
import { Preview } from './preview';
import { usePreview } from './use-preview';
import { useStart } from './use-start';
import { batchWords } from './words';
import { DialogFrame } from '../dialogs/frame';
import { filterOf, type Scope } from '../selection/types';
import type { Batch, BatchPreview } from '../../api/contracts.generated';
import type { BatchOrder } from '../../api/batch';
import type { ActionId } from '../actions/types';

interface Props {
	action: ActionId;
	scope: Scope;
	hrefOf: ( id: string ) => string;
	onStarted: ( batch: Batch ) => void;
	onClose: () => void;
}

const jobsOf = ( scope: Scope ): BatchOrder[ 'jobs' ] =>
	scope.kind === 'ids' ? { ids: scope.ids } : { filter: filterOf( scope.query ) };

function submitLabel( action: ActionId, preview: BatchPreview | null, isUnsure: boolean ): string {
	if ( isUnsure ) {
		return __( 'Try again', 'sell-my-images' );
	}
	const label = batchWords()[ action ].button( preview?.eligible ?? 0 );
	return preview && action === 'refund' && preview.eligible > 0
		? /* translators: 1: "Refund 288 jobs", 2: an amount of money. */
			sprintf( __( '%1$s, %2$s', 'sell-my-images' ), label, sumsOf( preview ) )
		: label;
}

/** The form of one action for many jobs, with what it would do beneath it. */
export function OrderForm( { action, scope, hrefOf, onStarted, onClose }: Props ) {
	const [ form, setForm ] = useState( EMPTY_FORM );
	const problem = problemOf( action, form );
	const order = useMemo< BatchOrder | null >(
		() => ( problem ? null : { action, jobs: jobsOf( scope ), params: paramsOf( action, form ) } ),
		[ action, scope, form, problem ]
	);
	const state = usePreview( order );
	const { start, isBusy, isUnsure, words, forget } = useStart( onStarted, state.replace );
	const preview = state.isFresh ? state.preview : null;

	const onChange = ( change: Partial< typeof form > ) => {
		setForm( { ...form, ...change } );
		forget();
	};
	const onSubmit = () => {
		if ( order && preview ) {
			void start( order, preview.expect );
		}
	};
	return (
		<DialogFrame
			title={ batchWords()[ action ].title }
			error={ problem ?? words }
			submitLabel={ submitLabel( action, preview, isUnsure ) }
			isDestructive={ action === 'refund' }
			isBusy={ isBusy }
			isDisabled={ ! order || ! preview || ( preview.eligible === 0 && ! isUnsure ) }
			onSubmit={ onSubmit }
			onClose={ onClose }
		>
			<p>{ batchWords()[ action ].intro }</p>
			{ ! problem && <Preview state={ state } hrefOf={ hrefOf } /> }
			<fieldset className="smi-batch__fields" disabled={ isUnsure || isBusy }>
				<BatchFields
					action={ action }
					form={ form }
					preview={ state.preview }
					isWrong={ problem !== null }
					onChange={ onChange }
				/>
			</fieldset>
		</DialogFrame>
	);
}
