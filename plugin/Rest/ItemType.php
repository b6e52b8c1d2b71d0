<?php
/**
 * A kind of item of the REST API that other code may add to.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Rest;

use SellMyImages\Hooks\CallbackFailed;
use SellMyImages\Hooks\Listeners;
use WP_REST_Request;
use WP_REST_Response;

/**
 * What a controller of WordPress does with each of its items: fields of register_rest_field(), links, `_fields`. Here each callback is
 * caught: a field that cannot be made is left out, and Site Health names it.
 */
final class ItemType extends \WP_REST_Controller {

	/**
	 * @param string $name     For register_rest_field(), such as `smi_job`.
	 * @param string $contract Name of the item's contract.
	 */
	public function __construct( private readonly string $name, private readonly string $contract ) {
	}

	/** @return array<string,mixed> With what other code added. */
	public function get_item_schema(): array {
		return $this->add_additional_fields_schema( array( 'title' => $this->name ) + Contract::load( $this->contract ) );
	}

	/**
	 * @param array<string,mixed>                  $data      Of the contract.
	 * @param array<string,array<string,mixed>>    $links     Relation => href and more.
	 * @param WP_REST_Request<array<string,mixed>> $request   Who asks, and for which fields.
	 * @param bool                                 $is_nested Whether it stands inside of something else, of which `_fields` speaks then.
	 */
	public function item( array $data, array $links, WP_REST_Request $request, bool $is_nested = false ): WP_REST_Response {
		$asked = $is_nested ? array() : wp_parse_list( $request['_fields'] ?? array() );
		foreach ( $this->get_additional_fields( $this->name ) as $field => $options ) {
			if ( array() === $asked || rest_is_field_included( (string) $field, $asked ) ) {
				$data = $this->with_field( $data, (string) $field, $options['get_callback'] ?? null, $request );
			}
		}
		$response = new WP_REST_Response( $data );
		if ( array() === $asked || rest_is_field_included( '_links', $asked ) ) {
			$response->add_links( $links );
		}

		return $response;
	}

	/**
	 * What a filter on an item may give, for Listeners::filter_by_rule().
	 *
	 * @param mixed $given By a callback.
	 * @throws \UnexpectedValueException Where it is no item.
	 */
	public static function read( mixed $given ): WP_REST_Response {
		if ( ! $given instanceof WP_REST_Response || ! is_array( $given->get_data() ) || $given->is_error() ) {
			$what = $given instanceof WP_REST_Response ? 'a response that is no item' : get_debug_type( $given );
			throw new \UnexpectedValueException( "It returned $what, not the WP_REST_Response that it was given." );
		}
		self::json( $given->get_data() );

		return $given;
	}

	/**
	 * @param array<string,mixed>                  $data     The item so far.
	 * @param mixed                                $callback Of register_rest_field().
	 * @param WP_REST_Request<array<string,mixed>> $request  The request.
	 * @return array<string,mixed>
	 */
	private function with_field( array $data, string $field, mixed $callback, WP_REST_Request $request ): array {
		if ( null === $callback ) {
			return $data;
		}
		$what = "register_rest_field( $this->name, $field )";
		try {
			$value = Listeners::call( $what, $callback, self::json( ... ), $data, $field, $request, $this->name );

			return array_replace( $data, array( $field => $value ) );
		} catch ( CallbackFailed ) {
			return $data;
		}
	}

	/** One value that is no JSON would make an error of the whole answer. */
	private static function json( mixed $value ): mixed {
		if ( false === wp_json_encode( $value ) ) {
			throw new \UnexpectedValueException( 'It gave what cannot be written as JSON: ' . json_last_error_msg() . '.' );
		}

		return $value;
	}
}
