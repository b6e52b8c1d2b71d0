/* eslint-disable no-bitwise -- the generator is made of them. */
/** Chance that a number repeats. */
export class Random {
	#state: number;

	constructor( readonly seed: number ) {
		this.#state = Math.imul( seed + 1, 0x9e3779b9 ) >>> 0;
	}

	/** 0 or more, below 1 (mulberry32). */
	next(): number {
		this.#state = ( this.#state + 0x6d2b79f5 ) >>> 0;
		let t = this.#state;
		t = Math.imul( t ^ ( t >>> 15 ), t | 1 );
		t ^= t + Math.imul( t ^ ( t >>> 7 ), t | 61 );
		return ( ( t ^ ( t >>> 14 ) ) >>> 0 ) / 2 ** 32;
	}

	/** From `least` to `most`, both possible. */
	whole( least: number, most: number ): number {
		return least + Math.floor( this.next() * ( most - least + 1 ) );
	}

	chance( share: number ): boolean {
		return this.next() < share;
	}

	/** One of them; undefined of none. */
	of< T >( things: readonly T[] ): T | undefined {
		return things[ Math.floor( this.next() * things.length ) ];
	}

	/** One of them, by its weight. */
	weighed< T >( things: readonly ( readonly [ number, T ] )[] ): T {
		let left = this.next() * things.reduce( ( sum, [ weight ] ) => sum + weight, 0 );
		for ( const [ weight, thing ] of things ) {
			left -= weight;
			if ( left < 0 ) {
				return thing;
			}
		}
		throw new Error( 'There is nothing to choose from.' );
	}
}
