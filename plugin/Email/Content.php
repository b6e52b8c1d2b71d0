<?php
/**
 * The words of one e-mail, before they become HTML and text.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Email;

/**
 * Plain text throughout: whoever prints it escapes it.
 */
final class Content {

	/**
	 * @param string                $subject    Subject, also the document's title.
	 * @param string                $heading    Heading.
	 * @param list<string>          $paragraphs Paragraphs above the button.
	 * @param array<string,string>  $facts      Label => value, shown as a small table.
	 * @param list<string>          $notes      Small print below.
	 * @param array{label:string,url:string}|null $button The one thing to do, if there is one.
	 */
	public function __construct(
		public readonly string $subject,
		public readonly string $heading,
		public readonly array $paragraphs,
		public readonly array $facts = array(),
		public readonly array $notes = array(),
		public readonly ?array $button = null
	) {}
}
