/**
 * The buyer's dialog and return page, in a browser's document, with only the network made up.
 */
import { screen, waitFor } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';

import { pause, word } from '../../../admin-src/blocks/buy-button/api';
import { browser, openDialog } from '../../../admin-src/blocks/buy-button/dialog';
import { endpoint, forgetClosed } from '../../../admin-src/blocks/buy-button/network';
import { showOrder } from '../../../admin-src/blocks/buy-button/return-page';

type Answer = { status?: number; body: unknown };

const OFFERS = {
	attachment_id: 7,
	currency: 'EUR',
	offers: [
		{ resolution: '4x', width: 4096, height: 2732, price: '9.00' },
		{ resolution: '8x', width: 8192, height: 5464, price: '19.00' },
	],
};

const calls: { url: string; body: unknown }[] = [];
let answers: Record< string, ( Answer | 'offline' )[] > = {};

function answer( url: string ): Answer {
	const name = Object.keys( answers ).find( ( part ) => url.includes( part ) );
	const queue = name ? answers[ name ] : undefined;
	const next = queue && queue.length > 1 ? queue.shift() : queue?.[ 0 ];
	if ( next === undefined || next === 'offline' ) {
		throw new TypeError( 'Failed to fetch' );
	}
	return next;
}

beforeEach( () => {
	calls.length = 0;
	forgetClosed();
	answers = { offers: [ { body: OFFERS } ] };
	document.body.innerHTML = '<main><button id="opener">Buy</button></main>';
	document.documentElement.lang = 'en-GB';
	window.smiStorefront = {
		rest: 'http://shop.test/wp-json/smi/v1/',
		locale: 'en-GB',
		wpLocale: 'en_GB',
		words: {
			buy: 'Continue to payment',
			close: 'Close',
			retry: 'Try again',
			email: 'E-mail',
			sizes: 'Choose a size',
			title: 'Buy this picture',
			pixels: '%1$s × %2$s pixels',
			offline: 'The shop could not be reached.',
			invalidEmail: 'Please check the address.',
			download: 'Download your picture',
			pay: 'Go to payment',
		},
	};
	HTMLDialogElement.prototype.showModal = function () {
		this.open = true;
	};
	HTMLDialogElement.prototype.close = function () {
		this.open = false;
		this.dispatchEvent( new Event( 'close' ) );
	};
	window.fetch = jest.fn( async ( url: string, init?: RequestInit ) => {
		calls.push( { url, body: init?.body ? JSON.parse( String( init.body ) ) : null } );
		const { status = 200, body } = answer( url );
		return { ok: status < 400, status, json: async () => body };
	} ) as unknown as typeof fetch;
	browser.go = jest.fn();
} );

const opened = async () => {
	openDialog( 7, 3 );
	await screen.findByRole( 'group', { name: 'Choose a size' } );
};

const pressBuy = () => userEvent.click( screen.getByRole( 'button', { name: 'Continue to payment' } ) );

test( 'shows the sizes that can be made with exact pixels and prices', async () => {
	await opened();
	expect( screen.getByRole( 'dialog', { name: 'Buy this picture' } ) ).toBeTruthy();
	expect( screen.getByRole( 'radio', { name: /4,096 × 2,732 pixels.*€9\.00/ } ) ).toHaveProperty( 'checked', true );
	expect( screen.getByRole( 'radio', { name: /8,192 × 5,464 pixels.*€19\.00/ } ) ).toBeTruthy();
} );

test( 'sends the chosen size and address, and goes to the payment page', async () => {
	answers.checkouts = [ { status: 201, body: { job_id: 'j', key: 'k', checkout_url: 'https://pay.test/cs_1' } } ];
	await opened();
	await userEvent.click( screen.getByRole( 'radio', { name: /8,192/ } ) );
	await userEvent.type( screen.getByRole( 'textbox' ), 'a@b.test' );
	await pressBuy();
	await waitFor( () => expect( browser.go ).toHaveBeenCalledWith( 'https://pay.test/cs_1' ) );
	expect( calls.at( -1 )?.body ).toEqual( {
		attachment_id: 7,
		post_id: 3,
		resolution: '8x',
		price: '19.00',
		currency: 'EUR',
		email: 'a@b.test',
		locale: 'en_GB',
	} );
} );

