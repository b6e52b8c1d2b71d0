<?php
/**
 * POST /bridge/attempts/{uuid}/file
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Errors\ActionRefused;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\Files\ResultFiles;
use SellMyImages\Rest\RestError;
use SellMyImages\Support\Durations;
use WP_Error;
use WP_REST_Request;

/**
 * Takes pieces of a result under the attempt's refresh lease, and prolongs that lease with each.
 */
final class Uploads {

	/** The query, all of it needed. */
	private const QUERY = array(
		'offset'   => array( 'type' => 'integer', 'minimum' => 0 ),
		'total'    => array( 'type' => 'integer', 'minimum' => 1 ),
		'lease_no' => array( 'type' => 'integer', 'minimum' => 1 ),
		'sha256'   => array( 'type' => 'string', 'pattern' => '^[0-9a-fA-F]{64}$' ),
	);

	/**
	 * @param CommandRepository $commands The lease.
	 * @param ResultFiles       $files    The files.
	 */
	public function __construct( private readonly CommandRepository $commands, private readonly ResultFiles $files ) {}

	/**
	 * Takes a piece.
	 *
	 * @param WP_REST_Request $request Signed.
	 * @return array{offset:int,complete:bool}|WP_Error
	 * @throws ActionRefused 409 with `data.offset`, or without it for a lease that is over.
	 */
	public function take( WP_REST_Request $request ): array|WP_Error {
		$query = $request->get_query_params();
		foreach ( self::QUERY as $name => $schema ) {
			$valid = rest_validate_value_from_schema( $query[ $name ] ?? null, $schema, $name );
			if ( is_wp_error( $valid ) ) {
				return RestError::invalid( array( $name => $valid->get_error_message() ) );
			}
		}
		$attempt = strtolower( (string) $request['uuid'] );
		$lease   = (int) $query['lease_no'];
		$job_id  = $this->renew( $attempt, $lease );
		$stored  = $this->files->add(
			$job_id,
			$attempt,
			$lease,
			(int) $query['offset'],
			(int) $query['total'],
			(string) $query['sha256'],
			(string) $request->get_body()
		);
		return array(
			'offset'   => $stored,
			'complete' => $stored === (int) $query['total'],
		);
	}

	/**
	 * Prolongs the lease.
	 *
	 * @param string $attempt UUID.
	 * @param int    $lease   The lease it came under.
	 * @return string The job.
	 * @throws ActionRefused When it is not the present one.
	 */
	private function renew( string $attempt, int $lease ): string {
		$command = $this->commands->find( CommandKind::RefreshAttempt, $attempt );
		if ( null === $command || null === $command->job_id ) {
			throw new ActionRefused( ErrorCode::FILE_UNKNOWN_ATTEMPT, __( 'There is no such attempt.', 'sell-my-images' ), 404 );
		}
		if ( ! $this->commands->renew( $command, $lease, Durations::seconds( 'LEASE' ) ) ) {
			throw new ActionRefused(
				ErrorCode::FILE_STALE_LEASE,
				__( 'Somebody else looks after this attempt now. Stop sending.', 'sell-my-images' ),
				409
			);
		}
		return $command->job_id;
	}
}
