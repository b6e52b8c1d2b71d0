import { portFor, serve } from '../shared/serve.ts';
import { buildUpsamplerEmulator } from './app.ts';

const { env } = process;
const port = portFor( env[ 'SMI_UPSAMPLER_EMULATOR_PORT' ], 3 );
const stateDir = env[ 'SMI_STATE_DIR' ];
const apiKey = env[ 'SMI_UPSAMPLER_EMULATOR_KEY' ];

const settings = env[ 'SMI_UPSAMPLER_EMULATOR_SETTINGS' ];
const resultsPort = env[ 'SMI_UPSAMPLER_RESULTS_PORT' ];
const results = {
	port: Number( resultsPort ),
	tls: env[ 'SMI_UPSAMPLER_RESULTS_TLS' ] === '1',
	host: env[ 'SMI_UPSAMPLER_RESULTS_HOST' ] ?? '127.0.0.1',
};

const app = buildUpsamplerEmulator( {
	publicUrl: `http://127.0.0.1:${ port }`,
	...( stateDir === undefined ? {} : { stateDir } ),
	...( settings === undefined ? {} : { settings: JSON.parse( settings ) } ),
	...( resultsPort === undefined ? {} : { results } ),
	...( apiKey === undefined ? {} : { apiKey } ),
} );

await serve( app, port, 'The Upsampler emulator' );
