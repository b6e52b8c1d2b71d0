<?php
/**
 * How the tables get on, in words.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

/**
 * For the notice in the admin, the Jobs screen, Site Health and `wp smi upgrade`.
 */
final class UpgradeReport {

	public function __construct(
		private readonly UpgradeState $state,
		private readonly Trouble $trouble,
		private readonly TablesCheck $check
	) {
	}

	/** @return string|null What went wrong, what was not lost and what to do; null while all goes well. */
	public function trouble(): ?string {
		$trouble = $this->state->is_done() ? null : $this->trouble->get();
		if ( null === $trouble || $this->trouble->is_passing() ) {
			return null;
		}
		if ( UpgradeBlocked::OLDER_FACTS === $trouble['reason'] ) {
			return TroubleWords::of( $trouble );
		}
		$begin = $this->state->is_usable()
			? __(
				'Sell My Images could not finish bringing its tables up to date. Nothing was lost, and selling goes on.',
				'sell-my-images'
			)
			: __(
				'Sell My Images could not bring its tables up to date, so the shop is closed until it can. Nothing was lost.',
				'sell-my-images'
			);

		return implode( ' ', array( $begin, TroubleWords::of( $trouble ), $this->next_try() ) );
	}

	/** Whether waiting may help: somebody else holds a table, or the server was away. */
	public function may_pass(): bool {
		return $this->trouble->may_pass();
	}

	/** @return array<string,string> What the owner is asked about older orders, `timezone` or `currency` => code of the reason. */
	public function questions(): array {
		$trouble = $this->state->is_done() ? null : $this->trouble->get();

		return null !== $trouble && UpgradeBlocked::OLDER_FACTS === $trouble['reason'] ? $trouble['facts'] : array();
	}

	/** @return string|null How far it is; null when there is nothing to do. */
	public function progress(): ?string {
		if ( $this->state->is_done() ) {
			return null;
		}
		if ( ! $this->state->is_usable() ) {
			return __(
				'The tables of Sell My Images are not up to date yet; the shop opens as soon as they are. This happens by itself within a minute or two, and nothing is lost.',
				'sell-my-images'
			);
		}
		return sprintf(
			/* translators: %d: a number from 0 to 99. */
			__(
				'Sell My Images is carrying its jobs over to a newer table: %d %% done. Selling goes on, and nothing is lost; until then lists may be slower and numbers too small.',
				'sell-my-images'
			),
			$this->percent()
		);
	}

	public function percent(): int {
		return $this->state->percent();
	}

	/** @return string|null Which tables had to be made again. */
	public function remade(): ?string {
		$remade = $this->check->remade();
		if ( null === $remade ) {
			return null;
		}

		return sprintf(
			/* translators: 1: names of database tables, 2: a date and time. */
			__(
				'These tables of Sell My Images were missing and were made again, empty, on %2$s (UTC): %1$s. The other tables were not touched. Perhaps only a part of a backup was restored: what these tables held comes back from a backup that has them. Payments are read anew from the payment provider.',
				'sell-my-images'
			),
			implode( ', ', $remade['tables'] ),
			$remade['at']
		);
	}

	/** Whether the jobs themselves were lost, or what was paid back. */
	public function has_lost_sales(): bool {
		return array() !== array_intersect( array( 'jobs', 'refunds', 'attempts' ), $this->check->remade()['tables'] ?? array() );
	}

	private function next_try(): string {
		$minutes = (int) ceil( $this->trouble->waits() / MINUTE_IN_SECONDS );

		return 0 === $minutes
			? __( 'It is tried again by itself.', 'sell-my-images' )
			: sprintf(
				/* translators: %d: number of minutes. */
				_n( 'It is tried again by itself in %d minute.', 'It is tried again by itself in %d minutes.', $minutes, 'sell-my-images' ),
				$minutes
			);
	}
}
