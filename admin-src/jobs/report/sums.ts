import { minorDigits } from '../../shared/money';
import { periodOf, periodsBetween } from './periods';
import type { ReportRow } from '../../api/report';
import type { ReportStep } from '../view/types';

/** Money in whole units of `scaleOf( currency )` decimals. */
export interface Sums {
	jobs: number;
	paid: number;
	charged: number;
	refunded: number;
	/** By disputes that were lost. */
	lost: number;
	cost: number;
	fees: number;
	kept: number;
	waiting: number[];
}

export interface Period extends Sums {
	/** First day. */
	start: string;
}

/** Upsampler is paid in cents, also for a sale in yen. */
export const scaleOf = ( currency: string ) => Math.max( 2, minorDigits( currency ) );

/**
 * A decimal string in whole units, by its digits: never a float.
 *
 * @param amount As the server writes it.
 * @param scale  Decimals.
 */
function unitsOf( amount: string, scale: number ): number {
	const [ whole = '0', fraction = '' ] = amount.replace( '-', '' ).split( '.' );
	const units = Number( whole + fraction.slice( 0, scale ).padEnd( scale, '0' ) );
	return amount.startsWith( '-' ) ? -units : units;
}

/**
 * Adds rows of one currency up. What was kept is what the others leave, so that
 * the columns of a table add up to the last cent.
 *
 * @param rows Of one currency and mode.
 */
export function sumOf( rows: readonly ReportRow[] ): Sums {
	const sums: Sums = { jobs: 0, paid: 0, charged: 0, refunded: 0, lost: 0, cost: 0, fees: 0, kept: 0, waiting: [] };
	for ( const row of rows ) {
		const scale = scaleOf( row.currency );
		sums.jobs += row.jobs;
		sums.paid += row.paid;
		sums.charged += unitsOf( row.charged, scale );
		sums.refunded += unitsOf( row.refunded, scale );
		sums.lost += unitsOf( row.lost, scale );
		sums.cost += unitsOf( row.cost, scale );
		sums.fees += unitsOf( row.fees, scale );
		row.waiting.forEach( ( jobs, i ) => ( sums.waiting[ i ] = ( sums.waiting[ i ] ?? 0 ) + jobs ) );
	}
	sums.kept = sums.charged - sums.refunded - sums.lost - sums.cost - sums.fees;
	return sums;
}

/**
 * The same for each period.
 *
 * @param rows      Of one currency and mode, the oldest first; at least one.
 * @param step      Length of a period.
 * @param weekStart First day of a week, 0 is Sunday.
 */
export function periodsOf( rows: readonly ReportRow[], step: ReportStep, weekStart: number ): Period[] {
	const days = rows.map( ( { day } ) => day ).sort();
	const [ first, last ] = [ days[ 0 ], days[ days.length - 1 ] ];
	if ( ! first || ! last ) {
		return [];
	}
	const byPeriod = new Map< string, ReportRow[] >();
	for ( const row of rows ) {
		const start = periodOf( row.day, step, weekStart );
		byPeriod.set( start, [ ...( byPeriod.get( start ) ?? [] ), row ] );
	}
	return periodsBetween( first, last, step, weekStart ).map( ( start ) => ( {
		start,
		...sumOf( byPeriod.get( start ) ?? [] ),
	} ) );
}
