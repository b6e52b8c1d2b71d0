import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { useEffect, useState } from '@wordpress/element';

import { Compare } from './compare';
import { Picture } from './picture';
import { enlargedSize, enlargedWords, whyMissing, withSize } from './words';
import { WithChunk } from '../../dialogs/with-chunk';
import type { JobDetail } from '../../../api/contracts.generated';

const loadFullSize = () => import( /* webpackChunkName: "full-size" */ './full-size' );

/** In the order of what they name: two pictures beside each other turn with the writing, a comparison does not. */
function Captions( { job, dir }: { job: JobDetail; dir?: 'ltr' } ) {
	return (
		<figcaption dir={ dir }>
			<span dir="auto">
				{ withSize( __( 'Original', 'sell-my-images' ), job.image_width, job.image_height ) }
			</span>
			<span dir="auto">{ enlargedWords( job ) }</span>
		</figcaption>
	);
}

/** The original, and beside it why there is nothing to compare it with. */
function OneOnly( { job, why }: { job: JobDetail; why: string } ) {
	return (
		<figure className="smi-pictures">
			<div className="smi-pictures__two">
				<Picture src={ job.image_url } alt={ __( 'The original', 'sell-my-images' ) } />
				<div className="smi-pictures__none">
					<span>{ why }</span>
				</div>
			</div>
			<Captions job={ job } />
		</figure>
	);
}

interface BothProps {
	job: JobDetail;
	enlarged: string;
	onBroken: () => void;
}

function Both( { job, enlarged, onBroken }: BothProps ) {
	const [ isOpen, setOpen ] = useState( false );
	const close = () => setOpen( false );
	const [ width, height ] = enlargedSize( job );
	const pair = { original: job.image_url, enlarged };
	return (
		<figure className="smi-pictures">
			<Compare { ...pair } ratio={ width && height ? width / height : 1.5 } onBroken={ onBroken } />
			<Captions job={ job } dir="ltr" />
			<Button variant="link" onClick={ () => setOpen( true ) }>
				{ __( 'Compare at full size', 'sell-my-images' ) }
			</Button>
			{ isOpen && (
				<WithChunk load={ loadFullSize } onClose={ close }>
					{ ( { FullSize } ) => <FullSize { ...pair } job={ job } onClose={ close } /> }
				</WithChunk>
			) }
		</figure>
	);
}

/** Before and after, where there is an after. */
export function Pictures( { job }: { job: JobDetail } ) {
	const preview = job.download.file?.preview_url ?? null;
	const [ isBroken, setBroken ] = useState( false );
	useEffect( () => setBroken( false ), [ preview ] );
	if ( preview && ! isBroken ) {
		return <Both job={ job } enlarged={ preview } onBroken={ () => setBroken( true ) } />;
	}
	const why = isBroken ? __( 'The preview could not be loaded', 'sell-my-images' ) : whyMissing( job );
	return <OneOnly job={ job } why={ why } />;
}
