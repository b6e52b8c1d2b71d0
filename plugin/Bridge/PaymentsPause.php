<?php
/**
 * Stripe refuses the bridge's key: sell nothing, and say so.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Bridge;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Commands\Report;
use SellMyImages\Commands\ReportWatch;
use SellMyImages\Database\StoredOptions;
use SellMyImages\Database\Transaction;
use SellMyImages\Support\Durations;
use SellMyImages\Support\Locales;
use SellMyImages\Support\SiteName;
use SellMyImages\Support\Times;

/**
 * Raised by any report of a refused key, and by what the bridge found out itself; lifted when the bridge finds all rights there, or when
 * what was refused works. A buyer would pay into a payment that nobody may look at.
 *
 * @phpstan-type State array{since:string,code:string,message:string,right:string|null,kind:string,told_at:string,mailed:string,
 *   mailed_at:string|null,lifted_at:string|null}
 */
final class PaymentsPause implements ReportWatch {

	public const OPTION = 'smi_payments_pause';

	/** What reports call a refused key. */
	private const REFUSED = 'unauthorized';

	/** Seconds between two notes that it is still so: the bridge says it with each sync. */
	private const NOTE_EVERY = 60;

	/** Seconds in which nobody is mailed the same again. */
	private const MAIL_AGAIN = 3600;

	/** Carried out at Stripe. */
	private const KINDS = array(
		CommandKind::OpenCheckout,
		CommandKind::ExpireCheckout,
		CommandKind::RefreshPayment,
		CommandKind::Refund,
		CommandKind::Resolve,
		CommandKind::Reconcile,
	);

	public function __construct(
		private readonly StoredOptions $options,
		private readonly Transaction $transaction,
		private readonly CommandRepository $commands
	) {}

	/** Whether Stripe refused, and nothing was seen to work since. */
	public function is_on(): bool {
		return null !== $this->state();
	}

	/**
	 * Not once nothing was heard of it for long: an older bridge does not look by itself, and then the next sale is the try.
	 */
	public function is_selling_paused(): bool {
		$state = $this->state();

		return null !== $state && Times::add( $state['told_at'], 2 * Durations::seconds( 'PAYMENTS_TOLD' ) ) > Times::now();
	}

	/** @return State|null Null: it is not on. */
	public function state(): ?array {
		$state = self::known( $this->options->get( self::OPTION ) );

		return null === ( $state['lifted_at'] ?? null ) ? $state : null;
	}

	/**
	 * Raised once; later refusals only say that it is still so.
	 *
	 * @param string      $code    unauthorized (the key), forbidden (a right).
	 * @param string      $message Stripe's own words, cleaned by Redaction.
	 * @param string|null $right   `rak_…`.
	 * @param string      $kind    The command that was refused; '' where the bridge looked by itself.
	 */
	public function raise( string $code, string $message, ?string $right, string $kind = '' ): void {
		$facts = array( 'code' => $code, 'message' => $message, 'right' => $right, 'kind' => $kind );
		if ( $this->is_noted( $facts ) ) {
			return;
		}
		$is_mailing = false;
		$this->options->change(
			self::OPTION,
			static function ( mixed $stored ) use ( $facts, &$is_mailing ): array {
				$before     = self::known( $stored );
				$is_new     = null === $before || null !== $before['lifted_at'];
				$about      = $facts['right'] ?? 'key';
				$is_other   = $about !== ( $before['mailed'] ?? '' );
				$is_mailing = $is_new && ( $is_other || self::is_old( $before['mailed_at'] ?? '', self::MAIL_AGAIN ) );

				return $facts + array(
					'since'     => $is_new ? Times::now() : $before['since'],
					'told_at'   => Times::now(),
					'mailed'    => $is_mailing ? $about : ( $before['mailed'] ?? '' ),
					'mailed_at' => $is_mailing ? Times::now() : ( $before['mailed_at'] ?? null ),
					'lifted_at' => null,
				);
			}
		);
		if ( $is_mailing ) {
			$this->transaction->after_commit( fn() => $this->mail_owner() );
		}
	}

