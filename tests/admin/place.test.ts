import { addQueryArgs, normalizePath } from '@wordpress/url';

import { DEFAULT_LOOK, defaultView, isModified, soundLook } from '../../admin-src/jobs/view/defaults';
import { fromDataView, toDataView } from '../../admin-src/jobs/view/data-view';
import { rangeDays } from '../../admin-src/jobs/view/ranges';
import addresses from './support/addresses.json';
import { toQuery, toTabsFilter } from '../../admin-src/jobs/view/query';
import { readPlace, writePlace } from '../../admin-src/jobs/view/url';
import { dayEnd, dayStart } from '../../admin-src/shared/zone';
import type { JobsView, Place } from '../../admin-src/jobs/view/types';

const read = ( search: string ) => readPlace( search, DEFAULT_LOOK );

describe( 'the address', () => {
	it( 'keeps tab, filters, search, order, page and look over a round trip', () => {
		const place: Place = {
			tab: 'failed',
			job: '00000001-1111-4111-8111-111111111111',
			saved: 'mine',
			report: true,
			by: 'week',
			view: {
				search: 'fog & rain',
				filters: [
					{ field: 'payment_status', operator: 'isAny', value: [ 'paid', 'refunded' ] },
					{ field: 'attention', operator: 'isAny', value: [ 'email_failed' ] },
					{ field: 'email', operator: 'is', value: 'a+b@example.org' },
					{ field: 'resolution', operator: 'is', value: '8x' },
					{ field: 'post_id', operator: 'is', value: '12' },
					{ field: 'created_at', operator: 'between', value: [ '2026-10-01', '2026-10-31' ] },
				],
				sort: { field: 'amount_charged', direction: 'asc' },
				page: 5,
				perPage: 50,
				fields: [ 'status', 'paid_at' ],
				density: 'comfortable',
			},
		};
		expect( read( writePlace( place, '?page=smi-jobs' ) ) ).toEqual( place );
	} );

	it( 'says nothing about what is as usual, and leaves other parameters alone', () => {
		const place: Place = { ...read( '' ), view: defaultView() };
		expect( writePlace( place, '?page=smi-jobs&s=old&paged=3&lang=de' ) ).toBe( '?page=smi-jobs&lang=de' );
	} );

	it( 'does not believe nonsense', () => {
		const { tab, view } = read(
			'?status=sold&orderby=password&order=up&paged=-2&per_page=7000&columns=x,y&density=huge&from=2026-10-01' +
				'&payment=cash&problem=,&size=big&post_id=0&attachment_id=1e9x&created=someday&email=%20'
		);
		expect( tab ).toBe( 'all' );
		expect( view ).toEqual( defaultView() );
	} );

	it( 'keeps of a list what is known, each once', () => {
		const { view } = read(
			'?payment=paid,cash,paid&columns=paid_at,nonsense,paid_at,email&from=2026-02-30&to=2026-03-02'
		);
		expect( view.filters ).toEqual( [ { field: 'payment_status', operator: 'isAny', value: [ 'paid' ] } ] );
		expect( view.fields ).toEqual( [ 'paid_at', 'email' ] );
	} );

	it( 'keeps the start of an e-mail address apart from a whole one', () => {
		const place = read( '?email_start=nina%40' );
		expect( place.view.filters ).toEqual( [ { field: 'email', operator: 'startsWith', value: 'nina@' } ] );
		expect( toQuery( 'all', place.view, 'UTC' ) ).toMatchObject( { email_start: 'nina@' } );
		expect( writePlace( place, '' ) ).toBe( '?email_start=nina%40' );
	} );

	it( 'puts days that were given the wrong way round in order', () => {
		expect( writePlace( read( '?from=2026-03-02&to=2026-02-01' ), '' ) ).toBe( '?from=2026-02-01&to=2026-03-02' );
	} );

	it( 'falls back to the look that the user keeps', () => {
		const saved = { fields: [ 'email' ], density: 'balanced' as const, perPage: 100 };
		expect( readPlace( '', saved ).view ).toMatchObject( saved );
		expect( readPlace( '?per_page=10', saved ).view.perPage ).toBe( 10 );
	} );

	it( 'mentions the usual look where this user keeps another one', () => {
		const kept = { fields: [ 'email' ], density: 'balanced' as const, perPage: 100 };
		const place: Place = { ...read( '' ), view: defaultView() };
		const address = writePlace( place, '', kept );
		expect( readPlace( address, kept ) ).toEqual( place );
		expect( writePlace( readPlace( '', kept ), '', kept ) ).toBe( '?per_page=100&columns=email&density=balanced' );
	} );

	it( 'does not trust what was kept for a user', () => {
		expect( soundLook( { fields: [ 'x' ], density: 'huge', perPage: '50' } ) ).toEqual( DEFAULT_LOOK );
		expect( soundLook( null ) ).toEqual( DEFAULT_LOOK );
		expect( soundLook( { fields: [ 'email', 'x', 'email' ], perPage: 50 } ) ).toEqual( {
			...DEFAULT_LOOK,
			fields: [ 'email' ],
			perPage: 50,
		} );
	} );
} );

