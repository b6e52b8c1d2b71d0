<?php
/**
 * GET /connection, POST and DELETE /connection/keys, POST /connection/safe-mode and /connection/stripe-account
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Bridge\BridgeStatus;
use SellMyImages\Bridge\KeyRing;
use SellMyImages\Bridge\SafeMode;
use SellMyImages\Bridge\SiteIdentity;
use SellMyImages\Bridge\StripeAccount;
use SellMyImages\Capabilities;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\Rest\Contract;
use SellMyImages\Rest\Controller;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

/**
 * The owner's side of the channel: whether it works, its keys, and what a copy of the site is.
 */
final class ConnectionController extends Controller {

	/**
	 * @param Pairing            $pairing   Makes connection strings.
	 * @param KeyRing            $keys      The keys.
	 * @param BridgeStatus       $status    Whether the bridge is there.
	 * @param ConnectionProblems $problems  What is wrong.
	 * @param SafeMode           $safe_mode Whether the site holds still.
	 * @param SiteIdentity       $site      Who the site is.
	 * @param CommandRepository  $commands  What waits.
	 * @param string             $version   The plugin's.
	 * @param StripeAccount|null $account   With whose money.
	 */
	public function __construct(
		private readonly Pairing $pairing,
		private readonly KeyRing $keys,
		private readonly BridgeStatus $status,
		private readonly ConnectionProblems $problems,
		private readonly SafeMode $safe_mode,
		private readonly SiteIdentity $site,
		private readonly CommandRepository $commands,
		private readonly string $version,
		private readonly ?StripeAccount $account = null,
	) {}

	/** Adds the routes. */
	public function routes(): void {
		$this->route( '/connection', 'GET', fn(): WP_REST_Response => $this->show() );
		$this->route(
			'/connection/keys',
			'POST',
			fn( WP_REST_Request $request ) => $this->create( $request ),
			$this->label_argument(),
			'connection-key-created'
		);
		$this->route( '/connection/keys/(?P<id>k_[0-9a-f]{12})', 'DELETE', fn( WP_REST_Request $request ) => $this->revoke( $request ) );
		$this->route(
			'/connection/safe-mode',
			'POST',
			fn( WP_REST_Request $request ) => $this->choose( $request ),
			$this->choice_argument()
		);
		$this->route(
			'/connection/stripe-account',
			'POST',
			fn( WP_REST_Request $request ) => $this->choose_account( $request ),
			$this->account_argument()
		);
	}

	/**
	 * One route.
	 *
	 * @param string              $path     Below the namespace.
	 * @param string              $method   HTTP method.
	 * @param \Closure            $answer   Gives the response.
	 * @param array<string,mixed> $args     Its parameters.
	 * @param string              $contract What it answers.
	 */
	private function route( string $path, string $method, \Closure $answer, array $args = array(), string $contract = 'connection' ): void {
		register_rest_route(
			self::NAMESPACE,
			$path,
			array(
				array(
					'methods'             => $method,
					'callback'            => $answer,
					'permission_callback' => self::may( 'manage_options', Capabilities::MANAGE ),
					'args'                => $args,
				),
				'schema' => static fn(): array => Contract::load( $contract ),
			)
		);
	}

	/** The whole state. */
	private function show(): WP_REST_Response {
		$health = $this->status->health();
		return new WP_REST_Response(
			array(
				'paired'    => $health['paired'],
				'silent'    => $health['silent'],
				'last_seen' => $health['last_seen'],
				'keys'      => array_map( array( $this, 'key' ), $this->keys->all() ),
				'bridge'    => array_diff_key( $health, array_flip( array( 'paired', 'silent', 'last_seen' ) ) ),
				'plugin'    => array(
					'version'  => $this->version,
					'protocol' => Hello::PROTOCOL,
				),
				'site'      => $this->site->pair(),
				'safe_mode' => array(
					'on'     => $this->safe_mode->is_on(),
					'reason' => $this->safe_mode->reason(),
				),
				'backlog'   => $this->commands->backlog(),
				'problems'  => $this->problems->all(),
				'stripe_account_question' => $this->account?->question(),
			)
		);
	}

