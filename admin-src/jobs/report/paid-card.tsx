import { __, _n, sprintf } from '@wordpress/i18n';

import { Bars } from './bars';
import { Card } from './card';
import { longPeriod, percent, shortPeriod } from './format';
import { formatCount } from '../../shared/number';
import type { PeriodsProps } from './money-card';
import type { Series } from './patterns';
import type { Sums } from './sums';

const seriesOf = (): Series[] => [
	{ look: 'paid', label: __( 'Paid', 'sell-my-images' ) },
	{ look: 'unpaid', label: __( 'Not paid', 'sell-my-images' ) },
];

const cellsOf = ( { jobs, paid }: Sums ) => [
	formatCount( jobs ),
	formatCount( paid ),
	formatCount( jobs - paid ),
	jobs ? percent( paid, jobs ) : '—',
];

/** How many of those who began to buy did. */
export function PaidCard( { sums, periods, step }: PeriodsProps ) {
	const title = __( 'Checkouts that were paid', 'sell-my-images' );
	const series = seriesOf();
	return (
		<Card
			title={ title }
			summary={ sprintf(
				/* translators: 1: paid checkouts, 2: all checkouts, 3: a percentage. */
				_n(
					'%1$s of %2$s checkout was paid (%3$s).',
					'%1$s of %2$s checkouts were paid (%3$s).',
					sums.jobs,
					'sell-my-images'
				),
				formatCount( sums.paid ),
				formatCount( sums.jobs ),
				percent( sums.paid, sums.jobs )
			) }
			series={ series }
			table={ {
				caption: title,
				head: [
					__( 'Period', 'sell-my-images' ),
					__( 'Checkouts', 'sell-my-images' ),
					...series.map( ( { label } ) => label ),
					__( 'Bought', 'sell-my-images' ),
				],
				rows: periods.map( ( period ) => [ longPeriod( period.start, step ), ...cellsOf( period ) ] ),
				foot: [ __( 'Together', 'sell-my-images' ), ...cellsOf( sums ) ],
			} }
		>
			<Bars
				label={ title }
				data={ periods.map( ( { start, jobs, paid } ) => ( {
					key: start,
					values: { paid, unpaid: jobs - paid },
				} ) ) }
				series={ series }
				tick={ ( start ) => shortPeriod( start, step ) }
				title={ ( start ) => longPeriod( start, step ) }
				axis={ formatCount }
				value={ formatCount }
			/>
		</Card>
	);
}
