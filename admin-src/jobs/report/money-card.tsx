import { __, sprintf } from '@wordpress/i18n';

import { Bars } from './bars';
import { Card } from './card';
import { axisMoney, longPeriod, lostWords, money, percent, shortPeriod } from './format';
import type { ReportStep } from '../view/types';
import type { Series, SeriesLook } from './patterns';
import type { Period, Sums } from './sums';

export interface PeriodsProps {
	sums: Sums;
	periods: Period[];
	step: ReportStep;
	currency: string;
}

/** Most shops never lose a dispute. */
const seriesOf = ( { lost }: Sums ): MoneySeries[] => [
	{ look: 'kept', label: __( 'Kept', 'sell-my-images' ) },
	{ look: 'cost', label: __( 'Upsampler cost', 'sell-my-images' ) },
	{ look: 'fees', label: __( 'Stripe fees', 'sell-my-images' ) },
	{ look: 'refunded', label: __( 'Refunded', 'sell-my-images' ) },
	...( lost ? [ { look: 'lost', label: lostWords() } as const ] : [] ),
];

type MoneySeries = Series & { look: Extract< SeriesLook, keyof Sums > };

function summaryOf( { charged, kept, cost, fees, refunded, lost }: Sums, currency: string ): string {
	if ( charged === 0 ) {
		return __( 'Nothing was charged.', 'sell-my-images' );
	}
	const sum = sprintf(
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
	if ( ! lost ) {
		return sum;
	}
	/* translators: %s: an amount of money. */
	return `${ sum } ${ sprintf( __( 'Lost disputes took %s.', 'sell-my-images' ), money( lost, currency ) ) }`;
}

const cellsOf = ( sums: Sums, series: MoneySeries[], currency: string ) =>
	[ sums.charged, ...series.map( ( { look } ) => sums[ look ] ) ].map( ( units ) => money( units, currency ) );

/** What became of what was charged. */
export function MoneyCard( { sums, periods, step, currency }: PeriodsProps ) {
	const title = __( 'Where the money goes', 'sell-my-images' );
	const series = seriesOf( sums );
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
				rows: periods.map( ( period ) => [
					longPeriod( period.start, step ),
					...cellsOf( period, series, currency ),
				] ),
				foot: [ __( 'Together', 'sell-my-images' ), ...cellsOf( sums, series, currency ) ],
			} }
		>
			{ hasMoney && (
				<Bars
					label={ title }
					data={ periods.map( ( { start, kept, cost, fees, refunded, lost } ) => ( {
						key: start,
						values: { kept, cost, fees, refunded, lost },
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
