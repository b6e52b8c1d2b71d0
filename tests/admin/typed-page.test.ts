import { typedPage } from '../../admin-src/jobs/list/pagination/typed-page';

describe( 'the number of a page, as typed', () => {
	it.each( [
		[ '40000', 40_000 ],
		[ '40,000', 40_000 ],
		[ '40.000', 40_000 ],
		[ '40 000', 40_000 ],
		[ '40\u202f000', 40_000 ],
		[ '1,234,567', 50_000 ],
		[ '٤٠', 40 ],
		[ '۴۰', 40 ],
		[ ' 7 ', 7 ],
		[ '2.5', 2 ],
		[ '99999999999999999999', 50_000 ],
		[ '0', 1 ],
		[ '-5', 1 ],
		[ '', null ],
		[ 'the last', null ],
	] )( 'means of 50,000: %s', ( typed, page ) => {
		expect( typedPage( typed, 50_000 ) ).toBe( page );
	} );
} );
