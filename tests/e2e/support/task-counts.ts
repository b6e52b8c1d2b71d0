/** What five usual tasks take on the Jobs screen; the browser tests count, the guide tells. */
export const TASKS = {
	find: { words: 'Find a buyer by e-mail', clicks: 1, fields: 1 },
	refund: { words: 'Refund half of a payment, with a reason', clicks: 5, fields: 1 },
	again: { words: 'Make all failed jobs of yesterday again', clicks: 6, fields: 0 },
	export: { words: 'Export last month’s refunds', clicks: 4, fields: 0 },
	late: { words: 'See why a job is late', clicks: 2, fields: 0 },
} as const;
