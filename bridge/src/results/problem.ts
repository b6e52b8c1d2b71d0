/** Why a result could not be used. */
export class ResultProblem extends Error {
	override name = 'ResultProblem';
	constructor(
		/** A short word. `expired`: the server says so; `gone`: its 401, 403, 404 or 410 without a word, as a firewall's bad moment gives too. */
		readonly code:
			'bad_image' | 'too_large' | 'wrong_size' | 'private_redirect' | 'expired' | 'gone' | 'unreachable',
		message: string
	) {
		super( message );
	}

	/** Whether making the file again may help. */
	get isTransient(): boolean {
		return this.isAbsent || this.code === 'bad_image' || this.code === 'expired';
	}

	/** Whether nothing came at all. */
	get isAbsent(): boolean {
		return this.code === 'gone' || this.code === 'unreachable';
	}
}