	/**
	 * A key without its secret.
	 *
	 * @param array{id:string,secret:string,created_at:int,label:string} $key The key.
	 * @return array{id:string,label:string,created_at:string,last_used_at:string|null}
	 */
	private function key( array $key ): array {
		$used = $this->keys->used_at( $key['id'] );
		return array(
			'id'           => $key['id'],
			'label'        => $key['label'],
			'created_at'   => gmdate( 'Y-m-d\TH:i:s\Z', $key['created_at'] ),
			'last_used_at' => null === $used ? null : gmdate( 'Y-m-d\TH:i:s\Z', $used ),
		);
	}

	/**
	 * Makes a key; the only answer that holds its secret.
	 *
	 * @param WP_REST_Request $request label.
	 */
	private function create( WP_REST_Request $request ): WP_REST_Response {
		$key      = $this->keys->create( (string) $request['label'] );
		$response = new WP_REST_Response(
			array(
				'id'                => $key['id'],
				'connection_string' => $this->pairing->connection_string( $key['id'], $key['secret'] ),
			),
			201
		);
		$response->header( 'Cache-Control', 'no-store' );
		return $response;
	}

	/**
	 * Takes a key back.
	 *
	 * @param WP_REST_Request $request id.
	 */
	private function revoke( WP_REST_Request $request ): WP_REST_Response|WP_Error {
		if ( ! $this->keys->revoke( (string) $request['id'] ) ) {
			return new WP_Error(
				ErrorCode::CONNECTION_KEY_UNKNOWN,
				__( 'There is no such key; it may have been removed already.', 'sell-my-images' ),
				array( 'status' => 404 )
			);
		}
		return $this->show();
	}

	/**
	 * The owner says what this site is.
	 *
	 * @param WP_REST_Request $request choice.
	 */
	private function choose( WP_REST_Request $request ): WP_REST_Response|WP_Error {
		if ( ! $this->safe_mode->is_on() ) {
			return new WP_Error(
				ErrorCode::CONNECTION_NOT_SAFE_MODE,
				__( 'The site is not in safe mode. Nothing was changed.', 'sell-my-images' ),
				array( 'status' => 409 )
			);
		}
		'moved' === $request['choice'] ? $this->safe_mode->moved() : $this->safe_mode->copy();
		return $this->show();
	}

	/**
	 * The owner says with which account at Stripe the shop sells.
	 *
	 * @param WP_REST_Request $request choice.
	 */
	private function choose_account( WP_REST_Request $request ): WP_REST_Response|WP_Error {
		if ( null === $this->account?->question() ) {
			return new WP_Error(
				ErrorCode::CONNECTION_NO_QUESTION,
				__( 'The bridge’s key is of the account that the shop sells with. Nothing was changed.', 'sell-my-images' ),
				array( 'status' => 409 )
			);
		}
		'new' === $request['choice'] ? $this->account->accept() : $this->account->refuse();
		return $this->show();
	}

	/**
	 * What the owner can say of another account.
	 *
	 * @return array<string,mixed>
	 */
	private function account_argument(): array {
		return array(
			'choice' => array(
				'type'        => 'string',
				'description' => __(
					'new: sell with the account of the bridge’s key from now on. old: that key is a mistake; nothing is sold until the right one is back.',
					'sell-my-images'
				),
				'enum'        => array( 'new', 'old' ),
				'required'    => true,
			),
		);
	}

	/**
	 * What a key may be called.
	 *
	 * @return array<string,mixed>
	 */
	private function label_argument(): array {
		return array(
			'label' => array(
				'type'              => 'string',
				'description'       => __( 'What you call the bridge.', 'sell-my-images' ),
				'default'           => '',
				'maxLength'         => 100,
				'sanitize_callback' => 'sanitize_text_field',
				'validate_callback' => 'rest_validate_request_arg',
			),
		);
	}

	/**
	 * What a site can be.
	 *
	 * @return array<string,mixed>
	 */
	private function choice_argument(): array {
		return array(
			'choice' => array(
				'type'        => 'string',
				'description' => __(
					'moved: the same shop at a new address. copy: another shop, which forgets what the original still had to do.',
					'sell-my-images'
				),
				'enum'        => array( 'moved', 'copy' ),
				'required'    => true,
			),
		);
	}
}
