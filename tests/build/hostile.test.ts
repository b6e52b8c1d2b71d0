import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inFile, leftOut } from '../../tools/native/left-out.ts';

const ROOT = join( import.meta.dirname, '../..' );
const read = ( path: string ) => readFileSync( join( ROOT, path ), 'utf8' );

/** In PHPUnit. A test comes to this list only where it means the opposite of what the neighbour does. */
const IN_PHP = [
	'ReportTest::test_the_poll_of_the_tabs_reads_no_job',
	'ThrownErrorsTest::test_a_database_that_refuses_is_a_503_that_says_when_to_come_again',
	'JobItemsTest::test_links_and_fields_cost_no_query_however_many_jobs',
	'JobsRestTest::test_a_page_costs_the_same_number_of_queries_for_one_job_and_for_fifty',
	'BatchCrashTest::test_another_plugin_may_take_the_work_over',
	'ExportTest::test_asks_the_database_as_often_for_many_posts_as_for_one',
	'MovedUploadsTest::test_another_folder_by_the_option',
	'VisitorSampleTest::test_writes_only_what_is_new_and_never_an_address',
];

/** Over HTTP: how many reasons each file gives. */
const OVER_HTTP = { 'closed-rest.test.ts': 1, 'cost.test.ts': 1, 'lost-database.test.ts': 1 };

test( 'few tests are left out beside the hostile neighbour, by name and with a reason', () => {
	assert.deepEqual(
		leftOut()
			.map( ( one ) => one.test )
			.toSorted(),
		IN_PHP.toSorted()
	);
	leftOut().forEach( ( { test: name, reason } ) => assert.ok( reason.length > 20, name ) );
	const folder = 'tests/native/http';
	const uses = readdirSync( join( ROOT, folder ) )
		.filter( ( name ) => name.endsWith( '.test.ts' ) )
		.map( ( name ) => [ name, read( `${ folder }/${ name }` ).split( 'notBesideHostile( ' ).length - 1 ] as const );
	assert.deepEqual( Object.fromEntries( uses.filter( ( [ , count ] ) => count > 0 ) ), OVER_HTTP );
} );

test( 'a test that gives no reason is not left out', () => {
	const block = ( line: string ) =>
		`\t/**\n${ line }\t * @group not-beside-hostile\n\t */\n\tpublic function test_a(): void {}\n`;
	assert.deepEqual( inFile( 'ATest', block( '\t * Not beside the hostile neighbour: why.\n\t *\n' ) ), [
		{ test: 'ATest::test_a', reason: 'why.' },
	] );
	assert.throws( () => inFile( 'ATest', block( '' ) ), /ATest: each @group/ );
} );

test( 'the neighbour is at every hook that docs/hooks.md names', () => {
	const documented = [ ...read( 'docs/hooks.md' ).matchAll( /^\| `(smi_\w+)` \|/gm ) ].map( ( [ , hook ] ) => hook );
	const lists = read( 'tests/native/hostile/hostile.php' ).split( 'PRIORITIES' )[ 0 ] ?? '';
	const named = [ ...lists.matchAll( /'(smi_\w+)'/g ) ].map( ( [ , hook ] ) => hook );
	assert.deepEqual( named.toSorted(), documented.toSorted() );
} );
