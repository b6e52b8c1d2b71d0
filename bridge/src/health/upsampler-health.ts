import { NoAnswerError, NotSentError } from '../outbound/call.ts';
import { errorWords, type Upsampler } from '../upsampler/client.ts';
import { told, type ToldProvider } from './told-health.ts';

/** Nobody's upscale: its status costs nothing, and a key that is refused hears so before "no such upscale". */
const NOBODYS = 'smi-bridge-check';

/** Whether Upsampler takes the key. What only a submit can show (credits) shows there. */
export class UpsamplerHealth {
	#told: ToldProvider | null = null;

	constructor( readonly upsampler: Pick< Upsampler, 'status' > ) {}

	get told(): ToldProvider | null {
		return this.#told;
	}

	async look(): Promise< void > {
		try {
			const { status, text } = await this.upsampler.status( NOBODYS );
			if ( status === 401 || status === 403 ) {
				this.refused( errorWords( text ) ?? `Upsampler answered HTTP ${ status }.` );
			} else if ( status < 500 && status !== 429 ) {
				this.#told = told( this.#told, 'ok' );
			}
		} catch ( error ) {
			if ( error instanceof NotSentError || error instanceof NoAnswerError ) {
				this.#told = told( this.#told, 'unreachable', { code: 'no_answer', message: error.message } );
			}
		}
	}

	/** A command was refused: true until a look says otherwise. */
	refused( message: string ): void {
		this.#told = told( this.#told, 'refused', { code: 'unauthorized', message } );
	}
}
