import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { answerWith, callsTo, refusal, resetNetwork } from './support/network';
import { bootJobs } from './support/screen';
import { SettingsScreen } from '../../admin-src/settings/screen';
import type { Connection, Settings } from '../../admin-src/api/contracts.generated';

const SETTINGS: Settings = {
	currency: 'USD',
	prices: { '4x': '4.90', '8x': null },
	link_lifetime_days: 30,
	credit_price: '0.04',
	input_type: 'realism',
	revoke_link_on_refund: true,
	upscaler_block_hours: 24,
	sell_featured_images: true,
	sell_all_images: true,
	email_from_name: '',
	keep_abandoned_days: 90,
	keep_events_days: 35,
	keep_commands_days: 7,
	delete_data_on_uninstall: false,
	trusted_proxies: [],
};

const CONNECTION: Connection = {
	paired: false,
	silent: false,
	last_seen: null,
	keys: [],
	bridge: {
		version: null,
		protocol: null,
		url: null,
		can_push: false,
		livemode: null,
		stripe_account: null,
		clock_skew_s: 0,
	},
	plugin: { version: '0.1.0', protocol: 1 },
	site: { uuid: '00000001-1111-4111-8111-111111111111', home_hash: 'x' },
	safe_mode: { on: false, reason: null },
	backlog: { open: 0, overdue: 0 },
	problems: [],
};

const KEY = { id: 'k_0123456789ab', label: '', created_at: '2026-11-22T10:00:00Z', last_used_at: null };

function open( connection: Partial< Connection > = {}, offer: string[] = [] ) {
	bootJobs();
	resetNetwork();
	let keys = connection.keys ?? [];
	answerWith( ( { method, path } ) => {
		switch ( `${ method } ${ path }` ) {
			case 'GET /settings':
				return { body: SETTINGS };
			case 'GET /settings/visitors':
				return { body: { address: '203.0.113.7', offer, alike: false } };
			case 'GET /connection':
				return { body: { ...CONNECTION, ...connection, keys, paired: keys.length > 0 } };
			case 'POST /connection/keys':
				keys = [ KEY ];
				return {
					status: 201,
					body: { id: KEY.id, connection_string: 'https://k_0123456789ab:s3cret@site.test/' },
				};
			case `DELETE /connection/keys/${ KEY.id }`:
				keys = [];
				return { body: CONNECTION };
			default:
				return undefined;
		}
	} );
	render( <SettingsScreen /> );
	return userEvent.setup();
}

describe( 'the settings', () => {
	it( 'saves only what was changed, and says so', async () => {
		const user = open();
		answerWith( ( { method, path, body } ) =>
			method === 'POST' && path === '/settings' ? { body: { ...SETTINGS, ...( body as object ) } } : undefined
		);
		const price = await screen.findByRole( 'textbox', { name: /Price of 8 times/ } );
		await user.type( price, '9,90' );
		await user.click( screen.getByRole( 'button', { name: 'Save' } ) );
		await waitFor( () =>
			expect( callsTo( 'POST', '/settings' )[ 0 ]?.body ).toEqual( { prices: { '4x': '4.90', '8x': '9.90' } } )
		);
		expect( ( await screen.findAllByText( 'Settings saved.' ) ).length ).toBeGreaterThan( 0 );
		expect( screen.getByRole( 'button', { name: 'Save' } ) ).toHaveAttribute( 'aria-disabled', 'true' );
	} );

	it( 'puts a refusal at the field it is about, keeps what was typed, and goes there', async () => {
		const user = open();
		answerWith( ( { method, path } ) =>
			method === 'POST' && path === '/settings'
				? refusal( 400, 'rest_invalid_param', 'Invalid parameter(s): prices', {
						params: { prices: '4x: This is no price.' },
					} )
				: undefined
		);
		const price = await screen.findByRole( 'textbox', { name: /Price of 4 times/ } );
		await user.clear( price );
		await user.type( price, 'cheap' );
		await user.click( screen.getByRole( 'button', { name: 'Save' } ) );
		expect( await screen.findByText( 'This is no price.' ) ).toBeInTheDocument();
		expect( screen.getByRole( 'alert' ) ).toHaveTextContent( 'Nothing was saved yet.' );
		expect( price ).toHaveValue( 'cheap' );
		expect( price ).toBeInvalid();
		expect( price ).toHaveFocus();
		expect( screen.getByRole( 'textbox', { name: /Price of 8 times/ } ) ).toBeValid();
	} );

	it( 'says what to type instead of quoting a pattern', async () => {
		const user = open();
		const params = {
			prices: 'prices[4x] does not match pattern ^x$.',
			link_lifetime_days: 'link_lifetime_days must be between 0 (inclusive) and 3650 (inclusive)',
		};
		answerWith( ( { method, path } ) =>
			method === 'POST' && path === '/settings'
				? refusal( 400, 'rest_invalid_param', 'No.', { params } )
				: undefined
		);
		await user.type( await screen.findByRole( 'textbox', { name: /Price of 4 times/ } ), '5' );
		await user.click( screen.getByRole( 'button', { name: 'Save' } ) );
		expect( await screen.findByText( 'Write an amount like 4.90.' ) ).toBeInTheDocument();
		expect( screen.getByText( 'Write a number from 0 to 3650.' ) ).toBeInTheDocument();
	} );

	it( 'empties a price to stop selling that size', async () => {
		const user = open();
		const price = await screen.findByRole( 'textbox', { name: /Price of 4 times/ } );
		await user.clear( price );
		await user.click( screen.getByRole( 'button', { name: 'Save' } ) );
		await waitFor( () =>
			expect( callsTo( 'POST', '/settings' )[ 0 ]?.body ).toEqual( { prices: { '4x': null, '8x': null } } )
		);
	} );
} );

