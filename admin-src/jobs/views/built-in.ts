import { __ } from '@wordpress/i18n';

interface BuiltInView {
	name: string;
	/** What chooses the jobs; the look stays as it is. */
	address: string;
}

/** What shop owners ask for most. The dates move with the calendar. */
export const builtInViews = (): BuiltInView[] => [
	{ name: __( 'All jobs', 'sell-my-images' ), address: '' },
	{ name: __( 'Needs attention', 'sell-my-images' ), address: 'status=attention' },
	{ name: __( 'Waiting for payment', 'sell-my-images' ), address: 'status=awaiting_payment' },
	{ name: __( 'Failed jobs of yesterday', 'sell-my-images' ), address: 'status=failed&created=yesterday' },
	{
		name: __( 'Refunded jobs of last month', 'sell-my-images' ),
		address: 'payment=partially_refunded,refunded&created=last_month',
	},
	{ name: __( 'Sales of this month', 'sell-my-images' ), address: 'payment=paid&created=this_month' },
	{ name: __( 'Largest sales', 'sell-my-images' ), address: 'payment=paid&orderby=amount_charged' },
];
