import type { ReactNode } from 'react';

export interface Fact {
	label: string;
	value: ReactNode;
}

/**
 * Names and values in two columns.
 *
 * @param props
 * @param props.facts In the order they are read.
 */
export function Facts( { facts }: { facts: Fact[] } ) {
	return (
		<dl className="smi-facts">
			{ facts.map( ( { label, value } ) => (
				<div key={ label }>
					<dt>{ label }</dt>
					<dd>{ value }</dd>
				</div>
			) ) }
		</dl>
	);
}
