<?php
/**
 * The name under which a buyer saves the file.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Downloads;

use SellMyImages\Downloads\FileName;
use SellMyImages\Plugin;
use SellMyImages\Support\Attachment;
use SellMyImages\Tests\Storefront\StorefrontTestCase;

final class FileNameTest extends StorefrontTestCase {

	/** @return array<string,array{0:string,1:string,2:string|null}> Picture's address => name in ASCII, and whole where that is another. */
	public static function names(): array {
		return array(
			'plain'               => array( 'harbour-at-dawn-1024x683.jpg', 'harbour-at-dawn', null ),
			'with accents'        => array( 'h%C3%A4rbour-1024x683.jpg', 'harbour', 'härbour' ),
			'accents of a Mac'    => array( 'ha%CC%88rbour.jpg', 'harbour', 'härbour' ),
			'Chinese'             => array( '%E6%B8%AF%E5%8F%A3-scaled.jpg', 'picture', '港口' ),
			'Chinese and Latin'   => array( '%E6%9D%B1%E4%BA%AC-tower.jpg', 'tower', '東京-tower' ),
			'Hebrew'              => array( rawurlencode( 'נמל יפו' ) . '.jpg', 'picture', 'נמל-יפו' ),
			'Persian with joiner' => array( rawurlencode( "می\u{200C}خواهم" ) . '.jpg', 'picture', "می\u{200C}خواهم" ),
			'Thai'                => array( rawurlencode( 'ท่าเรือ' ) . '.jpg', 'picture', 'ท่าเรือ' ),
			'emoji'               => array( rawurlencode( "\u{1F469}\u{200D}\u{1F680} moon" ) . '.jpg', 'moon', "\u{1F469}\u{200D}\u{1F680}-moon" ),
			'turned around'       => array( rawurlencode( "photo\u{202E}gpj.exe" ) . '.jpg', 'photo-gpj-exe', 'photo-gpj.exe' ),
			'a header'            => array( rawurlencode( "a\r\nSet-Cookie: x=1\"; filename=\"evil.exe" ) . '.jpg', 'a-set-cookie-x1-filename-evil-exe', 'a-set-cookie-x=1-filename=-evil.exe' ),
			'a path'              => array( '..%2F..%2Fetc%2Fpasswd.jpg', 'etc-passwd', null ),
			'no UTF-8'            => array( 'caf%E9.jpg', 'caf', 'caf?' ),
			'nothing'             => array( '.jpg', 'picture', null ),
		);
	}

	/** @dataProvider names */
	public function test_a_name_in_any_script_survives_and_no_other_is_made_of_it( string $file, string $ascii, ?string $whole ): void {
		$job_id = $this->make_completed_job( null, array( 'image_url' => "http://127.0.0.1/wp-content/uploads/$file" ) );
		$job    = Plugin::instance()->jobs()->find( $job_id );
		self::assertNotNull( $job );
		$header = FileName::header( $job, 'image/jpeg' );
		self::assertSame( 1, preg_match( '/^attachment; filename="([a-z0-9_.-]+)-400x320\.jpg"(?:; filename\*=UTF-8\'\'([A-Za-z0-9%._~-]+)-400x320\.jpg)?$/', $header, $found ), $header );
		self::assertMatchesRegularExpression( '/^[\x20-\x7e]+$/D', $header );
		$expected = 'caf?' === $whole ? mb_scrub( "caf\xE9" ) : $whole;
		if ( 'caf?' === $whole ) {
			self::assertSame( 'caf', $found[1] );
			return;
		}
		self::assertSame( array( $ascii, $expected ), array( $found[1], isset( $found[2] ) ? rawurldecode( $found[2] ) : null ) );
	}

	public function test_long_names_are_cut_between_characters(): void {
		$name = Attachment::safe( str_repeat( '港', 200 ) );
		self::assertSame( str_repeat( '港', 60 ), $name );
		self::assertLessThanOrEqual( 180, strlen( Attachment::safe( str_repeat( "\u{1F469}\u{200D}", 60 ) ) ) );
		self::assertStringEndsNotWith( "\u{200D}", Attachment::safe( str_repeat( "\u{1F469}\u{200D}", 60 ) ) );
	}

	public function test_both_forms_are_sent_with_the_file(): void {
		$job      = $this->make_completed_job( ABSPATH . 'wp-includes/images/media/default.png', array( 'image_url' => 'http://127.0.0.1/%E6%B8%AF%E5%8F%A3.jpg' ) );
		$response = $this->rest( 'GET', '/smi/v1/download/' . Plugin::instance()->links()->token( $job, 1 ) );
		self::assertSame( 'attachment; filename="picture-400x320.png"; filename*=UTF-8\'\'%E6%B8%AF%E5%8F%A3-400x320.png', $response->get_headers()['Content-Disposition'] );
	}
}
