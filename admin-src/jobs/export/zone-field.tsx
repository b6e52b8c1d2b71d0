import { SelectControl, TextControl } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';

import { getBoot } from '../../shared/boot';

interface Props {
	value: string;
	onChange: ( zone: string ) => void;
}

const OTHER = 'other';
const LIST = 'smi-time-zones';

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Old browsers cannot list them; any name can be typed. */
const knownZones = () => ( typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf( 'timeZone' ) : [] );

function usualZones() {
	const site = getBoot().timezone;
	const own = ownZone();
	const zones = [
		/* translators: %s: a time zone. */
		{ value: site, label: sprintf( __( 'The site’s (%s)', 'sell-my-images' ), site ) },
		{ value: 'UTC', label: __( 'UTC', 'sell-my-images' ) },
		/* translators: %s: a time zone. */
		{ value: own, label: sprintf( __( 'Mine (%s)', 'sell-my-images' ), own ) },
	];
	return zones.filter( ( { value }, i ) => zones.findIndex( ( zone ) => zone.value === value ) === i );
}

/** In which zone the times are written. */
export function ZoneField( { value, onChange }: Props ) {
	const [ usual ] = useState( usualZones );
	const [ isOther, setOther ] = useState( ! usual.some( ( zone ) => zone.value === value ) );
	const choose = ( zone: string ) => {
		setOther( zone === OTHER );
		onChange( zone === OTHER ? '' : zone );
	};
	return (
		<>
			<SelectControl
				__next40pxDefaultSize
				__nextHasNoMarginBottom
				label={ __( 'Time zone', 'sell-my-images' ) }
				value={ isOther ? OTHER : value }
				options={ [ ...usual, { value: OTHER, label: __( 'Another…', 'sell-my-images' ) } ] }
				onChange={ choose }
			/>
			{ isOther && (
				<>
					<TextControl
						__next40pxDefaultSize
						__nextHasNoMarginBottom
						label={ __( 'Name of the time zone', 'sell-my-images' ) }
						help={ __( 'For example Europe/Berlin, or +02:00.', 'sell-my-images' ) }
						value={ value }
						list={ LIST }
						dir="ltr"
						spellCheck={ false }
						onChange={ onChange }
					/>
					<datalist id={ LIST }>
						{ knownZones().map( ( zone ) => (
							<option key={ zone } value={ zone } />
						) ) }
					</datalist>
				</>
			) }
		</>
	);
}
