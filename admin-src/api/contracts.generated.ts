/**
 * Types of the messages between the parts.
 *
 * Generated from plugin/contracts by `npm run contracts`; do not edit.
 */

/**
 * Why a job needs the owner, most urgent first.
 */
export type Attention =
	| 'disputed'
	| 'refund_failed'
	| 'failed_not_refunded'
	| 'amount_mismatch'
	| 'paid_not_started'
	| 'submit_unknown'
	| 'file_missing'
	| 'stuck_processing'
	| 'email_failed'
	| 'refund_pending';
/**
 * Where a job stands.
 */
export type JobStatus = 'awaiting_payment' | 'pending' | 'processing' | 'completed' | 'failed' | 'abandoned';
/**
 * Where the money of a job stands.
 */
export type PaymentStatus = 'pending' | 'paid' | 'failed' | 'partially_refunded' | 'refunded';
/**
 * What the owner can do with a job.
 */
export type JobAction = 'retry' | 'refund' | 'download_token' | 'email' | 'status' | 'refresh';
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
 * In what an object at Stripe is not as this shop knows it.
 */
export type ReconciliationCode =
	| 'payment'
	| 'payment_details'
	| 'payment_under_way'
	| 'checkout_expired'
	| 'refund'
	| 'refund_status'
	| 'refund_amount'
	| 'dispute'
	| 'dispute_status'
	| 'nobody';

/**
 * Every contract, by the name of its file.
 */
export interface AllContracts {
	'action-result': ActionResult;
	answer: Answer;
	'attempt-snapshot': AttemptSnapshot;
	attempt: Attempt;
	attention: Attention;
	'batch-item': BatchItem;
	'batch-params': BatchParams;
	'batch-preview': BatchPreview;
	'batch-query': BatchQuery;
	'batch-request': BatchRequest;
	batch: Batch;
	'begin-request': BeginRequest;
	'begin-response': BeginResponse;
	'checkout-created': CheckoutCreated;
	'checkout-request': CheckoutRequest;
	'checkout-session-metadata': CheckoutSessionMetadata;
	'checkout-session-options': CheckoutSessionOptions;
	'checkout-session-text': CheckoutSessionText;
	'checkout-status': CheckoutStatus;
	'click-request': ClickRequest;
	'command-expire-checkout': ExpireCheckoutCommand;
	'command-open-checkout': OpenCheckoutCommand;
	'command-reconcile': ReconcileCommand;
	'command-refresh-attempt': RefreshAttemptCommand;
	'command-refresh-payment': RefreshPaymentCommand;
	'command-refund': RefundCommand;
	'command-resolve': ResolveCommand;
	'command-retry': RetryCommand;
	'command-submit': SubmitCommand;
	command: BridgeCommand;
	'connection-key-created': ConnectionKeyCreated;
	connection: Connection;
	'download-token-request': DownloadTokenRequest;
	error: RestError;
	'export-query': ExportQuery;
	'hello-request': HelloRequest;
	'hello-response': HelloResponse;
	hint: Hint;
	'job-action': JobAction;
	'job-detail': JobDetail;
	'job-event': JobEvent;
	'job-status-change': JobStatusChange;
	'job-status': JobStatus;
	job: Job;
	'jobs-filter': JobsFilter;
	'jobs-query': JobsQuery;
	links: Links;
	offers: Offers;
	'payment-completed-request': PaymentCompletedRequest;
	'payment-snapshot': PaymentSnapshot;
	'payment-status': PaymentStatus;
	'push-request': PushRequest;
	'reconcile-snapshot': ReconcileSnapshot;
	'reconciliation-code': ReconciliationCode;
	'reconciliation-difference': ReconciliationDifference;
	'reconciliation-request': ReconciliationRequest;
	'reconciliation-started': ReconciliationStarted;
	reconciliation: Reconciliation;
	'refund-request': RefundRequest;
	refund: Refund;
	report: Report;
	'resolve-snapshot': ResolveSnapshot;
	'retry-request': RetryRequest;
	settings: Settings;
	'stats-query': StatsQuery;
	stats: JobStats;
	'sync-request': SyncRequest;
	'sync-response': SyncResponse;
	visitors: Visitors;
}
/**
 * What an owner's action answers.
 */
export interface ActionResult {
	job: JobDetail;
	/**
	 * What happened, in a sentence.
	 */
	message: string;
	/**
	 * True when the bridge will do it later.
	 */
	queued: boolean;
	/**
	 * The new link.
	 */
	download_url?: string | null;
	refund?: Refund | null;
}
/**
 * A job with everything that belongs to it.
 */
