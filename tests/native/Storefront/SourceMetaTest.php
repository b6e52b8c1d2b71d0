<?php
/**
 * What was measured of a picture is kept with it, and renewed when it changes.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Storefront;

use SellMyImages\Storefront\ContentPictures;
use SellMyImages\Storefront\Pictures;
use SellMyImages\Storefront\SourceMeta;

final class SourceMetaTest extends StorefrontTestCase {

	public function test_a_file_is_measured_once(): void {
		$id   = $this->make_picture( 300, 200 );
		$path = (string) get_attached_file( $id );
		$this->source_size( $id );
		$kept = get_post_meta( $id, SourceMeta::KEY, true );
		self::assertSame( array( true, true, 300, 200, hash_file( 'sha256', $path ) ), array( $kept['is_original'], $kept['has_file'], $kept['width'], $kept['height'], $kept['sha256'] ) );
		update_post_meta( $id, SourceMeta::KEY, array( 'width' => 299 ) + $kept );
		self::assertSame( array( 299, 200 ), $this->source_size( $id ), 'Not read again.' );
	}

	public function test_a_file_exchanged_in_its_place_is_measured_again(): void {
		$id   = $this->make_picture( 300, 200 );
		$path = (string) get_attached_file( $id );
		$this->source_size( $id );
		imagejpeg( imagecreatetruecolor( 600, 400 ), $path );
		clearstatcache();
		self::assertSame( array( 600, 400 ), $this->source_size( $id ) );
		touch( $path, time() - 1000 );
		clearstatcache();
		$kept = get_post_meta( $id, SourceMeta::KEY, true );
		update_post_meta( $id, SourceMeta::KEY, array( 'width' => 1 ) + $kept );
		self::assertSame( array( 600, 400 ), $this->source_size( $id ), 'The same size in bytes, at another time.' );
	}

	public function test_an_attachment_that_changes_is_measured_again(): void {
		$id = $this->make_picture( 300, 200 );
		$this->source_size( $id );
		$spoil = function () use ( $id ): void {
			update_post_meta( $id, SourceMeta::KEY, array( 'width' => 1 ) + get_post_meta( $id, SourceMeta::KEY, true ) );
		};
		$spoil();
		wp_update_attachment_metadata( $id, array( 'filesize' => 5 ) + (array) wp_get_attachment_metadata( $id ) );
		self::assertSame( array( 300, 200 ), $this->source_size( $id ) );
		$other = (string) get_attached_file( $this->make_picture( 500, 400 ) );
		update_attached_file( $id, $other );
		self::assertSame( array( 500, 400 ), $this->source_size( $id ) );
	}

	public function test_a_picture_that_lies_elsewhere_is_known_by_its_metadata_and_not_looked_for_again(): void {
		$id   = $this->make_picture( 300, 200 );
		$path = (string) get_attached_file( $id );
		rename( $path, "$path.away" );
		self::assertSame( array( 300, 200 ), $this->source_size( $id ) );
		self::assertFalse( get_post_meta( $id, SourceMeta::KEY, true )['has_file'] );
		rename( "$path.away", $path );
		clearstatcache();
		self::assertSame( $path, ( new Pictures() )->find( $id )?->source_path, 'Back again.' );
	}

	public function test_a_glance_reads_and_keeps_nothing(): void {
		$id = $this->make_picture( 300, 200 );
		unlink( (string) get_attached_file( $id ) );
		$picture = ( new Pictures() )->glance( $id );
		self::assertSame( array( 300, 200, 300 ), array( $picture?->source_width, $picture?->source_height, $picture?->shown_width ) );
		self::assertSame( '', get_post_meta( $id, SourceMeta::KEY, true ) );
	}

	public function test_finds_all_pictures_of_a_content_and_of_its_patterns(): void {
		$pattern  = $this->make_post( array(), array( 'post_type' => 'wp_block', 'post_content' => $this->image_block( 11, 'smi-for-sale' ) . $this->image_block( 12 ) ) );
		$content  = $this->image_block( 12, 'smi-not-for-sale' ) . "<!-- wp:block {\"ref\":$pattern} /-->" . '<!-- wp:media-text {"mediaId":13} --><div></div><!-- /wp:media-text --><img class="wp-image-14">';
		$pictures = ( new ContentPictures() )->of( $content );
		self::assertSame( array( 11 => array( 'smi-for-sale' ), 12 => array( 'smi-not-for-sale', '' ), 13 => array( '' ), 14 => array( '' ) ), array_replace( array( 11 => null, 12 => null, 13 => null, 14 => null ), $pictures ) );
	}

	/** @return array{0:int|null,1:int|null} */
	private function source_size( int $id ): array {
		$picture = ( new Pictures() )->find( $id );
		return array( $picture?->source_width, $picture?->source_height );
	}
}
