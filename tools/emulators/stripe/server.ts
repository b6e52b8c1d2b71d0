import { join } from 'node:path';
import { portFor, serve } from '../shared/serve.ts';
import { buildStripeEmulator } from './app.ts';

const { env } = process;
const port = portFor( env[ 'SMI_STRIPE_EMULATOR_PORT' ], 2 );
const bridgePort = portFor( undefined, 1 );
const stateDir = env[ 'SMI_STATE_DIR' ];
const keys = env[ 'SMI_STRIPE_EMULATOR_KEYS' ];
const settings = env[ 'SMI_STRIPE_EMULATOR_SETTINGS' ];
const secretKey = env[ 'SMI_STRIPE_EMULATOR_KEY' ];

const app = buildStripeEmulator( {
	publicUrl: `http://127.0.0.1:${ port }`,
	webhookSecret: env[ 'STRIPE_WEBHOOK_SECRET' ] ?? 'whsec_sandbox',
	...( env[ 'SMI_STRIPE_WEBHOOKS' ] === 'off'
		? {}
		: { webhookUrl: env[ 'STRIPE_WEBHOOK_URL' ] ?? `http://127.0.0.1:${ bridgePort }/webhooks/stripe` } ),
	...( stateDir === undefined ? {} : { statePath: join( stateDir, 'stripe-emulator.json' ) } ),
	...( keys === undefined ? {} : { keys: JSON.parse( keys ) } ),
	...( settings === undefined ? {} : { settings: JSON.parse( settings ) } ),
	...( secretKey === undefined ? {} : { secretKey } ),
} );

await serve( app, port, 'The Stripe emulator' );
