const PATIENCE_MS = 5000;
const AGAIN_MS = 50;

const selectAll = () => document.querySelector< HTMLElement >( '.smi-list thead input[type="checkbox"]' );

/** The focus was in the bar, which goes: the checkbox that all this began with is near. */
export function focusSelectAll() {
	selectAll()?.focus();
}

/**
 * After a dialog whose button is gone. The list takes no focus while it loads, and it loads when a batch ends.
 *
 * @param until When to give up, browser clock in milliseconds.
 */
export function focusSelectAllIfLost( until = Date.now() + PATIENCE_MS ) {
	const { body } = document;
	const { activeElement: at } = body.ownerDocument;
	const isLost = ! at || at === body;
	if ( isLost ) {
		focusSelectAll();
	}
	const isWaiting = isLost
		? body.ownerDocument.activeElement === body
		: at.closest( '.components-modal__frame' ) !== null;
	if ( isWaiting && Date.now() < until ) {
		setTimeout( () => focusSelectAllIfLost( until ), AGAIN_MS );
	}
}
