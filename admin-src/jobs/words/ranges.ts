import { __ } from '@wordpress/i18n';

import type { RangeName } from '../view/ranges';

export function rangeWords(): Record< RangeName, string > {
	return {
		today: __( 'Today', 'sell-my-images' ),
		yesterday: __( 'Yesterday', 'sell-my-images' ),
		last_7_days: __( 'Last 7 days', 'sell-my-images' ),
		last_30_days: __( 'Last 30 days', 'sell-my-images' ),
		this_month: __( 'This month', 'sell-my-images' ),
		last_month: __( 'Last month', 'sell-my-images' ),
		this_year: __( 'This year', 'sell-my-images' ),
	};
}
