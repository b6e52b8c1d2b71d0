import type { FastifyInstance } from 'fastify';
import { controlError } from '../../shared/app.ts';
import { isRestricted, RESOURCES, RIGHTS, type KeyInput, type KeyRecord, type Keys } from '../keys.ts';

const right = { enum: RIGHTS };

/** One key, as `POST /_emulator/keys` and the start settings describe it. */
export const keySchema = {
	type: 'object',
	required: [ 'key' ],
	additionalProperties: false,
	properties: {
		key: { type: 'string', pattern: '^[sr]k_(test|live)_\\w+$' },
		permissions: {
			type: 'object',
			additionalProperties: false,
			properties: Object.fromEntries( RESOURCES.map( ( resource ) => [ resource, right ] ) ),
		},
		rest: right,
		revoked: { type: 'boolean' },
	},
};

function shown( { id, permissions, rest, isRevoked }: KeyRecord ): Required< KeyInput > {
	const all = Object.fromEntries( RESOURCES.map( ( each ) => [ each, permissions[ each ] ?? rest ] ) );
	return { key: id, permissions: all, rest, revoked: isRevoked };
}

/** What keys may do from now on. */
export function addKeyRoutes( app: FastifyInstance, keys: Keys ): void {
	app.get( '/_emulator/keys', async () => keys.all().map( shown ) );
	app.post( '/_emulator/keys', { schema: { body: keySchema } }, async ( request ) => {
		const given = request.body as KeyInput;
		if ( ! isRestricted( given.key ) && ( given.permissions ?? given.rest ) !== undefined ) {
			throw controlError( 400, 'body: only a restricted key (rk_…) has rights of its own.' );
		}
		return shown( keys.describe( given ) );
	} );
}
