import { Button, Spinner } from '@wordpress/components';
import { getSettings } from '@wordpress/date';
import { useMemo, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';

import { MoneyCard } from './money-card';
import { PaidCard } from './paid-card';
import { Patterns } from './patterns';
import { fittingStep, possibleSteps } from './periods';
import { sliceOf, type Slice, type Slices } from './slices';
import { periodsOf, sumOf } from './sums';
import { Switches } from './switches';
import { Tiles } from './tiles';
import { useReport, type ReportState } from './use-report';
import { WaitCard } from './wait-card';
import { getBoot } from '../../shared/boot';
import { InlineError } from '../../shared/components/inline-error';
import { formatClock } from '../../shared/time';
import type { JobsFilter } from '../../api/jobs';
import type { ReportAnswer } from '../../api/report';
import type { ReportStep } from '../view/types';

export interface BodyProps {
	filter: JobsFilter;
	/** From the address; null: what fits. */
	by: ReportStep | null;
	onBy: ( by: ReportStep ) => void;
}

const MONDAY = 1;

const weekStart = () => getSettings().l10n.startOfWeek ?? MONDAY;

/** The sales must not be taken for others, nor the days for those of the site. */
function dayWords( zone: string ): string {
	if ( zone !== 'UTC' ) {
		return sprintf(
			/* translators: %s: a time zone, such as Europe/Berlin. */
			__( 'By the day on which the checkout began, in the site’s time zone (%s).', 'sell-my-images' ),
			zone
		);
	}
	return getBoot().timezone === 'UTC'
		? __( 'By the day on which the checkout began; days are UTC days.', 'sell-my-images' )
		: __(
				'By the day on which the checkout began. For so many jobs days are UTC days, not those of the site.',
				'sell-my-images'
			);
}

interface NotesProps {
	slices: Slices;
	zone: string;
	at: string;
	reload: () => void;
}

function Notes( { slices: { shown, currencies }, zone, at, reload }: NotesProps ) {
	return (
		<p className="smi-quiet smi-report__notes">
			{ ! shown.isLive && <span className="smi-test-mode">{ __( 'Test sales', 'sell-my-images' ) }</span> }
			<span>
				{ dayWords( zone ) }{ ' ' }
				{ currencies.length > 1 &&
					__( 'What images cost stands with the currency it was paid in.', 'sell-my-images' ) + ' ' }
				{ sprintf(
					/* translators: %s: time of day. */
					__( 'As of %s.', 'sell-my-images' ),
					formatClock( Date.parse( at ) )
				) }{ ' ' }
				<Button variant="link" onClick={ reload }>
					{ __( 'Refresh', 'sell-my-images' ) }
				</Button>
			</span>
		</p>
	);
}

interface FiguresProps extends Pick< BodyProps, 'by' | 'onBy' > {
	answer: ReportAnswer;
	reload: () => void;
}

function Figures( { answer: { rows: all, bounds, zone, at }, by, onBy, reload }: FiguresProps ) {
	const [ asked, setAsked ] = useState< Partial< Slice > >( {} );
	const slices = useMemo( () => sliceOf( all, asked ), [ all, asked ] );
	const { rows, shown } = slices;
	const [ first, last ] = [ rows[ 0 ]?.day ?? '', rows[ rows.length - 1 ]?.day ?? '' ];
	const step = fittingStep( by, first, last );
	const sums = useMemo( () => sumOf( rows ), [ rows ] );
	const periods = useMemo( () => periodsOf( rows, step, weekStart() ), [ rows, step ] );
	const parts = { sums, periods, step, currency: shown.currency };
	return (
		<>
			<div className="smi-report__head">
				<Notes slices={ slices } zone={ zone } at={ at } reload={ reload } />
				<Switches
					slices={ slices }
					onSlice={ ( change ) => setAsked( { ...asked, ...change } ) }
					step={ step }
					steps={ possibleSteps( first, last ) }
					onStep={ onBy }
				/>
			</div>
			<Tiles sums={ sums } currency={ shown.currency } bounds={ bounds } />
			<Patterns />
			<div className="smi-report__cards">
				<MoneyCard { ...parts } />
				<PaidCard { ...parts } />
				<WaitCard sums={ sums } bounds={ bounds } />
			</div>
		</>
	);
}

function Content( { answer, isLoading, error, reload, by, onBy }: ReportState & Pick< BodyProps, 'by' | 'onBy' > ) {
	if ( error ) {
		return (
			<InlineError>
				{ sprintf(
					/* translators: %s: why not, in a sentence. */
					__( 'The report could not be made. %s', 'sell-my-images' ),
					error
				) }{ ' ' }
				<Button variant="link" onClick={ reload }>
					{ __( 'Try again', 'sell-my-images' ) }
				</Button>
			</InlineError>
		);
	}
	if ( ! answer ) {
		return <>{ isLoading && <Spinner /> }</>;
	}
	return answer.rows.length ? (
		<Figures { ...{ answer, by, onBy, reload } } />
	) : (
		<p className="smi-report__empty">{ __( 'No jobs in this period.', 'sell-my-images' ) }</p>
	);
}

/** The report, for the same jobs as the list. */
export function Body( { filter, by, onBy }: BodyProps ) {
	const report = useReport( filter );
	return (
		<div className={ report.isLoading ? 'smi-report__body is-loading' : 'smi-report__body' }>
			<div className="screen-reader-text" role="status">
				{ report.isLoading
					? __( 'The report is being made…', 'sell-my-images' )
					: report.answer && __( 'The report is ready.', 'sell-my-images' ) }
			</div>
			<Content { ...report } by={ by } onBy={ onBy } />
		</div>
	);
}
