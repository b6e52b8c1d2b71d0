import { WithChunk } from '../dialogs/with-chunk';
import type { ExportDialogProps } from './types';

const load = () => import( /* webpackChunkName: "export" */ './dialog' );

/** Asks how jobs are to be exported, and fetches the file. */
export function ExportDialog( props: ExportDialogProps ) {
	return (
		<WithChunk load={ load } onClose={ props.onClose }>
			{ ( { Dialog } ) => <Dialog { ...props } /> }
		</WithChunk>
	);
}
