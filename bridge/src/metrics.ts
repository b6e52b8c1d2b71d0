import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

const SECONDS = [ 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20 ];

/** The numbers of one running bridge. */
export class Metrics {
	readonly registry = new Registry();
	/** What waits, by name; asked when somebody looks, so that it is true while a sync hangs too. */
	readonly sizes = new Map< string, () => number >();
	/** Seconds since WordPress last took a sync; NaN before the first. */
	syncAge: () => number = () => Number.NaN;
	readonly syncs = new Counter( {
		name: 'smi_syncs_total',
		help: 'Syncs with WordPress, by result.',
		labelNames: [ 'result' ],
		registers: [ this.registry ],
	} );
	readonly commands = new Counter( {
		name: 'smi_commands_total',
		help: 'Commands carried out, by kind and outcome.',
		labelNames: [ 'kind', 'outcome' ],
		registers: [ this.registry ],
	} );
	readonly webhooks = new Histogram( {
		name: 'smi_webhook_ack_seconds',
		help: 'Time until a webhook was acknowledged, by provider and status.',
		labelNames: [ 'provider', 'status' ],
		buckets: SECONDS,
		registers: [ this.registry ],
	} );
	readonly provider = new Histogram( {
		name: 'smi_provider_seconds',
		help: 'Time a command took, calls to its provider included, by kind.',
		labelNames: [ 'kind' ],
		buckets: SECONDS,
		registers: [ this.registry ],
	} );
	readonly outbound = new Histogram( {
		name: 'smi_outbound_seconds',
		help: 'Time of one call to somebody else, by provider and HTTP status; status none: no answer.',
		labelNames: [ 'provider', 'status' ],
		buckets: SECONDS,
		registers: [ this.registry ],
	} );
	readonly waiting: Gauge< 'what' > = new Gauge( {
		name: 'smi_waiting',
		help: 'Hints and reports that wait for a sync.',
		labelNames: [ 'what' ],
		registers: [ this.registry ],
		collect: () => this.sizes.forEach( ( size, what ) => this.waiting.set( { what }, size() ) ),
	} );
	readonly lastSync: Gauge = new Gauge( {
		name: 'smi_last_sync_age_seconds',
		help: 'Seconds since WordPress last took a sync; NaN before the first.',
		registers: [ this.registry ],
		collect: () => this.lastSync.set( this.syncAge() ),
	} );
	readonly running = new Gauge( {
		name: 'smi_commands_running',
		help: 'Commands being carried out now.',
		registers: [ this.registry ],
	} );

	constructor() {
		collectDefaultMetrics( { register: this.registry } );
	}
}
