import { DataViews } from '@wordpress/dataviews/wp';
import { useEffect, useId, useRef } from '@wordpress/element';
import { __ } from '@wordpress/i18n';

import { searchHint } from '../words/search';

/** The search box, and while it has the focus, what can be typed. */
export function JobsSearch() {
	const id = useId();
	const box = useRef< HTMLDivElement >( null );
	// DataViews makes the field itself, and takes no description for it.
	useEffect( () => box.current?.querySelector( 'input' )?.setAttribute( 'aria-describedby', id ), [ id ] );
	return (
		<div className="smi-search" ref={ box }>
			<DataViews.Search label={ __( 'Search jobs', 'sell-my-images' ) } />
			<p className="smi-search__hint" id={ id }>
				{ searchHint() }
			</p>
		</div>
	);
}
