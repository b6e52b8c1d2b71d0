/** Numbers out of a few measurements. */
export const quantile = ( values: readonly number[], share: number ): number =>
	[ ...values ].sort( ( a, b ) => a - b )[ Math.min( values.length - 1, Math.floor( values.length * share ) ) ] ??
	Number.NaN;

export const median = ( values: readonly number[] ): number => quantile( values, 0.5 );

/** A line such as `first row after load   12 ms   p90 20 ms`. */
export const line = ( what: string, values: readonly number[], unit = 'ms' ): string =>
	`${ what.padEnd( 44 ) }${ median( values ).toFixed( 0 ).padStart( 7 ) } ${ unit }   p90 ${ quantile( values, 0.9 )
		.toFixed( 0 )
		.padStart( 6 ) } ${ unit }`;
