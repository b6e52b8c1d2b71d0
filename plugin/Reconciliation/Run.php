<?php
/**
 * One look through all that Stripe has, asked for by somebody.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Reconciliation;

use SellMyImages\Support\Times;

/**
 * A value; each change gives another one. What differs is counted once per object, however often a page of the list comes again.
 *
 * @phpstan-import-type Row from Difference
 * @phpstan-type Place array{list:string,after:string|null,since:int,started:int,seen:int}
 * @phpstan-type Stored array{id:string,state:string,is_dry:bool,since:int,by:string,at:string,moved_at:string,ended_at:string|null,
 *   after_lease:int,is_anew:bool,place:Place|null,seen:array<string,int>,counts:array<string,int>,keys:string,is_floor:bool,
 *   rows:list<Row>,trouble:array{code:string,message:string}|null}
 */
final class Run {

	public const RUNNING = 'running';
	public const DONE    = 'done';
	public const FAILED  = 'failed';
	public const STOPPED = 'stopped';

	public const LISTS = array( 'sessions', 'refunds', 'disputes' );

	/** So many differences are told one by one. */
	public const MOST_ROWS = 200;

	/** So many are counted: each needs a key of twelve characters while the run lasts. */
	public const MOST_KEYS = 10000;

	private const KEY = 12;

	/** @param Stored $stored As it is kept. */
	private function __construct( private readonly array $stored ) {}

	/**
	 * @param int    $since       Unix seconds.
	 * @param string $by          As Actor::current() names who asked.
	 * @param int    $after_lease The command's lease until now: what comes of it is not this run's.
	 */
	public static function begin( string $id, bool $is_dry, int $since, string $by, int $after_lease ): self {
		$now = Times::now();

		return new self(
			array(
				'id'          => $id,
				'state'       => self::RUNNING,
				'is_dry'      => $is_dry,
				'since'       => $since,
				'by'          => $by,
				'at'          => $now,
				'moved_at'    => $now,
				'ended_at'    => null,
				'after_lease' => $after_lease,
				'is_anew'     => false,
				'place'       => null,
				'seen'        => array_fill_keys( self::LISTS, 0 ),
				'counts'      => array(),
				'keys'        => '',
				'is_floor'    => false,
				'rows'        => array(),
				'trouble'     => null,
			)
		);
	}

	/** @return self|null Null for what is none. */
	public static function from_stored( mixed $stored ): ?self {
		if ( ! is_array( $stored ) || ! isset( $stored['id'], $stored['state'], $stored['since'], $stored['at'], $stored['seen'] ) ) {
			return null;
		}
		/** @var Stored $stored */
		return new self( $stored );
	}

	/** @return Stored */
	public function to_stored(): array {
		return $this->stored;
	}

	public function id(): string {
		return $this->stored['id'];
	}

	public function state(): string {
		return $this->stored['state'];
	}

	public function is_running(): bool {
		return self::RUNNING === $this->stored['state'];
	}

	public function is_dry(): bool {
		return $this->stored['is_dry'];
	}

	/** Unix seconds. */
	public function since(): int {
		return $this->stored['since'];
	}

	public function by(): string {
		return $this->stored['by'];
	}

	/** When it was asked for; UTC. */
	public function at(): string {
		return $this->stored['at'];
	}

	/** When the bridge last brought something new; UTC. */
	public function moved_at(): string {
		return $this->stored['moved_at'];
	}

	public function ended_at(): ?string {
		return $this->stored['ended_at'];
	}

	/** @return Place|null Where the pass goes on. */
	public function place(): ?array {
		return $this->stored['place'];
	}

	/** Whether the pass was begun a second time because Stripe did not know its place any more. */
	public function is_anew(): bool {
		return $this->stored['is_anew'];
	}

	/** @return array{code:string,message:string}|null */
	public function trouble(): ?array {
		return $this->stored['trouble'];
	}

	/** Whether what was done under this lease is of this run. */
	public function is_lease( int $lease_no ): bool {
		return $lease_no > $this->stored['after_lease'];
	}

