import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { EmptyState } from '@wordpress/ui';
import type { ReactNode } from 'react';

import type { Tab } from '../view/types';

interface BlankProps {
	title: string;
	children?: ReactNode;
	action?: { label: string; onClick: () => void };
	isAlert?: boolean;
}

export function Blank( { title, children, action, isAlert }: BlankProps ) {
	return (
		<EmptyState.Root { ...( isAlert ? { role: 'alert' } : {} ) }>
			<EmptyState.Title>{ title }</EmptyState.Title>
			{ children && <EmptyState.Description>{ children }</EmptyState.Description> }
			{ action && (
				<EmptyState.Actions>
					<Button variant="secondary" onClick={ action.onClick }>
						{ action.label }
					</Button>
				</EmptyState.Actions>
			) }
		</EmptyState.Root>
	);
}

interface Props {
	tab: Tab;
	isUnfiltered: boolean;
	onShowAll: () => void;
}

/** Why there is nothing: nothing yet, nothing wrong, or nothing that matches. */
export function NoJobs( { tab, isUnfiltered, onShowAll }: Props ) {
	if ( isUnfiltered && tab === 'all' ) {
		return (
			<Blank title={ __( 'No jobs yet.', 'sell-my-images' ) }>
				{ __( 'A job appears here when someone buys a larger copy of one of your images.', 'sell-my-images' ) }
			</Blank>
		);
	}
	if ( isUnfiltered && tab === 'attention' ) {
		return (
			<Blank title={ __( 'Nothing needs you.', 'sell-my-images' ) }>
				{ __( 'All payments, images and refunds are in order.', 'sell-my-images' ) }
			</Blank>
		);
	}
	return (
		<Blank
			title={ __( 'No jobs match.', 'sell-my-images' ) }
			action={ {
				label: __( 'Show all jobs', 'sell-my-images' ),
				onClick: onShowAll,
			} }
		/>
	);
}
