/**
 * Types of the messages between the parts.
 *
 * Generated from plugin/contracts by `npm run contracts`; do not edit.
 */

/**
 * A leased command, by its kind.
 */
export type BridgeCommand =
	| OpenCheckoutCommand
	| ExpireCheckoutCommand
	| SubmitCommand
	| RefreshPaymentCommand
	| RefreshAttemptCommand
	| RefundCommand
	| RetryCommand
	| ResolveCommand
	| ReconcileCommand;

/**
 * Every contract, by the name of its file.
 */
export interface AllContracts {
	'begin-request': BeginRequest;
	'begin-response': BeginResponse;
	'hello-request': HelloRequest;
	'hello-response': HelloResponse;
	'payment-completed-request': PaymentCompletedRequest;
	'push-request': PushRequest;
	'sync-request': SyncRequest;
	'sync-response': SyncResponse;
}
/**
 * POST and DELETE /bridge/attempts/{uuid}/begin. DELETE takes the same pair in its query too, where its body is empty.
 */
export interface BeginRequest {
	/**
	 * The lease of the submit command.
	 */
	lease_no: number;
	/**
	 * A random word of the one who is about to send: asked again with the same one, the answer is the same.
	 */
	turn: string;
}
/**
 * Whose turn it is: `sent` after POST; after DELETE `queued`, or the state of an attempt that ended meanwhile.
 */
export interface BeginResponse {
	attempt: string;
	turn: string;
	state: 'sent' | 'queued' | 'failed' | 'superseded';
}
/**
 * POST /bridge/hello.
 */
export interface HelloRequest {
	version: string;
	/**
	 * The newest it speaks; one older is understood.
	 */
	protocol: number;
	/**
	 * Where WordPress and webhooks reach it.
	 */
	public_url: string | null;
	time: string;
	livemode: boolean | null;
	stripe_account?: string | null;
	/**
	 * Whether /commands may be called.
	 */
	can_push?: boolean;
}
/**
 * The site's answer to hello.
 */
export interface HelloResponse {
	protocol: number;
	version: string;
	site: {
		/**
		 * The site's identity.
		 */
		uuid: string;
		/**
		 * SHA-256 of the home URL.
		 */
		home_hash: string;
	};
	home: string;
	name: string;
	time: string;
	safe_mode: boolean;
	lease_s: number;
	rest_root: string;
}
/**
 * POST /bridge/jobs/{job_id}/payment-completed.
 */
export interface PaymentCompletedRequest {
	/**
	 * The failed attempt.
	 */
	attempt: string;
	command: string;
	lease_no: number;
	reason: string;
}
/**
 * What WordPress posts to the bridge's /commands.
 */
export interface PushRequest {
	site: {
		/**
		 * The site's identity.
		 */
		uuid: string;
		/**
		 * SHA-256 of the home URL.
		 */
		home_hash: string;
	};
	command: BridgeCommand;
}
/**
 * A leased open_checkout command.
 */
export interface OpenCheckoutCommand {
	uuid: string;
	kind: 'open_checkout';
	object: string;
	lease_no: number;
	lease_ms: number;
	payload: {
		job_id: string;
		idempotency_key: string;
		/**
		 * Every parameter for checkout.sessions.create, fixed for life. What code on the site said of it is in checkout-session-options.
		 */
		session: {
			[k: string]: unknown;
		};
	};
}
/**
 * A leased expire_checkout command.
 */
export interface ExpireCheckoutCommand {
	uuid: string;
	kind: 'expire_checkout';
	object: string;
	lease_no: number;
	lease_ms: number;
	payload: {
		job_id: string;
		session: string;
	};
}
/**
 * A leased submit command.
 */
export interface SubmitCommand {
	uuid: string;
	kind: 'submit';
	object: string;
	lease_no: number;
	lease_ms: number;
	payload: {
		job_id: string;
		attempt: string;
		/**
		 * The attempt's own webhook token.
		 */
		token: string;
		image_url: string;
		factor: number;
		input_type: 'realism' | 'anime' | 'universal';
	};
}
/**
 * A leased refresh_payment command.
 */
