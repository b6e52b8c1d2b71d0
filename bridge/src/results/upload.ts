import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Lease } from '../protocol/lease.ts';
import { jsonObject } from '../json.ts';
import type { HttpAnswer } from '../outbound/call.ts';
import { readEnvelope, type WordPress } from '../wordpress/client.ts';
import { SiteUnreachable } from '../wordpress/errors.ts';

const FIRST = 512 * 1024;
const LEAST = 16 * 1024;
const MOST = 8 * 1024 * 1024;
/** The same offset again and again, however small the parts have become, means that nothing arrives. */
const MOST_STANDSTILLS = 12;

export interface FileFacts {
	sha256: string;
	bytes: number;
}

/** Size and hash of a file. */
export async function factsOf( file: string ): Promise< FileFacts > {
	const hash = createHash( 'sha256' );
	await pipeline( createReadStream( file ), hash );
	return { sha256: hash.digest( 'hex' ), bytes: ( await stat( file ) ).size };
}

/**
 * Sends a file in parts that the site's limits take: they double while it goes well and halve on a 413. The
 * site says where to go on, so a restarted upload continues.
 *
 * @throws SiteUnreachable | SiteRefused | LeaseEnding
 */
export async function uploadFile(
	wordpress: Pick< WordPress, 'filePart' >,
	attempt: string,
	leaseNo: number,
	file: string,
	facts: FileFacts,
	lease: Lease
): Promise< void > {
	const handle = await open( file, 'r' );
	try {
		await new Upload( wordpress, attempt, leaseNo, handle, facts, lease ).run();
	} finally {
		await handle.close();
	}
}

class Upload {
	#size = FIRST;
	#most = MOST;

	constructor(
		readonly wordpress: Pick< WordPress, 'filePart' >,
		readonly attempt: string,
		readonly leaseNo: number,
		readonly handle: FileHandle,
		readonly facts: FileFacts,
		readonly lease: Lease
	) {}

	async run(): Promise< void > {
		let offset = 0;
		let standstills = 0;
		while ( offset < this.facts.bytes ) {
			const next = await this.#send( offset );
			standstills = next === offset ? standstills + 1 : 0;
			if ( standstills > MOST_STANDSTILLS ) {
				throw new SiteUnreachable( 'The site takes no part of the file, however small.' );
			}
			offset = next;
		}
	}

	/** Sends one part; where to go on. */
	async #send( offset: number ): Promise< number > {
		this.lease.assertCanStart();
		const part = await readAt( this.handle, offset, Math.min( this.#size, this.facts.bytes - offset ) );
		const { sha256, bytes: total } = this.facts;
		// Before the request: a renewed lease ends here earlier than in the database.
		const askedAt = performance.now();
		const answer = await this.wordpress.filePart(
			this.attempt,
			{ lease_no: this.leaseNo, offset, sha256, total },
			part
		);
		if ( answer.status === 413 ) {
			this.#most = Math.max( LEAST, this.#size / 2 );
			this.#size = this.#most;
			return offset;
		}
		const next = answer.status === 409 ? offsetIn( answer ) : null;
		if ( next !== null ) {
			return next;
		}
		const { offset: reached } = readEnvelope< { offset: number } >( answer, [ 'offset' ] );
		this.lease.renew( askedAt );
		this.#size = Math.min( this.#size * 2, this.#most );
		return reached;
	}
}

/**
 * Bytes of a file. One read may bring fewer than were asked for.
 *
 * @throws Error When the file ends before.
 */
export async function readAt( handle: Pick< FileHandle, 'read' >, offset: number, length: number ): Promise< Buffer > {
	const part = Buffer.alloc( length );
	let filled = 0;
	while ( filled < length ) {
		const { bytesRead } = await handle.read( part, filled, length - filled, offset + filled );
		if ( bytesRead === 0 ) {
			throw new Error( 'The file is shorter than it was when it was hashed.' );
		}
		filled += bytesRead;
	}
	return part;
}

/** Where the site wants to go on, in a 409; null when the 409 is about something else. */
function offsetIn( answer: HttpAnswer ): number | null {
	const body = jsonObject( answer.text );
	const data = body?.[ 'data' ] as { offset?: unknown; details?: { offset?: unknown } } | undefined;
	const offset = data?.details?.offset ?? data?.offset ?? body?.[ 'offset' ];
	return typeof offset === 'number' ? offset : null;
}
