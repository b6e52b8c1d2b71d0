import { Notice } from '@wordpress/components';

import type { Connection } from '../../api/contracts.generated';

/** These have a place of their own below, with the remedy as a button. */
const SHOWN_ELSEWHERE = [ 'not_paired', 'safe_mode' ];

export function Problems( { problems }: Pick< Connection, 'problems' > ) {
	return (
		<>
			{ problems
				.filter( ( { code } ) => ! SHOWN_ELSEWHERE.includes( code ) )
				.map( ( { code, message, remedy } ) => (
					<Notice key={ code } status="error" isDismissible={ false }>
						{ message } { remedy }
					</Notice>
				) ) }
		</>
	);
}
