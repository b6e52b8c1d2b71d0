import { createHash, createHmac, randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Answer, BridgeCommand, Hint, Report, SyncRequest } from '../../../bridge/src/contracts.generated.ts';
import { classOf } from '../../../bridge/src/sync/classes.ts';
import { signatureFault } from './check-signature.ts';

export const KEY_ID = 'k_test';
export const SECRET = 'a-secret-that-only-the-two-know';

/** What came in: a hello, a sync, or a question about a job. */
export type Message = { hints: Hint[]; reports: Report[] } & Record< string, unknown >;

interface Upload {
	parts: number[];
	bytes: Buffer;
	sha256: string;
}

/** WordPress as the bridge sees it: it checks every signature, and does what a test tells it. */
export class FakeWordPress {
	readonly site = { uuid: randomUUID(), home_hash: 'f'.repeat( 64 ) };
	readonly syncs: SyncRequest[] = [];
	readonly uploads = new Map< string, Upload >();
	readonly files = new Map< string, { body: Buffer; type: string } >();
	readonly retries: Record< string, unknown >[] = [];
	readonly faults: string[] = [];
	/** How long a question about a turn takes. */
	slowTurnMs = 0;
	/** Whether a question about a turn is done and its answer lost. */
	losesAnswer: ( method: string ) => boolean = () => false;
	/** Whose turn each attempt is, or was; and what was asked about it, in order. */
	readonly turns = new Map< string, { pair: string; state: 'sent' | 'queued' } >();
	readonly turnCalls: { attempt: string; method: string; isOverridden: boolean }[] = [];
	hellos = 0;
	readonly helloRequests: Record< string, unknown >[] = [];
	commands: BridgeCommand[] = [];
	/** What to make of a hint or report. */
	judge: ( id: string ) => Answer[ 'answer' ] = () => 'applied';
	/** Answers instead of the routes when it returns something. */
	trouble: ( path: string, body: Message ) => { status: number; body: unknown; delayMs?: number } | null = () => null;
	/** Whether a command's lease is prolonged. */
	renews: ( uuid: string ) => boolean = () => true;
	nextInMs = 60_000;
	largestPart = Infinity;
	/** Whether a password stands in front of the pages. */
	isLocked = false;
	/** How many pictures are asked for and never sent. */
	held = 0;
	#isHolding = false;
	/** Whether a sync is being answered. */
	isBusy = false;
	/** How long a sync takes. */
	slowMs = 0;
	app: FastifyInstance;
	#url = '';

	constructor() {
		this.app = Fastify( { bodyLimit: 20_000_000, forceCloseConnections: true } );
		this.app.removeAllContentTypeParsers();
		this.app.addContentTypeParser( '*', { parseAs: 'buffer' }, ( _request, body, done ) => done( null, body ) );
		this.app.get( '/wp-content/:name', ( request, reply ) => this.#file( request, reply ) );
		this.app.get( '/', ( _request, reply ) => reply.code( this.isLocked ? 401 : 200 ).send( 'Fake' ) );
		this.app.route( {
			method: [ 'POST', 'DELETE' ],
			url: '/wp-json/*',
			handler: ( request, reply ) => this.#route( request, reply ),
		} );
	}

	get url(): string {
		return this.#url;
	}

	get connectionString(): string {
		return `${ this.#url.replace( '://', `://${ KEY_ID }:${ SECRET }@` ) }/?rest=%2Fwp-json%2F`;
	}

	get hints(): Hint[] {
		return this.syncs.flatMap( ( { hints } ) => hints );
	}

	get reports(): Report[] {
		return this.syncs.flatMap( ( { reports } ) => reports );
	}

	async listen( port = 0 ): Promise< this > {
		this.#url = await this.app.listen( { host: '127.0.0.1', port } );
		return this;
	}

	close(): Promise< void > {
		return this.app.close();
	}

	/** From now on pictures are asked for in vain: nothing comes, and nothing ends. */
	holdFiles(): void {
		this.#isHolding = true;
	}

	/** The report about a command, as soon as it is in. */
	async reportOf( command: { uuid: string }, timeoutMs = 10_000 ): Promise< Report > {
		return until(
			() => this.reports.find( ( report ) => report.command === command.uuid ),
			`the report of ${ command.uuid }`,
			timeoutMs
		);
	}

	async #route( request: FastifyRequest, reply: FastifyReply ): Promise< unknown > {
		const body = Buffer.isBuffer( request.body ) ? request.body : Buffer.alloc( 0 );
		const route = request.url.replace( '/wp-json', '' );
		const method = methodOf( request );
		const fault = signatureFault( { method, route, body, headers: request.headers }, KEY_ID, SECRET );
		if ( fault !== null ) {
			this.faults.push( `${ fault }: ${ route }` );
			return reply.code( 401 ).send( {
				code: `smi_signature_${ fault }`,
				message: 'Not signed.',
				data: { status: 401, time: new Date().toISOString() },
			} );
		}
		const [ path = '' ] = route.split( '?' );
		const message = ( path.endsWith( '/file' ) ? {} : JSON.parse( body.toString() ) ) as Message;
		const trouble = this.trouble( path, message );
		if ( trouble ) {
			await new Promise( ( go ) => setTimeout( go, trouble.delayMs ?? 0 ) );
			return reply
				.code( trouble.status )
				.type( typeof trouble.body === 'string' ? 'text/html' : 'application/json' )
				.send( trouble.body );
		}
		return this.#answer( path, request, body, message, reply );
	}

