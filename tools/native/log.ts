const ENTRY = /^(?=\[\d{2}-\w{3}-\d{4} )/m;

// What names the plugin, and what only a plugin can cause on a site that has just one.
const OURS =
	/sell-my-images|SellMyImages|\bsmi_|WordPress database error|called <strong>incorrectly|PHP Fatal error|PHP Parse error/i;

const NEIGHBOUR = /Sell My Images: smi_\w+ \S*hostile\.php\S* .* failed, the rest went on\./;

/**
 * The entries of a PHP log that the plugin has to answer for.
 *
 * @param log       Whole text of the log.
 * @param isHostile Whether the hostile neighbour was there, whose failures the plugin is to write down.
 * @return Entries with their stack traces; none is what a lane asks for.
 */
export function complaints( log: string, isHostile = false ): string[] {
	return log
		.split( ENTRY )
		.map( ( entry ) => entry.trim() )
		.filter( ( entry ) => OURS.test( entry ) && ! ( isHostile && NEIGHBOUR.test( entry ) ) );
}
