import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { ResultProblem } from './problem.ts';

/** Whether an address is out in the open: not this machine, not a private net, not a tunnel to one. */
export function isPublicAddress( address: string ): boolean {
	const plain = address.replace( /^\[|\]$/g, '' );
	return ipaddr.isValid( plain ) && ipaddr.process( plain ).range() === 'unicast';
}

/** @throws ResultProblem For an address written as such that is not public. */
export function assertPublicHost( url: URL ): void {
	const host = url.hostname.replace( /^\[|\]$/g, '' );
	if ( isIP( host ) !== 0 && ! isPublicAddress( host ) ) {
		throw notPublic( host );
	}
}

export interface Names {
	/** Instead of the system's resolver. */
	resolve?: typeof systemLookup;
	/** Which addresses are out in the open. */
	isPublic?: ( address: string ) => boolean;
}

/**
 * A resolver for sockets: the very address it checked is the one connected to, so a name cannot change
 * between the check and the use. One private address among several spoils the name.
 */
export function publicLookup( { resolve = systemLookup, isPublic = isPublicAddress }: Names = {} ): LookupFunction {
	return ( hostname, options, callback ) => {
		resolve( hostname, { ...options, all: true }, ( error, addresses: LookupAddress[] ) => {
			const bad = addresses?.find( ( { address } ) => ! isPublic( address ) );
			const first = addresses?.[ 0 ];
			if ( error || bad || ! first ) {
				callback( error ?? ( notPublic( hostname ) as NodeJS.ErrnoException ), '', 0 );
			} else if ( options.all ) {
				callback( null, addresses );
			} else {
				callback( null, first.address, first.family );
			}
		} );
	};
}

function notPublic( host: string ): ResultProblem {
	return new ResultProblem(
		'private_redirect',
		`The result is said to be at ${ host }, which is no public address.`
	);
}
