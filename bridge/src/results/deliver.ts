import { join } from 'node:path';
import type { AttemptSnapshot, RefreshAttemptCommand } from '../contracts.generated.ts';
import type { Lease } from '../protocol/lease.ts';
import type { WordPress } from '../wordpress/client.ts';
import type { Fetcher } from './fetcher.ts';
import { makeFile } from './make-file.ts';
import { ResultProblem } from './problem.ts';
import { Turns } from './turns.ts';
import { factsOf, uploadFile } from './upload.ts';
import { inWorkFolder } from './work-folder.ts';

const turns = new Turns( 2 );

/** Whether a picture would be fetched at once. */
export const hasRoom = () => turns.isFree;

/** The lease is renewed meanwhile; a server that takes longer is asked again. */
const LONGEST_FETCH_MS = 600_000;

/**
 * Fetches a picture from the first of its addresses that gives it, makes the file that was sold and puts it into WordPress.
 *
 * @throws ResultProblem | SiteUnreachable | SiteRefused | LeaseEnding
 */
export async function deliver(
	addresses: string[],
	command: RefreshAttemptCommand,
	context: { fetcher: Fetcher; wordpress: WordPress },
	lease: Lease
): Promise< NonNullable< AttemptSnapshot[ 'file' ] > > {
	return turns.run( () =>
		inWorkFolder( async ( folder ) => {
			const { attempt, width, height, mime, provider } = command.payload;
			const file = join( folder, 'result' );
			const isMade = provider === 'upsampler';
			const make = ( address: string ) =>
				fetchAndMake( context, address, folder, file, { width, height, mime }, isMade, lease );
			await firstThatWorks( addresses, make );
			const facts = await factsOf( file );
			await uploadFile( context.wordpress, attempt, command.lease_no, file, facts, lease );
			return { ...facts, width, height, mime };
		} )
	);
}

/** The same picture in another form may be had, or be small enough. A wrong size or a private address stays what it is. */
const WORTH_ANOTHER = [ 'expired', 'gone', 'unreachable', 'bad_image', 'too_large' ];

/** @throws ResultProblem The one that leaves most hope: where nothing came at all, it may come later. */
async function firstThatWorks( addresses: string[], make: ( address: string ) => Promise< void > ): Promise< void > {
	const problems: ResultProblem[] = [];
	for ( const address of addresses ) {
		try {
			return await make( address );
		} catch ( error ) {
			if ( ! ( error instanceof ResultProblem ) || ! WORTH_ANOTHER.includes( error.code ) ) {
				throw error;
			}
			problems.push( error );
		}
	}
	throw (
		problems.find( ( { isAbsent } ) => isAbsent ) ??
		problems[ 0 ] ??
		new ResultProblem( 'unreachable', 'There is no address.' )
	);
}

/** HTML or half a picture may be a hiccup of the server's: it is fetched once more. */
async function fetchAndMake(
	{ fetcher }: { fetcher: Fetcher },
	address: string,
	folder: string,
	file: string,
	target: Parameters< typeof makeFile >[ 2 ],
	hasPixelLimit: boolean,
	lease: Lease,
	isSecondTry = false
): Promise< void > {
	const fetched = join( folder, 'fetched' );
	lease.assertCanStart();
	try {
		await fetcher.save(
			address,
			fetched,
			AbortSignal.any( [ lease.signal, AbortSignal.timeout( LONGEST_FETCH_MS ) ] )
		);
		lease.assertCanStart();
		await makeFile( fetched, file, target, hasPixelLimit );
	} catch ( error ) {
		const isHiccup = error instanceof ResultProblem && [ 'bad_image', 'unreachable' ].includes( error.code );
		if ( ! isHiccup || isSecondTry ) {
			throw error;
		}
		await fetchAndMake( { fetcher }, address, folder, file, target, hasPixelLimit, lease, true );
	}
}
