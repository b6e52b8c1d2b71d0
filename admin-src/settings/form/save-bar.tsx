import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

import { InlineError } from '../../shared/components/inline-error';
import type { RestFailure } from '../../api/rest-failure';

interface Props {
	isDirty: boolean;
	isBusy: boolean;
	error: RestFailure | null;
}

function errorWords( { kind, message }: RestFailure ): string {
	return kind === 'invalid'
		? __( 'Nothing was saved yet. Please correct the marked fields.', 'sell-my-images' )
		: message;
}

export function SaveBar( { isDirty, isBusy, error }: Props ) {
	return (
		<div className="smi-save">
			{ error && <InlineError>{ errorWords( error ) }</InlineError> }
			<Button
				__next40pxDefaultSize
				variant="primary"
				type="submit"
				isBusy={ isBusy }
				disabled={ ! isDirty || isBusy }
				accessibleWhenDisabled
			>
				{ __( 'Save', 'sell-my-images' ) }
			</Button>
			{ isDirty && <span className="smi-quiet">{ __( 'Changes not saved yet', 'sell-my-images' ) }</span> }
		</div>
	);
}
