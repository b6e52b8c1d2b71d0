<?php
/**
 * One e-mail, ready to be sent.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Email;

/**
 * Subject, HTML, and the same in plain text.
 */
final class Message {

	/**
	 * @param string $to      Address.
	 * @param string $subject Plain text.
	 * @param string $html    A whole HTML document.
	 * @param string $text    The same words as plain text.
	 */
	public function __construct(
		public readonly string $to,
		public readonly string $subject,
		public readonly string $html,
		public readonly string $text
	) {}
}
