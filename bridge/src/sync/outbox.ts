import type { Report } from '../contracts.generated.ts';

/** More than that only gathers while the site is away; WordPress finds out about the lost ones by refreshing. */
const MOST = 5_000;

/** One that fails so often alone, while the site answers, is let go: its command comes again when its lease has ended. */
const MOST_FAILURES = 20;

/** Reports that wait for the next sync. */
export class Outbox {
	#waiting: Report[] = [];
	readonly #failures = new WeakMap< Report, number >();
	/** Called whenever a report was added. */
	onAdd: () => void = () => {};
	/** Called with a report that is lost. */
	onLoss: ( report: Report, why: string ) => void = () => {};

	get size(): number {
		return this.#waiting.length;
	}

	add( report: Report ): void {
		this.#waiting.push( report );
		const tooMany = this.#waiting.splice( 0, this.#waiting.length - MOST );
		tooMany.forEach( ( lost ) => this.onLoss( lost, `more than ${ MOST } wait` ) );
		this.onAdd();
	}

	take( most: number ): Report[] {
		return this.#waiting.splice( 0, most );
	}

	/**
	 * Puts back what could not be delivered (late ones still bring providers' ids): in front, unless one alone was the whole load, which
	 * must not block the others.
	 */
	putBack( reports: Report[], why: string ): void {
		const [ alone ] = reports;
		if ( reports.length !== 1 || alone === undefined ) {
			this.#waiting.unshift( ...reports );
			return;
		}
		const failures = ( this.#failures.get( alone ) ?? 0 ) + 1;
		this.#failures.set( alone, failures );
		if ( failures >= MOST_FAILURES ) {
			this.onLoss( alone, why );
		} else {
			this.#waiting.push( alone );
		}
	}
}