test( 'leaves the address out when none was given', async () => {
	answers.checkouts = [ { status: 201, body: { job_id: 'j', key: 'k', checkout_url: 'https://pay.test/cs_1' } } ];
	await opened();
	await pressBuy();
	await waitFor( () => expect( browser.go ).toHaveBeenCalled() );
	expect( calls.at( -1 )?.body ).not.toHaveProperty( 'email' );
} );

test( 'waits for a payment page that is still being made', async () => {
	answers = {
		offers: [ { body: OFFERS } ],
		'checkouts/j': [
			{ body: { status: 'awaiting_payment', message: '' } },
			{ body: { status: 'awaiting_payment', message: '', checkout_url: 'https://pay.test/cs_2' } },
		],
		checkouts: [ { status: 202, body: { job_id: 'j', key: 'k' } } ],
	};
	await opened();
	await pressBuy();
	await waitFor( () => expect( browser.go ).toHaveBeenCalledWith( 'https://pay.test/cs_2' ), { timeout: 5000 } );
	expect( calls.at( -1 )?.url ).toBe( 'http://shop.test/wp-json/smi/v1/checkouts/j?key=k' );
}, 10000 );

test( 'says an error in the dialog, loses nothing, and can be tried again', async () => {
	answers.checkouts = [
		{ status: 503, body: { code: 'smi_checkout_unavailable', message: 'Pictures cannot be bought just now.' } },
		{ status: 201, body: { job_id: 'j', key: 'k', checkout_url: 'https://pay.test/cs_3' } },
	];
	await opened();
	await userEvent.click( screen.getByRole( 'radio', { name: /8,192/ } ) );
	await userEvent.type( screen.getByRole( 'textbox' ), 'a@b.test' );
	await pressBuy();
	await waitFor( () =>
		expect( screen.getByRole( 'alert' ).textContent ).toBe( 'Pictures cannot be bought just now.' )
	);
	expect( screen.getByRole( 'radio', { name: /8,192/ } ) ).toHaveProperty( 'checked', true );
	expect( screen.getByRole( 'textbox' ) ).toHaveProperty( 'value', 'a@b.test' );
	expect( browser.go ).not.toHaveBeenCalled();
	await pressBuy();
	await waitFor( () => expect( browser.go ).toHaveBeenCalled() );
} );

test( 'shows a price that changed, keeps what was typed, and sells at the new price only', async () => {
	answers.checkouts = [
		{ status: 409, body: { code: 'smi_checkout_price_changed', message: 'The price has just changed.' } },
		{ status: 201, body: { job_id: 'j', key: 'k', checkout_url: 'https://pay.test/cs_4' } },
	];
	await opened();
	await userEvent.click( screen.getByRole( 'radio', { name: /8,192/ } ) );
	await userEvent.type( screen.getByRole( 'textbox' ), 'a@b.test' );
	answers.offers = [
		{ body: { ...OFFERS, offers: OFFERS.offers.map( ( offer ) => ( { ...offer, price: '21.00' } ) ) } },
	];
	await pressBuy();
	await screen.findByRole( 'radio', { name: /8,192 × 5,464 pixels.*€21\.00/ } );
	expect( screen.getByRole( 'alert' ).textContent ).toBe( 'The price has just changed.' );
	expect( screen.getByRole( 'radio', { name: /8,192/ } ) ).toHaveProperty( 'checked', true );
	expect( screen.getByRole( 'radio', { name: /8,192/ } ) ).toBe( document.activeElement );
	expect( screen.getByRole( 'textbox' ) ).toHaveProperty( 'value', 'a@b.test' );
	expect( browser.go ).not.toHaveBeenCalled();
	await pressBuy();
	await waitFor( () => expect( browser.go ).toHaveBeenCalledWith( 'https://pay.test/cs_4' ) );
	expect( calls.at( -1 )?.body ).toMatchObject( { resolution: '8x', price: '21.00', email: 'a@b.test' } );
} );

