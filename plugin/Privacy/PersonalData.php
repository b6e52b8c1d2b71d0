<?php
/**
 * Export and erasure of what is kept about a buyer.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Privacy;

use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobRepository;
use SellMyImages\Support\MoneyWords;
use SellMyImages\Support\Times;

/**
 * Works with Tools > Export / Erase Personal Data, in pages of 100 jobs. What erasing takes: Erasure.
 */
final class PersonalData {

	private const PAGE = 100;

	public function __construct(
		private readonly PersonalDataRepository $rows,
		private readonly Erasure $erasure,
		private readonly JobRepository $jobs
	) {}

	public function register(): void {
		add_filter( 'wp_privacy_personal_data_exporters', array( $this, 'exporters' ) );
		add_filter( 'wp_privacy_personal_data_erasers', array( $this, 'erasers' ) );
	}

	/**
	 * Adds the exporter.
	 *
	 * @param mixed $exporters Those that are there, or what another filter made of them.
	 */
	public function exporters( mixed $exporters ): mixed {
		if ( ! is_array( $exporters ) ) {
			return $exporters;
		}
		$exporters['sell-my-images'] = array(
			'exporter_friendly_name' => __( 'Sell My Images', 'sell-my-images' ),
			'callback'               => array( $this, 'export' ),
		);
		return $exporters;
	}

	/**
	 * Adds the eraser.
	 *
	 * @param mixed $erasers Those that are there, or what another filter made of them.
	 */
	public function erasers( mixed $erasers ): mixed {
		if ( ! is_array( $erasers ) ) {
			return $erasers;
		}
		$erasers['sell-my-images'] = array(
			'eraser_friendly_name' => __( 'Sell My Images', 'sell-my-images' ),
			'callback'             => array( $this, 'erase' ),
		);
		return $erasers;
	}

	/**
	 * One page of a person's jobs.
	 *
	 * @param string $email Whose.
	 * @param int    $page  From 1 on.
	 * @return array{data:list<array<string,mixed>>,done:bool}
	 */
	public function export( string $email, int $page = 1 ): array {
		$ids = $this->rows->all( $email, self::PAGE, ( max( 1, $page ) - 1 ) * self::PAGE );
		return array(
			'data' => array_values( array_filter( array_map( array( $this, 'export_job' ), $ids ) ) ),
			'done' => count( $ids ) < self::PAGE,
		);
	}

	/**
	 * Takes an address off its jobs. Each page starts anew, since erased jobs are no longer found.
	 *
	 * @param string $email Whose.
	 * @param int    $page  Not needed.
	 * @return array{items_removed:bool,items_retained:bool,messages:list<string>,done:bool}
	 */
	public function erase( string $email, int $page = 1 ): array {
		$ids = $this->rows->finished( $email, self::PAGE );
		foreach ( $ids as $job_id ) {
			$this->erasure->erase( $job_id, trim( $email ) );
		}
		$is_done  = count( $ids ) < self::PAGE;
		$messages = array();
		if ( array() !== $ids ) {
			$messages[] = __(
				'The address was removed from the orders, their download links were switched off, and the files made for them were deleted. Amounts, dates and payment references were kept for the accounts; Stripe keeps its own records of the payments.',
				'sell-my-images'
			);
		}
		if ( $is_done ) {
			$this->erasure->erase_elsewhere( trim( $email ) );
		}
		$is_waiting = $is_done && $this->rows->has_unfinished( $email );
		if ( $is_waiting ) {
			$messages[] = __(
				'An order with this address is not finished: it is being paid or made, and the address is needed to deliver it. Erase again when it is completed or failed.',
				'sell-my-images'
			);
		}
		return array(
			'items_removed'  => array() !== $ids,
			'items_retained' => array() !== $ids || $is_waiting,
			'messages'       => $messages,
			'done'           => $is_done,
		);
	}

	/**
	 * Text for the site's privacy policy.
	 */
	public static function suggest_policy(): void {
		$text = '<p>' . esc_html__(
			'When you buy a picture, we keep your e-mail address, which picture and size you bought, when, and how much you paid, so that we can deliver it and keep our accounts. Your card details are entered on the pages of our payment provider, Stripe, and never reach this site. The picture you buy (not your address) is sent to our upscaling provider, Upsampler, to be enlarged. When your data is erased, your address, your download link and the file that was made for you are deleted; amounts, dates and payment references stay in our accounts.',
			'sell-my-images'
		) . '</p><p>'
			. esc_html__(
				'To keep abuse away, a scrambled form of your network address is kept for at most a day. Clicks on Buy buttons are counted without anything about you.',
				'sell-my-images'
			) . '</p>';
		wp_add_privacy_policy_content( __( 'Sell My Images', 'sell-my-images' ), wp_kses_post( $text ) );
	}

	/**
	 * @return array<string,mixed>|null
	 */
	private function export_job( string $job_id ): ?array {
		$job = $this->jobs->find( $job_id );
		if ( null === $job ) {
			return null;
		}
		$data = array();
		foreach ( $this->facts( $job ) as $name => $value ) {
			$data[] = compact( 'name', 'value' );
		}
		return array(
			'group_id'    => 'sell-my-images',
			'group_label' => __( 'Pictures bought', 'sell-my-images' ),
			'item_id'     => "smi-job-$job_id",
			'data'        => $data,
		);
	}

	/**
	 * @return array<string,string>
	 */
	private function facts( Job $job ): array {
		return array(
			_x( 'Order', 'a purchase', 'sell-my-images' ) => $job->job_id,
			__( 'E-mail', 'sell-my-images' )         => (string) $job->email,
			__( 'Picture', 'sell-my-images' )        => (string) $job->image_url,
			__( 'Size', 'sell-my-images' )           => (string) $job->resolution,
			__( 'Status', 'sell-my-images' )         => $job->status->value . ', ' . $job->payment_status->value,
			__( 'Charged', 'sell-my-images' )        => MoneyWords::of( $job->amount_charged, $job->currency ),
			__( 'Language', 'sell-my-images' )       => $job->locale,
			__( 'Ordered at (UTC)', 'sell-my-images' ) => (string) Times::iso( $job->created_at ),
			__( 'Paid at (UTC)', 'sell-my-images' )  => (string) Times::iso( $job->paid_at ),
		);
	}
}
