<?php
/**
 * Site Health: are the tables as they should be?
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Admin;

use SellMyImages\Install\UpgradePlan;
use SellMyImages\Install\UpgradeReport;

/**
 * A test under Status, and under Info what an upgrade would do to each table.
 */
final class TablesHealth {

	public function __construct( private readonly UpgradeReport $report, private readonly UpgradePlan $plan ) {
	}

	public function register(): void {
		add_filter( 'debug_information', array( $this, 'info' ) );
	}

	/** @return array{status:'good'|'recommended'|'critical',label:string,words:string} */
	public function result(): array {
		$trouble = $this->report->trouble();
		$remade  = $this->report->remade();
		$begun   = $this->report->progress();

		if ( null !== $trouble && array() !== $this->report->questions() ) {
			return self::say( 'recommended', __( 'Sell My Images has a question about older orders', 'sell-my-images' ), $trouble );
		}

		return match ( true ) {
			null !== $trouble => self::say(
				'critical',
				__( 'The tables of Sell My Images could not be brought up to date', 'sell-my-images' ),
				$trouble
			),
			null !== $begun => self::say(
				'recommended',
				__( 'The tables of Sell My Images are being brought up to date', 'sell-my-images' ),
				$begun
			),
			null !== $remade => self::say(
				$this->report->has_lost_sales() ? 'critical' : 'recommended',
				__( 'Tables of Sell My Images were lost and made again', 'sell-my-images' ),
				$remade
			),
			default => self::say(
				'good',
				__( 'The tables of Sell My Images are up to date', 'sell-my-images' ),
				__( 'All of them are there, with all columns and keys.', 'sell-my-images' )
			),
		};
	}

	/**
	 * @param array<string,array<string,mixed>> $info Sections that are there.
	 * @return array<string,array<string,mixed>>
	 */
	public function info( array $info ): array {
		$info['sell-my-images-tables'] = array(
			'label'       => __( 'Sell My Images: tables', 'sell-my-images' ),
			'description' => __(
				'What bringing the tables up to date would do, or still has to. Nothing is changed by looking.',
				'sell-my-images'
			),
			'fields'      => $this->fields(),
		);

		return $info;
	}

	/** @return array<string,array{label:string,value:string}> */
	private function fields(): array {
		try {
			$fields = array();
			foreach ( $this->plan->tables() as $table => $does ) {
				$fields[ $table ] = array(
					'label' => $table,
					'value' => array() === $does ? __( 'as it should be', 'sell-my-images' ) : implode( '; ', $does ),
				);
			}
			foreach ( $this->plan->obstacles() as $number => $sentence ) {
				$fields[ "in_the_way_$number" ] = array( 'label' => __( 'In the way', 'sell-my-images' ), 'value' => $sentence );
			}
			$older = $this->plan->older();
			if ( array() !== array_filter( $older ) ) {
				$words           = implode( ' ', array( ...$older['found'], ...$older['asked'] ) );
				$fields['older'] = array( 'label' => __( 'Older orders', 'sell-my-images' ), 'value' => $words );
			}
			return $fields;
		} catch ( \Throwable $error ) {
			return array( 'fault' => array( 'label' => __( 'Could not be read', 'sell-my-images' ), 'value' => $error->getMessage() ) );
		}
	}

	/**
	 * @param 'good'|'recommended'|'critical' $status How bad it is.
	 * @return array{status:'good'|'recommended'|'critical',label:string,words:string}
	 */
	private static function say( string $status, string $label, string $words ): array {
		return array( 'status' => $status, 'label' => $label, 'words' => $words );
	}
}
