import { screen, waitFor, within } from '@testing-library/react';
import { store as preferencesStore } from '@wordpress/preferences';

import { calls, callsTo, type Call } from './support/network';
import { jobId, makeJob } from './support/jobs';
import { bootJobs, fakeSite, openScreen } from './support/screen';
import { rowCounter } from '../../admin-src/jobs/export/count-rows';

/** What the site answers to an export. */
interface Export {
	status?: number;
	headers?: Record< string, string >;
	pieces?: string[];
	body?: object;
	/** The connection breaks after the pieces. */
	breaks?: boolean;
	/** The rest waits for this. */
	until?: Promise< void >;
}

const CSV = {
	'Content-Type': 'text/csv; charset=utf-8',
	'Content-Disposition': 'attachment; filename="jobs-2026-11-23.csv"; filename*=UTF-8\'\'jobs-gallery-2026-11-23.csv',
	'X-WP-Total': '3',
};
const TABS = {
	...CSV,
	'Content-Type': 'text/tab-separated-values; charset=utf-8',
	'Content-Disposition': 'attachment; filename="jobs-gallery-2026-11-23.tsv"',
};
const HEAD = 'job_id,email\r\n';

const saved: { name: string; blob: Blob }[] = [];

function streamOf( { pieces = [], breaks, until }: Export, signal: AbortSignal | null | undefined ) {
	const left = pieces.map( ( text ) => Uint8Array.from( Buffer.from( text ) ) );
	let isFirst = true;
	const read = async () => {
		if ( ! isFirst && until ) {
			await Promise.race( [
				until,
				new Promise( ( _, reject ) =>
					signal?.addEventListener( 'abort', () =>
						reject( Object.assign( new Error( 'Aborted' ), { name: 'AbortError' } ) )
					)
				),
			] );
		}
		isFirst = false;
		const value = left.shift();
		if ( ! value && breaks ) {
			throw new TypeError( 'network error' );
		}
		return value ? { done: false, value } : { done: true, value: undefined };
	};
	return { getReader: () => ( { read } ) };
}

/** The site of the other tests, and what it answers to an export. */
function siteWithExport( answer: Export | 'down' ) {
	fakeSite( { jobs: [ makeJob( 1 ), makeJob( 2 ), makeJob( 3 ) ], total: 344 } );
	const other = window.fetch;
	window.fetch = ( async ( url: string, init: RequestInit = {} ) => {
		if ( ! url.includes( '/jobs/export' ) ) {
			return other( url, init );
		}
		await other( url, init );
		if ( answer === 'down' ) {
			throw new TypeError( 'Failed to fetch' );
		}
		const { status = 200, headers = CSV, body } = answer;
		return {
			status,
			ok: status < 400,
			headers: new Headers( headers ),
			body: streamOf( answer, init.signal ),
			json: async () => body,
		};
	} ) as typeof window.fetch;
}

beforeEach( () => {
	bootJobs();
	saved.length = 0;
	const blobs = new Map< string, Blob >();
	URL.createObjectURL = ( blob ) => {
		blobs.set( `blob:${ blobs.size }`, blob as Blob );
		return `blob:${ blobs.size - 1 }`;
	};
	URL.revokeObjectURL = () => undefined;
	jest.spyOn( HTMLAnchorElement.prototype, 'click' ).mockImplementation( function ( this: HTMLAnchorElement ) {
		const blob = blobs.get( this.href );
		if ( blob ) {
			saved.push( { name: this.download, blob } );
		}
	} );
} );
afterEach( () => jest.restoreAllMocks() );

const dialog = async () => within( await screen.findByRole( 'dialog', { name: 'Export jobs' } ) );

async function openDialog( search = '?page=smi-jobs' ) {
	const opened = openScreen( search );
	await screen.findByText( 'Photograph 1' );
	await opened.user.click( screen.getByRole( 'button', { name: 'Export…' } ) );
	return { ...opened, form: await dialog() };
}

const textOf = ( blob: Blob ) =>
	new Promise< string >( ( resolve ) => {
		const reader = new FileReader();
		reader.onload = () => resolve( String( reader.result ) );
		reader.readAsText( blob );
	} );

