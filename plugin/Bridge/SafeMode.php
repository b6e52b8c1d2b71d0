<?php
/**
 * What a copy of a live shop must not do.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Bridge;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Database\StoredOptions;

/**
 * On while live keys are in use on a site that is elsewhere than at their first use, or not a production site, until
 * the owner says which it is. Meanwhile: no commands, checkouts, sweeper, mail or hooks.
 */
final class SafeMode {

	/** Where the owner's word is kept: for which address and environment it was given. */
	public const OPTION = 'smi_safe_mode_settled';

	/**
	 * @param SiteIdentity      $site     Who the site is.
	 * @param BridgeState       $bridge   Whether live keys are in use.
	 * @param CommandRepository $commands To cancel a copy's.
	 * @param StoredOptions     $options  Where the owner's word is.
	 */
	public function __construct(
		private readonly SiteIdentity $site,
		private readonly BridgeState $bridge,
		private readonly CommandRepository $commands,
		private readonly StoredOptions $options,
	) {}

	/** Whether the site holds still. */
	public function is_on(): bool {
		return null !== $this->reason();
	}

	/**
	 * Why.
	 *
	 * @return string|null `moved`: another address than before. `environment`: not a production site. Null: it is off.
	 */
	public function reason(): ?string {
		if ( true !== $this->bridge->livemode() || $this->options->get( self::OPTION ) === $this->circumstances() ) {
			return null;
		}
		if ( ( $this->site->live_home_hash() ?? $this->site->home_hash() ) !== $this->site->home_hash() ) {
			return 'moved';
		}
		return 'production' === wp_get_environment_type() ? null : 'environment';
	}

	/** At each contact: the first with live keys says where home is. */
	public function contact(): void {
		if ( true === $this->bridge->livemode() && null === $this->site->live_home_hash() && 'production' === wp_get_environment_type() ) {
			$this->site->settle_here();
		}
	}

	/** The owner says: this is the same shop, at a new place. What changed meanwhile is looked up. */
	public function moved(): void {
		$this->site->settle_here();
		$this->options->put( self::OPTION, $this->circumstances() );
		$this->commands->hint( CommandKind::Reconcile, 'objects', null );
	}

	/** The owner says: this is a copy. It becomes another shop and forgets what the original still had to do. */
	public function copy(): void {
		$this->site->become_another();
		$this->commands->close_all();
		$this->options->put( self::OPTION, $this->circumstances() );
	}

	/** What the owner's word was given for. */
	private function circumstances(): string {
		return $this->site->home_hash() . ' ' . wp_get_environment_type();
	}
}
