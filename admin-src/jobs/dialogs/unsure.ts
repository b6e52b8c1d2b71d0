import type { RestFailure } from '../../api/rest-failure';

/**
 * Whether what was asked for may have been done although no answer came. Where the
 * server says what happened, its words stand.
 *
 * @param error     What came instead of an answer.
 * @param wasOnline Whether the browser was connected when it was sent.
 */
export function isUnsure( { kind, code }: RestFailure, wasOnline: boolean ): boolean {
	return (
		kind === 'unreachable' ||
		( kind === 'offline' && wasOnline ) ||
		( kind === 'server' && ! code.startsWith( 'smi_' ) ) ||
		( kind === 'server' && code === 'smi_unknown' )
	);
}
