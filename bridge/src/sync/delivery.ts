import type { Report, SyncResponse } from '../contracts.generated.ts';
import type { ProviderHealth } from '../health/provider-health.ts';
import type { Log } from '../log.ts';
import type { WordPress } from '../wordpress/client.ts';
import { SiteRefused, SiteUnreachable } from '../wordpress/errors.ts';
import type { Hints, PendingHint } from './hints.ts';
import type { Identity } from './identity.ts';
import type { Reports } from './reports.ts';
import type { Want } from './slots.ts';

/** One load for a sync. */
export interface Load {
	hints: PendingHint[];
	reports: Report[];
	want: Want;
	timeoutMs: number;
}

const NOTHING: Want = { submit: 0, other: 0 };

/** Brings loads to WordPress and tells those who wait. */
export class Delivery {
	constructor(
		readonly wordpress: Pick< WordPress, 'sync' >,
		readonly identity: Identity,
		readonly hints: Hints,
		readonly reports: Reports,
		readonly log: Log,
		readonly health?: Pick< ProviderHealth, 'forSync' >
	) {}

	/**
	 * One sync.
	 *
	 * @throws SiteUnreachable After the hints were failed and the reports put back.
	 */
	async deliver( load: Load ): Promise< SyncResponse > {
		try {
			const answer = await this.#send( load );
			this.hints.settle( load.hints, answer.answers );
			return answer;
		} catch ( error ) {
			if ( error instanceof SiteRefused && error.status === 400 ) {
				return this.#halves( load, error );
			}
			const failure =
				error instanceof SiteUnreachable
					? error
					: new SiteUnreachable( ( error as Error ).message, { cause: error } );
			this.hints.fail( load.hints, failure );
			this.reports.putBack( load.reports );
			throw failure;
		}
	}

	#send( { hints, reports, want, timeoutMs }: Load ): Promise< SyncResponse > {
		const { site } = this.identity;
		const providers = this.health?.forSync();
		const body = {
			...( site === null ? {} : { site } ),
			hints: hints.map( ( { hint } ) => hint ),
			reports,
			want,
			...( providers === undefined ? {} : { providers } ),
		};
		return this.wordpress.sync( body, timeoutMs );
	}

	/** One bad message must not hold up the others: halve until it stands alone, then let it go. */
	async #halves( load: Load, error: SiteRefused ): Promise< SyncResponse > {
		const { hints, reports } = load;
		if ( hints.length + reports.length <= 1 ) {
			this.log.error(
				{ hint: hints[ 0 ]?.hint.id, report: reports[ 0 ]?.id },
				`The site refuses a message: ${ error.message }`
			);
			this.hints.fail( hints, new SiteUnreachable( error.message ) );
			if ( hints.length + reports.length === 0 ) {
				throw new SiteUnreachable( error.message );
			}
			return this.deliver( { ...load, hints: [], reports: [] } );
		}
		const [ someHints, moreHints ] = split( hints );
		const [ someReports, moreReports ] = split( reports );
		const first = { ...load, hints: someHints, reports: someReports, want: NOTHING };
		try {
			await this.deliver( first );
		} catch ( failure ) {
			this.hints.fail( moreHints, failure as Error );
			this.reports.putBack( moreReports );
			throw failure;
		}
		return this.deliver( { ...load, hints: moreHints, reports: moreReports } );
	}
}

function split< T >( list: T[] ): [ T[], T[] ] {
	const middle = Math.ceil( list.length / 2 );
	return [ list.slice( 0, middle ), list.slice( middle ) ];
}
