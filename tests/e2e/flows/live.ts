/** The list while it is looked at. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { footerOf, idsIn, openJobs, openerIn, rowsOf } from '../support/look.ts';
import { until } from '../../helpers/until.ts';
import type { World } from '../support/world.ts';

/** Coming back to the tab asks at once; nobody waits ten seconds in a test. */
const wake = ( page: Page ) => page.evaluate( () => void document.dispatchEvent( new Event( 'visibilitychange' ) ) );

const watchRequests = ( page: Page ) => {
	const asked: string[] = [];
	page.on( 'request', ( request ) => {
		const url = decodeURIComponent( request.url() );
		if ( /smi\/v1\/jobs/.test( url ) ) {
			asked.push( url );
		}
	} );
	return asked;
};

/** A job of this flow's own, which no bridge and no sweep touches: nothing was paid. */
const newJob = async ( { site }: Pick< World, 'site' >, email: string ) =>
	(
		await site.wp(
			`echo \\SellMyImages\\Plugin::instance()->jobs()->insert( array( 'status' => 'abandoned', 'email' => '${ email }', 'resolution' => '4x', 'image_url' => includes_url( 'images/w-logo-blue.png' ), 'amount_charged' => '4.90', 'created_at' => gmdate( 'Y-m-d H:i:s' ) ) )->job_id;`
		)
	).trim();

const failJob = ( { site }: Pick< World, 'site' >, id: string ) =>
	site.wp(
		`$jobs = \\SellMyImages\\Plugin::instance()->jobs(); $jobs->update( $jobs->find( '${ id }' ), array( 'status' => 'failed', 'failure_reason' => 'e2e' ) );`
	);

const removeJob = ( { site }: Pick< World, 'site' >, id: string ) =>
	site.wp( `$jobs = \\SellMyImages\\Plugin::instance()->jobs(); $jobs->delete( $jobs->find( '${ id }' ) );` );

export function liveTests( world: () => World ): void {
	test( 'a row changes in its place by itself, in one request, and its open menu stays open', async () => {
		const id = await newJob( world(), 'live-row@example.org' );
		const page = await world().owner();
		await openJobs( world(), page );
		const row = rowsOf( page ).filter( { has: page.locator( `a[data-open="${ id }"]` ) } );
		await row.getByRole( 'button', { name: 'Actions' } ).click();
		await page.getByRole( 'menu', { name: 'Actions' } ).waitFor();
		const before = await idsIn( page );
		const asked = watchRequests( page );
		await failJob( world(), id );
		await wake( page );
		await row.getByText( 'Failed', { exact: true } ).waitFor();
		assert.equal( asked.length, 1, asked.join( '\n' ) );
		assert.match( asked[ 0 ] ?? '', /jobs\/stats\?.*rows\[0\]=/ );
		assert.equal( await page.getByRole( 'menu', { name: 'Actions' } ).count(), 1 );
		assert.deepEqual( await idsIn( page ), before );
		await page.close();
		await removeJob( world(), id );
	} );

	test( 'without anybody doing anything, a change is seen within the poll’s ten seconds', async () => {
		const id = await newJob( world(), 'live-poll@example.org' );
		const page = await world().owner();
		await openJobs( world(), page );
		const row = rowsOf( page ).filter( { has: page.locator( `a[data-open="${ id }"]` ) } );
		await row.getByText( 'Abandoned' ).waitFor();
		await failJob( world(), id );
		await row.getByText( 'Failed', { exact: true } ).waitFor( { timeout: 15_000 } );
		await page.close();
		await removeJob( world(), id );
	} );

	test( 'new jobs are offered, not pushed under the cursor', async () => {
		const page = await world().owner();
		await openJobs( world(), page );
		const before = await idsIn( page );
		const id = await newJob( world(), 'live-new@example.org' );
		await wake( page );
		const button = page.getByRole( 'button', { name: /^\d+ new jobs?$/ } );
		await button.waitFor();
		assert.deepEqual( await idsIn( page ), before );
		await button.click();
		await openerIn( page )
			.and( page.locator( `[data-open="${ id }"]` ) )
			.waitFor();
		await page.close();
		await removeJob( world(), id );
	} );

	test( 'offline, nothing is asked and the rows stay with their time; back online it goes on at once', async () => {
		const page = await world().owner();
		await openJobs( world(), page );
		const asked = watchRequests( page );
		await page.context().setOffline( true );
		await page
			.locator( '.components-notice' )
			.getByText( /^You are offline. These jobs are from / )
			.waitFor();
		await wake( page );
		await page.waitForTimeout( 500 );
		assert.deepEqual( asked, [] );
		assert.ok( ( await rowsOf( page ).count() ) > 0 );
		await page.context().setOffline( false );
		await until( 'one question', 5, async () => asked.length === 1 );
		await page
			.locator( '.components-notice' )
			.getByText( /^You are offline/ )
			.waitFor( { state: 'detached' } );
		await page.close();
	} );

	test( 'somebody who was logged out is told so and comes back to the same list', async () => {
		const page = await world().owner();
		await openJobs( world(), page, '&status=completed' );
		const cookies = await page.context().cookies();
		await page.context().clearCookies();
		world().allow( /status of 40[03]|^$/ );
		await wake( page );
		await page.getByRole( 'button', { name: 'Log in again' } ).waitFor();
		assert.ok( ( await rowsOf( page ).count() ) > 0 );
		await page.getByRole( 'button', { name: 'Log in again' } ).click();
		await page.getByLabel( 'Username or Email Address' ).waitFor();
		assert.match( decodeURIComponent( page.url() ), /redirect_to=.*page=smi-jobs&status=completed/ );
		await page.context().addCookies( cookies );
		await page.close();
		const again = await world().owner();
		await openJobs( world(), again );
		await footerOf( again ).waitFor();
		await again.close();
	} );
}
