import { STRIPE_KEY, type Shop } from './shop.ts';

export interface Listed {
	id: string;
	amount: number;
	status: string;
	payment_intent: string | null;
	metadata: Record< string, string >;
}

/** All that Stripe has of one kind, page by page. */
export async function listAll(
	{ stripe }: Pick< Shop, 'stripe' >,
	path: string,
	key = STRIPE_KEY
): Promise< Listed[] > {
	const all: Listed[] = [];
	for (;;) {
		const last = all.at( -1 );
		const after = last === undefined ? '' : `&starting_after=${ last.id }`;
		const answer = await fetch( `${ stripe }/v1/${ path }?limit=100${ after }`, {
			headers: { authorization: `Bearer ${ key }` },
		} );
		if ( answer.status === 429 ) {
			await new Promise( ( go ) => setTimeout( go, 500 ) );
			continue;
		}
		const { data, has_more } = ( await answer.json() ) as { data: Listed[]; has_more: boolean };
		all.push( ...data );
		if ( ! has_more ) {
			return all;
		}
	}
}