export interface RefreshPaymentCommand {
	uuid: string;
	kind: 'refresh_payment';
	object: string;
	lease_no: number;
	lease_ms: number;
	payload: {
		job_id: string;
		session: string | null;
		payment_intent: string | null;
		has_dispute: boolean;
		/**
		 * Whether Stripe's fee need not be asked for again.
		 */
		is_fee_known?: boolean;
	};
}
/**
 * A leased refresh_attempt command.
 */
export interface RefreshAttemptCommand {
	uuid: string;
	kind: 'refresh_attempt';
	object: string;
	lease_no: number;
	lease_ms: number;
	payload: {
		job_id: string;
		attempt: string;
		provider: 'upsampler' | 'local';
		provider_id: string | null;
		/**
		 * The best picture there is.
		 */
		source_url: string;
		/**
		 * Seconds since the upscaler was asked, or since a local resize began, by the site's clock. Older plugins don't tell.
		 */
		sent_s_ago?: number;
		/**
		 * Exactly what was sold.
		 */
		width: number;
		/**
		 * Exactly what was sold.
		 */
		height: number;
		mime: 'image/jpeg' | 'image/png';
		/**
		 * The picture is known to be made: it only has to be fetched.
		 */
		is_ready?: boolean;
	};
}
/**
 * A leased refund command.
 */
export interface RefundCommand {
	uuid: string;
	kind: 'refund';
	object: string;
	lease_no: number;
	lease_ms: number;
	payload: {
		job_id: string;
		refund: string;
		payment_intent: string;
		amount_minor: number;
		currency: string;
		reason: string | null;
		metadata: {
			[k: string]: string;
		};
		idempotency_key: string;
	};
}
/**
 * A leased retry command.
 */
export interface RetryCommand {
	uuid: string;
	kind: 'retry';
	object: string;
	lease_no: number;
	lease_ms: number;
	payload: {
		job_id: string;
		attempt: string;
		reason: string;
	};
}
/**
 * A leased resolve command.
 */
export interface ResolveCommand {
	uuid: string;
	kind: 'resolve';
	object: string;
	lease_no: number;
	lease_ms: number;
	payload: {
		payment_intent: string | null;
		session: string | null;
	};
}
/**
 * A leased reconcile command.
 */
export interface ReconcileCommand {
	uuid: string;
	kind: 'reconcile';
	object: string;
	lease_no: number;
	lease_ms: number;
	payload: {
		/**
		 * look: the same lists as objects, for a report alone; what is hinted at then has the type look.… and is acted on by nobody.
		 */
		mode: 'events' | 'objects' | 'look';
		/**
		 * Unix seconds.
		 */
		since: number;
		/**
		 * Somebody looks on: report at the end of each list, and tell the money of what is hinted at.
		 */
		by_list?: boolean;
		/**
		 * Where a pass goes on that takes longer than a lease.
		 */
		from?: {
			/**
			 * Which list.
			 */
			list: 'sessions' | 'refunds' | 'disputes' | 'events';
			/**
			 * The last object that was seen of it; null: from its beginning.
			 */
			after: string | null;
			/**
			 * Unix seconds: how far this pass looks back.
			 */
			since: number;
			/**
			 * Unix seconds: when this pass began.
			 */
			started: number;
			/**
			 * Objects or events looked at so far.
			 */
			seen: number;
		} | null;
	};
}
/**
 * POST /bridge/sync.
 */
