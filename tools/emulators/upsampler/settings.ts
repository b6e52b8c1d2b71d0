import { latencySchema, type Latency } from '../shared/settings.ts';

/** How this Upsampler behaves: by default as the real one does, but at once. */
export interface UpsamplerSettings {
	/** Submissions a minute; 0 for no limit. */
	rate_per_minute: number;
	/** Submissions that may be under way at the same time; 0 for no limit. */
	at_once: number;
	/** Jobs that may be unfinished at the same time; 0 for no limit. */
	jobs_at_once: number;
	/** The most bytes of a picture, pixels of a picture, and pixels of a result. */
	max_input_bytes: number;
	max_input_pixels: number;
	max_output_pixels: number;
	/** For how long `/status` does not know a new job yet. */
	status_lag_ms: number;
	/** How often a result's address leads on before the file comes; the first is then on the API's own origin. */
	results_redirects: number;
	/** How a webhook is called: its fields are in the body, or in the query. */
	webhook_method: 'POST' | 'GET';
	latency_ms: Latency;
}

export const DEFAULTS: UpsamplerSettings = {
	rate_per_minute: 60,
	at_once: 4,
	jobs_at_once: 0,
	max_input_bytes: 50_000_000,
	max_input_pixels: 100_000_000,
	max_output_pixels: 256_000_000,
	status_lag_ms: 0,
	results_redirects: 0,
	webhook_method: 'POST',
	latency_ms: [ 0, 0 ],
};

const count = { type: 'integer', minimum: 0 };

export const settingsSchema: Record< keyof UpsamplerSettings, unknown > = {
	rate_per_minute: count,
	at_once: count,
	jobs_at_once: count,
	max_input_bytes: { type: 'integer', minimum: 1 },
	max_input_pixels: { type: 'integer', minimum: 1 },
	max_output_pixels: { type: 'integer', minimum: 1 },
	status_lag_ms: { type: 'integer', minimum: 0, maximum: 600_000 },
	results_redirects: { type: 'integer', minimum: 0, maximum: 20 },
	webhook_method: { enum: [ 'POST', 'GET' ] },
	latency_ms: latencySchema,
};
