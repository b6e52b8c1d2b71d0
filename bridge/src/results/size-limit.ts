import { Transform } from 'node:stream';
import { ResultProblem } from './problem.ts';

/** Passes bytes on until there are too many of them. */
export function sizeLimit( max: number ): Transform {
	let seen = 0;
	return new Transform( {
		transform( chunk: Buffer, _encoding, done ) {
			seen += chunk.length;
			if ( seen > max ) {
				done( tooManyBytes( max ) );
			} else {
				done( null, chunk );
			}
		},
	} );
}

export function tooManyBytes( max: number ): ResultProblem {
	return new ResultProblem( 'too_large', `The result is larger than ${ Math.round( max / 1_000_000 ) } MB.` );
}
