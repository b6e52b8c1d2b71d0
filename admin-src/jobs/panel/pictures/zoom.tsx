import { Button } from '@wordpress/components';
import { __, _x } from '@wordpress/i18n';

export type ZoomLevel = 'fit' | 1 | 2;

const levels = (): [ ZoomLevel, string ][] => [
	[ 'fit', _x( 'Fit', 'zoom: the whole picture', 'sell-my-images' ) ],
	[ 1, '100 %' ],
	[ 2, '200 %' ],
];

interface Props {
	level: ZoomLevel;
	onChange: ( level: ZoomLevel ) => void;
}

export function Zoom( { level, onChange }: Props ) {
	return (
		<div className="smi-full__zoom" role="group" aria-label={ __( 'Zoom', 'sell-my-images' ) }>
			{ levels().map( ( [ value, label ] ) => (
				<Button
					key={ value }
					size="compact"
					variant="secondary"
					isPressed={ value === level }
					onClick={ () => onChange( value ) }
				>
					{ label }
				</Button>
			) ) }
		</div>
	);
}
