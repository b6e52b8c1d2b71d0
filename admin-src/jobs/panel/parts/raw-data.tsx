import { __ } from '@wordpress/i18n';

import { CopyButton } from '../../../shared/components/copy-button';
import type { JobDetail } from '../../../api/contracts.generated';

/** The job without what opens something: this is what people paste into a question for help. */
function withoutSecrets( { download: { url, file, ...download }, ...job }: JobDetail ): object {
	const { preview_url: preview, ...facts } = file ?? {};
	return { ...job, download: { ...download, file: file && facts } };
}

export function RawDataPart( { job }: { job: JobDetail } ) {
	const text = JSON.stringify( withoutSecrets( job ), null, 2 );
	return (
		<details className="smi-section smi-raw">
			<summary>{ __( 'Raw data', 'sell-my-images' ) }</summary>
			<CopyButton text={ text } label={ __( 'Copy', 'sell-my-images' ) } />
			<pre dir="ltr" tabIndex={ 0 }>
				{ text }
			</pre>
		</details>
	);
}