describe( 'visitors behind a proxy', () => {
	it( 'offers the proxy that the owner came through, and trusts it only once that is saved', async () => {
		const user = open( {}, [ 'cloudflare' ] );
		await user.click( await screen.findByRole( 'button', { name: 'Trust it' } ) );
		expect( screen.queryByRole( 'button', { name: 'Trust it' } ) ).not.toBeInTheDocument();
		expect( screen.getByRole( 'checkbox', { name: 'Visitors come through Cloudflare' } ) ).toBeChecked();
		expect( callsTo( 'POST', '/settings' ) ).toHaveLength( 0 );
		await user.click( screen.getByRole( 'button', { name: 'Save' } ) );
		await waitFor( () =>
			expect( callsTo( 'POST', '/settings' )[ 0 ]?.body ).toEqual( { trusted_proxies: [ 'cloudflare' ] } )
		);
	} );

	it( 'offers nothing where nothing was found', async () => {
		open();
		expect( await screen.findByRole( 'textbox', { name: 'Addresses of other proxies' } ) ).toHaveValue( '' );
		expect( screen.queryByRole( 'button', { name: 'Trust it' } ) ).not.toBeInTheDocument();
	} );

	it( 'takes addresses as they are typed, and keeps what the switches say', async () => {
		const user = open();
		await user.type(
			await screen.findByRole( 'textbox', { name: 'Addresses of other proxies' } ),
			'192.0.2.1, 10.0.0.0/8,'
		);
		await user.click( screen.getByRole( 'checkbox', { name: /a proxy on this server/ } ) );
		await user.click( screen.getByRole( 'button', { name: 'Save' } ) );
		await waitFor( () =>
			expect( callsTo( 'POST', '/settings' )[ 0 ]?.body ).toEqual( {
				trusted_proxies: [ 'server', '192.0.2.1', '10.0.0.0/8' ],
			} )
		);
	} );
} );

describe( 'the connection', () => {
	it( 'shows the connection string once, with what to do next', async () => {
		const user = open();
		await user.click( await screen.findByRole( 'button', { name: 'Connect a bridge' } ) );
		expect( await screen.findByText( 'SMI_SITE=https://k_0123456789ab:s3cret@site.test/' ) ).toBeInTheDocument();
		expect( screen.getByText( /smi-bridge check/ ) ).toBeInTheDocument();
		await user.click( screen.getByRole( 'button', { name: 'I have copied it' } ) );
		expect( screen.queryByText( /s3cret/ ) ).not.toBeInTheDocument();
		expect( screen.getByText( KEY.id ) ).toBeInTheDocument();
	} );

	it( 'asks before it removes a key', async () => {
		const user = open( { keys: [ KEY ] } );
		await user.click( await screen.findByRole( 'button', { name: /Remove key k_/ } ) );
		expect( callsTo( 'DELETE', `/connection/keys/${ KEY.id }` ) ).toHaveLength( 0 );
		await user.click( screen.getByRole( 'button', { name: 'Remove key' } ) );
		expect( await screen.findByRole( 'button', { name: 'Connect a bridge' } ) ).toBeInTheDocument();
		expect( callsTo( 'DELETE', `/connection/keys/${ KEY.id }` ) ).toHaveLength( 1 );
	} );

	it( 'lets the owner say that the site has moved', async () => {
		const user = open( { safe_mode: { on: true, reason: 'moved' } } );
		answerWith( ( { path } ) => ( path === '/connection/safe-mode' ? { body: CONNECTION } : undefined ) );
		await user.click( await screen.findByRole( 'button', { name: /The site has moved/ } ) );
		await waitFor( () =>
			expect( callsTo( 'POST', '/connection/safe-mode' )[ 0 ]?.body ).toEqual( { choice: 'moved' } )
		);
	} );

	it( 'says what is wrong and what to do about it', async () => {
		open( {
			keys: [ KEY ],
			problems: [ { code: 'bridge_silent', message: 'The bridge is silent.', remedy: 'Start it again.' } ],
		} );
		expect( ( await screen.findAllByText( /The bridge is silent\. Start it again\./ ) )[ 0 ] ).toBeInTheDocument();
	} );
} );
