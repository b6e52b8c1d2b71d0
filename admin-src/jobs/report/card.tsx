import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { ReactNode } from 'react';

import { DataTable, type TableData } from './data-table';
import { Legend, type Series } from './patterns';

interface Props {
	title: string;
	/** What the chart says, in a sentence. */
	summary: string;
	series: readonly Series[];
	table: TableData;
	/** The chart; nothing where there is nothing to draw. */
	children: ReactNode;
}

function tableWords( title: string, isTable: boolean ): string {
	return isTable
		? /* translators: %s: name of a chart. */
			sprintf( __( 'Hide table: %s', 'sell-my-images' ), title )
		: /* translators: %s: name of a chart. */
			sprintf( __( 'Show table: %s', 'sell-my-images' ), title );
}

/** A chart, what it says in words, and its numbers. */
export function Card( { title, summary, series, table, children }: Props ) {
	const [ isTable, setTable ] = useState( false );
	return (
		<div className="smi-report__card">
			<div className="smi-report__card-head">
				<h2>{ title }</h2>
				<Button
					variant="link"
					aria-expanded={ isTable }
					aria-label={ tableWords( title, isTable ) }
					onClick={ () => setTable( ! isTable ) }
				>
					{ isTable ? __( 'Hide table', 'sell-my-images' ) : __( 'Show table', 'sell-my-images' ) }
				</Button>
			</div>
			<p className="smi-report__summary">{ summary }</p>
			{ children }
			{ series.length > 1 && <Legend series={ series } /> }
			{ isTable && <DataTable data={ table } /> }
		</div>
	);
}
