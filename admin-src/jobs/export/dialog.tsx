import { Button, Modal } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { FormEvent } from 'react';

import { Fields } from './fields';
import { Progress } from './progress';
import { scopeWords, submitWords } from './scope-words';
import { useChoice } from './use-choice';
import { useExport } from './use-export';
import { InlineError } from '../../shared/components/inline-error';
import { filterOf } from '../selection/types';
import type { ExportJobs } from '../../api/export';
import type { ExportDialogProps, ExportScope } from './types';

const jobsOf = ( scope: ExportScope ): ExportJobs =>
	scope.kind === 'ids' ? { ids: scope.ids } : { filter: filterOf( scope.query ) };

/** Why there can be no file yet. */
function lackOf( columns: unknown[], zone: string ): string | null {
	if ( columns.length === 0 ) {
		return __( 'Choose at least one column.', 'sell-my-images' );
	}
	return zone.trim() ? null : __( 'Choose a time zone.', 'sell-my-images' );
}

/** The form stays while the file comes, and when it does not: nothing typed is lost. */
export function Dialog( { scope, onClose }: ExportDialogProps ) {
	const { choice, change, keep, fields } = useChoice();
	const { running, error, start, stop } = useExport( jobsOf( scope ), onClose );
	const lack = lackOf( choice.columns, choice.timezone );
	const submit = ( event: FormEvent ) => {
		event.preventDefault();
		if ( ! running && ! lack ) {
			keep();
			void start( { ...choice, timezone: choice.timezone.trim() } );
		}
	};
	return (
		<Modal
			title={ __( 'Export jobs', 'sell-my-images' ) }
			className="smi-dialog smi-export"
			size="large"
			onRequestClose={ onClose }
		>
			<form onSubmit={ submit } noValidate>
				<div className="smi-dialog__body">
					<p>
						<strong>{ scopeWords( scope ) }</strong>
					</p>
					<fieldset className="smi-export__fields" disabled={ running !== null }>
						<legend className="screen-reader-text">{ __( 'The file', 'sell-my-images' ) }</legend>
						<Fields { ...{ choice, change, fields } } />
					</fieldset>
				</div>
				<div className="smi-dialog__foot">
					{ error && ! running && <InlineError>{ error }</InlineError> }
					<Progress running={ running } />
					<div className="smi-dialog__buttons">
						{ lack && <p className="smi-quiet smi-export__lack">{ lack }</p> }
						<Button __next40pxDefaultSize variant="tertiary" onClick={ running ? stop : onClose }>
							{ __( 'Cancel', 'sell-my-images' ) }
						</Button>
						<Button
							__next40pxDefaultSize
							variant="primary"
							type="submit"
							isBusy={ running !== null }
							disabled={ running !== null || lack !== null }
							accessibleWhenDisabled
						>
							{ submitWords( scope ) }
						</Button>
					</div>
				</div>
			</form>
		</Modal>
	);
}
