import { Button, DropdownMenu } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { moreVertical } from '@wordpress/icons';

import { isAllowed, jobActions } from '../../actions';
import type { JobDetail } from '../../../api/contracts.generated';
import type { Perform } from '../../actions/use-perform';

const BUTTONS = 3;

interface Props {
	job: JobDetail;
	perform: Perform;
}

/**
 * The first few as buttons, the rest in a menu, which has a place of its own: with
 * long words the buttons wrap, the menu never stands alone in a line.
 *
 * @param props
 * @param props.job     What cannot be done to it is not there.
 * @param props.perform Does it.
 */
export function ActionBar( { job, perform }: Props ) {
	const allowed = jobActions().filter( ( { id } ) => isAllowed( job, id ) );
	if ( ! allowed.length ) {
		return null;
	}
	const more = allowed.slice( BUTTONS );
	return (
		<div className="smi-actions">
			<div className="smi-actions__first">
				{ allowed.slice( 0, BUTTONS ).map( ( { id, label } ) => (
					<Button key={ id } variant="secondary" size="compact" onClick={ () => perform( job.job_id, id ) }>
						{ label }
					</Button>
				) ) }
			</div>
			{ more.length > 0 && (
				<DropdownMenu
					icon={ moreVertical }
					label={ __( 'More actions', 'sell-my-images' ) }
					toggleProps={ { size: 'compact' } }
					controls={ more.map( ( { id, label } ) => ( {
						title: label,
						onClick: () => perform( job.job_id, id ),
					} ) ) }
				/>
			) }
		</div>
	);
}
