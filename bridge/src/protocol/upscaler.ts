import type { Failure } from './failure.ts';

export interface UpscaleRequest {
	/** Where the provider fetches the source. */
	imageUrl: string;
	inputImageType: 'realism' | 'anime' | 'universal';
	upscaleFactor: number;
}

/** What came of asking for an upscale. What may have been bought is not asked for again. */
export type Purchase = { id: string } | { failure: Failure; mayBeBought: boolean };

/** What an upscaler says of an upscale. */
export type Upscale =
	| { state: 'running'; credits: number | null }
	/** `addresses` of the result, the best first; each works for some hours. */
	| { state: 'made'; credits: number | null; addresses: string[] }
	| { state: 'failed'; credits: number | null; message: string }
	/** It knows of none with such an id. */
	| { state: 'unknown'; message: string }
	| { state: 'not_told'; failure: Failure };

/** A service that enlarges pictures. No method throws for what the service answers, or for its silence. */
export interface Upscaler {
	/** Of its API and its results. */
	readonly origin: string;

	/**
	 * Waits until the next purchase may go; after that it goes at once.
	 *
	 * @return Null, or in how many seconds to come again: too many wait.
	 */
	placeToSubmit: () => Promise< number | null >;

	/**
	 * Buys an upscale, in a place that was waited for. Never call it twice for one attempt.
	 *
	 * @param webhook Where it may tell of the end; null: nowhere.
	 */
	buy: ( request: UpscaleRequest, webhook: string | null ) => Promise< Purchase >;

	/** @param mime What is sold: of it depends which of the results will do. */
	look: ( id: string, mime: string ) => Promise< Upscale >;

	/** Whether it takes the key. Buys nothing. */
	probe: () => Promise< Failure | null >;

	close: () => Promise< void >;
}
