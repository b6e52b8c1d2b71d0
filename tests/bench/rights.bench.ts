/**
 * A restricted key of Stripe's that lacks one right, each in turn: how soon the owner reads what is wrong and in which words, and whether
 * the sale that was under way goes through once the right is given.
 *
 *     node --import tsx tests/bench/rights.bench.ts [--right charges]
 *
 * Budget: the owner reads it within 60 s of the bridge's start. Must hold: the same sale is completed afterwards, bought and charged once;
 * nothing is told that is not so.
 */
import { parseArgs } from 'node:util';
import { applicationPassword } from './support/prepare.ts';
import { atCheckout, json, openShop, order, rows, soon } from './support/shop.ts';
import { listAll } from './support/stripe-ledger.ts';
import { check, load, say } from './support/verdict.ts';

const { values } = parseArgs( { options: { right: { type: 'string' } } } );
const KEY = 'rk_test_benchbench';
const BUDGET_S = 60;
const PATIENCE_S = 240;

/** What the emulator calls an object, and what the owner must read when the key may not touch it. Null: nothing. */
const RIGHTS: Record< string, { code: string; words: RegExp } | null > = {
	checkout_sessions: { code: 'payments_blocked', words: /Checkout Sessions/ },
	payment_intents: { code: 'payments_blocked', words: /PaymentIntents/ },
	charges: { code: 'payments_blocked', words: /Charges and Refunds/ },
	refunds: { code: 'payments_blocked', words: /Charges and Refunds/ },
	disputes: { code: 'payments_blocked', words: /Disputes/ },
	events: { code: 'payments_blocked', words: /Events/ },
	balance: { code: 'fee_unknown', words: /Balance: read/ },
	account: null,
	webhook_endpoints: null,
};

interface Problem {
	code: string;
	message: string;
	remedy: string;
}

const shop = await openShop( { stripeKey: KEY, times: { LEASE: 30 } } );
try {
	const password = await applicationPassword( shop.site );
	const authorization = `Basic ${ Buffer.from( `admin:${ password.trim() }` ).toString( 'base64' ) }`;
	const names = values.right === undefined ? Object.keys( RIGHTS ) : [ values.right ];
	for ( const name of names ) {
		await tryWithout( name, async () => {
			const answer = await fetch( `${ shop.site.url }/wp-json/smi/v1/connection`, {
				headers: { authorization },
			} );
			return ( ( await answer.json() ) as { problems: Problem[] } ).problems;
		} );
	}
	const charges = await listAll( shop, 'charges' );
	const bought = shop.bought.filter( ( { id } ) => id !== null ).length;
	check( 'each sale charged and bought once', charges.length === names.length && bought === names.length, {
		charges: charges.length,
		bought,
	} );
} finally {
	await shop.stop();
}

async function tryWithout( name: string, problems: () => Promise< Problem[] > ): Promise< void > {
	const wanted = RIGHTS[ name ] ?? null;
	const { job_id } = await order( shop );
	const row = async () => ( await rows( shop, `job_id = '${ job_id }'` ) )[ 0 ];
	const session = await soon( PATIENCE_S, async () => ( await row() )?.session );
	await describe( { [ name ]: 'none' } );
	await shop.bridge.end( 'SIGTERM' );
	const startedAt = performance.now();
	await shop.bridge.start( false );
	await atCheckout( shop, session ?? '', 'pay' );
	if ( wanted !== null ) {
		const seen = await soon(
			PATIENCE_S,
			async () => ( await problems() ).find( ( { code } ) => code === wanted.code ),
			500
		);
		const seconds = ( performance.now() - startedAt ) / 1000;
		check(
			`without ${ name } the owner reads ${ wanted.code } within ${ BUDGET_S } s`,
			seen !== null && seconds <= BUDGET_S,
			`${ seconds.toFixed( 0 ) } s, ${ load() }`
		);
		say( `        "${ seen?.message ?? '' }" "${ seen?.remedy ?? '' }"` );
		check( `without ${ name } the right is named`, wanted.words.test( `${ seen?.message } ${ seen?.remedy }` ) );
	}
	await describe( { [ name ]: 'write' } );
	const givenAt = performance.now();
	const isCompleted = await soon( PATIENCE_S, async () => ( await row() )?.status === 'completed', 500 );
	check(
		`with ${ name } again the same sale is completed`,
		isCompleted !== null,
		`${ ( ( performance.now() - givenAt ) / 1000 ).toFixed( 0 ) } s`
	);
	const rest = await soon(
		PATIENCE_S,
		async () => {
			const left = ( await problems() ).filter( ( { code } ) => code === 'payments_blocked' );
			return left.length === 0 ? [] : null;
		},
		500
	);
	check( `with ${ name } again nothing is told that is not so`, rest !== null );
}

function describe( permissions: Record< string, 'none' | 'write' > ): Promise< unknown > {
	return json( `${ shop.stripe }/_emulator/keys`, { key: KEY, permissions, rest: 'write' } );
}