	/** @param array<string,string|null> $facts Whether they were noted just now: a sync comes every second. */
	private function is_noted( array $facts ): bool {
		$state = $this->state();

		return null !== $state
			&& array_intersect_key( $state, $facts ) === $facts
			&& ! self::is_old( $state['told_at'], self::NOTE_EVERY );
	}

	/** It works again: what waited to be tried once more is tried now. */
	public function lift(): void {
		if ( ! $this->is_on() ) {
			return;
		}
		$this->options->change(
			self::OPTION,
			static function ( mixed $stored ): mixed {
				$state = self::known( $stored );

				return null === $state ? null : array_replace( $state, array( 'lifted_at' => Times::now() ) );
			}
		);
		$this->transaction->after_commit( fn() => $this->commands->hurry( self::KINDS ) );
	}

	/** A report came in. */
	public function saw( CommandKind $kind, Report $report ): void {
		if ( ! in_array( $kind, self::KINDS, true ) ) {
			return;
		}
		if ( 'retry' !== $report->outcome ) {
			if ( ( $this->state()['kind'] ?? '' ) === $kind->value ) {
				$this->lift();
			}
		} elseif ( self::REFUSED === $report->error_code ) {
			$said = (string) $report->error_message;
			$this->raise( self::REFUSED, $said, StripeRights::named_in( $said ), $kind->value );
		}
	}

	/** Tells the owner, once, in the site's language. */
	private function mail_owner(): void {
		$state = $this->state();
		$owner = get_option( 'admin_email' );
		if ( null !== $state && is_string( $owner ) && '' !== $owner ) {
			Locales::during( '', fn() => $this->mail( $owner, $state['message'], $state['right'] ) );
		}
	}

	/** @param string $said Stripe's own words. */
	private function mail( string $owner, string $said, ?string $right ): void {
		wp_mail(
			$owner,
			/* translators: %s: site name. */
			sprintf( __( '[%s] Stripe refused the key: sales are paused', 'sell-my-images' ), SiteName::get() ),
			implode(
				"\n\n",
				array(
					/* translators: %s: Stripe's own words. */
					sprintf( __( 'Stripe refused the key of the bridge: %s', 'sell-my-images' ), $said ),
					self::remedy( $right ),
					__(
						'New sales are paused, and payments that were made are seen as soon as the key is good. Nothing was lost.',
						'sell-my-images'
					),
				)
			)
		);
	}

	/** What to do about it. */
	public static function remedy( ?string $right ): string {
		return null === $right
			? __(
				'Look in Stripe, under Developers → API keys, whether the key still exists; if not, give the bridge a new one as STRIPE_SECRET_KEY and start it again. Selling then goes on by itself.',
				'sell-my-images'
			)
			: sprintf(
				/* translators: 1: a right, such as “Refunds: write”, 2: Stripe's name of it, such as rak_refund_write. */
				__(
					'The key needs the right “%1$s” (%2$s). Give it that right in Stripe, under Developers → API keys, or make a new key with the link that “smi-bridge check” prints. Selling then goes on by itself within a minute.',
					'sell-my-images'
				),
				StripeRights::words( $right ),
				$right
			);
	}

	private static function is_old( ?string $utc, int $seconds ): bool {
		return (string) $utc < Times::add( Times::now(), -$seconds );
	}

	/** @return State|null */
	private static function known( mixed $stored ): ?array {
		if ( ! is_array( $stored ) || ! isset( $stored['since'], $stored['message'], $stored['told_at'] ) ) {
			return null;
		}
		$text = static fn( string $name ): ?string => isset( $stored[ $name ] ) ? (string) $stored[ $name ] : null;

		return array(
			'code'      => (string) $text( 'code' ),
			'message'   => (string) $text( 'message' ),
			'right'     => $text( 'right' ),
			'kind'      => (string) $text( 'kind' ),
			'since'     => (string) $text( 'since' ),
			'told_at'   => (string) $text( 'told_at' ),
			'mailed'    => (string) $text( 'mailed' ),
			'mailed_at' => $text( 'mailed_at' ),
			'lifted_at' => $text( 'lifted_at' ),
		);
	}
}
