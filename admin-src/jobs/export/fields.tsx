import { Button, RadioControl, SelectControl } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';

import { ColumnList } from './column-list';
import { presets } from './presets';
import { isSeparator, separatorWords } from './separators';
import { ZoneField } from './zone-field';
import { formatCount } from '../../shared/number';
import type { ChoiceApi } from './use-choice';
import type { ExportChoice } from '../../api/export';

const sameColumns = ( a: readonly string[], b: readonly string[] ) => a.join() === b.join();

function Columns( { choice, change, fields }: Omit< ChoiceApi, 'keep' > ) {
	const count = choice.columns.length;
	return (
		<fieldset className="smi-export__part is-columns">
			<legend>
				{ sprintf(
					/* translators: %s: a number of columns. */
					_n( 'Columns (%s)', 'Columns (%s)', count, 'sell-my-images' ),
					formatCount( count )
				) }
			</legend>
			<div className="smi-export__presets">
				{ presets( fields ).map( ( { label, columns } ) => (
					<Button
						key={ label }
						size="compact"
						variant="secondary"
						isPressed={ sameColumns( columns, choice.columns ) }
						onClick={ () => change( { columns } ) }
					>
						{ label }
					</Button>
				) ) }
			</div>
			<ColumnList columns={ choice.columns } onChange={ ( columns ) => change( { columns } ) } />
		</fieldset>
	);
}

function Order( { choice, change }: Pick< ChoiceApi, 'choice' | 'change' > ) {
	return (
		<RadioControl
			label={ __( 'Order', 'sell-my-images' ) }
			selected={ choice.order }
			options={ [
				{ value: 'asc', label: __( 'Oldest first', 'sell-my-images' ) },
				{ value: 'desc', label: __( 'Newest first', 'sell-my-images' ) },
			] }
			onChange={ ( order ) => change( { order: order as ExportChoice[ 'order' ] } ) }
		/>
	);
}

function Format( { choice, change }: Pick< ChoiceApi, 'choice' | 'change' > ) {
	return (
		<RadioControl
			label={ __( 'Format', 'sell-my-images' ) }
			selected={ choice.format }
			options={ [
				{ value: 'csv', label: __( 'CSV, for spreadsheets', 'sell-my-images' ) },
				{ value: 'ndjson', label: __( 'NDJSON, for programs', 'sell-my-images' ) },
			] }
			onChange={ ( format ) => change( { format: format as ExportChoice[ 'format' ] } ) }
		/>
	);
}

function Separator( { choice, change }: Pick< ChoiceApi, 'choice' | 'change' > ) {
	return (
		<SelectControl
			__next40pxDefaultSize
			__nextHasNoMarginBottom
			label={ __( 'Between the cells', 'sell-my-images' ) }
			help={ __(
				'When everything opens in one column, choose another. Amounts always have a point: 4.90.',
				'sell-my-images'
			) }
			value={ choice.separator }
			options={ Object.entries( separatorWords() ).map( ( [ value, label ] ) => ( { value, label } ) ) }
			onChange={ ( separator ) => isSeparator( separator ) && change( { separator } ) }
		/>
	);
}

/** Columns on one side, the rest on the other. */
export function Fields( { choice, change, fields }: Omit< ChoiceApi, 'keep' > ) {
	return (
		<>
			<Columns { ...{ choice, change, fields } } />
			<div className="smi-export__part">
				<Order choice={ choice } change={ change } />
				<Format choice={ choice } change={ change } />
				{ choice.format === 'csv' && <Separator choice={ choice } change={ change } /> }
				<ZoneField value={ choice.timezone } onChange={ ( timezone ) => change( { timezone } ) } />
			</div>
		</>
	);
}
