/**
 * Starts the Buy buttons of a page.
 */
import { countClick } from './api';
import { openDialog } from './dialog';
import { showOrder } from './return-page';
import './style.scss';

// One listener for all buttons, those that arrive later (infinite scrolling, client-side navigation) included.
document.addEventListener( 'click', ( event ) => {
	const button = ( event.target as Element | null )?.closest< HTMLElement >( '[data-smi-attachment]' );
	if ( ! button ) {
		return;
	}
	const attachment = Number( button.dataset.smiAttachment );
	const postId = Number( button.dataset.smiPost );
	openDialog( attachment, postId );
	countClick( attachment, postId );
} );

const start = () => void showOrder( window.location.search );

if ( document.readyState === 'loading' ) {
	document.addEventListener( 'DOMContentLoaded', start );
} else {
	start();
}
