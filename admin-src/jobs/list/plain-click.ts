import type { MouseEvent } from 'react';

/** A click that the browser should not open elsewhere by itself. */
export function isPlainClick( event: MouseEvent ): boolean {
	return event.button === 0 && ! event.metaKey && ! event.ctrlKey && ! event.shiftKey && ! event.altKey;
}
