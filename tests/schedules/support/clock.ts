/**
 * The one clock of a schedule: the site's, the database's and the providers' stand still between jumps, and the bridges' monotonic
 * clock jumps along, so that leases end on both sides.
 */
let jumpedMs = 0;
const real = performance.now.bind( performance );
performance.now = () => real() + jumpedMs;

export class Clock {
	seconds = Math.floor( Date.now() / 1000 );

	/** @param onMove Tells the site. */
	constructor( readonly onMove: ( seconds: number ) => void ) {
		onMove( this.seconds );
	}

	jump( seconds: number ): void {
		this.seconds += seconds;
		jumpedMs += seconds * 1000;
		this.onMove( this.seconds );
	}
}
