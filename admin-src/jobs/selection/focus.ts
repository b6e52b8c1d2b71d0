const selectAll = () => document.querySelector< HTMLElement >( '.smi-list thead input[type="checkbox"]' );

/** The focus was in the bar, which goes: the checkbox that all this began with is near. */
export function focusSelectAll() {
	selectAll()?.focus();
}

/** After a dialog whose button is gone. */
export function focusSelectAllIfLost() {
	const box = selectAll();
	if ( box && box.ownerDocument.activeElement === box.ownerDocument.body ) {
		box.focus();
	}
}
