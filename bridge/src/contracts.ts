/** Messages that come in are checked before they are believed: what fits has the type that it is then given. */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { MESSAGES, PAYLOADS } from './contracts-in.generated.ts';
import type { BridgeCommand } from './contracts.generated.ts';

const ajv = new Ajv();
const checks = new Map< object, ValidateFunction >();

/** Where a message is not what it must be, such as `/commands/0/lease_no must be integer`; null when it fits. */
export function misfit( name: keyof typeof MESSAGES, message: unknown ): string | null {
	return faultIn( MESSAGES[ name ], message, '' );
}

/** The same about a command's payload. Of a kind that only a newer plugin knows nothing can be said. */
export function payloadMisfit( { kind, payload }: Pick< BridgeCommand, 'kind' | 'payload' > ): string | null {
	return Object.hasOwn( PAYLOADS, kind ) ? faultIn( PAYLOADS[ kind ], payload, '/payload' ) : null;
}

function faultIn( schema: object, value: unknown, path: string ): string | null {
	const check = checks.get( schema ) ?? ajv.compile( schema );
	checks.set( schema, check );
	return check( value ) ? null : words( check.errors?.[ 0 ], path );
}

function words( fault: ErrorObject | undefined, path: string ): string {
	const where = path + ( fault?.instancePath ?? '' );
	const among = fault?.keyword === 'enum' ? `: ${ fault.params[ 'allowedValues' ].join( ', ' ) }` : '';
	return `${ where === '' ? 'it' : where } ${ fault?.message ?? 'does not fit' }${ among }`;
}
