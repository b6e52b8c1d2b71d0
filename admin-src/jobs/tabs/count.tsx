import { formatCount } from '../../shared/number';

interface Props {
	/** Undefined until the counts are known: nothing is shown, not a zero. */
	count: number | undefined;
	isUrgent: boolean;
}

/** No live region: a count that changes every few seconds must not be read out each time. */
export function TabCount( { count, isUrgent }: Props ) {
	if ( count === undefined ) {
		return null;
	}
	const look = isUrgent && count > 0 ? 'smi-count is-urgent' : 'smi-count';
	return <span className={ look }>{ formatCount( count ) }</span>;
}
