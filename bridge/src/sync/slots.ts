import type { BridgeCommand, SyncRequest } from '../contracts.generated.ts';

export type Want = SyncRequest[ 'want' ];

/** A submit that is lost with its bridge is an unknown that may have cost money: so few at once. */
const LIMITS: Want = { submit: 4, other: 20 };

/** How much may be claimed. What a sync asked for is taken until its answer says how much came. */
export class Slots {
	#used: Want = { submit: 0, other: 0 };

	/** Takes all that is free. */
	reserve(): Want {
		const want = { submit: LIMITS.submit - this.#used.submit, other: LIMITS.other - this.#used.other };
		const free = { submit: Math.max( 0, want.submit ), other: Math.max( 0, want.other ) };
		this.#add( free, 1 );
		return free;
	}

	release( want: Want ): void {
		this.#add( want, -1 );
	}

	occupy( command: BridgeCommand ): void {
		this.#used[ classOf( command ) ]++;
	}

	vacate( command: BridgeCommand ): void {
		this.#used[ classOf( command ) ]--;
	}

	#add( want: Want, sign: 1 | -1 ): void {
		this.#used.submit += sign * want.submit;
		this.#used.other += sign * want.other;
	}
}

function classOf( command: BridgeCommand ): keyof Want {
	return command.kind === 'submit' ? 'submit' : 'other';
}