const columnsOf = ( { query }: Call ) =>
	[ ...query.entries() ].filter( ( [ name ] ) => name.startsWith( 'columns' ) ).map( ( [ , value ] ) => value );

describe( 'the export of what the list shows', () => {
	it( 'says which jobs, and sends filters, columns, order, zone and format as chosen', async () => {
		siteWithExport( { pieces: [ HEAD, 'a,b\r\n', 'c,d\r\n' ] } );
		const { user, form } = await openDialog(
			'?page=smi-jobs&status=attention&from=2026-10-01&to=2026-10-31&columns=email,kept'
		);
		expect( form.getByText( /^344 jobs: needs attention, created Oct 1.+31, 2026$/ ) ).toBeInTheDocument();
		expect( form.getByRole( 'button', { name: 'What I see' } ) ).toHaveAttribute( 'aria-pressed', 'true' );
		await user.click( form.getByRole( 'checkbox', { name: 'Post title' } ) );
		await user.click( form.getByRole( 'button', { name: 'Move up: Margin' } ) );
		expect( form.getByRole( 'button', { name: 'Move up: Margin' } ) ).toHaveFocus();
		expect( form.getByText( 'Margin is now column 4 of 5.' ) ).toBeInTheDocument();
		await user.click( form.getByRole( 'button', { name: 'Move down: Job number' } ) );
		expect( form.getByRole( 'button', { name: 'Move down: Job number' } ) ).toHaveFocus();
		await user.click( form.getByRole( 'radio', { name: 'Newest first' } ) );
		await user.click( form.getByRole( 'radio', { name: 'NDJSON, for programs' } ) );
		await user.selectOptions( form.getByRole( 'combobox', { name: 'Time zone' } ), 'Another…' );
		await user.type( form.getByRole( 'combobox', { name: 'Name of the time zone' } ), 'Asia/Calcutta' );
		await user.click( form.getByRole( 'button', { name: 'Export 344 jobs' } ) );
		const [ call ] = callsTo( 'GET', '/jobs/export' );
		expect( columnsOf( call! ) ).toEqual( [ 'resolution', 'job_id', 'email', 'margin', 'currency' ] );
		const others = [ ...call!.query ].filter( ( [ name ] ) => ! name.startsWith( 'columns' ) );
		expect( Object.fromEntries( others ) ).toEqual( {
			'attention[0]': 'any',
			after: '2026-09-30T21:59:59Z',
			before: '2026-10-31T23:00:00Z',
			order: 'desc',
			timezone: 'Asia/Calcutta',
			format: 'ndjson',
		} );
	} );

	it( 'saves the file under the name that the site gives, and says so', async () => {
		siteWithExport( { pieces: [ HEAD, 'a,"two\nlines"\r\n', 'c,d\r\ne,f\r\n' ] } );
		const { user, form } = await openDialog();
		await user.click( form.getByRole( 'button', { name: 'Export 344 jobs' } ) );
		expect(
			( await screen.findAllByText( '3 jobs saved as jobs-gallery-2026-11-23.csv' ) ).length
		).toBeGreaterThan( 0 );
		expect( screen.queryByRole( 'dialog' ) ).not.toBeInTheDocument();
		expect( saved.map( ( { name } ) => name ) ).toEqual( [ 'jobs-gallery-2026-11-23.csv' ] );
		expect( await textOf( saved[ 0 ]!.blob ) ).toBe( `${ HEAD }a,"two\nlines"\r\nc,d\r\ne,f\r\n` );
	} );

	it( 'remembers the columns for the next time', async () => {
		siteWithExport( { pieces: [ HEAD ] } );
		const { user, form, registry } = await openDialog();
		await user.click( form.getByRole( 'button', { name: 'For bookkeeping' } ) );
		await user.click( form.getByRole( 'button', { name: 'Export 344 jobs' } ) );
		await waitFor( () => expect( saved ).toHaveLength( 1 ) );
		const kept = registry.select( preferencesStore ).get( 'smi/jobs', 'export' );
		expect( kept ).toMatchObject( { order: 'asc', timezone: 'Europe/Berlin', format: 'csv' } );
		await user.click( screen.getByRole( 'button', { name: 'Export…' } ) );
		expect( ( await dialog() ).getByRole( 'button', { name: 'For bookkeeping' } ) ).toHaveAttribute(
			'aria-pressed',
			'true'
		);
	} );

	it( 'asks for commas, and remembers another separator', async () => {
		siteWithExport( { headers: TABS, pieces: [ 'job_id\temail\r\na\tb\r\n' ] } );
		const { user, form } = await openDialog();
		expect( form.getByRole( 'combobox', { name: 'Between the cells' } ) ).toHaveDisplayValue( 'Comma' );
		await user.selectOptions( form.getByRole( 'combobox', { name: 'Between the cells' } ), 'Tab' );
		await user.click( form.getByRole( 'button', { name: 'Export 344 jobs' } ) );
		await waitFor( () => expect( saved.map( ( { name } ) => name ) ).toEqual( [ 'jobs-gallery-2026-11-23.tsv' ] ) );
		expect( callsTo( 'GET', '/jobs/export' )[ 0 ]?.query.get( 'separator' ) ).toBe( 'tab' );
		await user.click( screen.getByRole( 'button', { name: 'Export…' } ) );
		const again = await dialog();
		expect( again.getByRole( 'combobox', { name: 'Between the cells' } ) ).toHaveDisplayValue( 'Tab' );
		await user.click( again.getByRole( 'radio', { name: 'NDJSON, for programs' } ) );
		expect( again.queryByRole( 'combobox', { name: 'Between the cells' } ) ).not.toBeInTheDocument();
	} );

	it( 'begins with the semicolon where decimals have a comma', async () => {
		const Format = Intl.NumberFormat;
		jest.spyOn( Intl, 'NumberFormat' ).mockImplementation(
			( locale, options ) => new Format( locale ?? 'de', options )
		);
		siteWithExport( { pieces: [ HEAD ] } );
		const { user, form } = await openDialog();
		expect( form.getByRole( 'combobox', { name: 'Between the cells' } ) ).toHaveDisplayValue(
			'Semicolon (Excel in most of Europe)'
		);
		await user.click( form.getByRole( 'button', { name: 'Export 344 jobs' } ) );
		await waitFor( () => expect( saved ).toHaveLength( 1 ) );
		expect( callsTo( 'GET', '/jobs/export' )[ 0 ]?.query.get( 'separator' ) ).toBe( 'semicolon' );
	} );

	it( 'wants at least one column', async () => {
		siteWithExport( { pieces: [ HEAD ] } );
		const { user, form } = await openDialog();
		await user.click( form.getByRole( 'button', { name: 'No columns' } ) );
		expect( form.getByText( 'Choose at least one column.' ) ).toBeInTheDocument();
		await user.click( form.getByRole( 'button', { name: 'Export 344 jobs' } ) );
		expect( calls.some( ( { path } ) => path === '/jobs/export' ) ).toBe( false );
	} );

	it( 'shows how far it is, and can be cancelled', async () => {
		siteWithExport( { pieces: [ `${ HEAD }a,b\r\n`, 'c,d\r\n' ], until: new Promise( () => undefined ) } );
		const { user, form } = await openDialog();
		await user.click( form.getByRole( 'button', { name: 'Export 344 jobs' } ) );
		expect( await form.findByText( '1 of 3 jobs' ) ).toBeInTheDocument();
		expect( form.getByRole( 'progressbar', { name: 'Export' } ) ).toBeInTheDocument();
		await user.click( form.getByRole( 'button', { name: 'Cancel' } ) );
		expect( await form.findByText( 'Stopped. Nothing was saved.' ) ).toBeInTheDocument();
		expect( saved ).toEqual( [] );
	} );
} );

