<?php
/**
 * ETags, and what comes back of them.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Owner;

use SellMyImages\Jobs\Job;

/**
 * A tag is made of the very body that it stands for: a job's details also change with the time, with other rows and with the reader.
 */
final class EntityTag {

	/** What servers put behind a tag when they compress the answer. */
	private const COMPRESSED = '/-{1,2}(?:gzip|br|deflate|zstd)$/';

	/**
	 * The version comes first, so that If-Match can ask for it alone.
	 *
	 * @param array<string,mixed> $body Of job-detail.schema.json.
	 */
	public static function of_job( Job $job, array $body ): string {
		return sprintf( 'W/"%d-%s"', $job->version, substr( md5( (string) wp_json_encode( $body ) ), 0, 16 ) );
	}

	/**
	 * Weak comparison, as If-None-Match wants it.
	 *
	 * @param string $header If-None-Match, as it came.
	 * @param string $tag    The one in force.
	 */
	public static function is_in( string $header, string $tag ): bool {
		return '*' === trim( $header ) || in_array( self::opaque( $tag )[0] ?? '', self::opaque( $header ), true );
	}

	/**
	 * @param string $header If-Match, as it came: tags of of_job(), or versions alone.
	 * @return list<int> Versions of the job; none: it holds no tag of a job.
	 */
	public static function versions( string $header ): array {
		$numbers = array_filter(
			self::opaque( $header ),
			static fn( string $tag ): bool => 1 === preg_match( '/^\d{1,18}(?:-|$)/', $tag )
		);

		return array_values( array_map( 'intval', $numbers ) );
	}

	/** @return list<string> What stands between the quotes of each tag. */
	private static function opaque( string $header ): array {
		$quoted = preg_match_all( '/"([^"]*)"/', $header, $found ) > 0;
		$tags   = $quoted ? $found[1] : array_map( 'trim', explode( ',', $header ) );

		return array_values(
			array_filter( (array) preg_replace( self::COMPRESSED, '', $tags ), static fn( string $tag ): bool => '' !== $tag )
		);
	}
}
