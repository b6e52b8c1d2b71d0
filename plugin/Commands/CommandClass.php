<?php
/**
 * What a command keeps busy.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Commands;

/**
 * Each class has slots of its own in the bridge, so that pictures never keep a payment waiting. Handed out in this order.
 */
enum CommandClass: string {
	case Money     = 'money';
	case Submit    = 'submit';
	case Deliver   = 'deliver';
	case Poll      = 'poll';
	case Reconcile = 'reconcile';

	/**
	 * The kinds that belong to it.
	 *
	 * @return list<CommandKind>
	 */
	public function kinds(): array {
		return match ( $this ) {
			self::Money     => array(
				CommandKind::OpenCheckout,
				CommandKind::ExpireCheckout,
				CommandKind::RefreshPayment,
				CommandKind::Refund,
				CommandKind::Resolve,
			),
			self::Submit    => array( CommandKind::Submit ),
			self::Deliver   => array( CommandKind::RefreshAttempt ),
			self::Poll      => array( CommandKind::RefreshAttempt, CommandKind::Retry ),
			self::Reconcile => array( CommandKind::Reconcile ),
		};
	}

	/**
	 * The class of a command that is handed out.
	 *
	 * @param string $kind    Value of CommandKind.
	 * @param object $payload Its payload.
	 */
	public static function of( string $kind, object $payload ): ?self {
		$is_ready = true === ( $payload->is_ready ?? false );
		foreach ( self::cases() as $class ) {
			$wants_ready = $class->wants_ready();
			$is_kind     = in_array( CommandKind::tryFrom( $kind ), $class->kinds(), true );
			$fits        = CommandKind::RefreshAttempt->value !== $kind || $wants_ready === $is_ready;
			if ( $is_kind && $fits ) {
				return $class;
			}
		}
		return null;
	}

	/**
	 * The classes of which a bridge could take more than it was given.
	 *
	 * @param array<string,int>                       $want   As sync-request.schema.json has it.
	 * @param list<array{kind:string,payload:object}> $claims What it was given.
	 * @return list<self>
	 */
	public static function with_room( array $want, array $claims ): array {
		$given  = array_map( static fn( array $claim ): ?self => self::of( $claim['kind'], $claim['payload'] ), $claims );
		$count  = static fn( self $class ): int => count( array_keys( $given, $class, true ) );
		$other  = $want['other'] ?? 0;
		$others = $other - count( $given ) + $count( self::Submit );
		return array_values(
			array_filter(
				self::cases(),
				static fn( self $class ): bool => self::Submit === $class
					? ( $want['submit'] ?? 0 ) > $count( $class )
					: $others > 0 && ( $want[ $class->value ] ?? $other ) > $count( $class )
			)
		);
	}

	/**
	 * Whether the picture must be known to be made, or must not be; null where that is no question.
	 */
	public function wants_ready(): ?bool {
		return match ( $this ) {
			self::Deliver => true,
			self::Poll    => false,
			default       => null,
		};
	}
}
