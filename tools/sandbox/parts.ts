/** How each part is started. */
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { portOf, urlOf, HOST, type PartName } from './ports';
import type { Part } from './supervisor';
import { REPOSITORY } from './wordpress-site';

const EMULATORS = [ 'mailbox', 'stripe', 'upsampler' ] as const;

/** What the bridge and the emulators must agree on. Nothing here is a secret: no account stands behind it. */
const KEYS = {
	STRIPE_SECRET_KEY: 'sk_test_sandbox',
	STRIPE_WEBHOOK_SECRET: 'whsec_sandbox',
	UPSAMPLER_API_KEY: 'sandbox',
	SMI_METRICS_TOKEN: 'sandbox',
};

/** A sandbox heals in seconds, where Stripe takes minutes to hours. */
const STRIPE_SETTINGS = JSON.stringify( { webhook_retries: 'quick' } );

export function emulatorParts( dir: string, base: number, env: NodeJS.ProcessEnv ): Part[] {
	return EMULATORS.map( ( name ) => {
		const state = join( dir, 'emulators', name );
		mkdirSync( state, { recursive: true } );
		return {
			name,
			args: [ '--import', 'tsx', join( REPOSITORY, 'tools/emulators', name, 'server.ts' ) ],
			cwd: REPOSITORY,
			env: {
				SMI_STRIPE_EMULATOR_SETTINGS: STRIPE_SETTINGS,
				...strings( env ),
				...KEYS,
				SMI_PORT: String( base ),
				SMI_STATE_DIR: state,
			},
		};
	} );
}

/** The bridge as it is built, or from its sources when those are newer. */
export function bridgePart( settings: Record< string, string >, env: NodeJS.ProcessEnv ): Part | undefined {
	const source = join( REPOSITORY, 'bridge/src/server.ts' );
	if ( ! existsSync( source ) ) {
		return undefined;
	}
	const built = join( REPOSITORY, 'bridge/dist/server.js' );
	const isFresh = existsSync( built ) && statSync( built ).mtimeMs > newest( join( REPOSITORY, 'bridge/src' ) );
	return {
		name: 'bridge',
		args: isFresh ? [ built ] : [ '--import', 'tsx', source ],
		cwd: REPOSITORY,
		// As docs/bridge-setup.md advises.
		env: { MALLOC_ARENA_MAX: '2', ...strings( env ), ...settings },
	};
}

/** Everything the bridge reads: also written to bridge.env, to be looked at or sourced. */
export function bridgeSettings( connection: string, base: number ): Record< string, string > {
	const bridge = 'bridge' satisfies PartName;
	return {
		SMI_SITE: connection,
		...KEYS,
		STRIPE_API_BASE: urlOf( 'stripe', base ),
		UPSAMPLER_API_BASE: `${ urlOf( 'upsampler', base ) }/api/v1`,
		BRIDGE_PUBLIC_URL: urlOf( bridge, base ),
		HOST,
		PORT: String( portOf( bridge, base ) ),
	};
}

function newest( folder: string ): number {
	const files = readdirSync( folder, { recursive: true, withFileTypes: true } ).filter( ( entry ) => entry.isFile() );
	return Math.max( 0, ...files.map( ( file ) => statSync( join( file.parentPath, file.name ) ).mtimeMs ) );
}

function strings( env: NodeJS.ProcessEnv ): Record< string, string > {
	return Object.fromEntries(
		Object.entries( env ).filter( ( pair ): pair is [ string, string ] => pair[ 1 ] !== undefined )
	);
}