	async #answer(
		path: string,
		request: FastifyRequest,
		body: Buffer,
		message: Message,
		reply: FastifyReply
	): Promise< unknown > {
		if ( path === '/smi/v1/bridge/hello' ) {
			this.helloRequests.push( message );
			return this.#hello();
		}
		if ( path === '/smi/v1/bridge/sync' ) {
			this.isBusy = true;
			await new Promise( ( go ) => setTimeout( go, this.slowMs ) );
			this.isBusy = false;
			return this.#sync( message as unknown as SyncRequest );
		}
		if ( path.endsWith( '/begin' ) ) {
			await new Promise( ( go ) => setTimeout( go, this.slowTurnMs ) );
			return this.#turn( path.split( '/' )[ 5 ] ?? '', methodOf( request ), message, request, reply );
		}
		if ( path.endsWith( '/payment-completed' ) ) {
			this.retries.push( { path, ...message } );
			return {};
		}
		return this.#filePart( path, request.query as Record< string, string >, body, reply );
	}

	#hello(): unknown {
		this.hellos++;
		const time = new Date().toISOString();
		return {
			protocol: 1,
			version: '1',
			site: this.site,
			home: `${ this.#url }/`,
			name: 'Fake',
			time,
			safe_mode: false,
			lease_s: 180,
			rest_root: `${ this.#url }/wp-json/`,
		};
	}

	#sync( message: SyncRequest ): unknown {
		this.syncs.push( message );
		const answers = [ ...message.hints, ...message.reports ].map( ( { id } ) => ( {
			id,
			answer: this.judge( id ),
		} ) );
		const { submit, other, money = other, deliver = other, poll = other, reconcile = other } = message.want;
		const wanted = { submit, money, deliver, poll, reconcile };
		const commands = this.commands.filter( ( command ) => wanted[ classOf( command ) ]-- > 0 );
		const renewed = ( message.running ?? [] )
			.map( ( { command } ) => command )
			.filter( ( uuid ) => this.renews( uuid ) );
		this.commands = this.commands.filter( ( command ) => ! commands.includes( command ) );
		return {
			answers,
			commands,
			renewed,
			next_in_ms: this.nextInMs,
			time: new Date().toISOString(),
			site: this.site,
		};
	}

	/** The plugin's rules, without leases: one turn at a time, and one that was given back is spent. */
	#turn( attempt: string, method: string, message: Message, request: FastifyRequest, reply: FastifyReply ): unknown {
		this.turnCalls.push( { attempt, method, isOverridden: request.method !== method } );
		const { lease_no: lease, turn } = message as unknown as { lease_no: number; turn: string };
		const pair = `${ lease } ${ turn }`;
		const known = this.turns.get( attempt );
		const isTheirs = known?.pair === pair;
		const mayBegin = known === undefined || isTheirs === ( known.state === 'sent' );
		const mayGiveBack = known?.state !== 'sent' || isTheirs;
		if ( method === 'POST' ? ! mayBegin : ! mayGiveBack ) {
			return refuse( reply );
		}
		const state = method === 'POST' ? 'sent' : 'queued';
		this.turns.set( attempt, { pair, state } );
		if ( this.losesAnswer( method ) ) {
			reply.hijack();
			request.raw.socket.destroy();
			return reply;
		}
		return { attempt, turn, state };
	}

	#filePart( path: string, query: Record< string, string >, body: Buffer, reply: FastifyReply ): unknown {
		if ( body.length > this.largestPart ) {
			return reply.code( 413 ).type( 'text/html' ).send( '<h1>413 Request Entity Too Large</h1>' );
		}
		const attempt = path.split( '/' )[ 5 ] ?? '';
		const upload = this.uploads.get( attempt ) ?? {
			parts: [],
			bytes: Buffer.alloc( 0 ),
			sha256: query[ 'sha256' ] ?? '',
		};
		this.uploads.set( attempt, upload );
		if ( Number( query[ 'offset' ] ) !== upload.bytes.length ) {
			return reply.code( 409 ).send( {
				code: 'smi_file_wrong_offset',
				message: 'Go on elsewhere.',
				data: { status: 409, offset: upload.bytes.length },
			} );
		}
		upload.parts.push( body.length );
		upload.bytes = Buffer.concat( [ upload.bytes, body ] );
		return { offset: upload.bytes.length, complete: upload.bytes.length === Number( query[ 'total' ] ) };
	}

	#file( request: FastifyRequest, reply: FastifyReply ): unknown {
		if ( this.#isHolding ) {
			this.held++;
			return new Promise( () => {} );
		}
		const file = this.files.get( ( request.params as { name: string } ).name );
		return file ? reply.type( file.type ).send( file.body ) : reply.code( 404 ).send();
	}
}

/** What WordPress takes for the method. */
function methodOf( { method, headers }: FastifyRequest ): string {
	return String( headers[ 'x-http-method-override' ] ?? method );
}

function refuse( reply: FastifyReply ): unknown {
	const data = { status: 409, details: { reason: 'other_turn' } };
	return reply.code( 409 ).send( { code: 'smi_attempt_begun', message: 'Not yours to send.', data } );
}

/** The secret word in an attempt's webhook address, as WordPress makes it. */
export function tokenOf( attempt: string ): string {
	const proof = createHmac( 'sha256', SECRET ).update( `smi attempt token:${ attempt }` ).digest( 'base64url' );
	return attempt.replaceAll( '-', '' ) + proof;
}

export function sha256( bytes: Buffer ): string {
	return createHash( 'sha256' ).update( bytes ).digest( 'hex' );
}

/** Waits for something to be there. */
export async function until< T >(
	look: () => T | undefined | false | null,
	what: string,
	timeoutMs = 10_000
): Promise< T > {
	const end = Date.now() + timeoutMs;
	for (;;) {
		const found = look();
		if ( found ) {
			return found;
		}
		if ( Date.now() > end ) {
			throw new Error( `Waited in vain for ${ what }.` );
		}
		await new Promise( ( go ) => setTimeout( go, 10 ) );
	}
}
