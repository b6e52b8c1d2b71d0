import { formatExact, formatRelative } from '../time';

/**
 * Relative, with the exact time on hover. `title`, not a tooltip component: list
 * rows forbid focusable children, and the panel has the exact time as text.
 *
 * @param props
 * @param props.iso ISO-8601 with Z.
 */
export function TimeAgo( { iso }: { iso: string } ) {
	return (
		<time dateTime={ iso } title={ formatExact( iso ) }>
			{ formatRelative( iso ) }
		</time>
	);
}
