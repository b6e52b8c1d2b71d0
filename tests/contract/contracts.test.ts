import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { breaches, contractNames, loadContract } from '../helpers/contracts.ts';

const php = ( path: string ) => readFileSync( new URL( `../../plugin/${ path }`, import.meta.url ), 'utf8' );
const cases = ( source: string ) =>
	[ ...source.matchAll( /^\tcase \w+\s*= '([a-z_]+)'/gm ) ].map( ( [ , value ] ) => value );

test( 'every contract can be read, and describes itself', () => {
	for ( const name of contractNames() ) {
		const schema = loadContract( name );
		assert.ok( schema[ 'title' ] && schema[ 'description' ], name );
	}
} );

test( 'the words of the PHP code are those of the contracts', () => {
	const enums: Record< string, string > = {
		'job-status': 'Jobs/JobStatus.php',
		'payment-status': 'Jobs/PaymentStatus.php',
		attention: 'Jobs/Attention.php',
	};
	for ( const [ name, path ] of Object.entries( enums ) ) {
		assert.deepEqual(
			cases( php( path ) ).sort(),
			[ ...( loadContract( name )[ 'enum' ] as string[] ) ].sort(),
			name
		);
	}
} );

test( 'every command of the bridge has a contract, and there is none too many', () => {
	const site = [ 'send_email', 'sweep', 'batch_item', 'upgrade_step', 'purge' ];
	const kinds = cases( php( 'Commands/CommandKind.php' ) ).filter( ( kind ) => ! site.includes( kind as string ) );
	const named = contractNames()
		.filter( ( name ) => name.startsWith( 'command-' ) )
		.map( ( name ) => name.slice( 'command-'.length ).replaceAll( '-', '_' ) );
	assert.deepEqual( named.sort(), kinds.sort() );
} );

test( 'a contract refuses what it does not describe', () => {
	assert.deepEqual( breaches( 'refund-request', { amount: '1.00', reason: 'duplicate' } ), [] );
	assert.notDeepEqual( breaches( 'refund-request', { amount: 'all' } ), [] );
	assert.notDeepEqual( breaches( 'refund-request', { amout: '1.00' } ), [] );
	assert.notDeepEqual( breaches( 'job-detail', { job_id: 'x' } ), [] );
} );
