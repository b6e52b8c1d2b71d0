/** The whole product in a browser, on the newest WordPress: one site, one bridge and one browser for all tests, in this order. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { attentionTests } from './flows/attention.ts';
import { bulkTests } from './flows/bulk.ts';
import { buyerTests } from './flows/buyer.ts';
import { detailTests } from './flows/detail.ts';
import { exportTests } from './flows/export.ts';
import { jobsListTests } from './flows/jobs-list.ts';
import { keyboardTests } from './flows/keyboard.ts';
import { liveTests } from './flows/live.ts';
import { moneyTests } from './flows/money.ts';
import { paletteTests } from './flows/palette.ts';
import { longNamesTests } from './flows/quality-long.ts';
import { qualityTests } from './flows/quality.ts';
import { reportTests } from './flows/report.ts';
import { settingsTests } from './flows/settings.ts';
import { taskTests } from './flows/tasks.ts';
import { viewsTests } from './flows/views.ts';
import { watchFailures } from './support/failures.ts';
import { openWorld, type World } from './support/world.ts';

let opened: World | undefined;

const world = (): World => {
	assert.ok( opened, 'The world did not open.' );
	return opened;
};

before(
	async () => {
		opened = await openWorld();
	},
	{ timeout: 180_000 }
);

after( () => opened?.stop() );

watchFailures( () => opened );

buyerTests( world );
// What only looks comes before what changes jobs.
jobsListTests( world );
viewsTests( world );
detailTests( world );
paletteTests( world );
exportTests( world );
reportTests( world );
qualityTests( world );
longNamesTests( world );
keyboardTests( world );
taskTests( world );
moneyTests( world );
attentionTests( world );
bulkTests( world );
liveTests( world );
// At the end there is no bridge any more.
settingsTests( world );

test( 'no page complained in its console, and PHP wrote no notice', async () => {
	assert.deepEqual( world().complaints, [] );
	assert.deepEqual( await world().site.complaints(), [] );
} );
