<?php
/**
 * Payments and the making of files.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Wiring;

use SellMyImages\Files\PrivateFolder;
use SellMyImages\Files\ResultFiles;
use SellMyImages\Payments\AutomaticRetry;
use SellMyImages\Payments\Checkouts;
use SellMyImages\Payments\CheckoutSecrets;
use SellMyImages\Payments\ExpireCheckoutHandler;
use SellMyImages\Payments\OpenCheckoutHandler;
use SellMyImages\Payments\Override;
use SellMyImages\Payments\PaymentAction;
use SellMyImages\Payments\PaymentCompletedListener;
use SellMyImages\Payments\PaymentSnapshots;
use SellMyImages\Payments\RefreshPaymentHandler;
use SellMyImages\Payments\RefundSnapshots;
use SellMyImages\Payments\ResolveHandler;
use SellMyImages\Refunds\RefundHandler;
use SellMyImages\Refunds\RefundRepository;
use SellMyImages\Refunds\Refunds;
use SellMyImages\Upscaling\AttemptIds;
use SellMyImages\Upscaling\AttemptRepository;
use SellMyImages\Upscaling\Attempts;
use SellMyImages\Upscaling\AttemptToken;
use SellMyImages\Upscaling\CreditPrice;
use SellMyImages\Upscaling\RefreshAttemptHandler;
use SellMyImages\Upscaling\RetryHandler;
use SellMyImages\Upscaling\SubmitHandler;
use SellMyImages\Upscaling\SubmitTurns;
use SellMyImages\Upscaling\UpscalerPause;
use SellMyImages\Upscaling\UpscalerSilence;

/**
 * Part of the composition root, SellMyImages\Plugin.
 */
trait SaleServices {

	public function attempt_repository(): AttemptRepository {
		return $this->once(
			AttemptRepository::class,
			fn(): AttemptRepository => new AttemptRepository( $this->db(), $this->touched_jobs() )
		);
	}

	public function attempt_token(): AttemptToken {
		return $this->once( AttemptToken::class, fn(): AttemptToken => new AttemptToken( $this->calling_key() ) );
	}

	public function attempts(): Attempts {
		return $this->once(
			Attempts::class,
			fn(): Attempts => new Attempts(
				$this->lifecycle(),
				$this->attempt_repository(),
				$this->commands(),
				$this->refunds(),
				$this->links()
			)
		);
	}

	public function attempt_ids(): AttemptIds {
		return $this->once(
			AttemptIds::class,
			fn(): AttemptIds => new AttemptIds( $this->lifecycle(), $this->attempt_repository(), $this->commands() )
		);
	}

	public function credit_price(): CreditPrice {
		return $this->once( CreditPrice::class, fn(): CreditPrice => new CreditPrice( $this->settings() ) );
	}

	public function upscaler_pause(): UpscalerPause {
		return $this->once( UpscalerPause::class, fn(): UpscalerPause => new UpscalerPause( $this->settings(), $this->stored_options() ) );
	}

	public function upscaler_silence(): UpscalerSilence {
		return $this->once( UpscalerSilence::class, fn(): UpscalerSilence => new UpscalerSilence( $this->stored_options() ) );
	}

	public function submit_turns(): SubmitTurns {
		return $this->once(
			SubmitTurns::class,
			fn(): SubmitTurns => new SubmitTurns(
				$this->lifecycle(),
				$this->attempt_repository(),
				$this->commands(),
				$this->upscaler_pause(),
				$this->safe_mode()
			)
		);
	}

	public function private_folder(): PrivateFolder {
		return $this->once( PrivateFolder::class, fn(): PrivateFolder => new PrivateFolder( $this->stored_options() ) );
	}

	public function result_files(): ResultFiles {
		return $this->once( ResultFiles::class, fn(): ResultFiles => new ResultFiles( $this->private_folder() ) );
	}

	public function submit_handler(): SubmitHandler {
		return $this->once(
			SubmitHandler::class,
			fn(): SubmitHandler => new SubmitHandler(
				$this->lifecycle(),
				$this->attempt_repository(),
				$this->attempts(),
				$this->attempt_token(),
				$this->attempt_ids(),
				$this->submit_turns(),
				$this->upscaler_pause(),
				$this->upscaler_silence(),
				$this->settings()
			)
		);
	}

