export interface FaultMatch {
	method?: string;
	/** Prefix of the path and query, as received. */
	path?: string;
}

export type FaultEffect = { status: number; body?: unknown } | { delay_ms: number } | { drop: 'before' | 'after' };

export interface Fault {
	match: FaultMatch;
	effect: FaultEffect;
	/** How many more times it applies; without it, until it is deleted. */
	times?: number;
}

function isMatch( fault: Fault, method: string, url: string, isApi: boolean ): boolean {
	const { match } = fault;
	if ( match.method !== undefined && match.method.toUpperCase() !== method.toUpperCase() ) {
		return false;
	}
	// Pages and result files are disturbed only by a fault that names them.
	return match.path === undefined ? isApi : url.startsWith( match.path );
}

export class FaultList {
	private faults: Fault[] = [];

	add( fault: Fault ): void {
		this.faults.push( { ...fault } );
	}

	all(): readonly Fault[] {
		return this.faults;
	}

	clear(): void {
		this.faults = [];
	}

	/** The effect for this request, counting it down. The oldest matching fault wins. */
	take( method: string, url: string, isApi: boolean ): FaultEffect | null {
		const fault = this.faults.find( ( each ) => isMatch( each, method, url, isApi ) );
		if ( ! fault ) {
			return null;
		}
		if ( fault.times !== undefined && --fault.times <= 0 ) {
			this.faults = this.faults.filter( ( each ) => each !== fault );
		}
		return fault.effect;
	}
}