export interface SyncRequest {
	/**
	 * The protocol the bridge speaks; 426 when the plugin does not.
	 */
	protocol?: number;
	site?: {
		/**
		 * The site's identity.
		 */
		uuid: string;
		/**
		 * SHA-256 of the home URL.
		 */
		home_hash: string;
	};
	/**
	 * @maxItems 100
	 */
	hints: Hint[];
	/**
	 * @maxItems 100
	 */
	reports: Report[];
	want: {
		submit: number;
		/**
		 * At most so many of all other kinds together.
		 */
		other: number;
		/**
		 * At most so many about payments and refunds.
		 */
		money?: number;
		/**
		 * At most so many pictures that wait to be fetched.
		 */
		deliver?: number;
		/**
		 * At most so many looks at pictures that are being made.
		 */
		poll?: number;
		/**
		 * At most so many passes through what a provider has.
		 */
		reconcile?: number;
	};
	/**
	 * What the bridge is still working on: these leases are renewed.
	 *
	 * @maxItems 100
	 */
	running?: {
		command: string;
		lease_no: number;
	}[];
	/**
	 * Whether the providers take the bridge's keys, as it looked last; absent: it did not look yet.
	 */
	providers?: {
		/**
		 * Stripe.
		 */
		stripe?: {
			/**
			 * refused: 401 or 403, the key or one of its rights.
			 */
			state: 'ok' | 'refused' | 'unreachable';
			code: string | null;
			/**
			 * The provider's own words.
			 */
			message: string | null;
			/**
			 * The right that is missing, as Stripe names it (rak_…).
			 */
			right: string | null;
			/**
			 * Rights that are missing and that selling does not need.
			 */
			lacking: string[];
			/**
			 * By the bridge's clock.
			 */
			since: string;
		};
		/**
		 * Upsampler.
		 */
		upsampler?: {
			/**
			 * refused: 401 or 403, the key or one of its rights.
			 */
			state: 'ok' | 'refused' | 'unreachable';
			code: string | null;
			/**
			 * The provider's own words.
			 */
			message: string | null;
			/**
			 * The right that is missing, as Stripe names it (rak_…).
			 */
			right: string | null;
			/**
			 * Rights that are missing and that selling does not need.
			 */
			lacking: string[];
			/**
			 * By the bridge's clock.
			 */
			since: string;
		};
		/**
		 * Webhooks of Stripe's own whose signature does not fit the bridge's secret; absent: there are none.
		 */
		webhook?: {
			/**
			 * How many were looked at.
			 */
			refused: number;
			/**
			 * By the bridge's clock.
			 */
			last_at: string;
			/**
			 * Why the last one was refused.
			 */
			message: string;
		};
	};
}
/**
 * Something changed at a provider.
 */
export interface Hint {
	/**
	 * The event's id, or any unique word.
	 */
	id: string;
	provider?: 'stripe' | 'upsampler';
	type: string;
	livemode?: boolean | null;
	/**
	 * smi_site of the metadata.
	 */
	site?: string | null;
	/**
	 * smi_job of the metadata.
	 */
	job_id?: string | null;
	payment_intent?: string | null;
	session?: string | null;
	attempt_token?: string | null;
	provider_id?: string | null;
	/**
	 * How the object stands, where a list showed it: what the site knows already need not be fetched again. A session `complete/paid`, a refund `re_…/succeeded/500`, a dispute `dp_…/needs_response`.
	 */
	state?: string | null;
	/**
	 * Minor units, in a pass that somebody looks on.
	 */
	amount?: number | null;
	/**
	 * Of the amount, ISO 4217 in lower case.
	 */
	currency?: string | null;
}
/**
 * What became of a command.
 */
export interface Report {
	id: string;
	command: string;
	lease_no: number;
	/**
	 * retry: no definite answer.
	 */
	outcome: 'ok' | 'refused' | 'snapshot' | 'retry';
	/**
	 * session, session_url, payment_intent, refund, upsampler.
	 */
	provider_ids?: {
		[k: string]: string;
	};
	error?: {
		/**
		 * not_sent (no connection opened), rate_limited, refused, blocked, unauthorized, no_answer (it may have arrived); of a submit that was not sent: not_begun, lease_ending, stopping …
		 */
		code: string;
		message: string;
		/**
		 * The provider's HTTP status.
		 */
		status?: number | null;
		retry_after_s?: number | null;
	};
	snapshot?: PaymentSnapshot | AttemptSnapshot | ResolveSnapshot | ReconcileSnapshot;
}
/**
 * The fetched truth about a payment, in minor units.
 */
