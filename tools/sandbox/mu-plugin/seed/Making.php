<?php
/**
 * The making of the file: attempts, what they bring and what they cost.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Sandbox;

use SellMyImages\Files\UploadsPath;
use SellMyImages\Storefront\SizePlan;
use SellMyImages\Upscaling\Attempt;
use SellMyImages\Upscaling\AttemptPlan;

/**
 * Part of Story.
 */
trait Making {

	/** An attempt begins and stays where it is. */
	public function begin( string $state = Attempt::RUNNING, array $more = array() ): self {
		$uuid             = $this->dice->uuid();
		$is_local         = SizePlan::LOCAL === $this->plan->provider;
		$pixels           = $this->picture->source_width * $this->picture->source_height * $this->plan->factor ** 2;
		$credits          = $is_local ? 0 : AttemptPlan::credits_for( $pixels );
		$this->attempts[] = $more + array(
			'uuid'        => $uuid,
			'job_id'      => $this->job['job_id'],
			'provider'    => $this->plan->provider,
			'state'       => $state,
			'provider_id' => $is_local || Attempt::UNKNOWN === $state ? null : $this->dice->id( 'ups_', 20 ),
			'token_hash'  => hash( 'sha256', $uuid ),
			'factor'      => $this->plan->factor,
			'source_url'  => $this->picture->source_url,
			'credits'     => Attempt::UNKNOWN === $state ? null : $credits,
			'may_cost_credits' => Attempt::UNKNOWN === $state ? $credits : 0,
			'cost'        => Attempt::UNKNOWN === $state ? null : sprintf( '%.4f', $credits * self::CREDIT_CENTS / 100 ),
			'created_at'  => $this->time(),
		);
		$this->event( 'attempt', null, Attempt::QUEUED, 'system', $more['override_by'] ?? '', $uuid );
		$this->wait( 2, 12 );
		$last                                         = array_key_last( $this->attempts );
		$this->attempts[ $last ][ $is_local ? 'started_at' : 'sent_at' ] = $this->time();
		$this->job['current_attempt']                 = $uuid;
		$this->job['source_type']                     = $this->plan->provider;
		$this->job['upsampler_job_id']                = $this->attempts[ $last ]['provider_id'];
		$this->job['attempt_count']                   = count( $this->attempts );
		$this->job['processing_started_at']           = $this->time();
		$this->event( 'attempt', Attempt::QUEUED, Attempt::RUNNING === $state ? 'running' : $state, 'bridge', null, $uuid );
		if ( 'completed' !== $this->job['status'] && 'processing' !== $this->job['status'] ) {
			$this->status( 'processing', 'bridge' );
		}
		return $this->remember( 'IN_PROGRESS' )->sum();
	}

	/** The attempt brings its file, and the buyer hears of it. */
	public function finish(): self {
		$this->wait( 8, 10 + $this->dice->between( 5, 170 ) );
		$attempt  = $this->end( Attempt::SUCCEEDED, 'SUCCESS' );
		$uuid     = $attempt['uuid'];
		$path     = $this->folder->folder( $uuid ) . "/{$this->job['job_id']}-$uuid.jpg";
		$last     = array_key_last( $this->attempts );
		$this->attempts[ $last ] = array( 'file_path' => UploadsPath::to_store( $path ) ) + $attempt;
		$this->files[]           = array( 'path' => $path, 'picture' => $this->picture->attachment_id . '-' . $this->order['resolution'] );
		$was_completed           = 'completed' === $this->job['status'];
		$this->job               = array(
			'upscaled_file_path' => UploadsPath::to_store( $path ),
			'completed_at'       => $this->time(),
			'failed_at'          => null,
			'failure_reason'     => null,
		) + $this->job;
		$this->link();
		return $was_completed ? $this : $this->status( 'completed', 'bridge' );
	}

	/** The attempt fails; the job goes on. */
	public function stumble( string $error ): self {
		$this->wait( 5, 40 );
		$this->end( Attempt::FAILED, 'FAILED', $error );
		return $this;
	}

	/** The attempt fails for good, and the job with it. */
	public function fail( string $error, string $message ): self {
		$this->stumble( "$error: $message" );
		$this->job['failed_at']      = $this->time();
		$this->job['failure_reason'] = $message;
		return $this->status( 'failed', 'bridge', $message );
	}

	/** The owner asks for a new file. */
	public function override(): self {
		$this->event( 'action', null, 'retry', 'user:1', 'admin_override' );
		if ( 'completed' !== $this->job['status'] ) {
			$this->status( 'pending', 'user:1', 'admin_override' );
		}
		return $this->begin( Attempt::RUNNING, array( 'is_override' => 1, 'override_by' => 'user:1', 'keeps_file' => (int) ( 'completed' === $this->job['status'] ) ) );
	}

	private function link(): void {
		$generation = (int) ( $this->job['download_generation'] ?? 0 ) + 1;
		$this->job  = array(
			'download_generation' => $generation,
			'download_token'      => $this->links->hash( $this->links->token( (string) $this->job['job_id'], $generation ) ),
			'download_expires_at' => gmdate( 'Y-m-d H:i:s', $this->clock + $this->order['lifetime'] ),
			'download_count'      => $this->dice->between( 0, 3 ),
		) + $this->job;
	}

	/** @return array<string,mixed> The attempt's row. */
	private function end( string $state, string $provider_state, ?string $error = null ): array {
		$last                    = array_key_last( $this->attempts );
		$was                     = $this->attempts[ $last ]['state'];
		$this->attempts[ $last ] = array(
			'state'        => $state,
			'error'        => $error,
			'is_transient' => null === $error ? null : 0,
			'ended_at'     => $this->time(),
		) + ( Attempt::FAILED === $state ? array( 'credits' => 0, 'cost' => '0.0000' ) : array() ) + $this->attempts[ $last ];
		$this->event( 'attempt', $was, $state, 'bridge', $error, $this->attempts[ $last ]['uuid'] );
		$this->remember( $provider_state, $error )->sum();
		return $this->attempts[ $last ];
	}

	/** Upsampler knows of it. */
	private function remember( string $status, ?string $error = null ): self {
		$attempt = $this->attempts[ array_key_last( $this->attempts ) ];
		if ( null !== $attempt['provider_id'] ) {
			$upscale = array( 'id' => $attempt['provider_id'], 'status' => $status, 'creditCost' => (int) $attempt['credits'] );
			$this->upscales[ $attempt['provider_id'] ] = $upscale + ( null === $error ? array() : array( 'error' => $error ) );
		}
		return $this;
	}

	private function sum(): self {
		$credits                   = (int) array_sum( array_column( $this->attempts, 'credits' ) );
		$this->job['credits_used'] = $credits;
		$this->job['amount_cost']  = sprintf( '%.2f', $credits * self::CREDIT_CENTS / 100 );
		return $this;
	}
}
