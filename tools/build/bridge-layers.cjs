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

/** Arrows that still lead up, each by name: the file, and what it may use. None is added. */
const STILL_UP = [
	[ 'stripe/errors', 'commands/context' ],
	[ 'upsampler/failure', 'commands/context' ],
	[ 'results/deliver', 'commands/(context|lease)' ],
	[ 'results/upload', 'commands/lease' ],
	[ 'commands/context', 'sync/inbox' ],
];

const folders = ( names ) => `^bridge/src/(${ names.join( '|' ) })/`;
const file = ( name ) => `^bridge/src/${ name }\\.ts$`;
const forbidden = ( name, comment, from, to ) => ( { name, comment, severity: 'error', from, to } );

/** A floor's files may use nothing above; those that still do have a rule of their own. */
function floor( names, above ) {
	const excepted = STILL_UP.filter( ( [ from ] ) => names.includes( from.split( '/' )[ 0 ] ) );
	const rule = ( name, from, to ) =>
		forbidden( name, 'Routes use handlers, handlers use clients; no arrow leads up.', from, to );
	const label = `bridge-floor-${ names.join( '-' ) }`;
	const rules = [
		rule(
			label,
			{ path: folders( names ), pathNot: excepted.map( ( [ from ] ) => file( from ) ) },
			{ path: folders( above ) }
		),
	];
	for ( const [ from, to ] of excepted ) {
		const name = `${ label }-but-${ from.split( '/' )[ 1 ] }`;
		rules.push( rule( name, { path: file( from ) }, { path: folders( above ), pathNot: file( to ) } ) );
	}
	return rules;
}

const all = FLOORS.flat();

module.exports = {
	STILL_UP,
	rules: [
		...FLOORS.slice( 1 ).flatMap( ( names, at ) => floor( names, FLOORS.slice( 0, at + 1 ).flat() ) ),
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
