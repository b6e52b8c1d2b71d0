<?php
/**
 * Opens a checkout: the job first, then the command that makes the session.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Bridge\BridgeStatus;
use SellMyImages\Bridge\SiteIdentity;
use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Database\Transaction;
use SellMyImages\Files\UploadsPath;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Jobs\PaymentStatus;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Support\Actor;
use SellMyImages\Support\Amount;
use SellMyImages\Support\Durations;
use SellMyImages\Support\Uuid;
use SellMyImages\Support\WebAddress;

/**
 * @phpstan-type Source array{url:string,path:string,width:int,height:int,mime:string}
 * @phpstan-type Order array{attachment_id:int,post_id:int,resolution:string,email:string,width:int,height:int,
 *   price_minor:int,currency:string,source:Source,title:string,image_url:string,return_url:string,locale?:string}
 */
final class Checkouts {

	public function __construct(
		private readonly Transaction $transaction,
		private readonly Lifecycle $lifecycle,
		private readonly CommandRepository $commands,
		private readonly LinkTokens $links,
		private readonly SiteIdentity $site,
		private readonly BridgeStatus $bridge
	) {
	}

	/**
	 * Commits the job and its command; asks nobody.
	 *
	 * @param Order $order What is bought; return_url is where the buyer comes back to, locale the language to write to the buyer in.
	 * @return array{job:Job,key:string,command:Command}
	 */
	public function open( array $order ): array {
		$job_id  = Uuid::v4();
		$key     = $this->links->buyer_key( $job_id );
		$columns = $this->columns( $job_id, $order, $key );
		// Before the transaction: WordPress is asked for much of it.
		$payload = $this->payload( $job_id, $order );

		return Actor::during(
			'buyer',
			fn() => $this->transaction->run( fn(): array => array( 'key' => $key ) + $this->insert( $columns, $payload ) )
		);
	}

	/**
	 * @param array<string,mixed> $columns See columns().
	 * @param array<string,mixed> $payload See payload().
	 * @return array{job:Job,command:Command}
	 */
	private function insert( array $columns, array $payload ): array {
		$job = $this->lifecycle->create( $columns, 'checkout' );
		$this->commands->hint( CommandKind::OpenCheckout, $job->job_id, $job->job_id, 0, $payload );
		$command = $this->commands->find( CommandKind::OpenCheckout, $job->job_id );
		assert( null !== $command );

		return array( 'job' => $job, 'command' => $command );
	}

	/**
	 * @param Order $order
	 * @return array<string,mixed> Of the job's row.
	 */
	private function columns( string $job_id, array $order, string $key ): array {
		return array(
			'job_id'           => $job_id,
			'image_url'        => $order['image_url'],
			'source_url'       => $order['source']['url'],
			'upload_file_path' => UploadsPath::to_store( $order['source']['path'] ),
			'resolution'       => $order['resolution'],
			'email'            => $order['email'],
			'post_id'          => $order['post_id'],
			'attachment_id'    => $order['attachment_id'],
			'image_width'      => $order['source']['width'],
			'image_height'     => $order['source']['height'],
			'target_width'     => $order['width'],
			'target_height'    => $order['height'],
			'status'           => JobStatus::AwaitingPayment,
			'payment_status'   => PaymentStatus::Pending,
			'amount_charged'   => Amount::of_minor( $order['price_minor'], $order['currency'] ),
			'currency'         => strtoupper( $order['currency'] ),
			'livemode'         => true === $this->bridge->livemode(),
			'buyer_key_hash'   => $this->links->hash( $key ),
			'locale'           => $order['locale'] ?? '',
		);
	}

	/**
	 * Fixed for life in the command's row: a replayed idempotency key must bring the same parameters. What is secret or personal is not
	 * kept there: CheckoutSecrets puts the same in again whenever the command is handed out.
	 *
	 * @param Order $order
	 * @return array<string,mixed> Of command-open-checkout.schema.json.
	 */
	private function payload( string $job_id, array $order ): array {
		$back     = add_query_arg( 'smi_job', $job_id, WebAddress::ascii( $order['return_url'] ) ?? $order['return_url'] );
		$metadata = array(
			'smi_job'        => $job_id,
			'smi_site'       => $this->site->uuid(),
			'smi_attachment' => (string) $order['attachment_id'],
			'smi_post'       => (string) $order['post_id'],
			'smi_resolution' => $order['resolution'],
		);
		$session  = array(
			'mode'                => 'payment',
			'client_reference_id' => $job_id,
			'line_items'          => array( $this->line_item( $order ) ),
			'success_url'         => $back,
			'cancel_url'          => add_query_arg( 'smi_canceled', '1', $back ),
			'expires_at'          => time() + Durations::seconds( 'CHECKOUT_LIFE' ),
			'metadata'            => $metadata,
			'payment_intent_data' => array( 'capture_method' => 'automatic', 'metadata' => $metadata ),
			'adaptive_pricing'    => array( 'enabled' => false ),
		);

		return array(
			'job_id'          => $job_id,
			'idempotency_key' => 'smi-session-' . $job_id,
			'session'         => SessionPictures::plain( SessionRules::filtered( $session, $job_id, $order ) ),
		);
	}

	/**
	 * @param Order $order
	 * @return array<string,mixed> A Stripe line item.
	 */
	private function line_item( array $order ): array {
		$product = array(
			'name'        => mb_substr(
				'' === $order['title'] ? __( 'High-resolution image', 'sell-my-images' ) : $order['title'],
				0,
				240
			),
			'description' => sprintf(
				/* translators: 1: width, 2: height in pixels, 3: resolution such as 4x. */
				__( '%1$d × %2$d pixels (%3$s)', 'sell-my-images' ),
				$order['width'],
				$order['height'],
				$order['resolution']
			),
		);
		$image = WebAddress::ascii( $order['image_url'] );
		if ( null !== $image ) {
			$product['images'] = array( $image );
		}

		return array(
			'quantity'   => 1,
			'price_data' => array(
				'currency'     => strtolower( $order['currency'] ),
				'unit_amount'  => $order['price_minor'],
				'product_data' => $product,
			),
		);
	}
}
