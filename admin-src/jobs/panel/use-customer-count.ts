import { useEffect, useState } from '@wordpress/element';

import { listJobs } from '../../api/jobs';

/**
 * How many jobs a customer has, asked once per customer. No number is no loss: the
 * link stands without it.
 *
 * @param email The customer.
 */
export function useCustomerCount( email: string ): number | null {
	const [ known, setKnown ] = useState< { email: string; count: number } | null >( null );
	useEffect( () => {
		if ( ! email ) {
			return;
		}
		const request = new AbortController();
		listJobs( { per_page: 1, page: 1, orderby: 'created_at', order: 'desc', email }, request.signal )
			.then( ( { total } ) => setKnown( { email, count: total } ) )
			.catch( () => undefined );
		return () => request.abort();
	}, [ email ] );
	return known?.email === email ? known.count : null;
}
