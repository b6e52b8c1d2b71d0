/** The bridge as an owner runs it: a process of its own. */
import { freePort, startService, waitFor, type Service } from '../../tools/native/process.ts';
import { REPOSITORY } from '../../tools/native/root.ts';

export const STRIPE_KEY = 'sk_test_sandbox';
export const WEBHOOK_SECRET = 'whsec_sandbox';

/** What it talks to. */
export interface BridgeSurroundings {
	/** Connection string of the site. */
	connection: string;
	stripe: string;
	/** Without the path of its API. */
	upsampler: string;
	/** Where it listens; any free one unless told. */
	port?: number;
	/** More of the environment, or other values; what is undefined is taken away. */
	env?: Record< string, string | undefined >;
}

export interface BridgeProcess extends Pick< Service, 'pid' | 'running' | 'output' | 'stop' > {
	url: string;
	port: number;
}

/** Starts one, and waits until it listens. */
export async function startBridgeProcess( around: BridgeSurroundings ): Promise< BridgeProcess > {
	const { connection, stripe, upsampler, port = await freePort(), env = {} } = around;
	const url = `http://127.0.0.1:${ port }`;
	const service = startService( 'bridge', process.execPath, [ '--import', 'tsx', 'bridge/src/server.ts' ], {
		cwd: REPOSITORY,
		env: {
			...process.env,
			SMI_SITE: connection,
			STRIPE_SECRET_KEY: STRIPE_KEY,
			STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
			STRIPE_API_BASE: stripe,
			UPSAMPLER_API_KEY: 'sandbox',
			UPSAMPLER_API_BASE: `${ upsampler }/api/v1`,
			BRIDGE_PUBLIC_URL: url,
			HOST: '127.0.0.1',
			PORT: String( port ),
			...env,
		},
	} );
	const { pid, running, output, stop } = service;
	const kill = () => running() && process.kill( pid );
	process.once( 'exit', kill );
	await waitFor( service, () => isOk( `${ url }/healthz` ) ).catch( async ( error: unknown ) => {
		await stop();
		throw error;
	} );
	const stopAndForget = async () => {
		await stop();
		process.off( 'exit', kill );
	};
	return { url, port, pid, running, output, stop: stopAndForget };
}

/** Waits until it has met the site and syncs. */
export const waitUntilReady = ( bridge: BridgeProcess ): Promise< void > =>
	waitFor( { name: 'bridge', ...bridge }, () => isOk( `${ bridge.url }/readyz` ) );

const isOk = ( url: string ) =>
	fetch( url ).then(
		( { ok } ) => ok,
		() => false
	);
