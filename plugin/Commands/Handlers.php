<?php
/**
 * Who knows what to do with which kind of command.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Commands;

/**
 * The registry of handlers. A kind without one is never handed out.
 */
final class Handlers {

	/**
	 * Bridge kinds.
	 *
	 * @var array<string,CommandHandler>
	 */
	private array $bridge = array();

	/**
	 * Site kinds.
	 *
	 * @var array<string,SiteCommandHandler>
	 */
	private array $site = array();

	/**
	 * Indexes the handlers by kind.
	 *
	 * @param list<CommandHandler>     $bridge One per bridge kind.
	 * @param list<SiteCommandHandler> $site   One per site kind.
	 */
	public function __construct( array $bridge, array $site ) {
		foreach ( $bridge as $handler ) {
			$this->bridge[ $handler->kind()->value ] = $handler;
		}
		foreach ( $site as $handler ) {
			$this->site[ $handler->kind()->value ] = $handler;
		}
	}

	/**
	 * The handler of a bridge kind.
	 *
	 * @param CommandKind $kind The kind.
	 */
	public function bridge( CommandKind $kind ): ?CommandHandler {
		return $this->bridge[ $kind->value ] ?? null;
	}

	/**
	 * The handler of a site kind.
	 *
	 * @param CommandKind $kind The kind.
	 */
	public function site( CommandKind $kind ): ?SiteCommandHandler {
		return $this->site[ $kind->value ] ?? null;
	}

	/**
	 * Lets the bridge handlers ask what they will need, outside of any transaction.
	 *
	 * @param Report $report What came in.
	 */
	public function before_report( Report $report ): void {
		foreach ( $this->bridge as $handler ) {
			if ( $handler instanceof BeforeReport ) {
				$handler->before_report( $report );
			}
		}
	}

	/**
	 * The bridge kinds that can be handed out.
	 *
	 * @return list<string>
	 */
	public function bridge_kinds(): array {
		return array_keys( $this->bridge );
	}

	/**
	 * The site kinds that can be carried out.
	 *
	 * @return list<string>
	 */
	public function site_kinds(): array {
		return array_keys( $this->site );
	}
}
