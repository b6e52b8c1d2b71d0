import Fastify, { type FastifyInstance } from 'fastify';
import type { FaultList } from '../shared/faults.ts';
import { watchTraffic } from '../shared/traffic.ts';
import { CallLog } from '../shared/calls.ts';
import { selfSigned, type SelfSigned } from './self-signed.ts';

/** Where results lie, when not on the API's own origin. */
export interface ResultsOrigin {
	/** 0, or nothing, for any that is free. */
	port?: number;
	/** What the address calls it; 127.0.0.1 unless the clients' resolver is told of another name. */
	host?: string;
	/** Over TLS, with a certificate made at the start. */
	tls?: boolean;
}

/** A second server for result files, started and stopped with the first. */
export class OwnOrigin {
	readonly tls: SelfSigned | null;
	private readonly app: FastifyInstance;
	private port = 0;

	constructor(
		private readonly options: ResultsOrigin,
		faults: FaultList,
		addRoutes: ( app: FastifyInstance ) => void
	) {
		this.tls = options.tls ? selfSigned( [ this.host, 'localhost' ] ) : null;
		this.app = Fastify( {
			forceCloseConnections: true,
			...( this.tls ? { https: { key: this.tls.key, cert: this.tls.cert } } : {} ),
		} ) as unknown as FastifyInstance;
		watchTraffic( this.app, { calls: new CallLog(), faults, isApi: () => false, defaultBody: () => '' } );
		addRoutes( this.app );
	}

	private get host(): string {
		return this.options.host ?? '127.0.0.1';
	}

	get url(): string {
		return `${ this.tls ? 'https' : 'http' }://${ this.host }:${ this.port }`;
	}

	async listen(): Promise< void > {
		await this.app.listen( { host: '127.0.0.1', port: this.options.port ?? 0 } );
		const address = this.app.addresses()[ 0 ];
		this.port = typeof address === 'object' ? address.port : 0;
	}

	async close(): Promise< void > {
		await this.app.close();
	}
}