describe( 'a range that moves with the calendar', () => {
	// In Berlin it is already the first of March.
	const now = Date.parse( '2026-02-28T23:30:00Z' );

	it.each( [
		[ 'today', '2026-03-01', '2026-03-01' ],
		[ 'yesterday', '2026-02-28', '2026-02-28' ],
		[ 'last_7_days', '2026-02-23', '2026-03-01' ],
		[ 'last_30_days', '2026-01-31', '2026-03-01' ],
		[ 'this_month', '2026-03-01', '2026-03-01' ],
		[ 'last_month', '2026-02-01', '2026-02-28' ],
		[ 'this_year', '2026-01-01', '2026-03-01' ],
	] as const )( '%s is reckoned in the zone of the site', ( name, from, to ) => {
		expect( rangeDays( name, 'Europe/Berlin', now ) ).toEqual( [ from, to ] );
	} );

	it( 'stands in the address by its name', () => {
		const place = read( '?created=yesterday&from=2020-01-01&to=2020-01-02' );
		expect( writePlace( place, '' ) ).toBe( '?created=yesterday' );
		expect( place.view.filters[ 0 ]?.value ).toEqual( [ ...rangeDays( 'yesterday', 'UTC' ), 'yesterday' ] );
	} );
} );

describe( 'the question to the server', () => {
	const view = ( more: Partial< JobsView > ) => ( { ...defaultView(), ...more } );

	it( 'ignores a filter that is not filled in yet', () => {
		const filters: JobsView[ 'filters' ] = [
			{ field: 'created_at', operator: 'between', value: [ '2026-10-01', '' ] },
			{ field: 'payment_status', operator: 'isAny', value: undefined },
			{ field: 'post_id', operator: 'is', value: 'x' },
		];
		expect( toQuery( 'all', view( { filters } ), 'UTC' ) ).toEqual( toQuery( 'all', view( {} ), 'UTC' ) );
	} );

	it( 'turns days of the site into instants', () => {
		const filters: JobsView[ 'filters' ] = [
			{ field: 'created_at', operator: 'between', value: [ '2026-10-24', '2026-10-25' ] },
		];
		// Berlin leaves summer time in the night to the 25th.
		expect( toQuery( 'all', view( { filters } ), 'Europe/Berlin' ) ).toMatchObject( {
			// The server's bound is exclusive: the first second of the day must be in.
			after: '2026-10-23T21:59:59Z',
			before: '2026-10-25T23:00:00Z',
		} );
	} );

	it( 'knows zones that are only an offset', () => {
		expect( dayStart( '2026-01-01', '-03:30' ) ).toBe( '2026-01-01T03:30:00Z' );
		expect( dayEnd( '2026-01-01', '+05:45' ) ).toBe( '2026-01-01T18:15:00Z' );
	} );

	it( 'lets a chosen problem win over the tab of all problems', () => {
		const filters: JobsView[ 'filters' ] = [ { field: 'attention', operator: 'isAny', value: [ 'disputed' ] } ];
		expect( toQuery( 'attention', view( { filters } ), 'UTC' ).attention ).toEqual( [ 'disputed' ] );
	} );
} );

describe( 'the rendered view', () => {
	it( 'starts at page 1 when the search changes, but not when the page does', () => {
		const before = { ...defaultView(), page: 4 };
		const rendered = toDataView( before, 'wide' );
		expect( fromDataView( { ...rendered, search: 'x' }, before, 'wide' ).page ).toBe( 1 );
		expect( fromDataView( { ...rendered, page: 5 }, before, 'wide' ).page ).toBe( 5 );
	} );

	it( 'gives the user’s own columns back when the panel had taken them away', () => {
		const before = { ...defaultView(), fields: [ 'status', 'email', 'paid_at' ] };
		const rendered = toDataView( before, 'beside-panel' );
		expect( rendered.fields ).not.toContain( 'paid_at' );
		expect( fromDataView( { ...rendered, page: 2 }, before, 'beside-panel' ).fields ).toEqual( before.fields );
	} );

	it( 'is unmodified after a reset that keeps nothing of a search', () => {
		const searched = { ...defaultView(), search: 'x', page: 3 };
		expect( isModified( searched ) ).toBe( true );
		expect( isModified( defaultView( searched ) ) ).toBe( false );
	} );
} );

/** PHP preloads the first answers: tests/native/Admin/FirstRequestsTest.php holds it to the same file. */
describe( 'the first requests of an address', () => {
	interface Case {
		what: string;
		search: string;
		zone?: string;
		perPage?: number;
		now?: string;
		paths?: string[];
	}

	afterEach( () => jest.useRealTimers() );

	it.each( addresses as Case[] )( 'are what PHP preloads: $what', ( { search, zone, perPage, now, paths } ) => {
		jest.useFakeTimers( { now: Date.parse( now ?? '2026-03-01T22:30:00Z' ) } );
		window.smiJobs = { timezone: zone ?? 'Europe/Berlin' };
		const { tab, view, job } = readPlace( search, { ...DEFAULT_LOOK, perPage: perPage ?? 20 } );
		const query = toQuery( tab, view, zone ?? 'Europe/Berlin' );
		const asked = [
			addQueryArgs( '/smi/v1/jobs', { ...query } ),
			addQueryArgs( '/smi/v1/jobs/stats', { ...toTabsFilter( query ) } ),
			...( job && job.length === 36 ? [ `/smi/v1/jobs/${ job }` ] : [] ),
		];
		expect( asked.map( normalizePath ) ).toEqual( paths );
	} );
} );
