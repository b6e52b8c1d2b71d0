/** Jobs in WordPress's command palette. Loaded only where the palette is: see plugin/Admin/CommandPalette.php. */
import { dispatch } from '@wordpress/data';

import { staticCommands } from './static-commands';
import { useJobCommands } from './use-job-commands';
import type { PaletteStore } from './types';

// By name: the palette is WordPress's, whichever version it has.
const palette = dispatch( 'core/commands' ) as Partial< PaletteStore >;

staticCommands().forEach( ( command ) => palette.registerCommand?.( command ) );
palette.registerCommandLoader?.( { name: 'smi/find-job', hook: useJobCommands } );
