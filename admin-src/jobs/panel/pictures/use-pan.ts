import { useCallback, useLayoutEffect, useRef, useState } from '@wordpress/element';
import type { PointerEvent } from 'react';

/** A mouse drags the picture; a finger scrolls it by itself. */
function dragBy( event: PointerEvent< HTMLElement > ) {
	const view = event.currentTarget;
	if ( event.pointerType === 'mouse' && view.hasPointerCapture( event.pointerId ) ) {
		view.scrollLeft -= event.movementX;
		view.scrollTop -= event.movementY;
	}
}

function grab( event: PointerEvent< HTMLElement > ) {
	if ( event.button === 0 ) {
		event.currentTarget.setPointerCapture( event.pointerId );
	}
}

/** How much of the box lies left of the line, in pixels. */
function clipOf( view: HTMLElement, at: number ): number {
	const box = view.firstElementChild as HTMLElement | null;
	return Math.max( 0, view.scrollLeft + ( at / 100 ) * view.clientWidth - ( box?.offsetLeft ?? 0 ) );
}

/**
 * Moving the picture, and the line that stays where it is on the screen.
 *
 * @param at     Where the line stands, in percent of what is seen.
 * @param setAt  Moves it.
 * @param layout Changes when the picture's size does.
 */
export function usePan( at: number, setAt: ( at: number ) => void, layout: string ) {
	const ref = useRef< HTMLDivElement >( null );
	const [ clip, setClip ] = useState( 0 );
	const measure = useCallback( () => ref.current && setClip( clipOf( ref.current, at ) ), [ at ] );

	// The middle of the picture tells more than its corner.
	useLayoutEffect( () => {
		const view = ref.current;
		view?.scrollTo?.( ( view.scrollWidth - view.clientWidth ) / 2, ( view.scrollHeight - view.clientHeight ) / 2 );
	}, [ layout ] );
	useLayoutEffect( () => {
		measure();
		window.addEventListener( 'resize', measure );
		return () => window.removeEventListener( 'resize', measure );
	}, [ measure, layout ] );

	const follow = ( event: PointerEvent< HTMLElement > ) => {
		const { left = 0, width = 0 } = ref.current?.getBoundingClientRect() ?? {};
		if ( width && event.currentTarget.hasPointerCapture( event.pointerId ) ) {
			setAt( Math.round( Math.min( 100, Math.max( 0, ( ( event.clientX - left ) / width ) * 100 ) ) ) );
		}
	};
	return {
		ref,
		clip,
		drag: { onScroll: measure, onPointerDown: grab, onPointerMove: dragBy },
		handle: { onPointerDown: grab, onPointerMove: follow },
	};
}
