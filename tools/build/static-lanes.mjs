/**
 * The linters and type checks of the JavaScript side, as lanes.
 */
import { countExit } from './lanes.mjs';

const npx = ( name, ...args ) => ( {
	name,
	command: 'npx',
	args: [ '--no-install', ...args ],
	count: countExit,
} );

/**
 * @return {import('./lanes.mjs').Lane[]} All lanes that read code without running it.
 */
export function staticLanes() {
	return [
		npx( 'types: admin', 'tsc', '-p', 'tsconfig.json' ),
		npx( 'types: tools and tests', 'tsc', '-p', 'tsconfig.node.json' ),
		npx( 'types: bridge', 'tsc', '-p', 'bridge/tsconfig.json', '--noEmit' ),
		npx( 'lint js', 'wp-scripts', 'lint-js', '--max-warnings=0' ),
		npx( 'lint style', 'wp-scripts', 'lint-style', 'admin-src/**/*.scss' ),
		npx(
			'layers',
			'depcruise',
			'--config',
			'.dependency-cruiser.cjs',
			'admin-src',
			'bridge/src',
			'tools',
			'tests'
		),
		npx( 'unused code', 'knip' ),
		{
			name: 'translations',
			command: process.execPath,
			args: [ 'tools/build/i18n.mjs', '--check' ],
			count: countExit,
		},
	];
}
