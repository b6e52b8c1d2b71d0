import type { Report } from '../contracts.generated.ts';

/** More than that only gathers while the site is away; WordPress finds out about the lost ones by refreshing. */
const MOST = 5_000;

/** Reports that wait for the next sync. */
export class Reports {
	#waiting: Report[] = [];
	/** Called whenever a report was added. */
	onAdd: () => void = () => {};

	get size(): number {
		return this.#waiting.length;
	}

	add( report: Report ): void {
		this.#waiting.push( report );
		this.#waiting.splice( 0, this.#waiting.length - MOST );
		this.onAdd();
	}

	take( most: number ): Report[] {
		return this.#waiting.splice( 0, most );
	}

	/** Puts back what could not be delivered. Late ones still bring providers' ids. */
	putBack( reports: Report[] ): void {
		this.#waiting.unshift( ...reports );
	}
}
