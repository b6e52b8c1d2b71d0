import { formatExact, formatRelative } from '../time';
import { useNow } from '../use-now';

/**
 * Relative, with the exact time on hover. `title`, not a tooltip component: list
 * rows forbid focusable children, and the panel has the exact time as text.
 *
 * @param props
 * @param props.iso ISO-8601 with Z.
 */
export function TimeAgo( { iso }: { iso: string } ) {
	const now = useNow();
	return (
		<time dateTime={ iso } title={ formatExact( iso ) }>
			{ formatRelative( iso, now ) }
		</time>
	);
}
