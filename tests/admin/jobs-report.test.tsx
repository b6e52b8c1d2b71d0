import { screen, waitFor, within } from '@testing-library/react';
import { setSettings, getSettings } from '@wordpress/date';

import { answerWith, callsTo, refusal } from './support/network';
import { makeJob, makeStats } from './support/jobs';
import { bootJobs, fakeSite, openScreen } from './support/screen';
import { fittingStep, periodOf } from '../../admin-src/jobs/report/periods';
import { medianOf, withinOf } from '../../admin-src/jobs/report/wait';
import type { ReportRow } from '../../admin-src/api/report';

const BOUNDS = [ 60, 120, 300 ];

function row( day: string, more: Partial< ReportRow > = {} ): ReportRow {
	return {
		day,
		currency: 'USD',
		livemode: true,
		jobs: 2,
		paid: 1,
		charged: '4.90',
		refunded: '0.00',
		lost: '0.00',
		cost: '0.24',
		fees: '0.44',
		kept: '4.22',
		conversion: 0.5,
		waiting: [ 1, 0, 0, 0 ],
		...more,
	};
}

/** 0.10 + 0.20 is the sum that floats get wrong. */
const ROWS = [
	row( '2026-10-30', { charged: '0.10', cost: '0.00', fees: '0.00', refunded: '0.10', waiting: [ 0, 1, 0, 0 ] } ),
	row( '2026-11-01', { charged: '0.20', cost: '0.00', fees: '0.00', waiting: [ 0, 2, 0, 0 ] } ),
	row( '2026-11-02', { jobs: 3, paid: 3, charged: '1234.56', waiting: [ 1, 0, 1, 0 ] } ),
];

function siteWithReport( rows: ReportRow[], zone = 'Europe/Berlin' ) {
	fakeSite( { jobs: [ makeJob( 1 ) ] } );
	answerWith( ( { path, query } ) =>
		path === '/jobs/stats' && query.get( 'report' ) === '1'
			? { body: makeStats( { report: rows, report_zone: zone, waiting_bounds: BOUNDS } ) }
			: undefined
	);
}

const report = () => screen.findByRole( 'region', { name: 'Report' } );

async function openReport( rows: ReportRow[], search = '', zone?: string ) {
	siteWithReport( rows, zone );
	const opened = openScreen( `?page=smi-jobs&report=1${ search }` );
	const region = await report();
	await within( region ).findByText( 'Where the money goes', {}, { timeout: 10_000 } );
	return { ...opened, region: within( region ) };
}

type Region = Awaited< ReturnType< typeof openReport > >[ 'region' ];

/** Figure under a label. */
const tile = ( region: Region, label: string ) =>
	region.getAllByText( label ).find( ( { tagName } ) => tagName === 'DT' )?.parentElement;

const cells = ( region: Region, name: string ) =>
	within( region.getByRole( 'table', { name } ) )
		.getAllByRole( 'row' )
		.map( ( line ) => [ ...line.children ].map( ( { textContent } ) => textContent ) );

/** WordPress always says on which day a week begins. */
function beginWeeksOn( startOfWeek: 0 | 1 ) {
	const settings = getSettings();
	setSettings( { ...settings, l10n: { ...settings.l10n, startOfWeek } } );
}

beforeEach( () => {
	bootJobs();
	beginWeeksOn( 1 );
} );

