import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { contractChecks, RECEIVED, SENT } from '../../tools/build/bridge-contracts.mjs';
import { CONTRACTS, contractTypes, TARGETS } from '../../tools/build/generate-contract-types.mjs';

const ROOT = join( import.meta.dirname, '../..' );

/** Types of a few schemas that live for one test. */
async function typesOf( schemas: Record< string, unknown > ): Promise< string > {
	const folder = await mkdtemp( join( tmpdir(), 'smi-contracts-' ) );
	try {
		for ( const [ name, schema ] of Object.entries( schemas ) ) {
			await writeFile( join( folder, `${ name }.schema.json` ), JSON.stringify( schema ) );
		}
		return await contractTypes( folder );
	} finally {
		await rm( folder, { recursive: true } );
	}
}

const colour = { title: 'Colour', type: 'string', enum: [ 'red', 'green' ] };

test( 'a type that two schemas use is written once, under its title', async () => {
	const box = {
		title: 'Box',
		type: 'object',
		properties: {
			inside: { $ref: 'colour.schema.json' },
			outside: { $ref: 'colour.schema.json' },
			label: { type: [ 'string', 'null' ] },
		},
		required: [ 'inside', 'label' ],
	};
	const types = await typesOf( { box, colour } );
	assert.equal( types.match( /export type Colour = 'red' \| 'green';/g )?.length, 1 );
	assert.match( types, /inside: Colour;/ );
	assert.match( types, /outside\?: Colour;/ );
	assert.match( types, /label: string \| null;/ );
	assert.doesNotMatch( types, /Colour1/ );
} );

test( 'a schema without a title, and two with the same one, are refused', async () => {
	await assert.rejects( typesOf( { colour: { type: 'string' } } ), /colour\.schema\.json has no title/ );
	await assert.rejects( typesOf( { colour, again: colour } ), /Two schemas have the title Colour/ );
} );

for ( const [ file, make ] of Object.entries( TARGETS ) ) {
	test( `${ file } is what the contracts say`, async () => {
		assert.equal( await readFile( join( ROOT, file ), 'utf8' ), await make() );
	} );
}

test( 'the bridge is given the messages of the channel, and nothing that only screens know', async () => {
	const types = await contractTypes( CONTRACTS, [ ...SENT, ...RECEIVED ] );
	const names = [ ...types.matchAll( /^export (?:interface|type) (\w+)/gm ) ].map( ( [ , name ] ) => name );
	for ( const name of [ 'SyncResponse', 'PushRequest', 'Report', 'PaymentSnapshot', 'RefundCommand' ] ) {
		assert.ok( names.includes( name ), name );
	}
	for ( const name of [ 'Job', 'JobDetail', 'Settings', 'JobStats', 'JobsQuery', 'Batch', 'ExportQuery' ] ) {
		assert.ok( ! names.includes( name ), name );
	}
} );

test( 'a check of what comes in lets everything through that nobody relies on', async () => {
	const text = await contractChecks( CONTRACTS );
	assert.doesNotMatch( text, /"(?:format|maximum|maxLength|description|\$ref)":|"additionalProperties": false/ );
	const payloads = text.slice( text.indexOf( 'PAYLOADS' ) );
	assert.match( payloads, /"enum": \[\s+"image\/jpeg"/ );
	assert.doesNotMatch( text.slice( 0, text.indexOf( 'PAYLOADS' ) ), /"enum"/ );
} );
