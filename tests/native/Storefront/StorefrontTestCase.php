<?php
/**
 * Pictures and posts for the tests of the buyer's side.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Storefront;

use SellMyImages\Bridge\BridgeState;
use SellMyImages\Bridge\KeyRing;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Settings\Settings;
use SellMyImages\Tests\TestCase;

/**
 * Makes real pictures with GD, in the real media library.
 */
abstract class StorefrontTestCase extends TestCase {

	/** @var list<int> */
	private array $posts = array();

	protected function setUp(): void {
		parent::setUp();
		// Nobody paired, whatever was tried on this site before.
		delete_option( KeyRing::OPTION );
		delete_option( BridgeState::OPTION );
		delete_option( BridgeState::SEEN );
	}

	protected function tearDown(): void {
		foreach ( array_reverse( $this->posts ) as $id ) {
			'attachment' === get_post_type( $id ) ? wp_delete_attachment( $id, true ) : wp_delete_post( $id, true );
		}
		$this->posts = array();
		parent::tearDown();
	}

	/**
	 * A picture in the media library.
	 *
	 * @param int    $width  Pixels.
	 * @param int    $height Pixels.
	 * @param string $type   jpeg, png or webp.
	 * @return int Its id.
	 */
	protected function make_picture( int $width, int $height, string $type = 'jpeg' ): int {
		$image = imagecreatetruecolor( $width, $height );
		imagefilledellipse( $image, intdiv( $width, 2 ), intdiv( $height, 2 ), $width, $height, (int) imagecolorallocate( $image, 200, 120, 40 ) );
		$file = wp_upload_dir()['path'] . '/test-' . wp_generate_password( 8, false ) . '.' . ( 'jpeg' === $type ? 'jpg' : $type );
		$made = "image$type";
		$made( $image, $file );
		$id            = (int) wp_insert_attachment( array( 'post_mime_type' => "image/$type", 'post_title' => 'Harbour', 'post_status' => 'inherit' ), $file );
		$this->posts[] = $id;
		wp_update_attachment_metadata( $id, wp_generate_attachment_metadata( $id, $file ) );
		update_post_meta( $id, '_wp_attachment_image_alt', 'Harbour at "dawn"' );
		return $id;
	}

	/**
	 * A post that shows pictures.
	 *
	 * @param list<int>           $pictures Attachment ids.
	 * @param array<string,mixed> $more     Fields of the post.
	 */
	protected function make_post( array $pictures, array $more = array() ): int {
		$blocks        = array_map( array( $this, 'image_block' ), $pictures );
		$id            = (int) wp_insert_post( $more + array( 'post_title' => 'Down by the harbour', 'post_status' => 'publish', 'post_content' => implode( "\n\n", $blocks ) ) );
		$this->posts[] = $id;
		return $id;
	}

	protected function image_block( int $id, string $class_name = '' ): string {
		$attributes = wp_json_encode( array_filter( array( 'id' => $id, 'className' => $class_name ) ) );
		return "<!-- wp:image $attributes -->\n<figure class=\"wp-block-image $class_name\"><img src=\"" . wp_get_attachment_url( $id ) . "\" alt=\"\" class=\"wp-image-$id\"/><figcaption>Dawn</figcaption></figure>\n<!-- /wp:image -->";
	}


	/**
	 * A stored job with a finished file, or none.
	 *
	 * @param array<string,int|string|null> $more Columns.
	 */
	protected function make_completed_job( ?string $file, array $more = array() ): string {
		$job_id = wp_generate_uuid4();
		$links  = new LinkTokens( new Settings() );
		return $this->make_job(
			$more + array(
				'job_id'              => $job_id,
				'status'              => 'completed',
				'payment_status'      => 'paid',
				'amount_charged'      => '9.00',
				'currency'            => 'EUR',
				'target_width'        => 400,
				'target_height'       => 320,
				'image_url'           => 'http://127.0.0.1/wp-content/uploads/h%C3%A4rbour-1024x683.jpg',
				'upscaled_file_path'  => $file,
				'buyer_key_hash'      => $links->buyer_key_hash( $job_id ),
				'download_generation' => 1,
				'download_token'      => $links->hash( $links->token( $job_id, 1 ) ),
				'download_expires_at' => gmdate( 'Y-m-d H:i:s', time() + 86400 ),
			)
		);
	}
}
