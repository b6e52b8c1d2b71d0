import Stripe from 'stripe';
import { isKeyRefused, refusalOf, RIGHTS, rightNamed, type Right } from '../stripe/rights.ts';
import { told, type ToldProvider } from './told-health.ts';

/** Whether Stripe takes the key, right by right. What is asked changes nothing and costs nothing. */
export class StripeHealth {
	#told: ToldProvider | null = null;

	/** @param rights What a restricted key may lack; none for a secret key, which has them all. */
	constructor(
		readonly stripe: Stripe,
		readonly rights: readonly Right[] = RIGHTS
	) {}

	get told(): ToldProvider | null {
		return this.#told;
	}

	/** Looks; while all was well one call is enough to see that the key lives. */
	async look(): Promise< void > {
		const isWell = this.#told?.state === 'ok';
		try {
			if ( isWell ) {
				await this.stripe.checkout.sessions.list( { limit: 1 } );
				return;
			}
			await this.#lookAtAll();
		} catch ( error ) {
			this.#judge( error, null );
		}
	}

	/** A key that can lack no right was taken. */
	alive(): void {
		this.#told = told( this.#told, 'ok', { lacking: [] } );
	}

	/** A command was refused: true until a look says otherwise. */
	refused( message: string ): void {
		this.#refused( 'unauthorized', message, rightNamed( message ) );
	}

	async #lookAtAll(): Promise< void > {
		if ( this.rights.length === 0 ) {
			await this.stripe.checkout.sessions.list( { limit: 1 } );
		}
		const lacking: string[] = [];
		for ( const right of this.rights ) {
			const refusal = await refusalOf( right, this.stripe );
			if ( refusal?.statusCode === 401 || ( refusal !== null && right.isNeeded ) ) {
				this.#judge( refusal, right );
				return;
			}
			lacking.push( ...( refusal === null ? [] : [ right.name ] ) );
		}
		this.#told = told( this.#told, 'ok', { lacking } );
	}

	#judge( error: unknown, right: Right | null ): void {
		if ( isKeyRefused( error ) ) {
			const isKey = error.statusCode === 401;
			this.#refused(
				isKey ? 'unauthorized' : 'forbidden',
				error.message,
				isKey ? null : ( rightNamed( error.message ) ?? right?.name ?? null )
			);
		} else if ( error instanceof Stripe.errors.StripeConnectionError ) {
			this.#told = told( this.#told, 'unreachable', { code: 'no_answer', message: error.message } );
		}
	}

	#refused( code: string, message: string, right: string | null ): void {
		this.#told = told( this.#told, 'refused', { code, message, right } );
	}
}
