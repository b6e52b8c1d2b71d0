import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

const SECONDS = [ 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20 ];

/** The numbers of one running bridge. */
export class Metrics {
	readonly registry = new Registry();
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
	readonly outbound = new Histogram( {
		name: 'smi_outbound_seconds',
		help: 'Time of one call to somebody else, by provider and HTTP status; status none: no answer.',
		labelNames: [ 'provider', 'status' ],
		buckets: SECONDS,
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
	readonly waiting = new Gauge( {
		name: 'smi_waiting',
		help: 'Hints and reports that wait for a sync.',
		labelNames: [ 'what' ],
		registers: [ this.registry ],
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
