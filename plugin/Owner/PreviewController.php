<?php
/**
 * GET /jobs/{job_id}/preview
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Owner;

use SellMyImages\Capabilities;
use SellMyImages\Downloads\PreviewFiles;
use SellMyImages\Files\ByteRange;
use SellMyImages\Files\FileStreamer;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobRepository;
use SellMyImages\Rest\Controller;
use SellMyImages\Rest\RestError;
use SellMyImages\Rest\StreamedAnswers;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;
use WP_REST_Server;

/**
 * The finished picture, small enough for a screen, for those who may see jobs.
 */
final class PreviewController extends Controller {

	/** The address changes with the file, so a browser need not ask again; nobody else may keep it. */
	private const KEEP = 'private, max-age=604800, immutable';

	private readonly StreamedAnswers $answers;

	public function __construct(
		private readonly JobRepository $jobs,
		private readonly PreviewFiles $previews,
		private readonly FileStreamer $streamer
	) {
		$this->answers = new StreamedAnswers();
	}

	public function register(): void {
		$this->answers->register();
		parent::register();
	}

	public function routes(): void {
		register_rest_route(
			self::NAMESPACE,
			'/jobs/' . self::JOB . '/preview',
			array(
				array(
					'methods'             => 'GET',
					'callback'            => array( $this, 'get' ),
					'permission_callback' => self::may( Capabilities::VIEW ),
				),
			)
		);
	}

	/**
	 * The address of a job's preview. WordPress takes a cookie for REST only with a nonce, which an <img> cannot send in a header; it is
	 * added for those who came by cookie, and never for a program.
	 */
	public function url( Job $job ): ?string {
		$tag = $this->previews->tag( $job );
		if ( null === $tag ) {
			return null;
		}
		$nonce = true === ( $GLOBALS['wp_rest_auth_cookie'] ?? null ) ? array( '_wpnonce' => wp_create_nonce( 'wp_rest' ) ) : array();

		return add_query_arg( array( 'v' => $tag ) + $nonce, rest_url( "smi/v1/jobs/$job->job_id/preview" ) );
	}

	/** @param WP_REST_Request<array<string,mixed>> $request With job_id. */
	public function get( WP_REST_Request $request ): WP_REST_Response|WP_Error {
		$job = $this->jobs->find( strtolower( (string) $request['job_id'] ) );
		if ( null === $job ) {
			return RestError::job_not_found();
		}
		$is_there = null !== $this->previews->tag( $job );
		$tag      = '"' . $this->previews->tag( $job ) . '"';
		$is_known = $is_there && EntityTag::is_in( (string) $request->get_header( 'if_none_match' ), $tag );
		$file     = $is_known ? '' : $this->previews->path( $job );

		return $this->answers->answer(
			$is_known ? 304 : 200,
			array( 'ETag' => $tag ) + ( $is_known ? array() : self::headers( $file ) ),
			fn( WP_REST_Server $server, bool $with_content ) => $this->send( $with_content ? $file : '', $server )
		);
	}

	/** @param string $file Its path; '' for the headers alone. */
	private function send( string $file, WP_REST_Server $server ): void {
		// WordPress has just forbidden it, as it does for everything that a logged-in user asks.
		$server->send_header( 'Cache-Control', self::KEEP );
		$server->remove_header( 'Expires' );
		if ( '' !== $file ) {
			$this->streamer->send( $file, ByteRange::whole( (int) filesize( $file ) ) );
		}
	}

	/** @return array<string,string> */
	private static function headers( string $file ): array {
		return array(
			'Content-Type'           => (string) wp_get_image_mime( $file ),
			'Content-Length'         => (string) filesize( $file ),
			'Content-Disposition'    => 'inline',
			'X-Content-Type-Options' => 'nosniff',
		);
	}
}
