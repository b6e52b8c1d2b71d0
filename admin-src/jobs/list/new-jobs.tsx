import { Button } from '@wordpress/components';
import { _n, sprintf } from '@wordpress/i18n';

interface Props {
	count: number;
	onShow: () => void;
}

/** Offered, not inserted: rows must not move under somebody's cursor. */
export function NewJobs( { count, onShow }: Props ) {
	return (
		<div aria-live="polite">
			{ count > 0 && (
				<Button variant="secondary" size="compact" onClick={ onShow }>
					{ sprintf(
						/* translators: %d: a number of jobs. */
						_n( '%d new job', '%d new jobs', count, 'sell-my-images' ),
						count
					) }
				</Button>
			) }
		</div>
	);
}
