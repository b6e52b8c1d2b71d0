import type { FastifyInstance } from 'fastify';
import { createApp } from '../shared/app.ts';
import { StateFile } from '../shared/state-file.ts';
import { inboxPage } from './inbox.ts';

export interface Message {
	to: string;
	subject: string;
	text: string;
	html: string;
	/** ISO-8601, UTC. */
	at: string;
}

export interface MailboxOptions {
	/** JSON file that keeps the messages over a restart. */
	statePath?: string;
}

const incoming = {
	type: 'object',
	required: [ 'to', 'subject' ],
	properties: {
		to: {
			anyOf: [
				{ type: 'string', minLength: 1 },
				{ type: 'array', items: { type: 'string' }, minItems: 1 },
			],
		},
		subject: { type: 'string' },
		text: { type: 'string' },
		html: { type: 'string' },
		headers: {},
	},
};

const faults = {
	type: 'object',
	required: [ 'times' ],
	additionalProperties: false,
	properties: { times: { type: 'integer', minimum: 0 } },
};

type Incoming = Partial< Omit< Message, 'to' > > & { to: string | string[]; subject: string };

function received( given: Incoming ): Message {
	const to = Array.isArray( given.to ) ? given.to.join( ', ' ) : given.to;
	return { to, subject: given.subject, text: given.text ?? '', html: given.html ?? '', at: new Date().toISOString() };
}

/** Takes the sandbox's mail instead of the world, and shows it to people and tests. */
export function buildMailbox( options: MailboxOptions = {} ): FastifyInstance {
	const app = createApp();
	let messages: Message[] = [];
	const file = new StateFile< Message[] >( options.statePath, () => messages );
	messages = file.load() ?? [];
	let failing = 0;

	app.post( '/messages', { schema: { body: incoming } }, async ( request, reply ) => {
		if ( failing > 0 ) {
			failing--;
			return reply.code( 500 ).send( { error: { message: 'The mailbox was told to refuse this delivery.' } } );
		}
		const message = received( request.body as Incoming );
		messages.push( message );
		file.changed();
		return reply.code( 201 ).send( message );
	} );
	app.get( '/messages', async () => messages );
	app.delete( '/messages', async () => {
		messages = [];
		file.changed();
		return { ok: true };
	} );
	app.post( '/faults', { schema: { body: faults } }, async ( request ) => {
		failing = ( request.body as { times: number } ).times;
		return { times: failing };
	} );
	app.get( '/health', async () => ( { ok: true } ) );
	app.get( '/', async ( _request, reply ) => reply.type( 'text/html; charset=utf-8' ).send( inboxPage( messages ) ) );
	app.addHook( 'onClose', async () => file.close() );
	return app;
}