export interface JobDetail extends Job {
	/**
	 * Newest first.
	 */
	attempts: Attempt[];
	/**
	 * Newest first.
	 */
	refunds: Refund[];
	/**
	 * Oldest first.
	 */
	events: JobEvent[];
	download: {
		state: 'none' | 'active' | 'expired' | 'revoked';
		expires_at: string | null;
		count: number;
		/**
		 * The private link, for those who may manage jobs; else null.
		 */
		url: string | null;
		file: {
			bytes: number;
			width: number | null;
			height: number | null;
			mime: string | null;
			/**
			 * A JPEG of it, at most 1600 pixels on the long side, for the owner's screen: the address of GET /jobs/{job_id}/preview, with a nonce when this was asked for by cookie. Null when the file is no picture.
			 */
			preview_url: string | null;
		} | null;
	};
	durations: {
		/**
		 * From payment to start.
		 */
		waiting_s: number | null;
		/**
		 * From start to end.
		 */
		processing_s: number | null;
		/**
		 * From payment to finished file.
		 */
		total_s: number | null;
	};
	/**
	 * What is left to refund.
	 */
	refundable_amount: string;
	attention_all: Attention[];
	/**
	 * The payment in Stripe's dashboard.
	 */
	stripe_url: string | null;
	/**
	 * Stripe's number of the dispute, if there is one.
	 */
	dispute_id: string | null;
	/**
	 * Why nothing can be refunded now, in words.
	 */
	refund_blocked: string | null;
	/**
	 * Why Stripe's fee is not known, in words; the margin stands without it then. Null: it is known, or nothing was paid.
	 */
	fee_unknown?: string | null;
}
/**
 * One making of a job's file.
 */
export interface Attempt {
	uuid: string;
	provider: 'upsampler' | 'local';
	state: 'queued' | 'sent' | 'unknown' | 'running' | 'succeeded' | 'failed' | 'superseded';
	provider_id: string | null;
	/**
	 * Whole enlargement factor asked of the upscaler.
	 */
	factor: number | null;
	credits: number | null;
	/**
	 * Credits that may have been paid without an answer.
	 */
	may_cost_credits: number;
	cost: string | null;
	/**
	 * ISO 4217, of the cost; null: the job's.
	 */
	cost_currency?: string | null;
	error: string | null;
	/**
	 * The same for programs; null in attempts of earlier versions.
	 */
	error_code?: string | null;
	/**
	 * Started by hand or by code, not by the payment.
	 */
	is_override: boolean;
	/**
	 * Whether its result counts.
	 */
	is_current: boolean;
	/**
	 * Whether its file is stored and can be applied.
	 */
	has_result: boolean;
	created_at: string;
	sent_at: string | null;
	ended_at: string | null;
}
/**
 * One refund of a job's payment.
 */
export interface Refund {
	uuid: string;
	amount: string;
	currency: string;
	status: 'requested' | 'sending' | 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled';
	origin: 'auto' | 'manual' | 'external';
	reason: string | null;
	note: string | null;
	stripe_refund_id: string | null;
	failure_code: string | null;
	failure_message: string | null;
	/**
	 * user:ID, system, stripe (made in its dashboard) or cli.
	 */
	requested_by: string | null;
	/**
	 * The user's display name, or words for an account that is gone; null for what is no user.
	 */
	requested_by_name?: string | null;
	created_at: string;
	updated_at: string;
	settled_at: string | null;
}
/**
 * One line of a job's log.
 */
export interface JobEvent {
	at: string;
	/**
	 * user:ID, bridge, system, buyer, hook or cli.
	 */
	actor: string;
	/**
	 * The user's display name, or words for an account that is gone; null for what is no user.
	 */
	actor_name: string | null;
	/**
	 * What happened, for example status, payment, attempt, refund, email, link, action.
	 */
	type: string;
	from: string | null;
	to: string | null;
	reason: string | null;
	/**
	 * The same for programs where reason is a sentence of this plugin; else null.
	 */
	reason_code?: string | null;
	/**
	 * The provider's reference.
	 */
	ref: string | null;
}
/**
 * One buyer's request for one picture at one resolution.
 */
