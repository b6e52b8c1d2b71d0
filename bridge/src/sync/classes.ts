import type { BridgeCommand, SyncRequest } from '../contracts.generated.ts';

export type Want = SyncRequest[ 'want' ];

/** What a command keeps busy: each class has slots of its own, so that twenty finished pictures never keep a payment waiting. */
export type CommandClass = 'money' | 'submit' | 'deliver' | 'poll' | 'reconcile';

/** A submit that is lost with its bridge may have cost money, so few at once; two pictures fill a small machine's memory. */
const LIMITS: Record< CommandClass, number > = { money: 10, submit: 4, deliver: 2, poll: 6, reconcile: 2 };

/** What is wanted of nothing. */
export const NOTHING: Want = { submit: 0, other: 0 };

/** How much may be claimed. What a sync asked for is taken until its answer says how much came. */
export class Slots {
	readonly #used: Record< CommandClass, number > = { money: 0, submit: 0, deliver: 0, poll: 0, reconcile: 0 };

	/** Takes all that is free. */
	reserve(): Want {
		const free = ( name: CommandClass ) => Math.max( 0, LIMITS[ name ] - this.#used[ name ] );
		const [ money, deliver, poll, reconcile ] = [
			free( 'money' ),
			free( 'deliver' ),
			free( 'poll' ),
			free( 'reconcile' ),
		];
		const want = { submit: free( 'submit' ), money, deliver, poll, reconcile };
		this.#add( want, 1 );
		return { ...want, other: money + deliver + poll + reconcile };
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

	#add( want: Partial< Record< CommandClass, number > >, sign: 1 | -1 ): void {
		for ( const name of Object.keys( LIMITS ) as CommandClass[] ) {
			this.#used[ name ] += sign * ( want[ name ] ?? 0 );
		}
	}
}

/** What carrying out a command keeps busy. */
export function classOf( command: BridgeCommand ): CommandClass {
	switch ( command.kind ) {
		case 'submit':
		case 'reconcile':
			return command.kind;
		case 'refresh_attempt':
			return command.payload.is_ready ? 'deliver' : 'poll';
		case 'retry':
			return 'poll';
		default:
			return 'money';
	}
}
