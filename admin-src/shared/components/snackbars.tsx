import { SnackbarList } from '@wordpress/components';
import { useDispatch, useSelect } from '@wordpress/data';
import { store as noticesStore } from '@wordpress/notices';

interface SnackbarNotice {
	id: string;
	type: string;
	content: string;
}

/** Placed by hand: wp-admin pages outside the editor have no list of their own. */
export function Snackbars() {
	const notices = useSelect( ( select ) => select( noticesStore ).getNotices() as unknown as SnackbarNotice[], [] );
	const { removeNotice } = useDispatch( noticesStore );
	return (
		<SnackbarList
			notices={ notices.filter( ( { type } ) => type === 'snackbar' ) }
			onRemove={ ( id ) => void removeNotice( id ) }
		>
			{ null }
		</SnackbarList>
	);
}
