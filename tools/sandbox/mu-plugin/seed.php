<?php
/**
 * About 200 jobs of the last 90 days, at rest: nothing is due, and the emulators hold the matching objects.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Sandbox;

use SellMyImages\Database\Connection;
use SellMyImages\Jobs\JobRepository;
use SellMyImages\Plugin;
use SellMyImages\Storefront\Picture;
use SellMyImages\Storefront\SizePlan;

require_once __DIR__ . '/seed/Dice.php';
require_once __DIR__ . '/seed/People.php';
require_once __DIR__ . '/seed/Making.php';
require_once __DIR__ . '/seed/Returning.php';
require_once __DIR__ . '/seed/Telling.php';
require_once __DIR__ . '/seed/Story.php';
require_once __DIR__ . '/seed/Lives.php';

const SEED_SLICE = 50;

/**
 * The sizes that the photographs are sold in, for whoever makes the files.
 *
 * @return array{sizes: list<array{picture:string,source:string,width:int,height:int}>}
 */
function sizes(): array {
	$sizes = array();
	foreach ( sold_pictures() as $picture ) {
		foreach ( sold_plans( $picture ) as $resolution => $plan ) {
			$sizes[] = array(
				'picture' => "$picture->attachment_id-$resolution",
				'source'  => wp_basename( $picture->source_path ),
				'width'   => $plan->width,
				'height'  => $plan->height,
			);
		}
	}
	return array( 'sizes' => $sizes );
}

/**
 * Writes the next jobs, and says what must stand elsewhere for them: sales, upscales and files.
 *
 * @param array<string, mixed> $body With now (Unix seconds), from (how many are written), stripe (its address) and facts (of each size's file).
 * @return array<string, mixed>
 */
function seed( array $body ): array {
	$lives   = Lives::all();
	$from    = (int) $body['from'];
	$stories = array();
	foreach ( array_slice( $lives, $from, SEED_SLICE, true ) as $number => $life ) {
		$stories[] = tell( $number, $life, $body );
	}
	Plugin::instance()->private_folder()->open( wp_generate_uuid4() );
	write_stories( $stories, (array) $body['facts'] );
	return array(
		'count'    => count( $stories ),
		'done'     => $from + SEED_SLICE >= count( $lives ),
		'sales'    => array_column( $stories, 'sale' ),
		'upscales' => array_merge( ...array_map( static fn ( Story $story ): array => array_values( $story->upscales ), $stories ) ),
		'files'    => array_merge( ...array_column( $stories, 'files' ) ),
	);
}

/**
 * One job's whole life.
 *
 * @param int                  $number Which.
 * @param string               $life   A method of Lives.
 * @param array<string, mixed> $body   See seed().
 */
function tell( int $number, string $life, array $body ): Story {
	$plugin     = Plugin::instance();
	$dice       = new Dice( "job$number", SMI_SANDBOX_TOKEN );
	$settings   = $plugin->settings();
	$picture    = $dice->one( sold_pictures() );
	$plans      = sold_plans( $picture );
	$resolution = $dice->one( array( '4x', '4x', '8x' ) );
	$resolution = isset( $plans[ $resolution ] ) ? $resolution : array_key_first( $plans );
	$order      = array(
		// Dice of its own: the other throws stay what they were.
		'post_id'    => ( new Dice( "post$number" ) )->one( posts_with( $picture->attachment_id ) ),
		'resolution' => (string) $resolution,
		'price'      => $settings->price_minor( (string) $resolution ),
		'currency'   => $settings->currency(),
		'email'      => People::email( $dice ),
		'site'       => $plugin->site_identity()->uuid(),
		'stripe'     => (string) $body['stripe'],
		'lifetime'   => max( 1, $settings->link_lifetime_days() ) * DAY_IN_SECONDS,
	);
	$clicked    = (int) $body['now'] - Lives::age( $life, $dice );
	$story      = new Story( $dice, $picture, $plans[ $resolution ], $order, $clicked, $plugin->links(), $plugin->private_folder(), $plugin->attempt_token() );
	Lives::$life( $story );
	return $story;
}

/**
 * All of them in one transaction; those of an interrupted start are not written again.
 *
 * @param Story[]                             $stories The jobs.
 * @param array<string, array<string, mixed>> $facts   Of each size's file.
 */
function write_stories( array $stories, array $facts ): void {
	$plugin = Plugin::instance();
	$db     = $plugin->db();
	$jobs   = $plugin->jobs();
	$plugin->transaction()->run(
		static function () use ( $stories, $facts, $db, $jobs ): void {
			foreach ( $stories as $story ) {
				if ( null === $jobs->find( $story->job['job_id'] ) ) {
					write_story( $story, $facts, $db, $jobs );
				}
			}
		}
	);
}

/**
 * One job's rows.
 *
 * @param Story                               $story The job.
 * @param array<string, array<string, mixed>> $facts See write_stories().
 * @param Connection                          $db    The database.
 * @param JobRepository                       $jobs  Keeps the counters right.
 */
function write_story( Story $story, array $facts, Connection $db, JobRepository $jobs ): void {
	$file  = $facts[ $story->job['attachment_id'] . '-' . $story->job['resolution'] ] ?? array();
	$ended = array( 'updated_at' => gmdate( 'Y-m-d H:i:s', $story->ended() ), 'version' => count( $story->events ) );
	$jobs->insert( $ended + $story->job );
	foreach ( $story->attempts as $number => $attempt ) {
		$db->insert( 'attempts', array( 'seq' => $number + 1 ) + $attempt + ( isset( $attempt['file_path'] ) ? $file : array() ) );
	}
	foreach ( $story->refunds as $refund ) {
		$db->insert( 'refunds', $refund );
	}
	// One statement, for they are most of what is written and SQLite is slow in WebAssembly.
	$rows = implode( ', ', array_fill( 0, count( $story->events ), '(%s)' ) );
	$db->execute( "INSERT INTO {job_events} (job_id, at, actor, type, from_value, to_value, reason, ref) VALUES $rows", ...array_map( 'array_values', $story->events ) );
}

/**
 * The photographs, as the shop sees them.
 *
 * @return list<Picture>
 */
function sold_pictures(): array {
	static $known = array();
	if ( array() === $known ) {
		$ids   = get_posts( array( 'post_type' => 'attachment', 'post_status' => 'inherit', 'numberposts' => -1, 'fields' => 'ids', 'orderby' => 'ID', 'order' => 'ASC' ) );
		$known = array_values( array_filter( array_map( Plugin::instance()->pictures()->find( ... ), $ids ) ) );
	}
	return $known;
}

/**
 * The sizes of one photograph that can be made.
 *
 * @param Picture $picture The photograph.
 * @return array<string, SizePlan>
 */
function sold_plans( Picture $picture ): array {
	return array_filter( array( '4x' => $picture->plan( '4x' ), '8x' => $picture->plan( '8x' ) ) );
}
