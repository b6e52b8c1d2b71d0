import { Notice } from '@wordpress/components';

import { noticeWords } from './words';
import type { JobStats } from '../../api/contracts.generated';

/** Those whose words this script knows. */
export function AllNotices( { notices }: Pick< JobStats, 'notices' > ) {
	const known = notices.flatMap( ( { code, data } ) => {
		const words = noticeWords( code, data );
		return words ? [ { code, ...words } ] : [];
	} );
	return (
		<>
			{ known.map( ( { code, status, sentence, actions = [] } ) => (
				<Notice
					key={ code }
					status={ status }
					isDismissible={ false }
					actions={ actions.map( ( action ) => ( { ...action, variant: 'link' as const } ) ) }
				>
					{ sentence }
				</Notice>
			) ) }
		</>
	);
}