test( 'sells nothing more where a price changed and no size is left', async () => {
	answers.checkouts = [
		{ status: 409, body: { code: 'smi_checkout_price_changed', message: 'The price has just changed.' } },
	];
	await opened();
	answers.offers = [ { body: { ...OFFERS, offers: [] } } ];
	await pressBuy();
	await waitFor( () => expect( screen.queryByRole( 'radio' ) ).toBeNull() );
	expect( screen.queryByRole( 'button', { name: 'Continue to payment' } ) ).toBeNull();
	expect( screen.getByRole( 'status' ).textContent ).not.toBe( '' );
} );

test( 'refuses a wrong address before anything is sent', async () => {
	await opened();
	await userEvent.type( screen.getByRole( 'textbox' ), 'nonsense' );
	await pressBuy();
	expect( screen.getByRole( 'alert' ).textContent ).toBe( 'Please check the address.' );
	expect( calls.some( ( { url } ) => url.includes( 'checkouts' ) ) ).toBe( false );
} );

test( 'offers another try when the sizes cannot be loaded', async () => {
	answers.offers = [ 'offline', { body: OFFERS } ];
	openDialog( 7, 3 );
	await userEvent.click( await screen.findByRole( 'button', { name: 'Try again' } ) );
	await screen.findByRole( 'group', { name: 'Choose a size' } );
} );

test( 'is gone from the page once closed', async () => {
	await opened();
	await userEvent.click( screen.getByRole( 'button', { name: 'Close' } ) );
	expect( document.querySelector( 'dialog' ) ).toBeNull();
} );

describe( 'return page', () => {
	test( 'shows nothing on other pages', async () => {
		expect( await showOrder( '?p=3' ) ).toBe( false );
		expect( calls ).toHaveLength( 0 );
	} );

	test( 'ends in a download button', async () => {
		answers = {
			'checkouts/j': [
				{
					body: {
						status: 'completed',
						payment_status: 'paid',
						message: 'Ready.',
						download_url: 'http://shop.test/d/t',
						download_expires_at: '2030-01-01T00:00:00Z',
					},
				},
			],
		};
		await showOrder( '?smi_job=j&smi_key=k' );
		expect( screen.getByRole( 'status' ).textContent ).toBe( 'Ready.' );
		expect( screen.getByRole( 'link', { name: 'Download your picture' } ).getAttribute( 'href' ) ).toBe(
			'http://shop.test/d/t'
		);
	} );

	test( 'follows a picture in the making through a broken connection', async () => {
		jest.useFakeTimers();
		answers = {
			'checkouts/j': [
				{ body: { status: 'processing', payment_status: 'paid', message: 'Being made.' } },
				'offline',
				{ body: { status: 'failed', payment_status: 'refunded', message: 'Returned.' } },
			],
		};
		const done = showOrder( '?smi_job=j&smi_key=k' );
		await jest.advanceTimersByTimeAsync( 5000 );
		await done;
		jest.useRealTimers();
		expect( screen.getByRole( 'status' ).textContent ).toBe( 'Returned.' );
		expect( calls ).toHaveLength( 3 );
	} );

	test( 'asks nobody to pay again whose payment is on its way, and looks once a minute', async () => {
		jest.useFakeTimers();
		const body = { status: 'awaiting_payment', payment_status: 'pending', is_payment_under_way: true };
		answers = { 'checkouts/j': [ { body: { ...body, message: 'On its way.' } } ] };
		void showOrder( '?smi_job=j&smi_key=k&smi_canceled=1' );
		await jest.advanceTimersByTimeAsync( 10 * 60_000 + 1000 );
		expect( screen.getByRole( 'status' ).textContent ).toBe( 'On its way.' );
		expect( screen.queryByRole( 'link' ) ).toBeNull();
		expect( calls ).toHaveLength( 11 );
		answers[ 'checkouts/j' ] = [ { status: 404, body: { message: 'Unknown order.' } } ];
		await jest.advanceTimersByTimeAsync( 60_000 );
		jest.useRealTimers();
	} );

	test( 'offers to pay at once only to somebody who turned back', async () => {
		jest.useFakeTimers();
		answers = {
			'checkouts/j': [
				{
					body: {
						status: 'awaiting_payment',
						payment_status: 'pending',
						message: 'Waiting.',
						checkout_url: 'https://pay.test/cs',
					},
				},
			],
		};
		void showOrder( '?smi_job=j&smi_key=k' );
		await jest.advanceTimersByTimeAsync( 1000 );
		expect( screen.queryByRole( 'link' ) ).toBeNull();
		await jest.advanceTimersByTimeAsync( 60000 );
		expect( screen.getByRole( 'link', { name: 'Go to payment' } ) ).toBeTruthy();
		answers[ 'checkouts/j' ] = [ { status: 404, body: { message: 'Unknown order.' } } ];
		await jest.advanceTimersByTimeAsync( 60000 );
		expect( screen.getByRole( 'status' ).textContent ).toBe( 'Unknown order.' );
		jest.useRealTimers();
	} );
} );

