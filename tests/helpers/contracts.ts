/** Checks messages against plugin/contracts/. */
import { readFileSync, readdirSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

type Schema = Record< string, unknown >;

const FOLDER = new URL( '../../plugin/contracts/', import.meta.url );

/** Names of all contracts, without their ending. */
export const contractNames = (): string[] =>
	readdirSync( FOLDER )
		.filter( ( name ) => name.endsWith( '.schema.json' ) )
		.map( ( name ) => name.slice( 0, -'.schema.json'.length ) );

/** A contract with everything it refers to in place, and what it extends merged in. */
export function loadContract( name: string ): Schema {
	const schema = inline( JSON.parse( readFileSync( new URL( `${ name }.schema.json`, FOLDER ), 'utf8' ) ) ) as Schema;
	delete schema[ '$schema' ];
	return schema;
}

/**
 * @return What is wrong, in words; empty when the message keeps the contract.
 */
export function breaches( name: string, message: unknown ): string[] {
	const ajv = new Ajv( { allErrors: true, strict: false } );
	// Two packages disagree about the default export under plain Node.
	( addFormats as unknown as { default?: typeof addFormats } & typeof addFormats ).default?.( ajv as never ) ??
		( addFormats as unknown as ( a: unknown ) => void )( ajv );
	const validate = ajv.compile( loadContract( name ) );
	validate( message );
	return ( validate.errors ?? [] ).map( ( error ) => `${ error.instancePath } ${ error.message }` );
}

function inline( node: unknown ): unknown {
	if ( Array.isArray( node ) ) {
		return node.map( inline );
	}
	if ( typeof node !== 'object' || node === null ) {
		return node;
	}
	const { $ref, ...rest } = node as Schema;
	const own = Object.fromEntries( Object.entries( rest ).map( ( [ key, value ] ) => [ key, inline( value ) ] ) );
	const referred = typeof $ref === 'string' ? loadContract( $ref.replace( '.schema.json', '' ) ) : {};
	return merged( { ...referred, ...own } );
}

function merged( { extends: base, ...schema }: Schema ): Schema {
	if ( ! base ) {
		return schema;
	}
	const parent = base as { properties: object; required: string[] };
	return {
		...schema,
		properties: { ...parent.properties, ...( schema[ 'properties' ] as object ) },
		required: [ ...parent.required, ...( ( schema[ 'required' ] as string[] | undefined ) ?? [] ) ],
	};
}
