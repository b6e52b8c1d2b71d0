import { useDispatch, useSelect } from '@wordpress/data';
import { useState } from '@wordpress/element';
import { store as preferencesStore } from '@wordpress/preferences';

import { isColumn } from './columns';
import { columnsSeen } from './presets';
import { isSeparator, usualSeparator } from './separators';
import { getBoot } from '../../shared/boot';
import { readPlace } from '../view/url';
import { SCOPE, useLook } from '../view/use-look';
import type { ExportChoice } from '../../api/export';

const NAME = 'export';

type Kept = Partial< Record< keyof ExportChoice, unknown > > | undefined;

/** What was kept for a user, made sound: another version may have written it. */
function soundChoice( kept: Kept, fields: readonly string[] ): ExportChoice {
	const columns = Array.isArray( kept?.columns ) ? [ ...new Set( kept.columns.filter( isColumn ) ) ] : [];
	return {
		columns: columns.length ? columns : columnsSeen( fields ),
		order: kept?.order === 'desc' ? 'desc' : 'asc',
		timezone: typeof kept?.timezone === 'string' && kept.timezone ? kept.timezone : getBoot().timezone,
		format: kept?.format === 'ndjson' ? 'ndjson' : 'csv',
		separator: isSeparator( kept?.separator ) ? kept.separator : usualSeparator(),
	};
}

export interface ChoiceApi {
	choice: ExportChoice;
	change: ( more: Partial< ExportChoice > ) => void;
	/** For the next time, on every machine of this user. */
	keep: () => void;
	/** The columns that the list shows now. */
	fields: readonly string[];
}

/** How the file is to be: at first as this user had it the last time. */
export function useChoice(): ChoiceApi {
	const [ look ] = useLook();
	const kept = useSelect( ( select ) => select( preferencesStore ).get( SCOPE, NAME ) as Kept, [] );
	const { set } = useDispatch( preferencesStore );
	const [ fields ] = useState( () => readPlace( window.location.search, look ).view.fields );
	const [ choice, setChoice ] = useState( () => soundChoice( kept, fields ) );
	return {
		choice,
		change: ( more ) => setChoice( ( now ) => ( { ...now, ...more } ) ),
		keep: () => void set( SCOPE, NAME, choice ),
		fields,
	};
}
