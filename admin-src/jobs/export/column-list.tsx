import { Button, CheckboxControl } from '@wordpress/components';
import { useEffect, useRef, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { chevronDown, chevronUp } from '@wordpress/icons';

import { allColumns, columnWords } from './columns';
import { formatCount } from '../../shared/number';
import type { ExportColumn } from '../../api/export';

interface Props {
	/** Chosen, in order. */
	columns: ExportColumn[];
	onChange: ( columns: ExportColumn[] ) => void;
}

type Way = 'up' | 'down';

function moved( columns: ExportColumn[], column: ExportColumn, way: Way ): ExportColumn[] {
	const from = columns.indexOf( column );
	const rest = columns.filter( ( other ) => other !== column );
	rest.splice( from + ( way === 'up' ? -1 : 1 ), 0, column );
	return rest;
}

/** The chosen in their order, then the others in theirs. */
const listed = ( columns: ExportColumn[] ) => [
	...columns,
	...allColumns().filter( ( column ) => ! columns.includes( column ) ),
];

interface RowProps {
	column: ExportColumn;
	/** Place among the chosen, from 0; below 0: not chosen. */
	at: number;
	count: number;
	onToggle: ( isOn: boolean ) => void;
	onMove: ( way: Way ) => void;
}

function ColumnRow( { column, at, count, onToggle, onMove }: RowProps ) {
	const label = columnWords()[ column ];
	return (
		<li data-column={ column }>
			<CheckboxControl
				__nextHasNoMarginBottom
				id={ `smi-export-${ column }` }
				label={ label }
				checked={ at >= 0 }
				onChange={ onToggle }
			/>
			{ at >= 0 && (
				<>
					<Button
						size="small"
						icon={ chevronUp }
						data-way="up"
						/* translators: %s: name of a column. */
						label={ sprintf( __( 'Move up: %s', 'sell-my-images' ), label ) }
						disabled={ at === 0 }
						accessibleWhenDisabled
						onClick={ () => onMove( 'up' ) }
					/>
					<Button
						size="small"
						icon={ chevronDown }
						data-way="down"
						/* translators: %s: name of a column. */
						label={ sprintf( __( 'Move down: %s', 'sell-my-images' ), label ) }
						disabled={ at === count - 1 }
						accessibleWhenDisabled
						onClick={ () => onMove( 'down' ) }
					/>
				</>
			) }
		</li>
	);
}

/** A row that changes its place in the page loses the focus; this gives it back. */
function useFocusKept( columns: ExportColumn[] ) {
	const list = useRef< HTMLUListElement >( null );
	const wanted = useRef< string | null >( null );
	useEffect( () => {
		const selector = wanted.current;
		wanted.current = null;
		if ( selector ) {
			list.current?.querySelector< HTMLElement >( selector )?.focus();
		}
	}, [ columns ] );
	return { list, focusOn: ( selector: string ) => ( wanted.current = selector ) };
}

/** Which columns, and in which order, by buttons: drag and drop alone would shut people out. */
export function ColumnList( { columns, onChange }: Props ) {
	const { list, focusOn } = useFocusKept( columns );
	const [ said, setSaid ] = useState( '' );
	const toggle = ( column: ExportColumn, isOn: boolean ) => {
		focusOn( `[data-column="${ column }"] input` );
		onChange( isOn ? [ ...columns, column ] : columns.filter( ( other ) => other !== column ) );
	};
	const move = ( column: ExportColumn, way: Way ) => {
		const next = moved( columns, column, way );
		focusOn( `[data-column="${ column }"] [data-way="${ way }"]` );
		setSaid(
			sprintf(
				/* translators: 1: name of a column, 2: its place, 3: number of columns. */
				__( '%1$s is now column %2$s of %3$s.', 'sell-my-images' ),
				columnWords()[ column ],
				formatCount( next.indexOf( column ) + 1 ),
				formatCount( next.length )
			)
		);
		onChange( next );
	};
	return (
		<>
			<ul ref={ list } className="smi-export__columns">
				{ listed( columns ).map( ( column ) => (
					<ColumnRow
						key={ column }
						column={ column }
						at={ columns.indexOf( column ) }
						count={ columns.length }
						onToggle={ ( isOn ) => toggle( column, isOn ) }
						onMove={ ( way ) => move( column, way ) }
					/>
				) ) }
			</ul>
			<div className="screen-reader-text" role="status">
				{ said }
			</div>
		</>
	);
}
