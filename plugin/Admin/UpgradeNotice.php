<?php
/**
 * What the tables need, above every page of the admin.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Admin;

use SellMyImages\Capabilities;
use SellMyImages\Install\Installer;
use SellMyImages\Install\UpgradeReport;

/**
 * Trouble in red with a link to try again, a question with a form, progress in blue. Only for who can do something about it.
 */
final class UpgradeNotice {

	public function __construct( private readonly UpgradeReport $report, private readonly OlderFactsForm $form ) {
	}

	public function register(): void {
		add_action( 'admin_notices', array( $this, 'show' ) );
	}

	public function show(): void {
		if ( ! current_user_can( 'activate_plugins' ) && ! current_user_can( Capabilities::MANAGE ) ) {
			return;
		}
		$trouble = $this->report->trouble();
		$words   = $trouble ?? $this->report->progress();
		if ( null === $words ) {
			return;
		}
		$questions = $this->report->questions();
		$kind      = null === $trouble ? 'notice-info' : 'notice-error';
		printf( '<div class="notice %s"><p>%s</p>', esc_attr( array() === $questions ? $kind : 'notice-warning' ), esc_html( $words ) );
		if ( array() !== $questions ) {
			$this->form->show( $questions );
		} elseif ( null !== $trouble && current_user_can( 'activate_plugins' ) ) {
			$this->print_link();
		}
		echo '</div>';
	}

	private function print_link(): void {
		$address = add_query_arg( Installer::AGAIN, wp_create_nonce( Installer::AGAIN ), admin_url( 'plugins.php' ) );

		printf( '<p><a class="button" href="%s">%s</a></p>', esc_url( $address ), esc_html__( 'Try again now', 'sell-my-images' ) );
	}
}
