import { __ } from '@wordpress/i18n';

import { allColumns, isColumn } from './columns';
import type { ExportColumn } from '../../api/export';

/** The list's first column shows three things at once. */
const FIRST_COLUMN: ExportColumn[] = [ 'job_id', 'post_title', 'resolution' ];

/** Fields of the list that are called otherwise in a file. */
const OTHER_NAMES: Readonly< Record< string, ExportColumn > > = { kept: 'margin' };

const MONEY: readonly ExportColumn[] = [ 'amount_charged', 'refund_amount', 'margin' ];

const FOR_BOOKKEEPING: ExportColumn[] = [
	'paid_at',
	'job_id',
	'email',
	'currency',
	'amount_charged',
	'refund_amount',
	'refunded_at',
	'stripe_fee',
	'amount_cost',
	'cost_other',
	'margin',
	'payment_status',
	'stripe_payment_intent_id',
	'livemode',
];

/** The columns of the list. An amount is nothing without its currency, which the list writes beside it. */
export function columnsSeen( fields: readonly string[] ): ExportColumn[] {
	const seen = fields.map( ( field ) => OTHER_NAMES[ field ] ?? field ).filter( isColumn );
	const money = seen.findIndex( ( column ) => MONEY.includes( column ) );
	const withCurrency: ExportColumn[] =
		money < 0 ? seen : [ ...seen.slice( 0, money ), 'currency', ...seen.slice( money ) ];
	return [ ...new Set( [ ...FIRST_COLUMN, ...withCurrency ] ) ];
}

export interface Preset {
	label: string;
	columns: ExportColumn[];
}

/**
 * @param fields The columns that the list shows.
 */
export const presets = ( fields: readonly string[] ): Preset[] => [
	{ label: __( 'What I see', 'sell-my-images' ), columns: columnsSeen( fields ) },
	{ label: __( 'For bookkeeping', 'sell-my-images' ), columns: FOR_BOOKKEEPING },
	{ label: __( 'All columns', 'sell-my-images' ), columns: allColumns() },
	{ label: __( 'No columns', 'sell-my-images' ), columns: [] },
];
