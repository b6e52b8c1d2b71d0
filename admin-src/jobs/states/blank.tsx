import { Button } from '@wordpress/components';
import { EmptyState } from '@wordpress/ui';
import type { ReactNode } from 'react';

export interface BlankAction {
	label: string;
	onClick?: () => void;
	href?: string;
}

interface Props {
	title: string;
	children?: ReactNode;
	actions?: BlankAction[];
	isAlert?: boolean;
}

/** Words where the rows would be, and what can be done. */
export function Blank( { title, children, actions = [], isAlert }: Props ) {
	return (
		<EmptyState.Root className="smi-blank" { ...( isAlert ? { role: 'alert' } : {} ) }>
			<EmptyState.Title>{ title }</EmptyState.Title>
			{ children && <EmptyState.Description>{ children }</EmptyState.Description> }
			{ actions.length > 0 && (
				<EmptyState.Actions>
					{ actions.map( ( { label, ...does } ) => (
						<Button key={ label } variant="secondary" __next40pxDefaultSize { ...does }>
							{ label }
						</Button>
					) ) }
				</EmptyState.Actions>
			) }
		</EmptyState.Root>
	);
}
