/** Why a result could not be used. */
export class ResultProblem extends Error {
	override name = 'ResultProblem';
	constructor(
		/** A short word. `gone` is a server's 401, 403, 404 or 410, which a firewall's bad moment gives too: its time tells which. */
		readonly code: 'bad_image' | 'too_large' | 'wrong_size' | 'private_redirect' | 'gone' | 'unreachable',
		message: string
	) {
		super( message );
	}

	/** Whether making the file again may help. */
	get isTransient(): boolean {
		return this.isAbsent || this.code === 'bad_image';
	}

	/** Whether nothing came at all. */
	get isAbsent(): boolean {
		return this.code === 'gone' || this.code === 'unreachable';
	}
}
