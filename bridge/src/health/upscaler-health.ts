import type { Upscaler } from '../protocol/upscaler.ts';
import { told, type ToldProvider } from './told-health.ts';

/** Whether the upscaler takes the key. What only a purchase can show (credits) shows there. */
export class UpscalerHealth {
	#told: ToldProvider | null = null;

	constructor( readonly upscaler: Pick< Upscaler, 'probe' > ) {}

	get told(): ToldProvider | null {
		return this.#told;
	}

	async look(): Promise< void > {
		const failure = await this.upscaler.probe();
		if ( failure?.status === 401 || failure?.status === 403 ) {
			this.refused( failure.message );
		} else if ( failure?.kind !== 'later' ) {
			this.#told = told( this.#told, 'ok' );
		} else if ( failure.status === null ) {
			this.#told = told( this.#told, 'unreachable', { code: 'no_answer', message: failure.message } );
		}
	}

	/** A command was refused: true until a look says otherwise. */
	refused( message: string ): void {
		this.#told = told( this.#told, 'refused', { code: 'unauthorized', message } );
	}
}
