import { __, sprintf } from '@wordpress/i18n';

import { Bars } from './bars';
import { Card } from './card';
import { axisMoney, longPeriod, money, percent, shortPeriod } from './format';
import type { ReportStep } from '../view/types';
import type { Series } from './patterns';
import type { Period, Sums } from './sums';

export interface PeriodsProps {
	sums: Sums;
	periods: Period[];
	step: ReportStep;
	currency: string;
}

const seriesOf = (): Series[] => [
	{ look: 'kept', label: __( 'Kept', 'sell-my-images' ) },
	{ look: 'cost', label: __( 'Upsampler cost', 'sell-my-images' ) },
	{ look: 'fees', label: __( 'Stripe fees', 'sell-my-images' ) },
	{ look: 'refunded', label: __( 'Refunded', 'sell-my-images' ) },
];

function summaryOf( { charged, kept, cost, fees, refunded }: Sums, currency: string ): string {
	if ( charged === 0 ) {
		return __( 'Nothing was charged.', 'sell-my-images' );
	}
	return sprintf(
		/* translators: 1, 2, 4, 5, 6: amounts of money, 3: a percentage. */
		__(
			'Of %1$s charged, %2$s (%3$s) is kept; %4$s went to Upsampler, %5$s to Stripe and %6$s back to customers.',
			'sell-my-images'
		),
		money( charged, currency ),
		money( kept, currency ),
		percent( kept, charged ),
		money( cost, currency ),
		money( fees, currency ),
		money( refunded, currency )
	);
}

const cellsOf = ( { charged, kept, cost, fees, refunded }: Sums, currency: string ) =>
	[ charged, kept, cost, fees, refunded ].map( ( units ) => money( units, currency ) );

/** What became of what was charged. */
export function MoneyCard( { sums, periods, step, currency }: PeriodsProps ) {
	const title = __( 'Where the money goes', 'sell-my-images' );
	const series = seriesOf();
	const hasMoney = periods.some( ( { charged, kept } ) => charged !== 0 || kept !== 0 );
	return (
		<Card
			title={ title }
			summary={ summaryOf( sums, currency ) }
			series={ hasMoney ? series : [] }
			table={ {
				caption: title,
				head: [
					__( 'Period', 'sell-my-images' ),
					__( 'Charged', 'sell-my-images' ),
					...series.map( ( { label } ) => label ),
				],
				rows: periods.map( ( period ) => [ longPeriod( period.start, step ), ...cellsOf( period, currency ) ] ),
				foot: [ __( 'Together', 'sell-my-images' ), ...cellsOf( sums, currency ) ],
			} }
		>
			{ hasMoney && (
				<Bars
					label={ title }
					data={ periods.map( ( { start, kept, cost, fees, refunded } ) => ( {
						key: start,
						values: { kept, cost, fees, refunded },
					} ) ) }
					series={ series }
					tick={ ( start ) => shortPeriod( start, step ) }
					title={ ( start ) => longPeriod( start, step ) }
					axis={ ( units ) => axisMoney( units, currency ) }
					value={ ( units ) => money( units, currency ) }
				/>
			) }
		</Card>
	);
}
