import type { FastifyInstance } from 'fastify';
import { PLAIN, type WebhookSender, type WebhookSettings } from '../webhooks.ts';

type Given = Partial< Omit< WebhookSettings, 'duplicate' > > & { duplicate?: number | boolean };

const body = {
	type: 'object',
	additionalProperties: false,
	properties: {
		duplicate: { anyOf: [ { type: 'integer', minimum: 0, maximum: 1000 }, { type: 'boolean' } ] },
		shuffle: { type: 'boolean' },
		drop: { type: 'number', minimum: 0, maximum: 1 },
		delay_ms: { type: 'integer', minimum: 0 },
		thin: { type: 'boolean' },
	},
};

/** How events travel from now on. What is left out goes back to normal. */
export function addWebhookRoutes( app: FastifyInstance, senders: WebhookSender[] ): void {
	app.get( '/_emulator/webhooks', async () => senders[ 0 ]?.settings );
	app.post( '/_emulator/webhooks', { schema: { body } }, async ( request ) => {
		const given = request.body as Given;
		const settings = { ...PLAIN, ...given, duplicate: Number( given.duplicate ?? 0 ) };
		senders.forEach( ( sender ) => ( sender.settings = settings ) );
		return settings;
	} );
}
