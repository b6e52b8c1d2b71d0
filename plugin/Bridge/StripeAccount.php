<?php
/**
 * Whose money it is.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Bridge;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Database\StoredOptions;

/**
 * Remembers the account at Stripe that the shop sells with, in test and in live mode. When the bridge comes with the key of another one the
 * owner is asked; until then nothing is sold and nothing of Stripe's is carried out: the other account knows none of our payments, and
 * its "no such payment" would be taken for the truth (docs/decisions/0032-another-stripe-account.md).
 */
final class StripeAccount {

	public const OPTION = 'smi_stripe_account';

	/** What is kept of a question. */
	private const QUESTION = array( 'mode' => true, 'other' => true, 'no' => true );

	public function __construct( private readonly StoredOptions $options, private readonly CommandRepository $commands ) {}

	/**
	 * The bridge said with which account its key works.
	 *
	 * @param string|null $account Null: the key may not tell; nothing is known then, and nothing is asked.
	 */
	public function hear( ?string $account, bool $livemode ): void {
		$mode   = $livemode ? 'live' : 'test';
		$before = $this->stored();
		if ( null === $account || '' === $account ) {
			// Keys of the other mode are another matter: that question waits for its own.
			$this->store( array_diff_key( $before, ( $before['mode'] ?? $mode ) === $mode ? array() : self::QUESTION ) );
			return;
		}
		$known = $before[ $mode ] ?? $account;
		$asked = $known === $account ? array() : array( 'mode' => $mode, 'other' => $account );
		if ( array() !== $asked && ( $before['other'] ?? '' ) === $account && ( $before['mode'] ?? '' ) === $mode ) {
			return;
		}
		$this->store( $asked + array( $mode => $known ) + array_diff_key( $before, self::QUESTION ) );
	}

	/**
	 * The question that waits for the owner.
	 *
	 * @return array{from:string,to:string,no:bool}|null `no`: the owner said that the other account is a mistake.
	 */
	public function question(): ?array {
		$stored = $this->stored();
		$mode   = $stored['mode'] ?? '';

		return '' === $mode || ! isset( $stored['other'], $stored[ $mode ] )
			? null
			: array(
				'from' => $stored[ $mode ],
				'to'   => $stored['other'],
				'no'   => 'no' === ( $stored['no'] ?? '' ),
			);
	}

	/** Whether the owner has to say something, or put the right key back. */
	public function is_in_question(): bool {
		return null !== $this->question();
	}

	/** The owner sells with the other account from now on. What that one has already is looked up. */
	public function accept(): void {
		$stored = $this->stored();
		$mode   = $stored['mode'] ?? '';
		if ( null === $this->question() ) {
			return;
		}
		$this->store( array( $mode => $stored['other'] ) + array_diff_key( $stored, self::QUESTION ) );
		$this->commands->hint( CommandKind::Reconcile, 'objects', null );
	}

	/** The owner says that it is a mistake: all stays as it is until the bridge comes with the right key. */
	public function refuse(): void {
		if ( $this->is_in_question() ) {
			$this->store( array( 'no' => 'no' ) + $this->stored() );
		}
	}

	/**
	 * What may be handed out of what the bridge wants.
	 *
	 * @param array<string,int> $want By class.
	 * @return array<string,int>
	 */
	public function hold_back( array $want ): array {
		return $this->is_in_question() ? array( 'money' => 0, 'reconcile' => 0 ) + $want : $want;
	}

	/** @param array<string,string> $state As stored() gives it. */
	private function store( array $state ): void {
		if ( $state !== $this->stored() ) {
			$this->options->put( self::OPTION, $state );
		}
	}

	/** @return array<string,string> `test`, `live`: the accounts; `mode`, `other`, `no`: of the question. */
	private function stored(): array {
		$stored = $this->options->get( self::OPTION );

		return is_array( $stored ) ? array_map( 'strval', $stored ) : array();
	}
}
