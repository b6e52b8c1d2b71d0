import { Modal } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { useState } from '@wordpress/element';

import { START, type Pair } from './split';
import { enlargedSize, withSize } from './words';
import { Zoom, type ZoomLevel } from './zoom';
import { usePan } from './use-pan';
import type { JobDetail } from '../../../api/contracts.generated';

interface Props extends Pair {
	job: JobDetail;
	onClose: () => void;
}

interface Size {
	width: number;
	height: number;
}

/** Said when a pixel of the preview is not a pixel of the file. */
function previewWords( { width }: Size, job: JobDetail ): string | null {
	const [ sold ] = enlargedSize( job );
	return sold && width && width < sold
		? sprintf(
				/* translators: 1: pixels shown, 2: pixels of the file that was sold. */
				__( 'A preview of %1$s pixels’ width; the file sold has %2$s.', 'sell-my-images' ),
				width.toLocaleString(),
				sold.toLocaleString()
			)
		: null;
}

/**
 * Pixel by pixel: here the difference is seen. The picture scrolls as any long
 * page does, by wheel, finger, arrow keys or dragging; the line stays in place.
 *
 * @param props
 * @param props.job      The job.
 * @param props.original Address of the picture as the site shows it.
 * @param props.enlarged Address of a preview of the file sold.
 * @param props.onClose  Closes it.
 */
export function FullSize( { job, original, enlarged, onClose }: Props ) {
	const [ size, setSize ] = useState< Size >( { width: 0, height: 0 } );
	const [ level, setLevel ] = useState< ZoomLevel >( 1 );
	const [ at, setAt ] = useState( START );
	const pan = usePan( at, setAt, `${ size.width } ${ level }` );
	const box = level === 'fit' || ! size.width ? {} : { width: size.width * level, height: size.height * level };
	const words = previewWords( size, job );
	return (
		<Modal title={ __( 'Before and after', 'sell-my-images' ) } size="fill" onRequestClose={ onClose }>
			<div className="smi-full">
				<div className="smi-full__view" dir="ltr">
					<div
						className="smi-full__scroll"
						ref={ pan.ref }
						tabIndex={ 0 }
						role="region"
						aria-label={ __( 'The image; the arrow keys move it', 'sell-my-images' ) }
						{ ...pan.drag }
					>
						<div className={ `smi-full__box is-${ level }` } style={ box }>
							<img src={ original } alt={ __( 'The original', 'sell-my-images' ) } draggable={ false } />
							<img
								className="smi-full__over"
								src={ enlarged }
								alt={ __( 'The enlarged image', 'sell-my-images' ) }
								draggable={ false }
								style={ { clipPath: `inset(0 0 0 ${ pan.clip }px)` } }
								onLoad={ ( { currentTarget: { naturalWidth: width, naturalHeight: height } } ) =>
									setSize( { width, height } )
								}
							/>
						</div>
					</div>
					<span className="smi-full__line" style={ { insetInlineStart: `${ at }%` } } { ...pan.handle } />
				</div>
				<div className="smi-full__bar">
					<span>{ withSize( __( 'Original', 'sell-my-images' ), job.image_width, job.image_height ) }</span>
					<input
						type="range"
						dir="ltr"
						min={ 0 }
						max={ 100 }
						value={ at }
						aria-label={ __( 'Compare: how much of the original is shown, in percent', 'sell-my-images' ) }
						onChange={ ( event ) => setAt( Number( event.target.value ) ) }
					/>
					<span>{ withSize( __( 'Enlarged', 'sell-my-images' ), ...enlargedSize( job ) ) }</span>
					<Zoom level={ level } onChange={ setLevel } />
				</div>
				{ words && <p className="smi-quiet">{ words }</p> }
			</div>
		</Modal>
	);
}
