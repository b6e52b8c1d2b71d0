<?php
/**
 * The e-mails that buyers get.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Email;

use SellMyImages\Hooks\Listeners;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\PaymentStatus;
use SellMyImages\Support\MoneyWords;
use SellMyImages\Support\SiteName;

/**
 * Words of each e-mail, made into HTML and text.
 */
final class Messages {

	public function __construct(
		private readonly HtmlTemplate $html = new HtmlTemplate(),
		private readonly TextTemplate $text = new TextTemplate()
	) {}

	/**
	 * "Your picture is ready."
	 *
	 * @param Job    $job The job.
	 * @param string $url The download link.
	 */
	public function ready( Job $job, string $url ): Message {
		$site    = SiteName::get();
		$content = new Content(
			/* translators: %s: name of the site. */
			sprintf( __( 'Your picture from %s is ready', 'sell-my-images' ), $site ),
			__( 'Your picture is ready', 'sell-my-images' ),
			array(
				__( 'Thank you for buying a picture. It has been made in the size you chose and waits for you here:', 'sell-my-images' ),
			),
			$this->facts( $job, true ),
			array(
				__( 'If the button does not work, copy this address into your browser:', 'sell-my-images' ) . ' ' . $url,
				__(
					'The link is yours alone: whoever has it can download the picture. Should it stop working, answer this e-mail and ask for a new one.',
					'sell-my-images'
				),
			),
			array(
				'label' => __( 'Download your picture', 'sell-my-images' ),
				'url'   => $url,
			)
		);
		return $this->message( $job, 'ready', $content );
	}

	/**
	 * "Your picture could not be made; the money goes back."
	 */
	public function failed_refunded( Job $job ): Message {
		$site    = SiteName::get();
		$is_done = PaymentStatus::Refunded === $job->payment_status;
		$content = new Content(
			/* translators: %s: name of the site. */
			sprintf( __( 'Your picture from %s could not be made: your refund', 'sell-my-images' ), $site ),
			__( 'We are sorry: your picture could not be made', 'sell-my-images' ),
			array(
				__( 'Something went wrong while your picture was being made, and trying again did not help.', 'sell-my-images' ),
				$is_done
					? __(
						'We have refunded all of your money to the card or account you paid with. It can take 5 to 10 days until you see it there. You need not do anything.',
						'sell-my-images'
					)
					: __(
						'We are refunding your money to the card or account you paid with. It can take 5 to 10 days until you see it there. You need not do anything.',
						'sell-my-images'
					),
			),
			$this->facts( $job, false ),
			array( __( 'If you have a question, just answer this e-mail.', 'sell-my-images' ) )
		);
		return $this->message( $job, 'failed_refunded', $content );
	}

	/**
	 * @return array<string,string>
	 */
	private function facts( Job $job, bool $is_ready ): array {
		$facts = array();
		$title = $job->post_id > 0 ? html_entity_decode( get_the_title( $job->post_id ), ENT_QUOTES, 'UTF-8' ) : '';
		if ( '' !== $title ) {
			$facts[ __( 'Picture from', 'sell-my-images' ) ] = $title;
		}
		if ( (int) $job->target_width > 0 ) {
			$facts[ __( 'Size', 'sell-my-images' ) ] = sprintf(
				/* translators: 1: width, 2: height, both in pixels. */
				__( '%1$s × %2$s pixels', 'sell-my-images' ),
				number_format_i18n( (int) $job->target_width ),
				number_format_i18n( (int) $job->target_height )
			);
		}
		$facts[ __( 'Price', 'sell-my-images' ) ] = MoneyWords::of( $job->amount_charged, $job->currency );
		if ( $is_ready && null !== $job->download_expires_at ) {
			$facts[ __( 'Download it before', 'sell-my-images' ) ] = $this->local_date( $job->download_expires_at );
		}
		$facts[ _x( 'Order', 'a purchase', 'sell-my-images' ) ] = $job->job_id;
		return $facts;
	}

	/**
	 * A UTC time in the site's own zone, with the zone's name.
	 */
	private function local_date( string $utc ): string {
		$at     = (int) strtotime( $utc . ' UTC' );
		$format = get_option( 'date_format', 'F j, Y' ) . ' ' . get_option( 'time_format', 'H:i' ) . ' T';
		return (string) wp_date( $format, $at );
	}

	private function message( Job $job, string $type, Content $content ): Message {
		$site = SiteName::get();
		$home = home_url( '/' );

		/**
		 * Filters the subject of an e-mail to a buyer.
		 *
		 * @since 0.1.0
		 *
		 * @param string $subject Plain text.
		 * @param string $type    ready or failed_refunded.
		 * @param Job    $job     The job.
		 */
		$subject = Listeners::apply_filters( 'smi_email_subject', $content->subject, $type, $job );

		/**
		 * Filters the HTML of an e-mail to a buyer.
		 *
		 * @since 0.1.0
		 *
		 * @param string $html The whole document.
		 * @param string $type ready or failed_refunded.
		 * @param Job    $job  The job.
		 */
		$html = Listeners::apply_filters( 'smi_email_html', $this->html->render( $content, $site, $home ), $type, $job );

		/**
		 * Filters the plain text of an e-mail to a buyer.
		 *
		 * @since 0.1.0
		 *
		 * @param string $text Plain text.
		 * @param string $type ready or failed_refunded.
		 * @param Job    $job  The job.
		 */
		$text = Listeners::apply_filters( 'smi_email_text', $this->text->render( $content, $site, $home ), $type, $job );

		return new Message( (string) $job->email, $subject, $html, $text );
	}
}