export interface Job {
	/**
	 * The job's identifier, a UUID version 4.
	 */
	job_id: string;
	/**
	 * The picture as the site shows it.
	 */
	image_url: string;
	/**
	 * What was bought: 4x or 8x of the picture as shown.
	 */
	resolution: string;
	/**
	 * The buyer's e-mail address, lower case; empty while unknown.
	 */
	email: string;
	/**
	 * The post it was bought from.
	 */
	post_id: number;
	/**
	 * That post's title, plain text.
	 */
	post_title: string;
	/**
	 * That post's address.
	 */
	post_url: string | null;
	/**
	 * The picture in the media library; null in jobs from before it was kept.
	 */
	attachment_id: number | null;
	/**
	 * A small version of the picture.
	 */
	thumbnail_url: string | null;
	/**
	 * Pixels of the source.
	 */
	image_width: number | null;
	/**
	 * Pixels of the source.
	 */
	image_height: number | null;
	/**
	 * Pixels sold.
	 */
	target_width: number | null;
	/**
	 * Pixels sold.
	 */
	target_height: number | null;
	/**
	 * How the file is made: upsampler or local.
	 */
	source_type: string | null;
	/**
	 * The source below the uploads folder.
	 */
	upload_file_path: string | null;
	status: JobStatus;
	/**
	 * The upscaler's id of the latest attempt.
	 */
	upsampler_job_id: string | null;
	/**
	 * Where the upscaler offered the result.
	 */
	upscaled_url: string | null;
	/**
	 * The finished file below the uploads folder.
	 */
	upscaled_file_path: string | null;
	stripe_payment_intent_id: string | null;
	stripe_checkout_session_id: string | null;
	payment_status: PaymentStatus;
	/**
	 * ISO 4217, upper case.
	 */
	currency: string;
	/**
	 * The price, and what was charged once paid.
	 */
	amount_charged: string | null;
	/**
	 * What the upscaler cost in the job's currency, all attempts, each at the credit price of its day.
	 */
	amount_cost: string | null;
	/**
	 * What it cost besides in other currencies, such as `EUR 0.1600, JPY 6.0000`: of attempts that were made after the shop's currency was changed. Null: nothing.
	 */
	cost_other?: string | null;
	/**
	 * Upscaler credits, all attempts.
	 */
	credits_used: number | null;
	/**
	 * What Stripe kept, in the job's currency; where the account has another one, at the rate at which Stripe converted the charge.
	 */
	stripe_fee: string | null;
	/**
	 * Succeeded refunds, all origins.
	 */
	refund_amount: string | null;
	/**
	 * Reason of the latest refund.
	 */
	refund_reason: string | null;
	/**
	 * Charged less refunded, lost in a dispute, fee and cost; null while unpaid, and where cost_other stands: two currencies have no sum.
	 */
	margin: string | null;
	/**
	 * When the link ends; null: never, or no link.
	 */
	download_expires_at: string | null;
	/**
	 * How many links this job has had.
	 */
	download_generation: number;
	/**
	 * How often the file was fetched whole.
	 */
	download_count: number;
	/**
	 * Whether the download mail was accepted by the mailer.
	 */
	email_sent: boolean;
	paid_at: string | null;
	processing_started_at: string | null;
	completed_at: string | null;
	failed_at: string | null;
	refunded_at: string | null;
	created_at: string;
	updated_at: string;
	/**
	 * Why the job failed, in the language of the request.
	 */
	failure_reason: string | null;
	/**
	 * The same for programs, for example provider_failed; null where failure_reason is somebody's own words.
	 */
	failure_code?: string | null;
	/**
	 * How many times the making was started.
	 */
	attempt_count: number;
	/**
	 * Stripe's word for the dispute; null without one.
	 */
	dispute_status: string | null;
	/**
	 * The most urgent reason; null when all is well.
	 */
	attention: Attention | null;
	/**
	 * The checkout is complete and not paid yet: a bank debit or a voucher, whose money comes days later or never.
	 */
	is_payment_under_way: boolean;
	/**
	 * Real money or test mode.
	 */
	livemode: boolean;
	/**
	 * Changes with every change of the job; the first part of the ETag.
	 */
	version: number;
	/**
	 * What can be done now.
	 */
	allowed_actions: JobAction[];
	_links?: Links;
}
/**
 * Where an item leads, as WordPress writes it: relation, then one or more addresses.
 */
export interface Links {
	[k: string]: {
		href?: string;
		[k: string]: unknown;
	}[];
}
/**
 * What WordPress made of a hint or report.
 */