describe( 'the report', () => {
	it( 'opens by its button for the filters of the list, and the address keeps it', async () => {
		siteWithReport( ROWS );
		const { user } = openScreen( '?page=smi-jobs&status=failed&email_start=nina' );
		await screen.findByText( 'Photograph 1' );
		const button = screen.getByRole( 'button', { name: 'Report' } );
		expect( button ).toHaveAttribute( 'aria-expanded', 'false' );
		await user.click( button );
		await within( await report() ).findByText( 'Where the money goes' );
		expect( button ).toHaveAttribute( 'aria-expanded', 'true' );
		expect( window.location.search ).toContain( 'report=1' );
		const asked = callsTo( 'GET', '/jobs/stats' ).filter( ( { query } ) => query.has( 'report' ) );
		expect( asked.map( ( { query } ) => Object.fromEntries( query ) ) ).toEqual( [
			{ 'status[0]': 'failed', email_start: 'nina', report: '1' },
		] );
		await user.click( button );
		expect( screen.queryByRole( 'region', { name: 'Report' } ) ).not.toBeInTheDocument();
		expect( window.location.search ).not.toContain( 'report' );
	} );

	it( 'adds money up to the cent, and says share, conversion and wait', async () => {
		const { region } = await openReport( ROWS );
		expect( tile( region, 'Charged' ) ).toHaveTextContent( '$1,234.86' );
		expect( tile( region, 'Refunded' ) ).toHaveTextContent( '$0.10' );
		expect( tile( region, 'Upsampler cost' ) ).toHaveTextContent( '$0.24' );
		expect( tile( region, 'Stripe fees' ) ).toHaveTextContent( '$0.44' );
		expect( tile( region, 'Kept' ) ).toHaveTextContent( '$1,234.08' );
		expect( tile( region, 'Bought' ) ).toHaveTextContent( '71%5 of 7 checkouts' );
		expect( tile( region, 'Usual wait' ) ).toHaveTextContent( 'about 90 s9 of 10 within 5 min' );
		expect( region.getByText( /in the site’s time zone/ ) ).toBeInTheDocument();
	} );

	it( 'names what disputes took, where one was lost', async () => {
		const { user, region } = await openReport( [
			row( '2026-11-01', { charged: '9.00', refunded: '2.00', lost: '7.00', kept: '-0.68' } ),
			row( '2026-11-02', { charged: '10.00', kept: '9.32' } ),
			row( '2026-11-02', { currency: 'JPY', charged: '500', cost: '0.00', fees: '18.00', kept: '482.00' } ),
		] );
		expect( tile( region, 'Lost disputes' ) ).toHaveTextContent( '$7.0037% of charged' );
		expect( tile( region, 'Kept' ) ).toHaveTextContent( '$8.64' );
		expect( region.getByText( /\$2\.00 back to customers\. Lost disputes took \$7\.00\.$/ ) ).toBeInTheDocument();
		await user.click( region.getByRole( 'button', { name: 'Show table: Where the money goes' } ) );
		expect( cells( region, 'Where the money goes' ) ).toEqual( [
			[ 'Period', 'Charged', 'Kept', 'Upsampler cost', 'Stripe fees', 'Refunded', 'Lost disputes' ],
			[ 'Nov 1, 2026', '$9.00', '−$0.68', '$0.24', '$0.44', '$2.00', '$7.00' ],
			[ 'Nov 2, 2026', '$10.00', '$9.32', '$0.24', '$0.44', '$0.00', '$0.00' ],
			[ 'Together', '$19.00', '$8.64', '$0.48', '$0.88', '$2.00', '$7.00' ],
		] );
		expect( region.getAllByRole( 'listitem' ).map( ( { textContent } ) => textContent ) ).toContain(
			'Lost disputes'
		);
		await user.selectOptions( region.getByRole( 'combobox', { name: 'Currency' } ), 'JPY' );
		expect( region.queryByText( /Lost disputes/ ) ).not.toBeInTheDocument();
		expect( tile( region, 'Kept' ) ).toHaveTextContent( '¥482' );
	} );

	it( 'shows the same numbers per day, week and month as tables', async () => {
		const { user, region } = await openReport( ROWS );
		await user.click( region.getByRole( 'button', { name: 'Show table: Where the money goes' } ) );
		const days = cells( region, 'Where the money goes' );
		expect( days.map( ( [ first ] ) => first ) ).toEqual( [
			'Period',
			'Oct 30, 2026',
			'Oct 31, 2026',
			'Nov 1, 2026',
			'Nov 2, 2026',
			'Together',
		] );
		expect( days[ 1 ] ).toEqual( [ 'Oct 30, 2026', '$0.10', '$0.00', '$0.00', '$0.00', '$0.10' ] );

		await user.selectOptions( region.getByRole( 'combobox', { name: 'Bars' } ), 'Per week' );
		expect( window.location.search ).toContain( 'by=week' );
		expect( cells( region, 'Where the money goes' ) ).toEqual( [
			[ 'Period', 'Charged', 'Kept', 'Upsampler cost', 'Stripe fees', 'Refunded' ],
			[ 'Week of Oct 26, 2026', '$0.30', '$0.20', '$0.00', '$0.00', '$0.10' ],
			[ 'Week of Nov 2, 2026', '$1,234.56', '$1,233.88', '$0.24', '$0.44', '$0.00' ],
			[ 'Together', '$1,234.86', '$1,234.08', '$0.24', '$0.44', '$0.10' ],
		] );

		await user.selectOptions( region.getByRole( 'combobox', { name: 'Bars' } ), 'Per month' );
		await user.click( region.getByRole( 'button', { name: 'Show table: Checkouts that were paid' } ) );
		expect( cells( region, 'Checkouts that were paid' ).slice( 1 ) ).toEqual( [
			[ 'October 2026', '2', '1', '1', '50%' ],
			[ 'November 2026', '5', '4', '1', '80%' ],
			[ 'Together', '7', '5', '2', '71%' ],
		] );
		await user.click( region.getByRole( 'button', { name: 'Show table: How long customers wait' } ) );
		expect( cells( region, 'How long customers wait' ).slice( 1 ) ).toEqual( [
			[ 'up to 60 s', '1', '20%' ],
			[ '60 s to 2 min', '3', '60%' ],
			[ '2 min to 5 min', '1', '20%' ],
			[ 'over 5 min', '0', '0%' ],
			[ 'Together', '5', '100%' ],
		] );
	} );

	it( 'never adds two currencies, nor tests to sales', async () => {
		const { user, region } = await openReport( [
			...ROWS,
			row( '2026-11-02', { currency: 'JPY', charged: '500', cost: '36.40', fees: '18.00' } ),
			row( '2026-11-02', { livemode: false, charged: '9.99' } ),
		] );
		expect( tile( region, 'Charged' ) ).toHaveTextContent( '$1,234.86' );
		await user.selectOptions( region.getByRole( 'combobox', { name: 'Currency' } ), 'JPY' );
		expect( tile( region, 'Charged' ) ).toHaveTextContent( '¥500' );
		expect( tile( region, 'Kept' ) ).toHaveTextContent( '¥446' );
		expect( region.queryByText( 'Test sales', { selector: 'span' } ) ).not.toBeInTheDocument();
		expect( region.getByText( /stands with the currency it was paid in/ ) ).toBeInTheDocument();
		await user.selectOptions( region.getByRole( 'combobox', { name: 'Sales' } ), 'Test sales' );
		expect( region.queryByText( /stands with the currency it was paid in/ ) ).not.toBeInTheDocument();
		expect( tile( region, 'Charged' ) ).toHaveTextContent( '$9.99' );
		expect( region.getByText( 'Test sales', { selector: 'span' } ) ).toBeInTheDocument();
		expect( region.queryByRole( 'combobox', { name: 'Currency' } ) ).not.toBeInTheDocument();
	} );

	it.each( [
		[ 'Europe/Berlin', /in the site’s time zone \(Europe\/Berlin\)/ ],
		[ 'UTC', /days are UTC days, not those of the site/ ],
	] )( 'says whose days its days are: %s', async ( zone, words ) => {
		const { region } = await openReport( ROWS, '', zone );
		expect( region.getByText( words ) ).toBeInTheDocument();
	} );

	it( 'has costs of a currency in which nothing was sold', async () => {
		const nothing = { jobs: 0, paid: 0, charged: '0', refunded: '0', lost: '0', fees: '0.00', conversion: null };
		const { user, region } = await openReport( [
			...ROWS,
			row( '2026-11-02', {
				...nothing,
				currency: 'JPY',
				cost: '12.00',
				kept: '-12.00',
				waiting: [ 0, 0, 0, 0 ],
			} ),
		] );
		await user.selectOptions( region.getByRole( 'combobox', { name: 'Currency' } ), 'JPY' );
		expect( tile( region, 'Upsampler cost' ) ).toHaveTextContent( '¥12' );
		expect( tile( region, 'Kept' ) ).toHaveTextContent( '−¥12' );
	} );

	it( 'of a site in test mode begins with the tests', async () => {
		bootJobs( { testMode: true } );
		const { region } = await openReport( [ ...ROWS, row( '2026-11-02', { livemode: false, charged: '9.99' } ) ] );
		expect( tile( region, 'Charged' ) ).toHaveTextContent( '$9.99' );
	} );

	it( 'says when there is nothing, and when there is no answer', async () => {
		siteWithReport( [] );
		const { unmount } = openScreen( '?page=smi-jobs&report=1' );
		expect( await screen.findByText( 'No jobs in this period.' ) ).toBeInTheDocument();
		unmount();
		siteWithReport( ROWS );
		let isDown = true;
		answerWith( ( { query } ) => ( isDown && query.has( 'report' ) ? refusal( 500, 'x', 'Boom.' ) : undefined ) );
		const { user } = openScreen( '?page=smi-jobs&report=1' );
		const region = within( await report() );
		expect( await region.findByRole( 'alert' ) ).toHaveTextContent( 'The report could not be made. Boom.' );
		isDown = false;
		await user.click( region.getByRole( 'button', { name: 'Try again' } ) );
		await waitFor( () => expect( tile( region, 'Charged' ) ).toHaveTextContent( '$1,234.86' ) );
	} );
} );