describe( 'where the REST API is closed to visitors', () => {
	const closed: Answer = { status: 401, body: { code: 'rest_login_required', message: 'Please log in.' } };
	const done = { body: { status: 'failed', payment_status: 'refunded', message: 'Returned.' } };

	beforeEach( () => {
		window.smiStorefront!.door = 'http://shop.test/';
	} );

	test( 'buys at the site’s own address, and asks the API no second time', async () => {
		answers = {
			'wp-json': [ closed ],
			'smi-api=offers': [ { body: OFFERS } ],
			'smi-api=checkouts': [
				{ status: 201, body: { job_id: 'j', key: 'k', checkout_url: 'https://pay.test/cs_9' } },
			],
		};
		await opened();
		await pressBuy();
		await waitFor( () => expect( browser.go ).toHaveBeenCalledWith( 'https://pay.test/cs_9' ) );
		expect( calls.filter( ( { url } ) => url.includes( 'wp-json' ) ) ).toHaveLength( 1 );
	} );

	test.each( [
		[ 'refused', closed ],
		[ 'refused to a dead nonce', { status: 403, body: { code: 'rest_cookie_invalid_nonce' } } ],
		[ 'not there', { status: 404, body: { code: 'rest_no_route' } } ],
		[ 'answered with a page', { status: 404, body: null } ],
		[ 'answered with a login form', { status: 200, body: null } ],
	] )( 'follows an order when the API is %s', async ( _, refusalOfApi ) => {
		answers = { 'wp-json': [ refusalOfApi ], 'smi-api=checkouts': [ done ] };
		await showOrder( '?smi_job=j&smi_key=k' );
		expect( screen.getByRole( 'status' ).textContent ).toBe( 'Returned.' );
		const { searchParams } = new URL( calls.at( -1 )!.url );
		expect( [ searchParams.get( 'smi-api' ), searchParams.get( 'key' ) ] ).toEqual( [ 'checkouts/j', 'k' ] );
	} );

	test( 'takes the shop’s own refusal as it is', async () => {
		answers = {
			'wp-json': [ { status: 404, body: { code: 'smi_checkout_not_found', message: 'Unknown order.' } } ],
		};
		await showOrder( '?smi_job=j&smi_key=k' );
		expect( screen.getByRole( 'status' ).textContent ).toBe( 'Unknown order.' );
		expect( calls ).toHaveLength( 1 );
	} );
} );

describe( 'addresses and words', () => {
	test( 'work with plain permalinks', () => {
		window.smiStorefront!.rest = 'http://shop.test/index.php?rest_route=/smi/v1/';
		expect( new URL( endpoint( 'checkouts/j', { key: 'k' } ) ).searchParams.get( 'rest_route' ) ).toBe(
			'/smi/v1/checkouts/j'
		);
	} );

	test( 'fill in values in any order', () => {
		window.smiStorefront!.words.x = '%2$s by %1$s';
		expect( word( 'x', 'a', 'b' ) ).toBe( 'b by a' );
	} );

	test( 'polls more slowly the longer it takes', () => {
		expect( [ pause( 1 ), pause( 29 ), pause( 500 ) ] ).toEqual( [ 2000, 2000, 30000 ] );
	} );
} );
