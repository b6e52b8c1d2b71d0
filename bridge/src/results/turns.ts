/** Lets only so many works run at once; the others wait in line. */
export class Turns {
	#free: number;
	readonly #line: ( () => void )[] = [];

	constructor( size: number ) {
		this.#free = size;
	}

	/** Whether a work would begin at once. */
	get isFree(): boolean {
		return this.#free > 0;
	}

	async run< T >( work: () => Promise< T > ): Promise< T > {
		if ( this.#free > 0 ) {
			this.#free--;
		} else {
			await new Promise< void >( ( go ) => this.#line.push( go ) );
		}
		try {
			return await work();
		} finally {
			const next = this.#line.shift();
			if ( next ) {
				next();
			} else {
				this.#free++;
			}
		}
	}
}
