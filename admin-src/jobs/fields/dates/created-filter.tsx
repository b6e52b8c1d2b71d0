import { Button, TextControl } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { DataFormControlProps } from '@wordpress/dataviews/wp';

import { getBoot } from '../../../shared/boot';
import { RANGES, rangeDays } from '../../view/ranges';
import { rangeWords } from '../../words/ranges';
import type { Job } from '../../../api/contracts.generated';

/**
 * The days to filter by. DataViews' own control reckons with the browser's days,
 * and forgets that "yesterday" moves; this one keeps the range's name behind its
 * days, see `filterRange`.
 */
export function CreatedFilter( { data, field, onChange }: DataFormControlProps< Job > ) {
	const value: unknown = field.getValue( { item: data } );
	const [ from = '', to = '', range ] = Array.isArray( value ) ? value.map( String ) : [];
	const words = rangeWords();
	const { timezone } = getBoot();
	const change = ( days: string[] ) =>
		onChange( field.setValue( { item: data, value: days.some( Boolean ) ? days : undefined } ) );
	return (
		<fieldset className="smi-created">
			<legend className="screen-reader-text">{ field.label }</legend>
			<div className="smi-created__ranges">
				{ RANGES.map( ( name ) => (
					<Button
						key={ name }
						size="small"
						variant="tertiary"
						isPressed={ range === name }
						onClick={ () => change( [ ...rangeDays( name, timezone ), name ] ) }
					>
						{ words[ name ] }
					</Button>
				) ) }
			</div>
			<div className="smi-created__days">
				<TextControl
					__next40pxDefaultSize
					type="date"
					label={ __( 'First day', 'sell-my-images' ) }
					value={ from }
					onChange={ ( day ) => change( [ day, to ] ) }
				/>
				<TextControl
					__next40pxDefaultSize
					type="date"
					label={ __( 'Last day', 'sell-my-images' ) }
					value={ to }
					onChange={ ( day ) => change( [ from, day ] ) }
				/>
			</div>
			<p className="smi-created__zone">
				{ sprintf(
					/* translators: %s: a time zone, for example Europe/Berlin. */
					__( 'Days in %s.', 'sell-my-images' ),
					timezone
				) }
			</p>
		</fieldset>
	);
}
