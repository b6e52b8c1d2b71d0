import { VisuallyHidden } from '@wordpress/components';
import { useSelect } from '@wordpress/data';
import { __ } from '@wordpress/i18n';

import { store } from '../store';

interface Props {
	id: string;
	hrefOf: ( id: string ) => string;
}

/** In a new tab: whatever stands in the dialog must not be lost for a look at a job. */
export function JobLink( { id, hrefOf }: Props ) {
	const row = useSelect( ( select ) => select( store ).getRow( id ), [ id ] );
	return (
		<a href={ hrefOf( id ) } target="_blank" rel="noreferrer">
			<bdi className="smi-id">{ id.slice( 0, 8 ) }</bdi>
			{ row?.email ? <bdi> { row.email }</bdi> : null }
			<VisuallyHidden>{ __( '(opens in a new tab)', 'sell-my-images' ) }</VisuallyHidden>
		</a>
	);
}
