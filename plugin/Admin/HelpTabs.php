<?php
/**
 * The Help tab in the corner of our screens.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Admin;

use WP_Screen;

/**
 * Explains what a screen cannot say in passing. Plain paragraphs and lists: each text is translated whole.
 */
final class HelpTabs {

	/** Puts the tabs on the Jobs screen. */
	public function on_jobs( WP_Screen $screen ): void {
		$this->add( $screen, 'overview', __( 'Overview', 'sell-my-images' ), HelpTexts::overview() );
		$this->add( $screen, 'finding', __( 'Finding jobs', 'sell-my-images' ), HelpTexts::finding() );
		$this->add( $screen, 'actions', __( 'Actions and money', 'sell-my-images' ), HelpTexts::actions() );
		$this->add( $screen, 'keyboard', __( 'Keyboard', 'sell-my-images' ), HelpTexts::keyboard() );
		$screen->set_help_sidebar( $this->sidebar( current_user_can( 'manage_options' ) ) );
	}

	/** Puts the one tab on the Settings screen. */
	public function on_settings( WP_Screen $screen ): void {
		$this->add( $screen, 'overview', __( 'Overview', 'sell-my-images' ), HelpTexts::settings() );
		$screen->set_help_sidebar( $this->sidebar( false ) );
	}

	/**
	 * @param WP_Screen                           $screen The screen.
	 * @param string                              $id     Of the tab, without our prefix.
	 * @param string                              $title  On the tab.
	 * @param list<string|array<string,string>> $parts  Paragraphs; and lists, terms with what they mean.
	 */
	private function add( WP_Screen $screen, string $id, string $title, array $parts ): void {
		$html = array_map(
			static fn( string|array $part ): string => is_string( $part ) ? '<p>' . esc_html( $part ) . '</p>' : self::terms( $part ),
			$parts
		);
		$screen->add_help_tab( array( 'id' => "smi-help-$id", 'title' => $title, 'content' => implode( '', $html ) ) );
	}

	/** @param array<string,string> $terms Each with what it means. */
	private static function terms( array $terms ): string {
		$items = '';
		foreach ( $terms as $term => $meaning ) {
			$items .= sprintf( '<li><strong>%s</strong> &ndash; %s</li>', esc_html( $term ), esc_html( $meaning ) );
		}

		return "<ul>$items</ul>";
	}

	private function sidebar( bool $has_settings ): string {
		$links = array(
			'https://docs.stripe.com/refunds'           => __( 'Refunds at Stripe', 'sell-my-images' ),
			'https://docs.stripe.com/disputes/responding' => __( 'Answering a dispute', 'sell-my-images' ),
			'https://upsampler.com/'                    => __( 'Upsampler', 'sell-my-images' ),
		);
		if ( $has_settings ) {
			$links = array( admin_url( 'admin.php?page=' . Menu::SETTINGS ) => __( 'Prices and connection', 'sell-my-images' ) ) + $links;
		}
		$html = '<p><strong>' . esc_html__( 'For more information:', 'sell-my-images' ) . '</strong></p>';
		foreach ( $links as $url => $words ) {
			$html .= sprintf( '<p><a href="%s">%s</a></p>', esc_url( $url ), esc_html( $words ) );
		}

		return $html;
	}
}
