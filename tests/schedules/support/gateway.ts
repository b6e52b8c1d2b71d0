/** The wire of one bridge: everything that it says to the site and to the providers passes here, and may be disturbed. */
import { createServer, request, Agent, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Providers } from './providers.ts';

/**
 * What happens to a call: the bridge dies before it is sent, or when it has been answered and nobody heard it; it is cut before or
 * after; it hangs before or after, until it is let go; the site's process is killed before or after its n-th COMMIT.
 */
export type Fault =
	| { kind: 'die-before' | 'die-after' | 'cut-before' | 'cut-after' | 'hold-before' | 'hold-after' }
	| { kind: 'php-before' | 'php-after'; commit: number };

export interface Plan {
	/** Which call from now on, from 1. */
	at: number;
	/** Only calls whose name matches count. */
	only?: RegExp;
	fault: Fault;
}

interface Answer {
	status: number;
	headers: Record< string, string | string[] | number | undefined >;
	body: Buffer;
}

export interface GatewayOptions {
	life: string;
	siteUrl: string;
	providers: Providers;
	tell: ( line: string ) => void;
	/** Called with what no fault of ours explains. */
	onWrong: ( what: string ) => void;
}

const agent = new Agent( { keepAlive: true, maxSockets: 8 } );

export class Gateway {
	plan: Plan | null = null;
	isDead = false;
	/** Faults that came to pass. */
	faults = 0;
	inFlight = 0;
	/** Calls of a bridge that is alive which hang now. */
	readonly held: ( () => void )[] = [];
	readonly #server: Server;
	/** Attempts whose begin was answered with yes, or may have been. */
	readonly begun = new Set< string >();
	/** Attempts whose submission was answered with what proves nothing, or that were begun for a dead bridge. */
	readonly doubtful = new Set< string >();

	constructor( readonly options: GatewayOptions ) {
		this.#server = createServer( ( incoming, answer ) => void this.#take( incoming, answer ) );
	}

	async listen(): Promise< string > {
		await new Promise< void >( ( go ) => this.#server.listen( 0, '127.0.0.1', go ) );
		return `http://127.0.0.1:${ ( this.#server.address() as AddressInfo ).port }`;
	}

	/** From now on nothing goes in or out. */
	die(): void {
		this.isDead = true;
		this.release();
		this.#server.close();
		this.#server.closeAllConnections();
	}

	release(): void {
		this.held.splice( 0 ).forEach( ( go ) => go() );
	}

	async #take( incoming: IncomingMessage, outgoing: ServerResponse ): Promise< void > {
		const body = await bytesOf( incoming ).catch( () => null );
		if ( this.isDead || body === null ) {
			incoming.socket.destroy();
			return;
		}
		this.inFlight++;
		try {
			const answer = await this.#carry( incoming, body );
			if ( answer === null || this.isDead ) {
				incoming.socket.destroy();
				return;
			}
			outgoing.writeHead( answer.status, plain( answer.headers ) );
			outgoing.end( answer.body );
		} finally {
			this.inFlight--;
		}
	}

