<?php
/**
 * An e-mail as HTML.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Email;

/**
 * One column, styles inline, nothing fetched from anywhere: readable in every mail program, and it tells nobody that it was read.
 */
final class HtmlTemplate {

	private const FONT = 'font-family:-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Helvetica,Arial,sans-serif;';

	/**
	 * The whole document.
	 */
	public function render( Content $content, string $site_name, string $site_url ): string {
		$language  = esc_attr( str_replace( '_', '-', determine_locale() ) );
		$direction = is_rtl() ? 'rtl' : 'ltr';
		$title     = esc_html( $content->subject );
		$home      = sprintf( '<a href="%s" style="color:#50575e">%s</a>', esc_url( $site_url ), esc_html( $site_name ) );
		$body      = $this->heading( $content ) . $this->paragraphs( $content ) . $this->button( $content ) . $this->facts( $content )
			. $this->notes( $content );
		$font      = self::FONT;
		return "<!DOCTYPE html>\n<html lang=\"$language\" dir=\"$direction\"><head><meta charset=\"utf-8\">"
			. '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light">'
			. "<title>$title</title></head><body style=\"margin:0;padding:0;background:#f0f0f1;$font\">"
			. '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:24px 12px">'
			. '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;background:#ffffff;border-radius:8px">'
			. "<tr><td style=\"padding:32px;color:#1e1e1e;font-size:16px;line-height:1.5;$font\">$body</td></tr></table>"
			. "<p style=\"margin:16px 0 0;font-size:14px;color:#50575e;$font\">$home</p></td></tr></table></body></html>\n";
	}

	private function heading( Content $content ): string {
		return '<h1 style="margin:0 0 16px;font-size:24px;line-height:1.25;color:#1e1e1e">' . esc_html( $content->heading ) . '</h1>';
	}

	private function paragraphs( Content $content ): string {
		return implode(
			'',
			array_map(
				static fn( string $text ): string => '<p style="margin:0 0 16px">' . esc_html( $text ) . '</p>',
				$content->paragraphs
			)
		);
	}

	private function button( Content $content ): string {
		if ( null === $content->button ) {
			return '';
		}
		return sprintf(
			'<p style="margin:24px 0"><a href="%s" style="display:inline-block;background:#1d4ed8;color:#ffffff;font-size:18px;font-weight:600;line-height:1.2;text-decoration:none;padding:16px 28px;border-radius:6px">%s</a></p>',
			esc_url( $content->button['url'] ),
			esc_html( $content->button['label'] )
		);
	}

	private function facts( Content $content ): string {
		if ( array() === $content->facts ) {
			return '';
		}
		$rows = '';
		foreach ( $content->facts as $label => $value ) {
			$rows .= sprintf(
				'<tr><th scope="row" align="%s" style="padding:4px 16px 4px 0;font-weight:400;color:#50575e;vertical-align:top">%s</th><td style="padding:4px 0">%s</td></tr>',
				is_rtl() ? 'right' : 'left',
				esc_html( $label ),
				esc_html( $value )
			);
		}
		return '<table cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px;font-size:16px">' . $rows . '</table>';
	}

	private function notes( Content $content ): string {
		return implode(
			'',
			array_map(
				static fn( string $text ): string => '<p style="margin:0 0 12px;font-size:14px;color:#50575e">'
					. make_clickable( esc_html( $text ) ) . '</p>',
				$content->notes
			)
		);
	}
}
