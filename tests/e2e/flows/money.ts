/** The owner gives money back, and has a picture made again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, openJobs, panelOf, picture } from '../support/look.ts';
import { post } from '../support/site.ts';
import { STRIPE_KEY } from '../../helpers/bridge-process.ts';
import { until } from '../../helpers/until.ts';
import type { World } from '../support/world.ts';
import { BUYER } from './buyer.ts';

interface Refund {
	amount: number;
	payment_intent: string;
	reason: string;
}

async function refundsOf( { site, stripe }: World, email: string ): Promise< Refund[] > {
	const intent = await site.wp(
		`global $wpdb; echo $wpdb->get_var( "SELECT stripe_payment_intent_id FROM {$wpdb->prefix}smi_jobs WHERE email = '${ email }'" );`
	);
	assert.match( intent, /^pi_/ );
	const answer = await fetch( `${ stripe }/v1/refunds?payment_intent=${ intent }`, {
		headers: { authorization: `Bearer ${ STRIPE_KEY }` },
	} );
	return ( ( await answer.json() ) as { data: Refund[] } ).data;
}

/** A sale without a browser: where the screens are not what is asked about. */
async function buy( { site, stripe }: World, email: string ): Promise< { job_id: string; key: string } > {
	const [ , attachment, on ] =
		/data-smi-attachment="(\d+)"[^>]*data-smi-post="(\d+)"/.exec( await ( await fetch( site.post ) ).text() ) ?? [];
	const query = `attachment_id=${ attachment }&post_id=${ on }`;
	const { offers } = ( await ( await fetch( `${ site.url }/wp-json/smi/v1/offers?${ query }` ) ).json() ) as {
		offers: { resolution: string }[];
	};
	const order = {
		attachment_id: Number( attachment ),
		post_id: Number( on ),
		resolution: offers[ offers.length - 1 ]?.resolution,
		email,
	};
	const made = ( await post( `${ site.url }/wp-json/smi/v1/checkouts`, order ) ) as { job_id: string; key: string };
	const url = await until( 'a payment page', 20, async () => ( await look( site.url, made ) ).checkout_url );
	await post( `${ stripe }/_emulator/checkout/sessions/${ /cs_\w+/.exec( url )?.[ 0 ] }`, { outcome: 'pay' } );
	return made;
}

const look = async ( url: string, { job_id, key }: { job_id: string; key: string } ) =>
	( await ( await fetch( `${ url }/wp-json/smi/v1/checkouts/${ job_id }?key=${ key }` ) ).json() ) as {
		status: string;
		payment_status: string;
		checkout_url?: string;
	};

export function moneyTests( world: () => World ): void {
	test( 'a part of a payment is given back once, with its reason, and the row says so', async () => {
		const page = await world().owner();
		await openJobs( world(), page, `&s=${ encodeURIComponent( BUYER ) }` );
		await page.locator( 'tbody a[data-open]:not([tabindex="-1"])' ).click();
		await panelOf( page ).getByRole( 'button', { name: 'Refund…' } ).click();
		const dialog = page.getByRole( 'dialog', { name: `Refund ${ BUYER }` } );
		await dialog.getByRole( 'radio', { name: 'Part of it' } ).check();
		await dialog.getByLabel( /^Amount in/ ).fill( '99' );
		await dialog.getByRole( 'button', { name: /^Refund/ } ).click();
		await dialog
			.getByText( /^No more than .* is left/ )
			.nth( 1 )
			.waitFor();
		await assertAccessible( page, '.components-modal__frame' );
		await dialog.getByLabel( /^Amount in/ ).fill( '1.50' );
		await dialog.getByRole( 'radio', { name: 'Paid twice' } ).check();
		await dialog.getByLabel( 'Note' ).fill( 'Asked by telephone.' );
		await picture( page, 'refund' );
		await dialog.getByRole( 'button', { name: 'Refund $1.50' } ).click();
		await dialog.waitFor( { state: 'detached' } );
		await page
			.locator( '.smi-snackbars' )
			.getByText( /refund/i )
			.waitFor();
		const refunds = await until( 'the refund at Stripe', 20, async () => {
			const all = await refundsOf( world(), BUYER );
			return all.length > 0 && all;
		} );
		assert.deepEqual(
			refunds.map( ( { amount, reason } ) => [ amount, reason ] ),
			[ [ 150, 'duplicate' ] ]
		);
		await page.locator( 'tbody' ).getByText( '−$1.50 refunded' ).waitFor( { timeout: 30_000 } );
		await page.close();
	} );

	test( 'a picture that could not be made is paid back by itself, and can be made again after a question', async () => {
		await post( `${ world().upsampler }/_emulator/next`, { outcome: 'fail' } );
		const email = 'otto@example.org';
		const sale = await buy( world(), email );
		await until( 'the refund', 40, async () => {
			const { status, payment_status: payment } = await look( world().site.url, sale );
			return status === 'failed' && payment === 'refunded';
		} );
		assert.equal( ( await refundsOf( world(), email ) ).length, 1 );
		const page = await world().owner();
		await openJobs( world(), page, `&job=${ sale.job_id }` );
		const panel = panelOf( page );
		await panel.getByRole( 'button', { name: 'Make again' } ).click();
		const dialog = page.getByRole( 'dialog', { name: 'Make this image again?' } );
		await dialog.getByRole( 'checkbox', { name: /without paying for it/ } ).check();
		await assertAccessible( page, '.components-modal__frame' );
		await dialog.getByRole( 'button', { name: 'Make again' } ).click();
		await dialog.waitFor( { state: 'detached' } );
		await panel
			.getByText( 'The customer was paid back and has the image all the same.' )
			.waitFor( { timeout: 40_000 } );
		assert.equal( ( await refundsOf( world(), email ) ).length, 1 );
		await page.close();
	} );
}