describe( 'an export that fails keeps the form and says why', () => {
	const failing: [ string, Export | 'down', string ][] = [
		[
			'the connection breaks',
			{ pieces: [ `${ HEAD }a,b\r\nc,d\r\n` ], breaks: true },
			'Only 2 of 3 jobs arrived; nothing was saved. Try again.',
		],
		[
			'the file has no end',
			{ pieces: [ `${ HEAD }a,b\r\n`, '"The export stopped here"' ] },
			'Only 1 of 3 jobs arrived; nothing was saved. Try again.',
		],
		[
			'the right is missing',
			{
				status: 403,
				body: { code: 'rest_forbidden', message: 'You may not export jobs.', data: { status: 403 } },
			},
			'You may not export jobs.',
		],
		[
			'a value is refused',
			{
				status: 400,
				body: {
					code: 'rest_invalid_param',
					message: 'Invalid',
					data: { status: 400, params: { timezone: 'There is no such time zone.' } },
				},
			},
			'There is no such time zone.',
		],
		[
			'a page comes instead of a file',
			{ headers: { 'Content-Type': 'text/html' }, pieces: [ '<html>\n' ] },
			'The site answered, but not with a file; something between you and it may have stepped in. Nothing was saved.',
		],
		[ 'the site is silent', 'down', 'The site did not answer. Nothing was saved. Try again.' ],
	];

	it.each( failing )( 'when %s', async ( _, answer, words ) => {
		siteWithExport( answer );
		const { user, form } = await openDialog();
		await user.click( form.getByRole( 'button', { name: 'Export 344 jobs' } ) );
		expect( await form.findByRole( 'alert' ) ).toHaveTextContent( words );
		expect( form.getByRole( 'button', { name: 'Export 344 jobs' } ) ).toBeEnabled();
		expect( saved ).toEqual( [] );
	} );
} );

