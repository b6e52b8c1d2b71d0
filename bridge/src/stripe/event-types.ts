/** The snapshot events that can change a job. */
export const EVENT_TYPES = [
	'checkout.session.completed',
	'checkout.session.async_payment_succeeded',
	'checkout.session.async_payment_failed',
	'checkout.session.expired',
	'payment_intent.payment_failed',
	'refund.created',
	'refund.updated',
	'refund.failed',
	'charge.refunded',
	'charge.dispute.created',
	'charge.dispute.updated',
	'charge.dispute.closed',
	'charge.dispute.funds_withdrawn',
	'charge.dispute.funds_reinstated',
] as const;

/** Whether an event, snapshot or thin (`v1.…`), is worth a look. The states of disputes are an open list. */
export function isOurEventType( type: string ): boolean {
	const name = type.replace( /^v1\./, '' );
	return ( EVENT_TYPES as readonly string[] ).includes( name ) || name.startsWith( 'charge.dispute.' );
}
