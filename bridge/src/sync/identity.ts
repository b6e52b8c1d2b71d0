import type { HelloResponse } from '../contracts.generated.ts';

/** What hello told about the site; unknown until it was heard. */
export class Identity {
	#hello: HelloResponse | null = null;

	get hello(): HelloResponse | null {
		return this.#hello;
	}

	set hello( answer: HelloResponse | null ) {
		this.#hello = answer;
	}

	get site(): HelloResponse[ 'site' ] | null {
		return this.#hello?.site ?? null;
	}

	/** Whether a message speaks of the site that we said hello to. */
	isSame( site: { uuid: string; home_hash: string } | undefined ): boolean {
		return site !== undefined && site.uuid === this.site?.uuid && site.home_hash === this.site.home_hash;
	}
}
