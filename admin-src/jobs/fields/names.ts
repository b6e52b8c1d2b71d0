/** Columns that can be switched on, by field id. */
export const ALL_COLUMNS: readonly string[] = [
	'status',
	'email',
	'amount_charged',
	'created_at',
	'payment_status',
	'resolution',
	'refund_amount',
	'kept',
	'duration',
	'paid_at',
	'completed_at',
	'updated_at',
	'attempt_count',
	'post_id',
	'attachment_id',
	'job_id',
	'stripe_payment_intent_id',
	'upsampler_job_id',
];

/** What the server can sort by. */
export const SORTABLE: readonly string[] = [
	'created_at',
	'updated_at',
	'paid_at',
	'completed_at',
	'amount_charged',
	'email',
	'status',
	'payment_status',
];
