import type { FormObject, FormValue } from '../../shared/form.ts';
import { invalid, missing } from '../errors.ts';

const METADATA = { keys: 50, key: 40, value: 500 };

function at( params: FormObject, path: string ): FormValue | undefined {
	let value: FormValue | undefined = params;
	for ( const key of path.split( /[[\]]+/ ).filter( ( part ) => part !== '' ) ) {
		if ( typeof value !== 'object' ) {
			return undefined;
		}
		value = Array.isArray( value ) ? value[ Number( key ) ] : value[ key ];
	}
	return value;
}

/** Typed reading of form parameters, with Stripe's errors. Paths are written as on the wire: `a[b][0]`. */
export class Params {
	constructor( readonly raw: FormObject ) {}

	has( path: string ): boolean {
		return at( this.raw, path ) !== undefined;
	}

	/** A string; an empty one means "unset" and is null. */
	text( path: string ): string | null {
		const value = at( this.raw, path );
		if ( value === undefined || value === '' ) {
			return null;
		}
		if ( typeof value !== 'string' ) {
			throw invalid( `Invalid string: ${ JSON.stringify( value ) }`, path );
		}
		return value;
	}

	needText( path: string ): string {
		if ( at( this.raw, path ) === '' ) {
			throw invalid(
				`You passed an empty string for '${ path }'. We assume empty values are an attempt to unset a parameter; however '${ path }' cannot be unset. You should remove '${ path }' from your request or supply a non-empty value.`,
				path,
				'parameter_invalid_empty'
			);
		}
		const value = this.text( path );
		if ( value === null ) {
			throw missing( path );
		}
		return value;
	}

	integer( path: string ): number | null {
		const value = this.text( path );
		if ( value === null ) {
			return null;
		}
		if ( ! /^-?\d{1,15}$/.test( value ) ) {
			throw invalid( `Invalid integer: ${ value }`, path, 'parameter_invalid_integer' );
		}
		return Number( value );
	}

	flag( path: string ): boolean | null {
		const value = this.text( path );
		if ( value === null ) {
			return null;
		}
		if ( value !== 'true' && value !== 'false' ) {
			throw invalid( `Invalid boolean: ${ value }`, path );
		}
		return value === 'true';
	}

	list( path: string ): FormValue[] {
		const value = at( this.raw, path );
		if ( value === undefined || value === '' ) {
			return [];
		}
		if ( ! Array.isArray( value ) ) {
			throw invalid( 'Invalid array', path );
		}
		return value;
	}

	texts( path: string ): string[] {
		return this.list( path ).map( ( _value, index ) => this.needText( `${ path }[${ index }]` ) );
	}

	keys( path: string ): string[] {
		const value = at( this.raw, path );
		return typeof value === 'object' && ! Array.isArray( value ) ? Object.keys( value ) : [];
	}

	metadata( path: string ): Record< string, string > {
		const keys = this.keys( path );
		if ( keys.length > METADATA.keys ) {
			throw invalid(
				`You can have at most ${ METADATA.keys } metadata keys; you passed ${ keys.length }.`,
				path
			);
		}
		return Object.fromEntries( keys.map( ( key ) => [ key, this.metadataValue( path, key ) ] ) );
	}

	/** Metadata with changes: an empty value takes a key away, an empty string everything. */
	mergedMetadata( path: string, known: Record< string, string > | null ): Record< string, string > {
		if ( at( this.raw, path ) === '' ) {
			return {};
		}
		const merged = Object.entries( { ...known, ...this.metadata( path ) } );
		return Object.fromEntries( merged.filter( ( [ , value ] ) => value !== '' ) );
	}

	private metadataValue( path: string, key: string ): string {
		const value = this.text( `${ path }[${ key }]` ) ?? '';
		if ( key.length > METADATA.key ) {
			throw invalid(
				`Metadata keys can have up to ${ METADATA.key } characters, but you passed in a key that is ${ key.length } characters. Invalid key: ${ key }`,
				path
			);
		}
		if ( value.length > METADATA.value ) {
			throw invalid(
				`Metadata values can have up to ${ METADATA.value } characters, but you passed in a value that is ${ value.length } characters. Invalid value: ${ value }`,
				`${ path }[${ key }]`
			);
		}
		return value;
	}

	/** Refuses what Stripe doesn't know, as Stripe does: a misspelt parameter must not pass silently. */
	only( known: readonly string[], path = '' ): void {
		const keys = path === '' ? Object.keys( this.raw ) : this.keys( path );
		const unknown = keys.find( ( key ) => ! known.includes( key ) );
		if ( unknown !== undefined ) {
			const name = path === '' ? unknown : `${ path }[${ unknown }]`;
			throw invalid( `Received unknown parameter: ${ name }`, name, 'parameter_unknown' );
		}
	}
}
