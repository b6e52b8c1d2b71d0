/** A provider, or a proxy before one, at its worst: it refuses everything and repeats all that it was sent. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export class Echoes {
	readonly #server: Server;
	calls = 0;
	/** Its next answers. */
	status = 401;

	constructor( readonly saysToo: string ) {
		this.#server = createServer( ( request, answer ) => {
			void this.#words( request ).then( ( words ) => {
				this.calls++;
				const message = `Refused: ${ words }`;
				answer.writeHead( this.status, {
					'content-type': 'application/json',
					'x-echo': words.replace( /[^ -~]/g, ' ' ),
				} );
				answer.end( JSON.stringify( { error: { type: 'api_error', code: 'nope', message }, message } ) );
			} );
		} );
	}

	async listen(): Promise< string > {
		this.#server.listen( 0, '127.0.0.1' );
		await once( this.#server, 'listening' );
		return `http://127.0.0.1:${ ( this.#server.address() as AddressInfo ).port }`;
	}

	close(): void {
		this.#server.closeAllConnections();
		this.#server.close();
	}

	async #words( request: IncomingMessage ): Promise< string > {
		let body = '';
		for await ( const chunk of request ) {
			body += chunk;
		}
		return `${ JSON.stringify( request.headers ) } ${ request.url } ${ body.slice( 0, 2_000 ) } ${ this.saysToo }`;
	}
}
