/** Why a result could not be used. */
export class ResultProblem extends Error {
	override name = 'ResultProblem';
	constructor(
		/** A short word, as in the attempt's snapshot. */
		readonly code: 'bad_image' | 'too_large' | 'wrong_size' | 'private_redirect' | 'expired' | 'unreachable',
		message: string
	) {
		super( message );
	}

	/** Whether making the file again may help. */
	get isTransient(): boolean {
		return this.code === 'bad_image' || this.code === 'expired' || this.code === 'unreachable';
	}
}
