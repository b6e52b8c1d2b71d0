import { Button } from '@wordpress/components';
import { createInterpolateElement, useId } from '@wordpress/element';
import { __, isRTL } from '@wordpress/i18n';
import { chevronLeft, chevronRight, next, previous } from '@wordpress/icons';

import { PageField } from './page-field';
import { useLastKnown, useReadFromTop } from './use-turn';
import { placeWords } from './words';
import { hasPageAfter, MOST_PAGES } from '../../view/pages';
import type { PageEntry } from '../../store/types';
import type { PlaceApi } from '../../view/use-place';

const toLeft = { end: previous, step: chevronLeft };
const toRight = { end: next, step: chevronRight };

interface TurnProps {
	label: string;
	icon: typeof next;
	/** Nothing there: said, and still reached by keyboard. */
	isOff: boolean;
	onTurn: () => void;
}

function Turn( { label, icon, isOff, onTurn }: TurnProps ) {
	return (
		<Button
			size="compact"
			tooltipPosition="top"
			showTooltip
			accessibleWhenDisabled
			{ ...{ label, icon } }
			disabled={ isOff }
			onClick={ onTurn }
		/>
	);
}

interface Props extends Pick< PlaceApi, 'place' | 'go' > {
	page: PageEntry;
}

/**
 * The way to other pages. DataViews' own has a choice of all of them: at a million jobs
 * those are 50,000 options, and the browser stands still.
 *
 * @param props
 * @param props.page  The open page, as far as it is loaded.
 * @param props.place Where the screen is.
 * @param props.go    Leads to another place.
 */
export function Pagination( { page, place: { view }, go }: Props ) {
	const id = useId();
	const known = useLastKnown( page );
	const readFromTop = useReadFromTop( page );
	const { totalPages, isTotalFloor } = known;
	if ( totalPages < 2 ) {
		return null;
	}
	const turnTo = ( to: number ) => {
		readFromTop();
		go( { view: { ...view, page: to } } );
	};
	const [ back, on ] = isRTL() ? [ toRight, toLeft ] : [ toLeft, toRight ];
	const isFirst = view.page <= 1;
	const isLast = ! hasPageAfter( known, view );
	const words = placeWords( known );
	const field = (
		<PageField
			page={ view.page }
			last={ isTotalFloor ? MOST_PAGES : totalPages }
			describedBy={ id }
			onGo={ turnTo }
		/>
	);
	return (
		<nav className="smi-pages" aria-label={ __( 'Pages of the list', 'sell-my-images' ) }>
			<Turn
				label={ __( 'First page', 'sell-my-images' ) }
				icon={ back.end }
				isOff={ isFirst }
				onTurn={ () => turnTo( 1 ) }
			/>
			<Turn
				label={ __( 'Previous page', 'sell-my-images' ) }
				icon={ back.step }
				isOff={ isFirst }
				onTurn={ () => turnTo( view.page - 1 ) }
			/>
			<span className="smi-pages__place">{ createInterpolateElement( words, { CurrentPage: field } ) }</span>
			<span id={ id } className="screen-reader-text" aria-live="polite">
				{ createInterpolateElement( words, { CurrentPage: <>{ view.page }</> } ) }
			</span>
			<Turn
				label={ __( 'Next page', 'sell-my-images' ) }
				icon={ on.step }
				isOff={ isLast }
				onTurn={ () => turnTo( view.page + 1 ) }
			/>
			{ ! isTotalFloor && (
				<Turn
					label={ __( 'Last page', 'sell-my-images' ) }
					icon={ on.end }
					isOff={ isLast }
					onTurn={ () => turnTo( totalPages ) }
				/>
			) }
		</nav>
	);
}
