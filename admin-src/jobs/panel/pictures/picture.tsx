import { __ } from '@wordpress/i18n';
import { useEffect, useState } from '@wordpress/element';

interface Props {
	src: string;
	alt: string;
}

/** A picture, or in words that it is gone: a broken icon says nothing. */
export function Picture( { src, alt }: Props ) {
	const [ isBroken, setBroken ] = useState( false );
	useEffect( () => setBroken( false ), [ src ] );
	return isBroken || ! src ? (
		<div className="smi-pictures__none">
			<span>
				{ __( 'The picture cannot be shown. It was moved or deleted on this site.', 'sell-my-images' ) }
			</span>
		</div>
	) : (
		<img src={ src } alt={ alt } onError={ () => setBroken( true ) } />
	);
}
