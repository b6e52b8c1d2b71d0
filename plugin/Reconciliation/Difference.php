<?php
/**
 * One object at Stripe that is not as this shop knows it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Reconciliation;

/**
 * A code and what its sentence needs; the sentence is made when somebody reads it, see RunWords.
 *
 * @phpstan-type Row array{code:string,type:string,object:string,state:string,ref:string|null,job_id:string|null,minor:int|null,
 *   currency:string|null,before:string|null,after:string|null}
 */
final class Difference {

	/** A payment of this shop's, and no job of it. */
	public const NOBODY = 'nobody';

	/** About a payment that this shop does not know, and naming no shop: perhaps another one's in the same account. */
	public const UNCLEAR = 'unclear';

	/**
	 * @param string       $code   Of reconciliation-code.schema.json, or UNCLEAR.
	 * @param StripeObject $object What it is about.
	 * @param string|null  $job_id Whose.
	 * @param string|null  $before What this shop has: a status, or an amount.
	 * @param string|null  $after  What Stripe has.
	 */
	public function __construct(
		public readonly string $code,
		public readonly StripeObject $object,
		public readonly ?string $job_id,
		public readonly ?string $before = null,
		public readonly ?string $after = null,
	) {}

	/** @return Row As it is kept. */
	public function to_row(): array {
		return array(
			'code'     => $this->code,
			'type'     => $this->object->type,
			'object'   => $this->object->id,
			'state'    => $this->object->state,
			'ref'      => $this->object->ref,
			'job_id'   => $this->job_id,
			'minor'    => $this->object->minor,
			'currency' => $this->object->currency,
			'before'   => $this->before,
			'after'    => $this->after,
		);
	}

	/** @param Row $row As to_row() made it. */
	public static function from_row( array $row ): self {
		$object = new StripeObject( $row['type'], $row['object'], $row['state'], $row['ref'], $row['minor'], $row['currency'] );

		return new self( $row['code'], $object, $row['job_id'], $row['before'], $row['after'] );
	}
}
