import { portFor, serve } from '../shared/serve.ts';
import { buildUpsamplerEmulator } from './app.ts';

const { env } = process;
const port = portFor( env[ 'SMI_UPSAMPLER_EMULATOR_PORT' ], 3 );
const stateDir = env[ 'SMI_STATE_DIR' ];
const apiKey = env[ 'SMI_UPSAMPLER_EMULATOR_KEY' ];

const app = buildUpsamplerEmulator( {
	publicUrl: `http://127.0.0.1:${ port }`,
	...( stateDir === undefined ? {} : { stateDir } ),
	...( apiKey === undefined ? {} : { apiKey } ),
} );

await serve( app, port, 'The Upsampler emulator' );
