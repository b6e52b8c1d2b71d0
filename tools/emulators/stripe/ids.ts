import { randomToken } from '../shared/ids.ts';

const LENGTHS = {
	cs_test_: 58,
	cs_live_: 58,
	pi_: 24,
	ch_: 24,
	re_: 24,
	dp_: 24,
	evt_: 24,
	evt_test_: 48,
	txn_: 24,
	li_: 24,
	price_: 24,
	prod_: 14,
	pm_: 24,
	req_: 14,
	whd_: 24,
	we_: 24,
	prv_: 24,
} as const;

/** A new id with Stripe's own prefix and about its length. */
export function newId( prefix: keyof typeof LENGTHS ): string {
	return prefix + randomToken( LENGTHS[ prefix ] );
}

/** The id behind a reference that the types allow to be expanded. */
export function idOf( reference: string | { id: string } | null | undefined ): string | null {
	if ( reference === null || reference === undefined ) {
		return null;
	}
	return typeof reference === 'string' ? reference : reference.id;
}
