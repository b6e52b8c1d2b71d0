<?php
/**
 * How far a provider is with an attempt.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upscaling;

/**
 * Of attempt-snapshot.schema.json: fewer than the states of an Attempt, for the provider knows nothing of our queue.
 */
enum ProviderState: string {
	case Running   = 'running';
	case Succeeded = 'succeeded';
	case Failed    = 'failed';
}
