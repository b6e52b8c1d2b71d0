/**
 * Each rule of the money protocol, taken away: what the schedules must notice. `search` occurs once in the file. Where another rule stands in
 * for one that is gone, `standsIn` says which.
 */
export interface Mutation {
	name: string;
	rule: string;
	/** Where it shows soonest. */
	theme: 'payment' | 'submit' | 'refund' | 'failure';
	edits: { file: string; search: string; replace: string }[];
	standsIn?: string;
}

const one = (
	theme: Mutation[ 'theme' ],
	name: string,
	rule: string,
	file: string,
	search: string,
	replace: string
): Mutation => ( {
	name,
	rule,
	theme,
	edits: [ { file, search, replace } ],
} );

const SUBMIT = 'plugin/Upscaling/SubmitHandler.php';
const REPORTS = 'plugin/Commands/CommandReports.php';
const SNAPSHOTS = 'plugin/Payments/PaymentSnapshots.php';
const REFUND = 'bridge/src/commands/refund.ts';

export const MUTATIONS: Mutation[] = [
	one(
		'refund',
		'refund-not-searched-nor-keyed',
		'A refund is looked for by its UUID before it is made, and made under one key',
		REFUND,
		'const id = ( await madeBefore( stripe, payload ) ) ?? ( await make( stripe, payload, lease ) );',
		'const id = await make( stripe, { ...payload, idempotency_key: `${ payload.idempotency_key }-${ Math.random() }` }, lease );'
	),
	one(
		'submit',
		'unknown-is-sent-again',
		'An attempt that was begun and not answered is never sent again',
		SUBMIT,
		`			$this->lifecycle->within( $job->job_id, fn( Job $job ) => $this->unknown( $job, $attempt ) );
		}

		return null !== $attempt && Attempt::QUEUED === $attempt->state() ? null : Claim::close( 'lease ended' );`,
		`			$this->lifecycle->within( $job->job_id, fn( Job $job ) => $this->turns->requeue( $job, $attempt ) );
		}

		return null;`
	),
	one(
		'submit',
		'no-answer-is-sent-again',
		'Only a 4xx or a connection that never opened proves that nothing was bought',
		SUBMIT,
		`				$this->unknown( $job, $attempt );

				return ReportResult::applied();
			default:`,
		`				$this->turns->requeue( $job, $attempt );

				return new ReportResult( 'retry' );
			default:`
	),
	one(
		'submit',
		'sent-without-begin',
		'The site is asked to begin just before the call',
		'bridge/src/commands/submit.ts',
		' ?? ( await turn.begin( lease ) );',
		';'
	),
	one(
		'payment',
		'checkout-without-key',
		'A payment page is made under the key of its job',
		'bridge/src/commands/open-checkout.ts',
		`			idempotencyKey,
		} );`,
		'		} );'
	),
	one(
		'refund',
		'stale-snapshots-apply',
		'A snapshot is applied only under the current lease',
		REPORTS,
		'$is_current = $command->lease_no === $report->lease_no && null !== $command->leased_until && null === $command->done_at;',
		'$is_current = true;'
	),
	one(
		'submit',
		'late-ids-are-dropped',
		'A provider’s id is kept from a stale lease too',
		SUBMIT,
		"if ( 'ok' === $report->outcome && null !== $report->provider_ids->upsampler ) {",
		"if ( $is_current && 'ok' === $report->outcome && null !== $report->provider_ids->upsampler ) {"
	),
	one(
		'submit',
		'webhook-teaches-nothing',
		'The webhook on an attempt’s own token brings the provider’s id, in any state',
		'plugin/Channel/HintResolver.php',
		'( $this->learn )( $attempt->uuid(), $provider_id );',
		''
	),
	one(
		'refund',
		'lost-wake-up',
		'A hint that comes between the fetch and its snapshot causes another fetch',
		'plugin/Commands/CommandRepository.php',
		"$sql = 'UPDATE {commands} SET done_at = CASE WHEN wanted = taken AND due_at = %s THEN",
		"$sql = 'UPDATE {commands} SET done_at = CASE WHEN %s <> \\'\\' THEN"
	),
	one(
		'submit',
		'action-fires-again',
		'smi_payment_completed is fired again only when it was not done',
		'plugin/Payments/PaymentAction.php',
		'if ( null !== $job->payment_action_done_at || null !== $job->mismatch',
		'if ( null !== $job->mismatch'
	),
	one(
		'payment',
		'sweeper-fires-nothing',
		'What was paid and not told is told by the sweeper',
		'plugin/Upkeep/Sweeper.php',
		'			$this->fire_actions(),\n',
		''
	),
	one(
		'submit',
		'payment-restarts-a-job',
		'The payment’s own call starts only a pending job without a file',
		'plugin/Payments/PaymentCompletedListener.php',
		`			|| JobStatus::Pending !== $job->status
			|| null !== $job->mismatch
			|| ProviderTime::is_too_late_to_start( $job )
			|| $job->has_file()
`,
		''
	),
	one(
		'payment',
		'paid-moves-any-job-back',
		'A paid snapshot moves the status only from awaiting_payment and abandoned',
		SNAPSHOTS,
		"if ( in_array( $job->status, array( JobStatus::AwaitingPayment, JobStatus::Abandoned ), true ) ) {\n			$changes += array( 'status'",
		"if ( true ) {\n			$changes += array( 'status'"
	),
	one(
		'failure',
		'retry-keeps-the-refund',
		'A retry takes back automatic refunds that are not sent',
		'plugin/Payments/Override.php',
		'		$this->refunds->cancel_unsent_automatic( $job );\n		$job = $this->acknowledge_refunds( $job );\n',
		''
	),
	one(
		'refund',
		'left-counts-succeeded-only',
		'left = charged − every row that is not failed or canceled',
		'plugin/Refunds/RefundLedger.php',
		'fn( Refund $refund ): bool => $refund->holds_money()',
		'fn( Refund $refund ): bool => Refund::SUCCEEDED === $refund->status()'
	),
	one(
		'failure',
		'late-success-is-applied',
		'A late success is stored and offered, never applied',
		'plugin/Upscaling/Attempts.php',
		'$counts = $attempt->is_live() && $attempt->uuid() === $job->current_attempt;',
		'$counts = true;'
	),
	one(
		'refund',
		'refund-refused-by-a-stale-lease',
		'A refusal closes a refund only under the current lease',
		'plugin/Refunds/RefundHandler.php',
		"if ( 'refused' === $report->outcome && $is_current ) {",
		"if ( 'refused' === $report->outcome ) {"
	),
	one(
		'refund',
		'refunded-goes-on',
		'What becomes refunded and is not done stops',
		'plugin/Payments/RefundSnapshots.php',
		'$this->attempts->supersede( $job );\n			$job = $this->lifecycle->change(',
		'$job = $this->lifecycle->change('
	),
	one(
		'failure',
		'no-retry-key',
		'A failed attempt is followed once',
		'plugin/Payments/AutomaticRetry.php',
		'|| $command->lease_no !== $lease_no || null !== $command->done_at',
		''
	),
	one(
		'payment',
		'reconcile-tells-nothing',
		'What no webhook told is found by listing the objects',
		'bridge/src/commands/reconcile.ts',
		'	await inbox.addAll( hints.filter( ( hint ) => hint !== null ) );\n',
		''
	),
	one(
		'payment',
		'payment-of-an-unknown-session',
		'A payment whose session the job does not know is asked about',
		'plugin/Channel/HintResolver.php',
		'if ( $is_nowhere && ',
		'if ( false && $is_nowhere && '
	),
	one(
		'refund',
		'refund-key-alone',
		'Stripe is searched before a refund is made: its keys are forgotten after a day',
		REFUND,
		'( await madeBefore( stripe, payload ) ) ?? ( await make',
		'( await make'
	),
];