	public function refresh_attempt_handler(): RefreshAttemptHandler {
		return $this->once(
			RefreshAttemptHandler::class,
			fn(): RefreshAttemptHandler => new RefreshAttemptHandler(
				$this->lifecycle(),
				$this->attempt_repository(),
				$this->attempts(),
				$this->attempt_ids(),
				$this->result_files(),
				$this->credit_price()
			)
		);
	}

	public function retry_handler(): RetryHandler {
		return $this->once( RetryHandler::class, fn(): RetryHandler => new RetryHandler( $this->attempt_repository() ) );
	}

	public function refund_repository(): RefundRepository {
		return $this->once( RefundRepository::class, fn(): RefundRepository => new RefundRepository( $this->db(), $this->touched_jobs() ) );
	}

	public function refunds(): Refunds {
		return $this->once(
			Refunds::class,
			fn(): Refunds => new Refunds( $this->lifecycle(), $this->refund_repository(), $this->commands() )
		);
	}

	public function refund_handler(): RefundHandler {
		return $this->once(
			RefundHandler::class,
			fn(): RefundHandler => new RefundHandler(
				$this->lifecycle(),
				$this->refund_repository(),
				$this->commands(),
				$this->site_identity()
			)
		);
	}

	public function refund_snapshots(): RefundSnapshots {
		return $this->once(
			RefundSnapshots::class,
			fn(): RefundSnapshots => new RefundSnapshots(
				$this->lifecycle(),
				$this->refund_repository(),
				$this->attempts(),
				$this->links(),
				$this->settings()
			)
		);
	}

	public function payment_action(): PaymentAction {
		return $this->once(
			PaymentAction::class,
			fn(): PaymentAction => new PaymentAction( $this->lifecycle(), fn(): bool => $this->safe_mode()->is_on() )
		);
	}

	public function payment_snapshots(): PaymentSnapshots {
		return $this->once(
			PaymentSnapshots::class,
			fn(): PaymentSnapshots => new PaymentSnapshots(
				$this->lifecycle(),
				$this->refund_snapshots(),
				$this->payment_action(),
				$this->site_identity()
			)
		);
	}

	public function payment_completed(): PaymentCompletedListener {
		return $this->once(
			PaymentCompletedListener::class,
			fn(): PaymentCompletedListener => new PaymentCompletedListener(
				$this->lifecycle( ... ),
				$this->attempts( ... ),
				$this->override( ... )
			)
		);
	}

	public function override(): Override {
		return $this->once(
			Override::class,
			fn(): Override => new Override( $this->lifecycle(), $this->attempts(), $this->refunds(), $this->commands() )
		);
	}

	public function automatic_retry(): AutomaticRetry {
		return $this->once(
			AutomaticRetry::class,
			fn(): AutomaticRetry => new AutomaticRetry(
				$this->lifecycle(),
				$this->attempt_repository(),
				$this->attempts(),
				$this->commands(),
				$this->override(),
				$this->payment_completed()
			)
		);
	}

	public function checkouts(): Checkouts {
		return $this->once(
			Checkouts::class,
			fn(): Checkouts => new Checkouts(
				$this->transaction(),
				$this->lifecycle(),
				$this->commands(),
				$this->links(),
				$this->site_identity(),
				$this->bridge_status()
			)
		);
	}

	public function open_checkout_handler(): OpenCheckoutHandler {
		return $this->once(
			OpenCheckoutHandler::class,
			fn(): OpenCheckoutHandler => new OpenCheckoutHandler(
				$this->lifecycle(),
				$this->commands(),
				new CheckoutSecrets( $this->links() )
			)
		);
	}

	public function expire_checkout_handler(): ExpireCheckoutHandler {
		return $this->once( ExpireCheckoutHandler::class, fn(): ExpireCheckoutHandler => new ExpireCheckoutHandler( $this->commands() ) );
	}

	public function refresh_payment_handler(): RefreshPaymentHandler {
		return $this->once(
			RefreshPaymentHandler::class,
			fn(): RefreshPaymentHandler => new RefreshPaymentHandler( $this->lifecycle(), $this->payment_snapshots() )
		);
	}

	public function resolve_handler(): ResolveHandler {
		return $this->once(
			ResolveHandler::class,
			fn(): ResolveHandler => new ResolveHandler( $this->lifecycle(), $this->jobs(), $this->commands(), $this->site_identity() )
		);
	}
}