	/** @return list<array{list:string,state:string,seen:int}> */
	public function lists(): array {
		$at = (int) array_search( $this->stored['place']['list'] ?? self::LISTS[0], self::LISTS, true );

		return array_map(
			fn( int $n, string $name ): array => array(
				'list'  => $name,
				'state' => $this->list_state( $n, $at ),
				'seen'  => $this->stored['seen'][ $name ] ?? 0,
			),
			array_keys( self::LISTS ),
			self::LISTS
		);
	}

	/**
	 * @param int $n  Which list.
	 * @param int $at The one that the pass is at.
	 */
	private function list_state( int $n, int $at ): string {
		if ( self::DONE === $this->stored['state'] || $n < $at ) {
			return 'done';
		}

		return $n === $at && $this->is_running() ? 'running' : 'waiting';
	}

	/** @return array<string,int> Differences by their code. */
	public function counts(): array {
		return array_diff_key( $this->stored['counts'], array( Difference::UNCLEAR => true ) );
	}

	public function unclear(): int {
		return $this->stored['counts'][ Difference::UNCLEAR ] ?? 0;
	}

	/** Whether there are more than were counted. */
	public function is_floor(): bool {
		return $this->stored['is_floor'];
	}

	/** @return list<Difference> The first of them. */
	public function differences(): array {
		return array_map( array( Difference::class, 'from_row' ), $this->stored['rows'] );
	}

	/** @param list<Difference> $found What a page showed. */
	public function with_found( array $found ): self {
		$keys   = '' === $this->stored['keys'] ? array() : array_fill_keys( str_split( $this->stored['keys'], self::KEY ), true );
		$stored = $this->stored;
		foreach ( $found as $difference ) {
			$key = substr( md5( $difference->object->id ), 0, self::KEY );
			if ( isset( $keys[ $key ] ) ) {
				continue;
			}
			if ( count( $keys ) >= self::MOST_KEYS ) {
				$stored['is_floor'] = true;
				break;
			}
			$keys[ $key ]     = true;
			$stored['keys']  .= $key;
			$stored['counts'] = array( $difference->code => ( $stored['counts'][ $difference->code ] ?? 0 ) + 1 ) + $stored['counts'];
			if ( Difference::UNCLEAR !== $difference->code && count( $stored['rows'] ) < self::MOST_ROWS ) {
				$stored['rows'][] = $difference->to_row();
			}
		}

		return new self( $stored );
	}

	/**
	 * The bridge came so far.
	 *
	 * @param Place|null $place Where it goes on; null: it is through.
	 * @param int        $seen  Objects looked at, in all.
	 */
	public function moved_to( ?array $place, int $seen ): self {
		$before              = $this->stored['place'] ?? array( 'list' => self::LISTS[0], 'seen' => 0 );
		$stored              = $this->stored;
		$stored['place']     = $place;
		$stored['moved_at']  = Times::now();
		$stored['trouble']   = null;
		$list                = $before['list'];
		$stored['seen'][ $list ] = ( $stored['seen'][ $list ] ?? 0 ) + max( 0, $seen - $before['seen'] );

		return null === $place ? ( new self( $stored ) )->ended( self::DONE ) : new self( $stored );
	}

	/** Stripe does not know the place any more: from the beginning, once. */
	public function anew(): self {
		return new self( array( 'is_anew' => true, 'place' => null, 'seen' => array_fill_keys( self::LISTS, 0 ) ) + $this->stored );
	}

	/** @param string $message The bridge's or the provider's own words; '' where ours say it all. */
	public function in_trouble( string $code, string $message ): self {
		return new self( array( 'trouble' => array( 'code' => $code, 'message' => mb_substr( $message, 0, 600 ) ) ) + $this->stored );
	}

	/** @param string $state DONE, FAILED or STOPPED. */
	public function ended( string $state ): self {
		return new self( array( 'state' => $state, 'ended_at' => Times::now(), 'keys' => '' ) + $this->stored );
	}
}
