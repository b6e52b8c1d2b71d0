import { __ } from '@wordpress/i18n';

import { CopyButton } from '../../shared/components/copy-button';

export interface TableData {
	caption: string;
	head: string[];
	rows: string[][];
	/** Sums. */
	foot?: string[];
}

const toText = ( { head, rows, foot }: TableData ) =>
	[ head, ...rows, ...( foot ? [ foot ] : [] ) ].map( ( cells ) => cells.join( '\t' ) ).join( '\n' );

function Row( { cells }: { cells: string[] } ) {
	const [ first, ...rest ] = cells;
	return (
		<tr>
			<th scope="row">{ first }</th>
			{ rest.map( ( cell, i ) => (
				<td key={ i }>{ cell }</td>
			) ) }
		</tr>
	);
}

/** The numbers of a chart, to read and to copy. */
export function DataTable( { data }: { data: TableData } ) {
	const { caption, head, rows, foot } = data;
	return (
		<>
			{ /* Scrolls, so it must be reachable without a mouse. */ }
			{  }
			<div className="smi-report__table" role="region" aria-label={ caption } tabIndex={ 0 }>
				<table>
					<caption>{ caption }</caption>
					<thead>
						<tr>
							{ head.map( ( cell ) => (
								<th key={ cell } scope="col">
									{ cell }
								</th>
							) ) }
						</tr>
					</thead>
					<tbody>
						{ rows.map( ( cells, i ) => (
							<Row key={ i } cells={ cells } />
						) ) }
					</tbody>
					{ foot && (
						<tfoot>
							<Row cells={ foot } />
						</tfoot>
					) }
				</table>
			</div>
			<CopyButton text={ toText( data ) } label={ __( 'Copy table', 'sell-my-images' ) } />
		</>
	);
}
