/** A shop that can be sold at and looked into, wherever it runs. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as sale from '../../sale/shop.ts';
import { startSandbox } from '../../../tools/sandbox/start-sandbox.ts';
import { countsOf, dumpOf } from './dump.ts';
import { openShop, sell, type Sale } from './shop.ts';

export interface Seller {
	/** The bridge's address. */
	bridge: string;
	/** Megabytes that the bridge holds. */
	memory: () => Promise< number >;
	sell: () => Promise< Sale >;
	/** UUIDs of attempts, where they can be had. */
	attempts: () => Promise< string[] >;
	/** The whole database. */
	dump: () => Promise< string >;
	/** Rows of each table, where they can be counted. */
	counts: () => Promise< Record< string, number > >;
	stop: () => Promise< void >;
}

/** On native WordPress. */
export async function openNativeSeller( pictures: number ): Promise< Seller > {
	const shop = await openShop( { pictures: { count: pictures, width: 300, height: 200 } } );
	const attempts = async () =>
		( await shop.site.sql( 'SELECT uuid FROM wp_smi_attempts;' ) ).split( '\n' ).filter( Boolean );
	return {
		bridge: shop.bridge.url,
		memory: () => shop.bridge.memory(),
		sell: () => sell( shop ),
		attempts,
		dump: () => dumpOf( shop.site ),
		counts: () => countsOf( shop.site ),
		stop: shop.stop,
	};
}

/** In the sandbox of `npm start`. */
export async function openSandboxSeller(): Promise< Seller > {
	const dir = await mkdtemp( join( tmpdir(), 'smi-bench-sandbox-' ) );
	const remove = () => rm( dir, { recursive: true, force: true } );
	const sandbox = await startSandbox( { port: await sale.freePorts(), dir } ).catch( async ( error: unknown ) => {
		await remove();
		throw error;
	} );
	const root = join( dir, 'wordpress/wp-content' );
	await writeFile(
		join( root, 'mu-plugins/smi-bench.php' ),
		"<?php add_filter( 'smi_rate_limit', '__return_zero' );"
	);
	const wp = ( path: string, init?: RequestInit ) => fetch( sandbox.urls.wordpress + path, init );
	const shop: sale.Shop = { sandbox, wp, admin: wp, stop: sandbox.stop };
	const [ first ] = smallest( await sale.catalogue( shop ) );
	return {
		bridge: sandbox.urls.bridge,
		memory: () => residentOf( sandbox.pids()[ 'bridge' ] ?? 0 ),
		sell: async () => {
			const checkout = await sale.checkOut( shop, first!.picture, first!.offer.resolution );
			await sale.atCheckout( shop, checkout, 'pay' );
			const paidAt = performance.now();
			const isCompleted = await sale.waitFor( shop, checkout, 'completed', 300 ).catch( () => null );
			return { job_id: checkout.job_id, ms: isCompleted ? performance.now() - paidAt : null };
		},
		attempts: async () => [],
		dump: () => databaseIn( join( root, 'database' ) ),
		counts: async () => ( {} ),
		stop: async () => {
			await sandbox.stop();
			await remove();
		},
	};
}

/** What is sold larger than the original is, the fewest pixels first. */
function smallest( pictures: sale.ForSale[] ): { picture: sale.ForSale; offer: sale.Offer }[] {
	return pictures
		.flatMap( ( picture ) => picture.offers.map( ( offer ) => ( { picture, offer } ) ) )
		.filter( ( { picture, offer } ) => picture.source_width < offer.width * 0.9 )
		.sort( ( a, b ) => a.offer.width * a.offer.height - b.offer.width * b.offer.height );
}

/** SQLite's files as they lie there: a word in any row is in them. */
async function databaseIn( folder: string ): Promise< string > {
	const names = await readdir( folder );
	const files = await Promise.all(
		names
			.filter( ( name ) => name.includes( 'sqlite' ) )
			.map( ( name ) => readFile( join( folder, name ), 'latin1' ) )
	);
	if ( files.join( '' ).length === 0 ) {
		throw new Error( 'The database is not where it was.' );
	}
	return files.join( '' );
}

async function residentOf( pid: number ): Promise< number > {
	const status = await readFile( `/proc/${ pid }/status`, 'utf8' );
	return Number( /VmRSS:\s+(\d+) kB/.exec( status )?.[ 1 ] ) / 1024;
}
