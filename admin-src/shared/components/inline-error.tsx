import type { ReactNode } from 'react';

/**
 * An error that stays where it happened, and is read out.
 *
 * @param props
 * @param props.children The words, and a button where there is a remedy.
 */
export function InlineError( { children }: { children: ReactNode } ) {
	return (
		<div className="smi-inline-error" role="alert">
			{ children }
		</div>
	);
}
