import type { ReportStep } from '../view/types';

const DAY_MS = 24 * 3600 * 1000;

/** More bars than this nobody can tell apart. */
const MOST = 400;
const MOST_DAYS = 62;
const MOST_WEEKS = 60;

export const STEPS: readonly ReportStep[] = [ 'day', 'week', 'month' ];

const dateOf = ( day: string ) => new Date( `${ day }T00:00:00Z` );

const dayOf = ( date: Date | number ) => new Date( date ).toISOString().slice( 0, 10 );

/**
 * First day of the period that a day is in.
 *
 * @param day       `YYYY-MM-DD`.
 * @param step      Length of a period.
 * @param weekStart First day of a week, 0 is Sunday.
 */
export function periodOf( day: string, step: ReportStep, weekStart: number ): string {
	if ( step === 'day' ) {
		return day;
	}
	if ( step === 'month' ) {
		return `${ day.slice( 0, 7 ) }-01`;
	}
	const date = dateOf( day );
	const back = ( date.getUTCDay() - weekStart + 7 ) % 7;
	return dayOf( date.getTime() - back * DAY_MS );
}

function nextPeriod( start: string, step: ReportStep ): string {
	const date = dateOf( start );
	if ( step === 'month' ) {
		return dayOf( Date.UTC( date.getUTCFullYear(), date.getUTCMonth() + 1, 1 ) );
	}
	return dayOf( date.getTime() + ( step === 'day' ? 1 : 7 ) * DAY_MS );
}

/** Every period from the first to the last, also those without a job: a gap is news. */
export function periodsBetween( first: string, last: string, step: ReportStep, weekStart: number ): string[] {
	const periods: string[] = [];
	const end = periodOf( last, step, weekStart );
	for ( let at = periodOf( first, step, weekStart ); at <= end; at = nextPeriod( at, step ) ) {
		periods.push( at );
	}
	return periods;
}

/**
 * The steps that can be drawn.
 *
 * @param first First day with a job.
 * @param last  Last day with a job.
 */
export function possibleSteps( first: string, last: string ): ReportStep[] {
	const days = ( dateOf( last ).getTime() - dateOf( first ).getTime() ) / DAY_MS + 1;
	const count: Record< ReportStep, number > = { day: days, week: days / 7, month: 0 };
	return STEPS.filter( ( step ) => count[ step ] <= MOST );
}

/**
 * The step asked for where it can be drawn, else the one that fits best.
 *
 * @param asked From the address.
 * @param first First day with a job.
 * @param last  Last day with a job.
 */
export function fittingStep( asked: ReportStep | null, first: string, last: string ): ReportStep {
	if ( asked && possibleSteps( first, last ).includes( asked ) ) {
		return asked;
	}
	const days = periodsBetween( first, last, 'week', 1 ).length * 7;
	if ( days <= MOST_DAYS + 7 ) {
		return 'day';
	}
	return days <= MOST_WEEKS * 7 ? 'week' : 'month';
}
