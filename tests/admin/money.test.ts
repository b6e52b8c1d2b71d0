import { amountOf, EMPTY_FORM, problemOf, toRequest } from '../../admin-src/jobs/dialogs/refund/form';
import { formatMoney, fromMinor, toMinor } from '../../admin-src/shared/money';
import { makeDetail } from './support/jobs';

describe( 'money', () => {
	it( 'is compared in whole minor units of its currency', () => {
		expect( toMinor( '4.90', 'USD' ) ).toBe( 490 );
		expect( toMinor( '4,9', 'EUR' ) ).toBe( 490 );
		expect( toMinor( '0.29', 'USD' ) ).toBe( 29 );
		expect( toMinor( '500', 'JPY' ) ).toBe( 500 );
		expect( toMinor( '500.00', 'JPY' ) ).toBe( 500 );
		expect( toMinor( '4.901', 'USD' ) ).toBeNull();
		expect( toMinor( '', 'USD' ) ).toBeNull();
		expect( toMinor( 'ten', 'USD' ) ).toBeNull();
	} );

	it( 'survives the way there and back', () => {
		expect( fromMinor( 5, 'USD' ) ).toBe( '0.05' );
		expect( fromMinor( -1234, 'USD' ) ).toBe( '-12.34' );
		expect( fromMinor( 500, 'JPY' ) ).toBe( '500' );
		expect( formatMoney( '9.90', 'USD' ) ).toBe( '$9.90' );
	} );

	it( 'has a minus below zero, in whatever place the language has it', () => {
		const { lang } = document.documentElement;
		try {
			expect( formatMoney( '-0.68', 'USD' ) ).toBe( '−$0.68' );
			document.documentElement.lang = 'de-DE';
			expect( formatMoney( '-0.68', 'EUR' ) ).toBe( '−0,68\u00a0€' );
		} finally {
			document.documentElement.lang = lang;
		}
	} );
} );

describe( 'the refund form', () => {
	const job = makeDetail( 1, { refundable_amount: '4.90' } );
	const part = ( amount: string ) => ( { ...EMPTY_FORM, howMuch: 'part' as const, amount } );

	it( 'sends "all of it" as the amount that was shown', () => {
		expect( toRequest( EMPTY_FORM, job ) ).toEqual( { amount: '4.90', reason: 'requested_by_customer' } );
		expect( amountOf( EMPTY_FORM, job ) ).toBe( '4.90' );
	} );

	it( 'sends a part as a decimal string', () => {
		expect( toRequest( { ...part( '2,5' ), note: ' why ' }, job ) ).toEqual( {
			amount: '2.50',
			reason: 'requested_by_customer',
			note: 'why',
		} );
	} );

	it( 'refuses more than is left, nothing, and no number', () => {
		expect( problemOf( part( '4.91' ), job ) ).toBe( 'No more than $4.90 is left.' );
		expect( problemOf( part( '0' ), job ) ).toMatch( /Type an amount/ );
		expect( problemOf( part( 'x' ), job ) ).toMatch( /Type an amount/ );
		expect( problemOf( part( '4.90' ), job ) ).toBeNull();
	} );
} );
