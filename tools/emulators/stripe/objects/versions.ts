/** The version of the official SDK that the repository pins; the account's own, unless the settings say otherwise. */
export const API_VERSION = '2026-10-28.endive';

/** Dated versions up to 2024; since then each has the name of its major release. */
const DATED = [
	'2017-08-15',
	'2018-02-28',
	'2018-05-21',
	'2018-07-27',
	'2018-11-08',
	'2019-02-19',
	'2019-03-14',
	'2019-05-16',
	'2019-08-14',
	'2019-09-09',
	'2019-10-08',
	'2019-10-17',
	'2019-11-05',
	'2019-12-03',
	'2020-03-02',
	'2020-08-27',
	'2022-08-01',
	'2022-11-15',
	'2023-08-16',
	'2023-10-16',
	'2024-04-10',
	'2024-06-20',
	'2024-09-30.acacia',
	'2024-10-28.acacia',
	'2024-11-20.acacia',
	'2024-12-18.acacia',
];
const NAMED = /^(2025|2026)-\d{2}-\d{2}\.(acacia|basil|clover|dahlia|endive)$/;

/** Whether a version was ever released, as far as can be told. A preview never is. */
export function isKnownVersion( version: string ): boolean {
	const day = version.slice( 0, 10 );
	return DATED.includes( version ) || ( NAMED.test( version ) && day <= API_VERSION.slice( 0, 10 ) );
}
