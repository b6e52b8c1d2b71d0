import { useState } from '@wordpress/element';

import { OrderForm } from './order-form';
import { Progress } from './progress';
import type { Batch } from '../../api/contracts.generated';
import type { BatchTask } from './task';

export interface BatchDialogProps {
	task: BatchTask;
	hrefOf: ( id: string ) => string;
	/** The site has the order. */
	onStarted: () => void;
	onEnded: () => void;
	/** Work on with these. */
	onSelect: ( ids: string[] ) => void;
	onClose: () => void;
}

/** Form, dry run, progress and results of one action on many jobs. */
export function BatchDialog( { task, onStarted, ...props }: BatchDialogProps ) {
	const [ batch, setBatch ] = useState< Batch | null >( null );
	const id = task.kind === 'running' ? task.id : batch?.id;
	if ( id ) {
		const { hrefOf, onEnded, onSelect, onClose } = props;
		return <Progress id={ id } first={ batch } { ...{ hrefOf, onEnded, onSelect, onClose } } />;
	}
	return task.kind === 'new' ? (
		<OrderForm
			action={ task.action }
			scope={ task.scope }
			hrefOf={ props.hrefOf }
			onClose={ props.onClose }
			onStarted={ ( started ) => {
				setBatch( started );
				onStarted();
			} }
		/>
	) : null;
}
