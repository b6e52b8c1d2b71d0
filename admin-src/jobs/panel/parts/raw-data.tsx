import { __ } from '@wordpress/i18n';

import { CopyButton } from '../../../shared/components/copy-button';
import type { JobDetail } from '../../../api/contracts.generated';

/** The job without its secret: what people paste into a question for help. */
function withoutLink( job: JobDetail ): object {
	return { ...job, download: { ...job.download, url: undefined } };
}

export function RawDataPart( { job }: { job: JobDetail } ) {
	const text = JSON.stringify( withoutLink( job ), null, 2 );
	return (
		<details className="smi-section smi-raw">
			<summary>{ __( 'Raw data', 'sell-my-images' ) }</summary>
			<CopyButton text={ text } label={ __( 'Copy', 'sell-my-images' ) } />
			{  }
			<pre dir="ltr" tabIndex={ 0 }>
				{ text }
			</pre>
		</details>
	);
}
