import { __ } from '@wordpress/i18n';
import { useState } from '@wordpress/element';

interface Props {
	original: string;
	enlarged: string;
}

/**
 * The two pictures on top of each other; the slider says where one ends. Left is
 * the original in every language, so the box itself is never mirrored.
 *
 * @param props
 * @param props.original Address of the picture as the site shows it.
 * @param props.enlarged Address of a preview of the file sold.
 */
export function Compare( { original, enlarged }: Props ) {
	const [ at, setAt ] = useState( 50 );
	return (
		<div className="smi-compare" dir="ltr">
			<img src={ original } alt="" />
			<img src={ enlarged } alt="" style={ { clipPath: `inset(0 0 0 ${ at }%)` } } />
			<span className="smi-compare__line" style={ { left: `${ at }%` } } />
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