	/** Null: nothing comes back. */
	async #carry( incoming: IncomingMessage, body: Buffer ): Promise< Answer | null > {
		const name = `${ incoming.method } ${ ( incoming.url ?? '' ).split( '?' )[ 0 ] }`;
		const fault = this.#faultOf( name );
		const { life, tell } = this.options;
		if ( fault !== null ) {
			this.faults++;
			tell( `${ life }: ${ describe( fault ) } ${ name }` );
		}
		if ( fault?.kind === 'die-before' ) {
			this.die();
			return null;
		}
		if ( fault?.kind === 'cut-before' ) {
			return null;
		}
		if ( fault?.kind === 'hold-before' ) {
			await this.#hold();
			if ( this.isDead ) {
				return null;
			}
		}
		const kill = fault !== null && 'commit' in fault ? `${ fault.kind.slice( 4 ) }:${ fault.commit }` : null;
		const answer = await this.#forward( incoming, body, kill );
		tell( `${ life }: ${ name } → ${ answer.status }${ said( name, answer ) }` );
		this.#note( name, body, answer, fault );
		if ( fault?.kind === 'die-after' ) {
			this.die();
			return null;
		}
		if ( fault?.kind === 'hold-after' ) {
			await this.#hold();
		}
		return fault?.kind === 'cut-after' ? null : answer;
	}

	#faultOf( name: string ): Fault | null {
		const { plan } = this;
		if ( plan === null || ( plan.only && ! plan.only.test( name ) ) || --plan.at > 0 ) {
			return null;
		}
		if ( 'commit' in plan.fault && ! name.includes( '/wp-json/' ) ) {
			return null;
		}
		this.plan = null;
		return plan.fault;
	}

	#hold(): Promise< void > {
		return new Promise( ( go ) => this.held.push( go ) );
	}

	async #forward( incoming: IncomingMessage, body: Buffer, kill: string | null ): Promise< Answer > {
		const { providers, siteUrl } = this.options;
		const path = incoming.url ?? '/';
		if ( path.includes( '/wp-json/' ) ) {
			return askSite( siteUrl, incoming, body, kill );
		}
		const provider = path.startsWith( '/api/' ) ? providers.upsampler : providers.stripe;
		const { 'content-length': _, 'transfer-encoding': __, connection: ___, ...headers } = incoming.headers;
		const answer = await provider.inject( {
			method: incoming.method as 'GET',
			url: path,
			headers: headers as Record< string, string >,
			...( body.length > 0 ? { payload: body } : {} ),
		} );
		return { status: answer.statusCode, headers: answer.headers, body: answer.rawPayload };
	}

	#note( name: string, body: Buffer, { status, body: text }: Answer, fault: Fault | null ): void {
		const { life, providers, onWrong } = this.options;
		const isLost = fault !== null && [ 'die-after', 'cut-after' ].includes( fault.kind );
		const begun = /^POST .*\/attempts\/([0-9a-f-]+)\/begin$/.exec( name )?.[ 1 ];
		if ( begun !== undefined && status === 200 ) {
			// One that was on its way when the bridge died is begun by nobody who could send it.
			( this.isDead ? this.doubtful : this.begun ).add( begun );
		}
		if ( name === 'POST /api/v1/precise-upscale' ) {
			const { webhook = '' } = JSON.parse( body.toString() ) as { webhook?: string };
			const token = webhook.split( '/' ).at( -1 ) ?? '';
			const attempt = token.slice( 0, 32 ).replace( /^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-' );
			if ( status >= 500 ) {
				this.doubtful.add( attempt );
			}
			if ( status === 200 ) {
				const { id } = JSON.parse( text.toString() ) as { id: string };
				providers.purchases.push( { id, token, attempt, life, isHeard: ! isLost, isTold: false } );
			}
		}
		if ( name.includes( '/wp-json/' ) && status >= 500 && fault === null ) {
			onWrong( `${ name } was answered with ${ status }: ${ text.toString().slice( 0, 300 ) }` );
		}
	}
}

function describe( fault: Fault ): string {
	return 'commit' in fault ? `${ fault.kind } COMMIT ${ fault.commit } of` : `${ fault.kind } of`;
}

/** The few words of an answer that make a story readable. */
function said( name: string, { body }: Answer ): string {
	if ( ! name.endsWith( '/bridge/sync' ) ) {
		return '';
	}
	try {
		const { answers, commands } = JSON.parse( body.toString() ) as {
			answers: { id: string; answer: string; code?: string }[];
			commands: { kind: string; object: string; lease_no: number }[];
		};
		const given = commands.map(
			( { kind, object, lease_no: no } ) => `${ kind } ${ object.slice( 0, 8 ) } #${ no }`
		);
		const heard = answers.map(
			( { id, answer, code } ) => `${ id.slice( 0, 24 ) }=${ answer }${ code ? `/${ code }` : '' }`
		);
		return ` gives [${ given.join( ', ' ) }] says [${ heard.join( ', ' ) }]`;
	} catch {
		return '';
	}
}

function plain( headers: Answer[ 'headers' ] ): Record< string, string | string[] | number > {
	const skipped = [ 'transfer-encoding', 'connection', 'keep-alive', 'content-length' ];
	return Object.fromEntries(
		Object.entries( headers ).filter(
			( pair ): pair is [ string, string ] => pair[ 1 ] !== undefined && ! skipped.includes( pair[ 0 ] )
		)
	);
}

async function bytesOf( stream: IncomingMessage ): Promise< Buffer > {
	const parts: Buffer[] = [];
	for await ( const part of stream ) {
		parts.push( part as Buffer );
	}
	return Buffer.concat( parts );
}

function askSite( site: string, incoming: IncomingMessage, body: Buffer, kill: string | null ): Promise< Answer > {
	const { host: _, 'content-length': __, 'transfer-encoding': ___, connection: ____, ...headers } = incoming.headers;
	return new Promise( ( done, failed ) => {
		const asked = request(
			site + incoming.url,
			{
				agent,
				method: incoming.method,
				headers: {
					...headers,
					'content-length': body.length,
					...( kill === null ? {} : { 'x-schedule-kill': kill } ),
				},
			},
			( answer ) =>
				void bytesOf( answer ).then(
					( bytes ) => done( { status: answer.statusCode ?? 0, headers: answer.headers, body: bytes } ),
					failed
				)
		);
		asked.on( 'error', failed );
		asked.end( body );
	} );
}
