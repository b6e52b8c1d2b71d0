import { getBoot } from '../../shared/boot';
import type { ReportRow } from '../../api/report';

export interface Slice {
	currency: string;
	isLive: boolean;
}

export interface Slices {
	currencies: string[];
	hasBothModes: boolean;
	shown: Slice;
	rows: ReportRow[];
}

const distinct = < T >( values: T[] ) => [ ...new Set( values ) ];

/**
 * What of a report is shown: one currency and one mode, for sums of two mean
 * nothing.
 *
 * @param all   Rows of the server.
 * @param asked What the owner chose, where they did.
 */
export function sliceOf( all: readonly ReportRow[], asked: Partial< Slice > ): Slices {
	const boot = getBoot();
	const modes = distinct( all.map( ( { livemode } ) => livemode ) );
	const wanted = asked.isLive ?? ! boot.testMode;
	const isLive = modes.includes( wanted ) || modes.length === 0 ? wanted : ! wanted;
	const ofMode = all.filter( ( { livemode } ) => livemode === isLive );
	const currencies = distinct( ofMode.map( ( { currency } ) => currency ) ).sort();
	const currency =
		[ asked.currency, boot.currency.toUpperCase() ].find( ( code ) => code && currencies.includes( code ) ) ??
		currencies[ 0 ] ??
		boot.currency;
	return {
		currencies,
		hasBothModes: modes.length > 1,
		shown: { currency, isLive },
		rows: ofMode.filter( ( row ) => row.currency === currency ),
	};
}