export interface Answer {
	id: string;
	answer: 'applied' | 'unchanged' | 'rejected' | 'retry';
	code?: string;
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
 * What became of one job of a batch.
 */
export interface BatchItem {
	job_id: string;
	state: 'waiting' | 'done' | 'failed' | 'skipped' | 'cancelled';
	/**
	 * smi_…, why it failed or was skipped.
	 */
	code: string | null;
	/**
	 * The same in words; for failed ones, what happened to the money.
	 */
	message: string | null;
}
/**
 * How the action of a batch is done; each action reads its own.
 */
export interface BatchParams {
	/**
	 * retry: also jobs whose money was or is being returned.
	 */
	acknowledge_refunded?: boolean;
	/**
	 * retry: also jobs whose image is being made right now.
	 */
	force?: boolean;
	/**
	 * refund: so much of each job; jobs with less left are skipped. All that is left when neither amount nor percent is given.
	 */
	amount?: string;
	/**
	 * refund: this part of what was charged, rounded down to the smallest unit; never more than is left.
	 */
	percent?: number;
	/**
	 * refund: requested_by_customer, duplicate or fraudulent. status: why, kept in the log.
	 */
	reason?: string;
	/**
	 * refund: for the log.
	 */
	note?: string;
	/**
	 * download_token: send the new link to the customer.
	 */
	notify?: boolean;
	/**
	 * status: the new one.
	 */
	status?: 'completed' | 'failed' | 'abandoned';
}
/**
 * The answer to a dry run.
 */
export interface BatchPreview {
	dry_run: boolean;
	action: JobAction;
	/**
	 * Jobs that are meant: eligible and skipped ones.
	 */
	matched: number;
	eligible: number;
	skipped: {
		/**
		 * smi_…, the code that the action itself would answer with.
		 */
		code: string;
		/**
		 * Why, in words, such as “already refunded”.
		 */
		message: string;
		count: number;
		/**
		 * Some of them.
		 *
		 * @maxItems 10
		 */
		job_ids:
			| []
			| [string]
			| [string, string]
			| [string, string, string]
			| [string, string, string, string]
			| [string, string, string, string, string]
			| [string, string, string, string, string, string]
			| [string, string, string, string, string, string, string]
			| [string, string, string, string, string, string, string, string]
			| [string, string, string, string, string, string, string, string, string]
			| [string, string, string, string, string, string, string, string, string, string];
	}[];
	/**
	 * refund: what goes back to customers. retry: what the upscaler may charge, estimated. Others: none.
	 */
	amounts: {
		currency: string;
		amount: string;
	}[];
	/**
	 * To be sent with the real run, as it is.
	 */
	expect: {
		count: number;
		/**
		 * As the dry run wrote it.
		 */
		amount: string;
	};
}
/**
 * Parameters of GET /jobs/batch/{id}.
 */
export interface BatchQuery {
	/**
	 * Only items in any of these states.
	 */
	item_state?: ('waiting' | 'done' | 'failed' | 'skipped' | 'cancelled')[];
	page?: number;
	per_page?: number;
}
/**
 * POST /jobs/batch. Either ids or filter says which jobs.
 */
export interface BatchRequest {
	action: JobAction;
	/**
	 * These jobs.
	 *
	 * @minItems 1
	 * @maxItems 10000
	 */
	ids?: [string, ...string[]];
	filter?: JobsFilter;
	params?: BatchParams;
	/**
	 * Only say what would happen.
	 */
	dry_run?: boolean;
	/**
	 * From the dry run; required for a real run, which answers 409 when it is no longer true.
	 */
	expect?: {
		count: number;
		/**
		 * As the dry run wrote it.
		 */
		amount: string;
	};
}
/**
 * Which jobs. Several values of one parameter mean any of them; several parameters mean all of them.
 */
export interface JobsFilter {
	/**
	 * Only these jobs.
	 *
	 * @maxItems 100
	 */
	include?: string[];
	/**
	 * Any of these.
	 */
	status?: JobStatus[];
	/**
	 * Any of these.
	 */
	payment_status?: PaymentStatus[];
	/**
	 * Any of these reasons, or `any`.
	 */
	attention?: (
		| 'any'
		| 'disputed'
		| 'refund_failed'
		| 'failed_not_refunded'
		| 'amount_mismatch'
		| 'paid_not_started'
		| 'submit_unknown'
		| 'file_missing'
		| 'stuck_processing'
		| 'email_failed'
		| 'refund_pending'
	)[];
	/**
	 * Exactly this address, in any case.
	 */
	email?: string;
	/**
	 * Addresses that begin like this, in any case.
	 */
	email_start?: string;
	/**
	 * Bought from this post.
	 */
	post_id?: number;
	/**
	 * This picture.
	 */
	attachment_id?: number;
	/**
	 * 4x or 8x.
	 */
	resolution?: string;
	/**
	 * Created after this time (UTC unless it says).
	 */
	after?: string;
	/**
	 * Created before this time.
	 */
	before?: string;
	/**
	 * Changed after this time.
	 */
	modified_after?: string;
	/**
	 * A job's id or its first 4 characters, an e-mail address or its start, @domain, post:12, attachment:34, a Stripe id, or words of a post's title.
	 */
	search?: string;
}
/**
 * A batch of jobs on its way. It goes on when nobody looks.
 */
export interface Batch {
	id: string;
	action: JobAction;
	params: BatchParams;
	state: 'running' | 'done' | 'cancelled';
	/**
	 * Jobs that were eligible at the start.
	 */
	total: number;
	/**
	 * Went well.
	 */
	done: number;
	failed: number;
	/**
	 * Not eligible, at the start or when their turn came.
	 */
	skipped: number;
	cancelled: number;
	/**
	 * Still to be done.
	 */
	left: number;
	/**
	 * How it stands, in one sentence.
	 */
	message: string;
	/**
	 * Name of the user.
	 */
	created_by: string;
	created_at: string;
	finished_at: string | null;
	/**
	 * A page of them: those not done first. X-WP-Total and X-WP-TotalPages tell how many.
	 */
	items: BatchItem[];
	_links?: Links;
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
 * The new job, and where to pay.
 */
export interface CheckoutCreated {
	job_id: string;
	/**
	 * The buyer's key.
	 */
	key: string;
	/**
	 * Missing while the bridge is awaited.
	 */
	checkout_url?: string;
}
/**
 * POST /checkouts.
 */
export interface CheckoutRequest {
	attachment_id: number;
	post_id: number;
	resolution: '4x' | '8x';
	/**
	 * What the buyer saw, as GET /offers wrote it. When another price would be asked now nothing is sold: 409 smi_checkout_price_changed.
	 */
	price?: string;
	/**
	 * Of the price that was seen.
	 */
	currency?: string;
	email?: string;
	/**
	 * The language of the page as WordPress names it, for example de_DE: e-mails about the order are written in it. One that is not installed is not heeded.
	 */
	locale?: string;
}
/**
 * Kept beside the shop's own, whose names begin with smi_.
 */
export interface CheckoutSessionMetadata {
	/**
	 * This interface was referenced by `CheckoutSessionMetadata`'s JSON-Schema definition
	 * via the `patternProperty` "^(?!smi_)[A-Za-z0-9_. -]{1,40}$".
	 */
	[k: string]: string;
}
/**
 * Parameters of a Checkout Session that the filter smi_checkout_session may set, under Stripe's names. None changes what is charged.
 */
export interface CheckoutSessionOptions {
	/**
	 * Language of the payment page; auto: the browser's.
	 */
	locale?:
		| 'auto'
		| 'bg'
		| 'cs'
		| 'da'
		| 'de'
		| 'el'
		| 'en'
		| 'en-GB'
		| 'es'
		| 'es-419'
		| 'et'
		| 'fi'
		| 'fil'
		| 'fr'
		| 'fr-CA'
		| 'hr'
		| 'hu'
		| 'id'
		| 'it'
		| 'ja'
		| 'ko'
		| 'lt'
		| 'lv'
		| 'ms'
		| 'mt'
		| 'nb'
		| 'nl'
		| 'pl'
		| 'pt'
		| 'pt-BR'
		| 'ro'
		| 'ru'
		| 'sk'
		| 'sl'
		| 'sv'
		| 'th'
		| 'tr'
		| 'vi'
		| 'zh'
		| 'zh-HK'
		| 'zh-TW';
	/**
	 * What the button says.
	 */
	submit_type?: 'auto' | 'book' | 'donate' | 'pay';
	billing_address_collection?: 'auto' | 'required';
	phone_number_collection?: {
		enabled: boolean;
	};
	tax_id_collection?: {
		enabled: boolean;
		required?: 'if_supported' | 'never';
	};
	consent_collection?: {
		promotions?: 'auto' | 'none';
		terms_of_service?: 'none' | 'required';
	};
	custom_text?: {
		submit?: CheckoutSessionText;
		after_submit?: CheckoutSessionText;
		terms_of_service_acceptance?: CheckoutSessionText;
	};
	customer_creation?: 'always' | 'if_required';
	invoice_creation?: {
		enabled: boolean;
		invoice_data?: {
			description?: string;
			footer?: string;
		};
	};
	/**
	 * Such as card and sepa_debit; instead of those that are switched on in Stripe's dashboard.
	 *
	 * @minItems 1
	 * @maxItems 30
	 */
	payment_method_types?: [string, ...string[]];
	/**
	 * @minItems 1
	 * @maxItems 30
	 */
	excluded_payment_method_types?: [string, ...string[]];
	payment_method_configuration?: string;
	metadata?: CheckoutSessionMetadata;
	payment_intent_data?: {
		description?: string;
		statement_descriptor_suffix?: string;
		metadata?: CheckoutSessionMetadata;
	};
	/**
	 * In the session it stands in line_items[0].price_data.
	 */
	product_data: {
		name: string;
		description?: string;
		/**
		 * @maxItems 8
		 */
		images?:
			| []
			| [string]
			| [string, string]
			| [string, string, string]
			| [string, string, string, string]
			| [string, string, string, string, string]
			| [string, string, string, string, string, string]
			| [string, string, string, string, string, string, string]
			| [string, string, string, string, string, string, string, string];
	};
}
/**
 * Words on the payment page.
 */
export interface CheckoutSessionText {
	message: string;
}
/**
 * What the buyer may know of a job.
 */
export interface CheckoutStatus {
	job_id: string;
	status: JobStatus;
	payment_status: PaymentStatus;
	/**
	 * The buyer has confirmed, and the money comes days later or never: a bank debit or a voucher. There is nothing to pay again.
	 */
	is_payment_under_way?: boolean;
	checkout_url?: string;
	download_url?: string;
	download_expires_at?: string | null;
	message: string;
}
/**
 * POST /clicks.
 */
export interface ClickRequest {
	attachment_id: number;
	post_id: number;
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
 * POST /connection/keys: shown once.
 */
export interface ConnectionKeyCreated {
	id: string;
	/**
	 * https://KEYID:SECRET@host/path/?rest=…
	 */
	connection_string: string;
}
/**
 * GET /connection: how the site and its bridge get on.
 */
export interface Connection {
	/**
	 * Whether a connection key exists.
	 */
	paired: boolean;
	/**
	 * Not heard of for so long that selling pauses.
	 */
	silent: boolean;
	last_seen: string | null;
	/**
	 * At most two; secrets are never shown again.
	 */
	keys: {
		id: string;
		/**
		 * What the owner calls it.
		 */
		label: string;
		created_at: string;
		last_used_at: string | null;
	}[];
	/**
	 * What it said at its last hello.
	 */
	bridge: {
		version: string | null;
		protocol: number | null;
		/**
		 * Where it listens; null when only it can call.
		 */
		url: string | null;
		can_push: boolean;
		/**
		 * Live keys; null when it never said.
		 */
		livemode: boolean | null;
		stripe_account: string | null;
		/**
		 * Its clock minus ours, at its last hello.
		 */
		clock_skew_s: number;
	};
	plugin: {
		version: string;
		/**
		 * The newest it speaks.
		 */
		protocol: number;
	};
	site: {
		uuid: string;
		/**
		 * SHA-256 of the home address.
		 */
		home_hash: string;
	};
	safe_mode: {
		on: boolean;
		reason: 'moved' | 'environment' | null;
	};
	backlog: {
		/**
		 * Commands not finished.
		 */
		open: number;
		/**
		 * Of these, due and waiting.
		 */
		overdue: number;
	};
	problems: {
		/**
		 * not_paired, safe_mode, protocol_mismatch, bridge_silent, stripe_account_changed, payments_blocked, stripe_silent, webhooks_refused, clock_skew or fee_unknown.
		 */
		code: string;
		/**
		 * What is wrong.
		 */
		message: string;
		/**
		 * What to do.
		 */
		remedy: string;
	}[];
	/**
	 * The bridge came with the key of another account at Stripe; null: it did not.
	 */
	stripe_account_question?: {
		/**
		 * The account that the shop sold with.
		 */
		from: string;
		/**
		 * The account of the bridge's key.
		 */
		to: string;
		/**
		 * The owner said that it is a mistake.
		 */
		no: boolean;
	} | null;
}
/**
 * POST /jobs/{job_id}/download-token.
 */
export interface DownloadTokenRequest {
	/**
	 * Mail the new link to the buyer.
	 */
	notify?: boolean;
}
/**
 * How every route says no.
 */
export interface RestError {
	code: string;
	message: string;
	data: {
		status: number;
		details?: {
			[k: string]: unknown;
		};
		params?: {
			[k: string]: unknown;
		};
		[k: string]: unknown;
	};
	[k: string]: unknown;
}
/**
 * Parameters of GET and POST /jobs/export beside the filters of GET /jobs. POST is for selections too long for an address.
 */
export interface ExportQuery extends JobsFilter {
	/**
	 * Only these jobs of those that match; unlike include, thousands of them. As JSON, or in a form as one value with commas between: PHP takes no more than 1,000 values from a form.
	 *
	 * @maxItems 10000
	 */
	ids?: string[];
	/**
	 * csv: RFC 4180 in UTF-8 with a byte order mark, times as YYYY-MM-DD HH:MM:SS in the zone, texts that a spreadsheet would calculate made safe by an apostrophe. ndjson: a JSON object per line, times as ISO 8601 with the offset of the zone. Either ends with a line break when it is whole.
	 */
	format?: 'csv' | 'ndjson';
	/**
	 * Between the cells of a CSV; NDJSON has none. Excel expects the semicolon where decimals have a comma. Decimals in the file have a point in any case. With tab the file is text/tab-separated-values and ends in .tsv.
	 */
	separator?: 'comma' | 'semicolon' | 'tab';
	/**
	 * Names of columns in the order wanted; all, in this order, when missing. An unknown one is a 400 that lists the known. duration: seconds from payment to the finished file; margin: what is kept of the sale, empty while unpaid.
	 */
	columns?: (
		| 'job_id'
		| 'created_at'
		| 'status'
		| 'payment_status'
		| 'attention'
		| 'email'
		| 'post_id'
		| 'post_title'
		| 'attachment_id'
		| 'image_url'
		| 'resolution'
		| 'currency'
		| 'amount_charged'
		| 'refund_amount'
		| 'stripe_fee'
		| 'amount_cost'
		| 'cost_other'
		| 'margin'
		| 'credits_used'
		| 'refund_reason'
		| 'dispute_status'
		| 'dispute_id'
		| 'failure_reason'
		| 'failure_code'
		| 'paid_at'
		| 'processing_started_at'
		| 'completed_at'
		| 'failed_at'
		| 'refunded_at'
		| 'updated_at'
		| 'duration'
		| 'attempt_count'
		| 'image_width'
		| 'image_height'
		| 'target_width'
		| 'target_height'
		| 'source_type'
		| 'upload_file_path'
		| 'upscaled_url'
		| 'upscaled_file_path'
		| 'upsampler_job_id'
		| 'stripe_payment_intent_id'
		| 'stripe_checkout_session_id'
		| 'download_expires_at'
		| 'download_generation'
		| 'download_count'
		| 'email_sent'
		| 'is_payment_under_way'
		| 'livemode'
		| 'version'
	)[];
	/**
	 * Of all times: a name such as Europe/Berlin, or an offset such as +02:00. The site’s own when missing.
	 */
	timezone?: string;
	/**
	 * In which the jobs were made: the oldest or the newest first.
	 */
	order?: 'asc' | 'desc';
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
 * PATCH /jobs/{job_id}: moves no money.
 */
export interface JobStatusChange {
	/**
	 * pending and processing answer 409: use retry.
	 */
	status: 'completed' | 'failed' | 'abandoned' | 'pending' | 'processing';
	/**
	 * Why, kept in the log.
	 */
	reason?: string;
}
/**
 * Parameters of GET /jobs. Several values of one parameter mean any of them; several parameters mean all of them.
 */
export interface JobsQuery extends JobsFilter {
	/**
	 * Both statuses in the order of a job's life.
	 */
	orderby?:
		| 'created_at'
		| 'updated_at'
		| 'paid_at'
		| 'completed_at'
		| 'amount_charged'
		| 'email'
		| 'status'
		| 'payment_status';
	order?: 'asc' | 'desc';
	page?: number;
	per_page?: number;
	/**
	 * From X-SMI-Next-Cursor of the page before. Only for orderby=created_at; as fast at the end as at the start.
	 */
	cursor?: string;
	context?: 'view' | 'embed' | 'edit';
}
/**
 * What can be bought of a picture.
 */
export interface Offers {
	attachment_id: number;
	currency: string;
	offers: {
		resolution: string;
		width: number;
		height: number;
		price: string;
	}[];
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
 * One of Stripe’s objects that is not as this shop knows it.
 */
export interface ReconciliationDifference {
	code: ReconciliationCode;
	/**
	 * Stripe’s number of it, cs_…, re_… or du_….
	 */
	object: string;
	/**
	 * Null: no job of this shop.
	 */
	job_id: string | null;
	/**
	 * At Stripe; null where it was not told.
	 */
	amount: string | null;
	currency: string | null;
	/**
	 * What this shop had: a status, or an amount.
	 */
	before: string | null;
	/**
	 * What Stripe has.
	 */
	after: string | null;
	/**
	 * would_change: it was a dry run. waiting: it is fetched from Stripe yet. unchanged: it was fetched, and is still not the same; or it was not taken for this shop’s.
	 */
	outcome: 'would_change' | 'waiting' | 'put_right' | 'unchanged';
	/**
	 * In one sentence.
	 */
	message: string;
}
/**
 * POST /reconciliations.
 */
export interface ReconciliationRequest {
	/**
	 * Only say what would change.
	 */
	dry_run?: boolean;
	/**
	 * ISO 8601, a day or a time; at most two years ago. 30 days ago when missing.
	 */
	since?: string;
}
/**
 * The answer of POST /reconciliations.
 */
export interface ReconciliationStarted {
	/**
	 * False: one was running already, and it is that one.
	 */
	is_new: boolean;
	reconciliation: Reconciliation;
	message: string;
}
/**
 * A look through all that Stripe has since a day, asked for by somebody. It goes on when nobody looks.
 */
export interface Reconciliation {
	id: string;
	state: 'running' | 'done' | 'failed' | 'stopped';
	/**
	 * Nothing is changed.
	 */
	dry_run: boolean;
	/**
	 * What was made at Stripe from then on.
	 */
	since: string;
	/**
	 * Name of the user; null: from the command line.
	 */
	requested_by: string | null;
	requested_at: string;
	ended_at: string | null;
	/**
	 * Objects looked at, those of others in the same account at Stripe as well.
	 */
	seen: number;
	lists: {
		list: 'sessions' | 'refunds' | 'disputes';
		state: 'waiting' | 'running' | 'done';
		seen: number;
	}[];
	/**
	 * Differences in all.
	 */
	found: number;
	/**
	 * There are so many that counting stopped.
	 */
	is_found_floor: boolean;
	counts: {
		code: ReconciliationCode;
		count: number;
	}[];
	/**
	 * Refunds and disputes of payments that this shop does not know, and that name no shop: perhaps of another one in the same account.
	 */
	unclear: number;
	/**
	 * Of `differences`: how many are as Stripe has them by now.
	 */
	put_right: number;
	/**
	 * Of `differences`: how many are being fetched.
	 */
	waiting: number;
	/**
	 * At most 200.
	 */
	differences: ReconciliationDifference[];
	/**
	 * What keeps it from going on, or ended it.
	 */
	trouble: {
		/**
		 * unauthorized, bridge_too_old, refused, no_answer, rate_limited, site_unreachable; not_paired, bridge_silent and the other problems of GET /connection.
		 */
		code: string;
		message: string;
	} | null;
	/**
	 * How it stands, in a sentence or two.
	 */
	message: string;
}
/**
 * POST /jobs/{job_id}/refunds.
 */
export interface RefundRequest {
	/**
	 * Decimal; all that is left when missing.
	 */
	amount?: string;
	reason?: 'requested_by_customer' | 'duplicate' | 'fraudulent';
	/**
	 * For the log.
	 */
	note?: string;
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
 * POST /jobs/{job_id}/retry.
 */
export interface RetryRequest {
	/**
	 * Start although an attempt is running.
	 */
	force?: boolean;
	/**
	 * Go on although money was or is being returned.
	 */
	acknowledge_refunded?: boolean;
	/**
	 * Apply this late success instead of making the file again.
	 */
	attempt?: string;
}
/**
 * The owner's settings. Writing takes any of them and leaves the others.
 */
export interface Settings {
	/**
	 * ISO 4217, upper case. Old jobs keep theirs.
	 */
	currency:
		| 'USD'
		| 'EUR'
		| 'GBP'
		| 'AUD'
		| 'CAD'
		| 'CHF'
		| 'CZK'
		| 'DKK'
		| 'HKD'
		| 'INR'
		| 'JPY'
		| 'MXN'
		| 'NOK'
		| 'NZD'
		| 'PLN'
		| 'RON'
		| 'SEK'
		| 'SGD';
	/**
	 * Price of each resolution, in `currency`.
	 */
	prices: {
		/**
		 * Decimal; null: not sold.
		 */
		'4x'?: string | null;
		/**
		 * Decimal; null: not sold.
		 */
		'8x'?: string | null;
	};
	/**
	 * Days a download link works; 0: for ever.
	 */
	link_lifetime_days: number;
	/**
	 * What one upscaler credit costs you, in `currency`.
	 */
	credit_price: string;
	/**
	 * What the upscaler expects to see.
	 */
	input_type: 'realism' | 'anime' | 'universal';
	/**
	 * Whether a full refund ends the download link.
	 */
	revoke_link_on_refund: boolean;
	/**
	 * How long paid jobs wait while the upscaler's account does not work, before they fail and are refunded.
	 */
	upscaler_block_hours: number;
	/**
	 * Whether featured images get a button.
	 */
	sell_featured_images: boolean;
	/**
	 * Whether every image of a post gets a button; else only where a block asks for it.
	 */
	sell_all_images: boolean;
	/**
	 * Sender of mails to buyers; empty: the site's name.
	 */
	email_from_name: string;
	/**
	 * Days that unpaid, abandoned jobs are kept.
	 */
	keep_abandoned_days: number;
	/**
	 * Days that provider event ids are kept for auditing.
	 */
	keep_events_days: number;
	/**
	 * Days that finished commands are kept.
	 */
	keep_commands_days: number;
	/**
	 * Whether deleting the plugin deletes all jobs and files.
	 */
	delete_data_on_uninstall: boolean;
	/**
	 * Whose word about a visitor's address counts: addresses, ranges such as 10.0.0.0/8, `cloudflare`, and `server` for a proxy on this machine or its private network.
	 *
	 * @maxItems 50
	 */
	trusted_proxies: string[];
}
/**
 * Parameters of GET /jobs/stats beside the filters of GET /jobs.
 */
export interface StatsQuery {
	/**
	 * Whether to bring the report per day.
	 */
	report?: boolean;
	/**
	 * Bring these jobs along, whatever the filters: counts and visible rows of a screen in one request.
	 *
	 * @maxItems 100
	 */
	rows?: string[];
	/**
	 * Of `rows`, only those changed after this time: the `time` of an earlier answer, less half a minute for writes that were under way.
	 */
	rows_since?: string;
}
/**
 * Counts for the tabs, notices, and the report when asked.
 */
export interface JobStats {
	counts: {
		all: number;
		status: {
			awaiting_payment: number;
			pending: number;
			processing: number;
			completed: number;
			failed: number;
			abandoned: number;
		};
		attention: {
			any: number;
			disputed: number;
			refund_failed: number;
			failed_not_refunded: number;
			amount_mismatch: number;
			paid_not_started: number;
			submit_unknown: number;
			file_missing: number;
			stuck_processing: number;
			email_failed: number;
			refund_pending: number;
		};
		/**
		 * The jobs of `attention` by status, as far as there are any: what the tabs hold with a filter on attention.
		 */
		attention_status: {
			attention: Attention;
			status: JobStatus;
			jobs: number;
		}[];
	};
	notices: {
		/**
		 * upgrading (percent), upgrade_failed (message), older_orders_asked (message), upscaler_blocked, payments_blocked (message, right, right_words, since), stripe_silent (since), webhooks_refused (refused, last_at, message), fee_unknown (right, right_words), stripe_account_changed (from, to), bridge_silent, not_paired, safe_mode, clock_skew, protocol_mismatch …
		 */
		code: string;
		data: {
			[k: string]: unknown;
		};
	}[];
	/**
	 * The server's time.
	 */
	time: string;
	/**
	 * With `rows` in the query: these jobs, those of them that exist and were changed.
	 */
	rows?: Job[];
	/**
	 * With report=1: one row per day, currency and mode that has jobs or costs, the oldest first. All filters apply, to the second: of a range that begins or ends within a day that day holds what lies in the range.
	 */
	report?: {
		/**
		 * YYYY-MM-DD, the day on which the jobs were created, in report_zone.
		 */
		day: string;
		/**
		 * ISO 4217, upper case. Sums of two currencies mean nothing.
		 */
		currency: string;
		/**
		 * Whether these are real sales; test mode has rows of its own.
		 */
		livemode: boolean;
		/**
		 * Jobs created that day.
		 */
		jobs: number;
		/**
		 * Of these, those that were paid, wherever the money is now.
		 */
		paid: number;
		/**
		 * What they were charged.
		 */
		charged: string;
		/**
		 * What was given back of it, whenever that was.
		 */
		refunded: string;
		/**
		 * What disputes took of it that were lost, beside what was refunded.
		 */
		lost: string;
		/**
		 * What the upscaler cost in this currency, also for jobs that were sold in another one: a row may have a cost and no job.
		 */
		cost: string;
		/**
		 * What Stripe kept.
		 */
		fees: string;
		/**
		 * Charged less refunded, lost, cost and fees: the sum of these jobs' margins, less what was spent on jobs that were never paid. A job whose cost was paid in another currency has no margin; here it stands without that cost, which is in the row of its currency.
		 */
		kept: string;
		/**
		 * Paid jobs in all jobs, 0 to 1.
		 */
		conversion: number | null;
		/**
		 * Histogram of the time from payment to the finished file: jobs per bucket; bounds in seconds stand in waiting_bounds.
		 */
		waiting: number[];
	}[];
	/**
	 * With the report: the zone of its days, a name such as Europe/Berlin or an offset such as +05:30. The site's; UTC, which the counters know, where too many jobs had to be read for it: more than 10,000 between a midnight of the site and the nearest of UTC.
	 */
	report_zone?: string;
	/**
	 * With the report: upper bound of each bucket of `waiting` but the last, in seconds.
	 */
	waiting_bounds?: number[];
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
 * How the site sees visitors: by the owner's own request, which comes the same way as theirs.
 */
export interface Visitors {
	/**
	 * The address that limits would count this request by.
	 */
	address: string;
	/**
	 * What this request came through and `trusted_proxies` does not name yet.
	 */
	offer: ('cloudflare' | 'server')[];
	/**
	 * Whether one address stood for all visitors of the last day, though proxies spoke of several.
	 */
	alike: boolean;
}
