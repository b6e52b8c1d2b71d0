<?php
/**
 * GET /download/{token}
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Downloads;

use SellMyImages\Errors\ErrorCode;
use SellMyImages\Files\ByteRange;
use SellMyImages\Files\FileStreamer;
use SellMyImages\Jobs\Job;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Visitors\PublicRoute;
use SellMyImages\Visitors\RateLimiter;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

/**
 * Gives a buyer the file.
 */
final class DownloadController extends PublicRoute {

	/** @var \WeakMap<WP_REST_Response,array{path:string,range:ByteRange}> What is to be streamed for a response. */
	private \WeakMap $files;

	public function __construct(
		RateLimiter $limits,
		private readonly DownloadRepository $downloads,
		private readonly FileStreamer $streamer,
		private readonly ErrorPage $error_page
	) {
		parent::__construct( $limits );
		$this->files = new \WeakMap();
	}

	public function register(): void {
		parent::register();
		add_filter( 'rest_pre_serve_request', array( $this, 'serve' ), 20, 3 );
	}

	public function endpoints(): array {
		return array(
			'/download/(?P<token>[A-Za-z0-9_-]{16,128})' => array(
				'methods'  => 'GET',
				'callback' => array( $this, 'get' ),
			),
		);
	}

	/**
	 * Finds the file; serve() sends it.
	 *
	 * @param WP_REST_Request<array<string,mixed>> $request The request.
	 */
	public function get( WP_REST_Request $request ): WP_REST_Response {
		return $this->guarded(
			array(),
			function () use ( $request ) {
				$job = $this->downloads->find( (string) $request['token'] );
				null === $job ? $this->limits->take( 'read' ) : $this->limits->take_with( 'download', $job->job_id );
				$problem = $this->problem( $job );
				return null === $job || null !== $problem ? $problem : $this->file( $job, $request );
			}
		);
	}

	/**
	 * Sends the file in place of JSON; people who follow a dead link get a page instead of JSON.
	 *
	 * @param bool|mixed                           $served  Whether somebody already answered.
	 * @param mixed                                $result  The response.
	 * @param WP_REST_Request<array<string,mixed>> $request The request.
	 * @return bool|mixed
	 */
	public function serve( mixed $served, mixed $result, WP_REST_Request $request ): mixed {
		if ( $served || ! $result instanceof WP_REST_Response || ! str_starts_with( $request->get_route(), '/smi/v1/download/' ) ) {
			return $served;
		}
		$file = $this->files[ $result ] ?? null;
		if ( null === $file ) {
			return $this->error_page->serve( $result, $request );
		}
		if ( 'HEAD' !== $request->get_method() ) {
			$this->streamer->send( $file['path'], $file['range'] );
		}
		return true;
	}

	private function problem( ?Job $job ): ?WP_Error {
		if ( null === $job ) {
			return $this->error(
				ErrorCode::DOWNLOAD_NOT_FOUND,
				__(
					'We do not know this link. Please check that the address is complete, or use the newest e-mail you got.',
					'sell-my-images'
				),
				404
			);
		}
		$state = LinkTokens::state( $job );
		if ( 'expired' === $state ) {
			return $this->error(
				ErrorCode::DOWNLOAD_EXPIRED,
				__(
					'This download link has expired. Your purchase is not lost: please ask the site owner for a new link.',
					'sell-my-images'
				),
				410
			);
		}
		if ( 'active' !== $state ) {
			return $this->error(
				ErrorCode::DOWNLOAD_REVOKED,
				__(
					'This download link has been withdrawn. If you think that is a mistake, please write to the site owner.',
					'sell-my-images'
				),
				410
			);
		}
		return $job->has_file() && FileName::is_picture( (string) wp_get_image_mime( (string) $job->file_path() ) ) ? null : $this->error(
			ErrorCode::DOWNLOAD_FILE_MISSING,
			__(
				'The file cannot be found just now. Your purchase is not lost: the site owner sees this and can make the picture again.',
				'sell-my-images'
			),
			503,
			array( 'retry_after' => 3600 )
		);
	}

	/**
	 * @param WP_REST_Request<array<string,mixed>> $request The request.
	 */
	private function file( Job $job, WP_REST_Request $request ): WP_REST_Response {
		$path  = (string) $job->file_path();
		$size  = (int) filesize( $path );
		$tag   = sprintf( '"%x-%x-%s"', (int) filemtime( $path ), $size, substr( md5( basename( $path ) ), 0, 8 ) );
		$range = $this->range( $request, $size, $tag );
		if ( null === $range ) {
			$response = new WP_REST_Response( null, 416 );
			$response->header( 'Content-Range', "bytes */$size" );
			return $response;
		}
		if ( 'GET' === $request->get_method() && $range->is_everything() ) {
			$this->downloads->count( $job );
		}
		$response = new WP_REST_Response( null, $range->is_partial ? 206 : 200 );
		$response->set_headers( $this->headers( $job, $path, $range, $tag ) );
		$this->files[ $response ] = compact( 'path', 'range' );
		return $response;
	}

	/**
	 * A continued download must be of the same file: `If-Range` brings the tag it had.
	 *
	 * @param WP_REST_Request<array<string,mixed>> $request The request.
	 */
	private function range( WP_REST_Request $request, int $size, string $tag ): ?ByteRange {
		$asked = (string) $request->get_header( 'range' );
		$same  = (string) $request->get_header( 'if_range' );
		return '' === $asked || ( '' !== $same && $same !== $tag ) ? ByteRange::whole( $size ) : ByteRange::parse( $asked, $size );
	}

	/**
	 * @return array<string,string>
	 */
	private function headers( Job $job, string $path, ByteRange $range, string $tag ): array {
		$mime    = (string) wp_get_image_mime( $path );
		$headers = array(
			'Content-Type'           => $mime,
			'Content-Length'         => (string) $range->length(),
			'Content-Disposition'    => FileName::header( $job, $mime ),
			'Accept-Ranges'          => 'bytes',
			'ETag'                   => $tag,
			'Last-Modified'          => gmdate( 'D, d M Y H:i:s', (int) filemtime( $path ) ) . ' GMT',
			'X-Content-Type-Options' => 'nosniff',
		);
		return $range->is_partial ? $headers + array( 'Content-Range' => $range->header() ) : $headers;
	}
}
