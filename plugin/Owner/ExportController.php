<?php
/**
 * GET and POST /jobs/export
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Owner;

use SellMyImages\Capabilities;
use SellMyImages\Export\Export;
use SellMyImages\Export\Exports;
use SellMyImages\Files\FileStreamer;
use SellMyImages\JobList\Query\JobWalk;
use SellMyImages\Rest\Contract;
use SellMyImages\Rest\Controller;
use SellMyImages\Rest\StreamedAnswers;
use SellMyImages\Support\Attachment;
use SellMyImages\Support\Host;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;
use WP_REST_Server;

/**
 * Jobs as a file. Errors are ordinary answers; what is right is streamed.
 */
final class ExportController extends Controller {

	private readonly StreamedAnswers $answers;

	public function __construct( private readonly Exports $all, private readonly FileStreamer $streamer ) {
		$this->answers = new StreamedAnswers();
	}

	public function register(): void {
		$this->answers->register();
		parent::register();
	}

	public function routes(): void {
		register_rest_route(
			self::NAMESPACE,
			'/jobs/export',
			array(
				array(
					'methods'             => 'GET, POST',
					'callback'            => array( $this, 'export' ),
					'permission_callback' => self::may( Capabilities::EXPORT ),
					'args'                => self::args(),
				),
			)
		);
	}

	/** @param WP_REST_Request<array<string,mixed>> $request Of export-query.schema.json. */
	public function export( WP_REST_Request $request ): WP_REST_Response {
		$export  = $this->all->prepare( JobParams::meant( $request->get_params(), $request ) );
		$headers = self::headers( $export, self::disposition( $export, $request ) );

		return $this->answers->answer(
			200,
			$headers,
			function ( WP_REST_Server $server, bool $with_content ) use ( $export ): void {
				if ( $with_content ) {
					$this->send( $export, $server );
				}
			}
		);
	}

	private function send( Export $export, WP_REST_Server $server ): void {
		$server->send_header( 'Cache-Control', 'no-store, private' );
		$this->streamer->clear_buffers();
		// Whoever closes the window ends the work.
		Host::stop_with_reader();
		$export->write(
			static function ( string $piece ): void {
				echo $piece; // phpcs:ignore WordPress.Security.EscapeOutput -- no HTML.
				flush();
			}
		);
	}

	/** @return array<string,array<string,mixed>> */
	private static function args(): array {
		$args  = Contract::args( 'export-query' );
		$valid = $args['ids']['validate_callback'];
		// Here, and not in the callback: afterwards a value with commas is an array as well.
		$args['ids']['validate_callback'] = static fn( mixed $value, WP_REST_Request $request, string $param ): mixed => is_array( $value )
			&& self::is_cut_off( $request )
			? new WP_Error(
				'rest_invalid_param',
				__(
					'These are more values than PHP takes from a form or an address, and the rest was lost on the way. Send them as JSON, or as one value with commas between.',
					'sell-my-images'
				)
			)
			: $valid( $value, $request, $param );

		return $args + JobParams::added();
	}

	/** @return array<string,string> */
	private static function headers( Export $export, string $disposition ): array {
		return array(
			'Content-Type'           => $export->format->content_type(),
			'Content-Disposition'    => $disposition,
			'X-WP-Total'             => (string) ( $export->total() ?? JobWalk::MOST ),
			'Cache-Control'          => 'no-store, private',
			'X-Content-Type-Options' => 'nosniff',
			// nginx would keep the file until it is whole.
			'X-Accel-Buffering'      => 'no',
		) + ( null === $export->total() ? array( 'X-SMI-Total-Relation' => 'gte' ) : array() );
	}

	/** @param WP_REST_Request<array<string,mixed>> $request The request. */
	private static function disposition( Export $export, WP_REST_Request $request ): string {
		$name = Attachment::safe( html_entity_decode( get_bloginfo( 'name' ), ENT_QUOTES | ENT_HTML5, 'UTF-8' ) );
		$host = Attachment::ascii( str_replace( '.', '-', (string) wp_parse_url( home_url(), PHP_URL_HOST ) ) );
		$date = ( new \DateTimeImmutable( 'now', Exports::zone( $request->get_params() ) ) )->format( 'Y-m-d' );

		$end  = "-$date." . $export->format->ending();
		$file = static fn( string $site ): string => 'jobs-' . trim( mb_substr( '' === $site ? $host : $site, 0, 60 ), '-' ) . $end;

		return Attachment::header( $file( $name ), $file( Attachment::ascii( $name ) ) );
	}

	/**
	 * PHP silently drops what is more than max_input_vars; a part of a selection must not look like all of it.
	 *
	 * @param WP_REST_Request<array<string,mixed>> $request The request.
	 */
	private static function is_cut_off( WP_REST_Request $request ): bool {
		foreach ( array( $request->get_query_params(), $request->get_body_params() ) as $params ) {
			$values = 0;
			array_walk_recursive(
				$params,
				static function () use ( &$values ): void {
					++$values;
				}
			);
			if ( $values >= (int) ini_get( 'max_input_vars' ) ) {
				return true;
			}
		}

		return false;
	}
}
