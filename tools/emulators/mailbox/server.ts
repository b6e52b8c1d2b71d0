import { join } from 'node:path';
import { portFor, serve } from '../shared/serve.ts';
import { buildMailbox } from './app.ts';

const stateDir = process.env[ 'SMI_STATE_DIR' ];
const app = buildMailbox( stateDir === undefined ? {} : { statePath: join( stateDir, 'mailbox.json' ) } );

await serve( app, portFor( process.env[ 'SMI_MAILBOX_PORT' ], 4 ), 'The mailbox' );
