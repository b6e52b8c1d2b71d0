import { DEFAULT_SAVED, defaultView, isModified } from '../../admin-src/jobs/view/defaults';
import { fromDataView, toDataView } from '../../admin-src/jobs/view/data-view';
import { toQuery } from '../../admin-src/jobs/view/query';
import { readPlace, writePlace } from '../../admin-src/jobs/view/url';
import { dayEnd, dayStart } from '../../admin-src/shared/zone';
import type { JobsView, Place } from '../../admin-src/jobs/view/types';

const read = ( search: string ) => readPlace( search, DEFAULT_SAVED );

describe( 'the address', () => {
	it( 'keeps tab, filters, search, order, page and look over a round trip', () => {
		const place: Place = {
			tab: 'failed',
			job: '00000001-1111-4111-8111-111111111111',
			view: {
				search: 'fog & rain',
				filters: [
					{ field: 'payment_status', operator: 'isAny', value: [ 'paid', 'refunded' ] },
					{ field: 'attention', operator: 'isAny', value: [ 'email_failed' ] },
					{ field: 'resolution', operator: 'is', value: '8x' },
					{ field: 'email', operator: 'is', value: 'a+b@example.org' },
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
		const place: Place = { tab: 'all', job: null, view: defaultView() };
		expect( writePlace( place, '?page=smi-jobs&s=old&paged=3&lang=de' ) ).toBe( '?page=smi-jobs&lang=de' );
	} );

	it( 'does not believe nonsense', () => {
		const { tab, view } = read(
			'?status=sold&orderby=password&order=up&paged=-2&per_page=7000&columns=x,y&density=huge&from=2026-10-01'
		);
		expect( tab ).toBe( 'all' );
		expect( view ).toEqual( defaultView() );
	} );

	it( 'falls back to the look that the user keeps', () => {
		const saved = { fields: [ 'email' ], density: 'balanced' as const, perPage: 100 };
		expect( readPlace( '', saved ).view ).toMatchObject( saved );
		expect( readPlace( '?per_page=10', saved ).view.perPage ).toBe( 10 );
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
			after: '2026-10-23T22:00:00Z',
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
