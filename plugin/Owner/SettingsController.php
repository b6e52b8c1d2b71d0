<?php
/**
 * GET, POST, PUT and PATCH /settings.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Owner;

use SellMyImages\Capabilities;
use SellMyImages\Rest\Contract;
use SellMyImages\Rest\Controller;
use SellMyImages\Rest\RestError;
use SellMyImages\Settings\Settings;
use WP_REST_Request;

/**
 * The owner's settings, each validated by its own rule.
 */
final class SettingsController extends Controller {

	/** @param \Closure(): array<string,mixed> $visitors Makes the answer of visitors.schema.json. */
	public function __construct( private readonly Settings $settings, private readonly \Closure $visitors ) {
	}

	public function routes(): void {
		$may  = self::may( 'manage_options', Capabilities::MANAGE );
		$args = array_map( static fn( array $arg ): array => array( 'required' => false ) + $arg, Contract::args( 'settings' ) );
		register_rest_route(
			self::NAMESPACE,
			'/settings',
			array(
				array(
					'methods'             => 'GET',
					'callback'            => array( $this, 'get' ),
					'permission_callback' => $may,
				),
				array(
					'methods'             => 'POST, PUT, PATCH',
					'callback'            => array( $this, 'set' ),
					'permission_callback' => $may,
					'args'                => $args,
				),
				'schema' => self::schema( 'settings' ),
			)
		);
		register_rest_route(
			self::NAMESPACE,
			'/settings/visitors',
			array(
				array(
					'methods'             => 'GET',
					'callback'            => fn(): \WP_REST_Response => new \WP_REST_Response( ( $this->visitors )() ),
					'permission_callback' => $may,
				),
				'schema' => self::schema( 'visitors' ),
			)
		);
	}

	public function get(): \WP_REST_Response {
		return new \WP_REST_Response( $this->settings->all() );
	}

	/** @param WP_REST_Request<array<string,mixed>> $request Any of settings.schema.json. */
	public function set( WP_REST_Request $request ): \WP_REST_Response|\WP_Error {
		$changes = array_intersect_key( $request->get_params(), Settings::DEFAULTS );
		if ( isset( $changes['prices'] ) ) {
			$changes['prices'] = array_replace( $this->settings->all()['prices'], (array) $changes['prices'] );
		}
		if ( isset( $changes['email_from_name'] ) ) {
			// A line break here would end a mail header.
			$changes['email_from_name'] = sanitize_text_field( (string) $changes['email_from_name'] );
		}
		$errors = SettingsRules::errors( array_replace( $this->settings->all(), $changes ) );
		if ( array() !== $errors ) {
			return RestError::invalid( $errors );
		}
		$this->settings->save( $changes );

		return $this->get();
	}
}
