/**
 * The floors of the bridge: what stands on one uses those below it, never one above, never its neighbour on the same floor. So
 * there can be no circle of folders.
 */

/** From the top. A new folder needs a place here. */
const FLOORS = [
	[ 'routes', 'check' ],
	[ 'sync' ],
	[ 'commands' ],
	[ 'results', 'health' ],
	[ 'stripe', 'upsampler', 'wordpress' ],
	[ 'outbound' ],
	[ 'protocol' ],
];

/** They put everything together, and nothing below knows them. */
const WIRING = '(bridge|app|server|cli)';

const folders = ( names ) => `^bridge/src/(${ names.join( '|' ) })/`;
const file = ( name ) => `^bridge/src/${ name }\\.ts$`;
const forbidden = ( name, comment, from, to ) => ( { name, comment, severity: 'error', from, to } );

const floor = ( names, above ) =>
	forbidden(
		`bridge-floor-${ names.join( '-' ) }`,
		'Routes use handlers, handlers use clients; no arrow leads up.',
		{ path: folders( names ) },
		{ path: folders( above ) }
	);

const all = FLOORS.flat();

module.exports = {
	rules: [
		...FLOORS.slice( 1 ).map( ( names, at ) => floor( names, FLOORS.slice( 0, at + 1 ).flat() ) ),
		...FLOORS.filter( ( names ) => names.length > 1 ).map( ( names ) =>
			forbidden(
				`bridge-neighbours-${ names.join( '-' ) }`,
				'What stands on one floor does not know its neighbour.',
				{ path: folders( names ) },
				{ path: folders( names ), pathNot: '^bridge/src/$1/' }
			)
		),
		forbidden(
			'bridge-routes-are-thin',
			'A route hands over; what is done with it is a handler’s.',
			{ path: folders( [ 'routes' ] ) },
			{ path: folders( [ 'results', 'upsampler' ] ) }
		),
		forbidden(
			'bridge-upscaler-is-a-port',
			'Another upscaler is another folder: all but the wiring and the check know protocol/upscaler.ts alone.',
			{ path: '^bridge/src/', pathNot: `${ folders( [ 'upsampler', 'check' ] ) }|${ file( WIRING ) }` },
			{ path: folders( [ 'upsampler' ] ) }
		),
		forbidden(
			'bridge-ground',
			'What everybody uses (config, log, metrics, contracts …) uses no folder.',
			{ path: '^bridge/src/[^/]+\\.ts$', pathNot: file( WIRING ) },
			{ path: '^bridge/src/[^/]+/' }
		),
		forbidden(
			'bridge-wiring-is-last',
			'Only the wiring knows the wiring.',
			{ path: '^bridge/src/', pathNot: file( WIRING ) },
			{ path: file( WIRING ) }
		),
		forbidden(
			'bridge-folders-have-a-floor',
			'A folder that is on no floor has no rules: give it one in tools/build/bridge-layers.cjs.',
			{ path: `^bridge/src/(?!(${ all.join( '|' ) })/)[^/]+/` },
			{}
		),
	],
};
