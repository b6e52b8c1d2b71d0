/** The oldest WordPress that is supported: somebody buys, and the Jobs screen does everything once. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buyerTests } from './flows/buyer.ts';
import { smokeTests } from './flows/smoke.ts';
import { dialogOf, idsWhere, openJob, untilRest } from './support/look.ts';
import { watchFailures } from './support/failures.ts';
import { openWorld, type World } from './support/world.ts';

let opened: World | undefined;

const world = (): World => {
	assert.ok( opened, 'The world did not open.' );
	return opened;
};

before(
	async () => {
		opened = await openWorld( { version: '6.8' } );
	},
	{ timeout: 180_000 }
);

after( () => opened?.stop() );

watchFailures( () => opened );

buyerTests( world );
smokeTests( world );

test( 'an image is made again', async () => {
	const page = await world().owner();
	const [ id = '' ] = await idsWhere( world(), "status = 'completed' AND payment_status = 'paid'" );
	const panel = await openJob( world(), page, id );
	await panel.getByRole( 'button', { name: 'Make again' } ).click();
	const dialog = dialogOf( page, 'Make this image again?' );
	await dialog.getByRole( 'button', { name: 'Make again' } ).click();
	await dialog.waitFor( { state: 'detached' } );
	await untilRest< { attempts: { state: string }[] } >(
		world(),
		page,
		`/smi/v1/jobs/${ id }`,
		'another file',
		( { attempts } ) => attempts.length === 2 && attempts.every( ( { state } ) => state === 'succeeded' ),
		60
	);
} );

test( 'it was WordPress 6.8, no page complained, and PHP wrote no notice', async () => {
	assert.match( world().site.version, /^6\.8\b/ );
	assert.deepEqual( world().complaints, [] );
	assert.deepEqual( await world().site.complaints(), [] );
} );