describe( 'periods and waits', () => {
	it( 'begin a week on the day that the site does', async () => {
		expect( periodOf( '2026-11-01', 'week', 1 ) ).toBe( '2026-10-26' );
		expect( periodOf( '2026-11-01', 'week', 0 ) ).toBe( '2026-11-01' );
		expect( periodOf( '2026-11-01', 'week', 6 ) ).toBe( '2026-10-31' );
		beginWeeksOn( 0 );
		const { user, region } = await openReport( ROWS, '&by=week' );
		await user.click( region.getByRole( 'button', { name: 'Show table: Where the money goes' } ) );
		expect( cells( region, 'Where the money goes' )[ 2 ]?.[ 0 ] ).toBe( 'Week of Nov 1, 2026' );
	} );

	it( 'are as long as fits, unless somebody chose', () => {
		expect( fittingStep( null, '2026-10-01', '2026-10-31' ) ).toBe( 'day' );
		expect( fittingStep( null, '2026-01-01', '2026-10-31' ) ).toBe( 'week' );
		expect( fittingStep( null, '2024-01-01', '2026-10-31' ) ).toBe( 'month' );
		expect( fittingStep( 'day', '2026-01-01', '2026-10-31' ) ).toBe( 'day' );
		expect( fittingStep( 'day', '2020-01-01', '2026-10-31' ) ).toBe( 'month' );
	} );

	it( 'are known as well as a histogram can', () => {
		expect( medianOf( [ 0, 0, 0, 0 ], BOUNDS ) ).toBeNull();
		expect( medianOf( [ 10, 0, 0, 0 ], BOUNDS ) ).toBe( 30 );
		expect( medianOf( [ 0, 0, 0, 4 ], BOUNDS ) ).toBe( 300 );
		expect( withinOf( [ 8, 1, 1, 0 ], BOUNDS, 0.9 ) ).toBe( 120 );
		expect( withinOf( [ 1, 0, 0, 1 ], BOUNDS, 0.9 ) ).toBe( Infinity );
	} );
} );
