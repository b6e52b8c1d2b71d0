import { isRTL } from '@wordpress/i18n';
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';

import { fillOf, type Series, type SeriesLook } from './patterns';

export interface BarDatum {
	/** Unique. */
	key: string;
	values: Partial< Record< SeriesLook, number > >;
}

interface Props {
	/** What the chart is, for those who do not see it. */
	label: string;
	data: BarDatum[];
	/** From the bottom to the top. */
	series: readonly Series[];
	/** Under a bar. */
	tick: ( key: string ) => string;
	/** In the bubble. */
	title: ( key: string ) => string;
	axis: ( value: number ) => string;
	value: ( value: number ) => string;
}

const HEIGHT = 180;
const SIZE_BEFORE_MEASURED = { width: 480, height: HEIGHT };
const MARGIN = { top: 8, right: 4, bottom: 0, left: 4 };
const TEXT = { fontSize: 12 };

function Bubble( { datum, series, title, value }: { datum: BarDatum } & Pick< Props, 'series' | 'title' | 'value' > ) {
	return (
		<div className="smi-report__bubble" role="status">
			<strong>{ title( datum.key ) }</strong>
			{ series.map( ( { look, label } ) => (
				<span key={ look }>
					{ label }: { value( datum.values[ look ] ?? 0 ) }
				</span>
			) ) }
		</div>
	);
}

/** Stacked bars. With the keyboard: Tab to the chart, then the arrow keys. */
export function Bars( { label, data, series, tick, title, axis, value }: Props ) {
	const isReversed = isRTL();
	const datumAt = ( key: unknown ) => data.find( ( datum ) => datum.key === key );
	return (
		<div className="smi-report__chart" dir="ltr">
			<ResponsiveContainer width="100%" height={ HEIGHT } initialDimension={ SIZE_BEFORE_MEASURED }>
				<BarChart data={ data } stackOffset="sign" margin={ MARGIN } barCategoryGap="20%" aria-label={ label }>
					<CartesianGrid vertical={ false } className="smi-report__grid" />
					<XAxis
						dataKey="key"
						tickFormatter={ tick }
						reversed={ isReversed }
						tickLine={ false }
						minTickGap={ 16 }
						tick={ TEXT }
					/>
					<YAxis
						orientation={ isReversed ? 'right' : 'left' }
						tickFormatter={ axis }
						allowDecimals={ false }
						axisLine={ false }
						tickLine={ false }
						width={ 56 }
						tick={ TEXT }
					/>
					<Tooltip
						isAnimationActive={ false }
						cursor={ { className: 'smi-report__cursor' } }
						content={ ( { active, label: key } ) => {
							const datum = active && datumAt( key );
							return datum ? <Bubble { ...{ datum, series, title, value } } /> : null;
						} }
					/>
					{ series.map( ( { look, label: name } ) => (
						<Bar
							key={ look }
							dataKey={ ( { values }: BarDatum ) => values[ look ] ?? 0 }
							name={ name }
							stackId="all"
							fill={ fillOf( look ) }
							maxBarSize={ 48 }
							isAnimationActive={ false }
						/>
					) ) }
				</BarChart>
			</ResponsiveContainer>
		</div>
	);
}