export interface PaymentSnapshot {
	type: 'payment';
	livemode: boolean;
	smi_job: string | null;
	smi_site: string | null;
	/**
	 * When the money came in, as Stripe tells it, in Unix seconds; null or absent: not told, or nothing came in.
	 */
	paid_at?: number | null;
	session: {
		id: string;
		status: 'open' | 'complete' | 'expired';
		payment_status: 'paid' | 'unpaid' | 'no_payment_required';
		url: string | null;
		expires_at: number | null;
		amount_subtotal: number | null;
		amount_total: number | null;
		/**
		 * Lower case.
		 */
		currency: string | null;
		email: string | null;
	} | null;
	payment_intent: {
		id: string;
		status: string;
		amount_received: number;
		currency: string;
		last_error: string | null;
	} | null;
	charge: {
		id: string;
		fee_minor: number | null;
		/**
		 * Of the account, lower case.
		 */
		fee_currency: string | null;
		/**
		 * The fee in the currency of the charge, by the exchange_rate at which Stripe converted that charge; null or absent: not known.
		 */
		fee_charge_minor?: number | null;
		/**
		 * Why the fee in the currency of the charge is not here: the key may not read balances; Stripe has none yet; it did not answer; it tells no exchange_rate; it was known already, or nothing is paid. Null or absent: it is here, or an older bridge does not say.
		 */
		fee_unknown?: 'not_permitted' | 'not_yet' | 'no_answer' | 'no_rate' | 'not_asked' | null;
	} | null;
	refunds: {
		id: string;
		amount_minor: number;
		status: 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled';
		/**
		 * Our UUID in its metadata.
		 */
		smi_refund: string | null;
		reason: string | null;
		failure_reason: string | null;
		/**
		 * Unix seconds.
		 */
		created: number;
	}[];
	dispute: {
		id: string;
		status: string;
		amount_minor: number;
		is_charge_refundable: boolean;
		reason: string | null;
	} | null;
}
/**
 * The fetched truth about an attempt.
 */
export interface AttemptSnapshot {
	type: 'attempt';
	provider_id: string | null;
	state: 'running' | 'succeeded' | 'failed';
	/**
	 * Whether another try may help; only with failed.
	 */
	is_transient: boolean;
	/**
	 * A short word: provider_failed, too_large, wrong_size, bad_image, private_redirect, expired, unreachable …
	 */
	code: string | null;
	/**
	 * In words.
	 */
	error: string | null;
	credits: number | null;
	result_url: string | null;
	file: {
		sha256: string;
		bytes: number;
		width: number;
		height: number;
		mime: 'image/jpeg' | 'image/png';
	} | null;
}
/**
 * What a payment intent or a session belongs to.
 */
export interface ResolveSnapshot {
	type: 'resolve';
	smi_job: string | null;
	smi_site: string | null;
	session: string | null;
	payment_intent: string | null;
	livemode: boolean;
	attachment_id: number | null;
	post_id: number | null;
	resolution: string | null;
	amount_minor: number | null;
	currency: string | null;
	email: string | null;
	created: number | null;
	is_paid: boolean;
}
/**
 * How far a reconciliation came.
 */
export interface ReconcileSnapshot {
	type: 'reconcile';
	/**
	 * Unix seconds: everything before it was seen, once the pass is through.
	 */
	cursor: number;
	/**
	 * Objects or events looked at.
	 */
	seen: number;
	/**
	 * Where a pass goes on that takes longer than a lease.
	 */
	next?: {
		/**
		 * Which list.
		 */
		list: 'sessions' | 'refunds' | 'disputes' | 'events';
		/**
		 * The last object that was seen of it; null: from its beginning.
		 */
		after: string | null;
		/**
		 * Unix seconds: how far this pass looks back.
		 */
		since: number;
		/**
		 * Unix seconds: when this pass began.
		 */
		started: number;
		/**
		 * Objects or events looked at so far.
		 */
		seen: number;
	} | null;
}
/**
 * The answer to sync.
 */
export interface SyncResponse {
	answers: Answer[];
	commands: BridgeCommand[];
	next_in_ms: number;
	time: string;
	site?: {
		/**
		 * The site's identity.
		 */
		uuid: string;
		/**
		 * SHA-256 of the home URL.
		 */
		home_hash: string;
	};
	/**
	 * Commands of `running` whose lease was renewed. The others are not the bridge's any more.
	 */
	renewed?: string[];
}
/**
 * What WordPress made of a hint or report.
 */
export interface Answer {
	id: string;
	answer: 'applied' | 'unchanged' | 'rejected' | 'retry';
	code?: string;
}