describe( 'the export of a selection', () => {
	it( 'sends its ids', async () => {
		siteWithExport( { pieces: [ HEAD, 'a,b\r\n' ] } );
		const { user } = openScreen();
		await screen.findByText( 'Photograph 1' );
		const row = screen.getByText( 'Photograph 2' ).closest( 'tr' ) as HTMLElement;
		await user.click( within( row ).getByRole( 'checkbox' ) );
		const bar = within( await screen.findByRole( 'region', { name: 'Selected jobs' } ) );
		await user.click( bar.getByRole( 'button', { name: 'Export…' } ) );
		const form = await dialog();
		expect( form.getByText( '1 selected job' ) ).toBeInTheDocument();
		await user.click( form.getByRole( 'button', { name: 'Export 1 job' } ) );
		await waitFor( () => expect( saved ).toHaveLength( 1 ) );
		expect( callsTo( 'POST', '/jobs/export' )[ 0 ]?.body ).toMatchObject( { ids: [ jobId( 2 ) ], format: 'csv' } );
	} );
} );

it( 'is not offered to those who may not export', async () => {
	bootJobs( { caps: { view: true, manage: true, refund: true, export: false, settings: true } } );
	fakeSite( { jobs: [ makeJob( 1 ) ] } );
	openScreen();
	await screen.findByText( 'Photograph 1' );
	expect( screen.queryByRole( 'button', { name: 'Export…' } ) ).not.toBeInTheDocument();
} );

describe( 'counting jobs in a file', () => {
	const bytes = ( text: string ) => Uint8Array.from( Buffer.from( text ) );

	it( 'takes a line break in a cell for no job, also where a piece ends in it', () => {
		const counter = rowCounter( 'csv' );
		expect( counter.take( bytes( 'a,b\r\n1,"x' ) ) ).toBe( 0 );
		expect( counter.take( bytes( '\n""y"\r\n2,z\r\n' ) ) ).toBe( 2 );
		expect( counter.isWhole() ).toBe( true );
		counter.take( bytes( '3,"' ) );
		expect( counter.isWhole() ).toBe( false );
	} );

	it( 'counts lines in NDJSON', () => {
		const counter = rowCounter( 'ndjson' );
		expect( counter.take( bytes( '{"a":"x"}\n{"a":"\\"y"}\n' ) ) ).toBe( 2 );
		expect( counter.isWhole() ).toBe( true );
	} );
} );
