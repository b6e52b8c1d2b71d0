/** What `npm start` shows to somebody who tries the plugin: the same screens, on SQLite. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { smokeTests } from './flows/smoke.ts';
import { watchFailures } from './support/failures.ts';
import { openSandbox, type SandboxWorld } from './support/sandbox.ts';

let opened: SandboxWorld | undefined;

const world = (): SandboxWorld => {
	assert.ok( opened, 'The sandbox did not start.' );
	return opened;
};

before(
	async () => {
		opened = await openSandbox();
	},
	{ timeout: 300_000 }
);

after( () => opened?.stop() );

watchFailures( () => opened );

smokeTests( world );

test( 'no page complained in its console, and PHP wrote no notice', async () => {
	assert.deepEqual( world().complaints, [] );
	assert.equal( await world().log(), '' );
} );
