import { __, _n, sprintf } from '@wordpress/i18n';

import { Bars } from './bars';
import { Card } from './card';
import { bucketName, percent } from './format';
import { nineOfTenWords } from './tiles';
import { medianOf, withinOf } from './wait';
import { formatCount } from '../../shared/number';
import { formatDuration } from '../../shared/time';
import type { Series } from './patterns';
import type { Sums } from './sums';

interface Props {
	sums: Sums;
	bounds: readonly number[];
}

const seriesOf = (): Series[] => [ { look: 'wait', label: __( 'Jobs', 'sell-my-images' ) } ];

function summaryOf( { waiting }: Sums, bounds: readonly number[], finished: number ): string {
	const median = medianOf( waiting, bounds );
	if ( median === null ) {
		return __( 'No image was finished.', 'sell-my-images' );
	}
	return sprintf(
		/* translators: 1: a number of images, 2: a length of time, 3: "9 of 10 within 2 min". */
		_n(
			'From payment to the finished image: %1$s image, usually about %2$s, %3$s.',
			'From payment to the finished image: %1$s images, usually about %2$s, %3$s.',
			finished,
			'sell-my-images'
		),
		formatCount( finished ),
		formatDuration( median ),
		nineOfTenWords( withinOf( waiting, bounds, 0.9 ), bounds[ bounds.length - 1 ] ?? 0 )
	);
}

/** How long it took from payment to image. */
export function WaitCard( { sums, bounds }: Props ) {
	const title = __( 'How long customers wait', 'sell-my-images' );
	const finished = sums.waiting.reduce( ( all, jobs ) => all + jobs, 0 );
	const nameAt = ( index: string ) => bucketName( Number( index ), bounds );
	return (
		<Card
			title={ title }
			summary={ summaryOf( sums, bounds, finished ) }
			series={ seriesOf() }
			table={ {
				caption: title,
				head: [
					__( 'Wait', 'sell-my-images' ),
					__( 'Jobs', 'sell-my-images' ),
					__( 'Share', 'sell-my-images' ),
				],
				rows: sums.waiting.map( ( jobs, i ) => [
					bucketName( i, bounds ),
					formatCount( jobs ),
					percent( jobs, finished ),
				] ),
				foot: [ __( 'Together', 'sell-my-images' ), formatCount( finished ), percent( finished, finished ) ],
			} }
		>
			{ finished > 0 && (
				<Bars
					label={ title }
					data={ sums.waiting.map( ( wait, i ) => ( { key: String( i ), values: { wait } } ) ) }
					series={ seriesOf() }
					tick={ nameAt }
					title={ nameAt }
					axis={ formatCount }
					value={ formatCount }
				/>
			) }
		</Card>
	);
}
