import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const WRITE_AFTER_MS = 50;

/** A JSON file that follows an object's state, written a moment after each change. */
export class StateFile< T > {
	private timer: NodeJS.Timeout | null = null;
	private isClosed = false;

	constructor(
		private readonly path: string | undefined,
		private readonly take: () => T
	) {}

	/** What the file holds; null if there is none, or none that can be read. */
	load(): T | null {
		if ( this.path === undefined ) {
			return null;
		}
		try {
			return JSON.parse( readFileSync( this.path, 'utf8' ) ) as T;
		} catch {
			return null;
		}
	}

	changed(): void {
		if ( this.path === undefined || this.timer || this.isClosed ) {
			return;
		}
		this.timer = setTimeout( () => this.flush(), WRITE_AFTER_MS );
		this.timer.unref();
	}

	/** Writes beside and renames, so that a kill never leaves half a file. */
	flush(): void {
		if ( this.timer ) {
			clearTimeout( this.timer );
			this.timer = null;
		}
		if ( this.path === undefined ) {
			return;
		}
		mkdirSync( dirname( this.path ), { recursive: true } );
		writeFileSync( `${ this.path }.new`, JSON.stringify( this.take() ) );
		renameSync( `${ this.path }.new`, this.path );
	}

	close(): void {
		this.flush();
		this.isClosed = true;
	}
}
