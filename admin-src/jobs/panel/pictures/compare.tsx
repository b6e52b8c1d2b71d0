import { __ } from '@wordpress/i18n';
import { useState } from '@wordpress/element';
import type { CSSProperties } from 'react';

import { START, type Pair } from './split';

interface Props extends Pair {
	/** Width by height. */
	ratio: number;
	onBroken: () => void;
}

/**
 * The two pictures on top of each other; the slider says where one ends. It is a
 * range input over both, so mouse, finger and arrow keys work by themselves.
 *
 * @param props
 * @param props.original Address of the picture as the site shows it.
 * @param props.enlarged Address of a preview of the file sold.
 * @param props.ratio    Width by height.
 * @param props.onBroken One of them cannot be shown.
 */
export function Compare( { original, enlarged, ratio, onBroken }: Props ) {
	const [ at, setAt ] = useState( START );
	const style = { '--smi-ratio': ratio, '--smi-at': `${ at }%` } as CSSProperties;
	return (
		<div className="smi-compare" dir="ltr" style={ style }>
			<img src={ original } alt={ __( 'The original', 'sell-my-images' ) } onError={ onBroken } />
			<img
				src={ enlarged }
				alt={ __( 'The enlarged image', 'sell-my-images' ) }
				style={ { clipPath: `inset(0 0 0 ${ at }%)` } }
				onError={ onBroken }
			/>
			<span className="smi-compare__line" />
			<input
				type="range"
				min={ 0 }
				max={ 100 }
				value={ at }
				aria-label={ __( 'Compare: how much of the original is shown, in percent', 'sell-my-images' ) }
				onChange={ ( event ) => setAt( Number( event.target.value ) ) }
			/>
		</div>
	);
}
