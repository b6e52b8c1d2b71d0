<?php
/**
 * An e-mail as plain text.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Email;

/**
 * The same words as the HTML, for programs and people who prefer text.
 */
final class TextTemplate {

	/**
	 * The whole text. The link stands alone on its line, so that no mail program breaks it.
	 */
	public function render( Content $content, string $site_name, string $site_url ): string {
		$parts = array( $content->heading, ...$content->paragraphs );
		if ( null !== $content->button ) {
			$parts[] = $content->button['label'] . ":\n" . $content->button['url'];
		}
		$facts = array();
		foreach ( $content->facts as $label => $value ) {
			$facts[] = "$label: $value";
		}
		if ( array() !== $facts ) {
			$parts[] = implode( "\n", $facts );
		}
		array_push( $parts, ...$content->notes );
		return implode( "\n\n", $parts ) . "\n\n-- \n$site_name\n$site_url\n";
	}
}
