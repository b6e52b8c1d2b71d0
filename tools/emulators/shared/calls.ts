/** One API call that an emulator received, as `GET /_emulator/calls` tells it. */
export interface Call {
	/** ISO-8601, UTC. */
	at: string;
	method: string;
	/** Path and query, as received. */
	path: string;
	idempotency_key: string | null;
	/** What was answered (or would have been, for `drop: "after"`); null while unanswered. */
	status: number | null;
	/** The fault's effect that was applied, if one was. */
	fault: unknown;
}

const LIMIT = 10_000;

export class CallLog {
	private calls: Call[] = [];

	add( call: Call ): Call {
		this.calls.push( call );
		if ( this.calls.length > LIMIT ) {
			this.calls.shift();
		}
		return call;
	}

	all(): readonly Call[] {
		return this.calls;
	}

	clear(): void {
		this.calls = [];
	}
}
