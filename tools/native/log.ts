const ENTRY = /^(?=\[\d{2}-\w{3}-\d{4} )/m;

// What names the plugin, and what only a plugin can cause on a site that has just one.
const OURS =
	/sell-my-images|SellMyImages|\bsmi_|WordPress database error|called <strong>incorrectly|PHP Fatal error|PHP Parse error/i;

/**
 * The entries of a PHP log that the plugin has to answer for.
 *
 * @param log Whole text of the log.
 * @return Entries with their stack traces; none is what a lane asks for.
 */
export function complaints( log: string ): string[] {
	return log
		.split( ENTRY )
		.map( ( entry ) => entry.trim() )
		.filter( ( entry ) => OURS.test( entry ) );
}
