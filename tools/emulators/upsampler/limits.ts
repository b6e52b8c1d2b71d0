import type { Clock } from '../shared/clock.ts';
import { TokenBucket } from '../shared/token-bucket.ts';
import type { Jobs } from './jobs.ts';
import type { Size } from './picture.ts';
import type { UpsamplerSettings } from './settings.ts';

const MINUTE_MS = 60_000;

/** An error that the API answers with. */
export class Refusal extends Error {
	constructor(
		readonly statusCode: number,
		message: string,
		/** Whole seconds, for `Retry-After`. */
		readonly retryAfterS: number | null = null
	) {
		super( message );
	}
}

/** Lets submissions in, as many as are allowed. */
export class Gate {
	private readonly bucket: TokenBucket;
	private inside = 0;

	constructor(
		private readonly jobs: Jobs,
		private readonly settings: () => UpsamplerSettings,
		clock: Clock
	) {
		this.bucket = new TokenBucket( MINUTE_MS, () => clock.ms() );
	}

	/** @throws Refusal 429 */
	async pass< T >( work: () => Promise< T > ): Promise< T > {
		const { at_once: atOnce, jobs_at_once: jobsAtOnce, rate_per_minute: rate } = this.settings();
		if ( atOnce > 0 && this.inside >= atOnce ) {
			throw new Refusal( 429, `Too many requests: at most ${ atOnce } submissions at the same time.`, 1 );
		}
		if ( jobsAtOnce > 0 && this.jobs.unfinished().length >= jobsAtOnce ) {
			throw new Refusal( 429, `Too many requests: at most ${ jobsAtOnce } jobs at the same time.`, 1 );
		}
		if ( ! this.bucket.take( rate ) ) {
			const wait = Math.ceil( this.bucket.waitMs( rate ) / 1000 );
			throw new Refusal( 429, `Too many requests: at most ${ rate } submissions a minute.`, wait );
		}
		this.inside++;
		try {
			return await work();
		} finally {
			this.inside--;
		}
	}
}

const megapixels = ( pixels: number ) => `${ ( pixels / 1_000_000 ).toFixed( 1 ) } megapixels`;

/** @throws Refusal 400 */
export function checkSize( bytes: number, input: Size, output: Size, settings: UpsamplerSettings ): void {
	const [ read, made ] = [ input.width * input.height, output.width * output.height ];
	if ( bytes > settings.max_input_bytes ) {
		throw new Refusal( 400, `The image is too large: ${ bytes } bytes, at most ${ settings.max_input_bytes }.` );
	}
	if ( read > settings.max_input_pixels ) {
		throw new Refusal(
			400,
			`The image is too large: ${ megapixels( read ) }, at most ${ megapixels( settings.max_input_pixels ) }.`
		);
	}
	if ( made > settings.max_output_pixels ) {
		throw new Refusal(
			400,
			`The result would be too large: ${ megapixels( made ) }, at most ${ megapixels( settings.max_output_pixels ) }.`
		);
	}
}
