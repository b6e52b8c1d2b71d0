import { __ } from '@wordpress/i18n';
import type { Field } from '@wordpress/dataviews/wp';

import type { Job } from '../../../api/contracts.generated';

type IdName = 'job_id' | 'stripe_payment_intent_id' | 'upsampler_job_id' | 'post_id' | 'attachment_id';

function idField( id: IdName, label: string ): Field< Job > {
	return {
		id,
		type: 'text',
		label,
		render: ( { item } ) => <bdi className="smi-id">{ item[ id ] ?? '—' }</bdi>,
		enableSorting: false,
		filterBy: false,
	};
}

/** Typed as a number, so that the filter asks for one. */
function numberField( id: IdName, label: string ): Field< Job > {
	return {
		...idField( id, label ),
		type: 'integer',
		filterBy: { operators: [ 'is' ] },
	};
}

export const idFields = (): Field< Job >[] => [
	numberField( 'post_id', __( 'Post number', 'sell-my-images' ) ),
	numberField( 'attachment_id', __( 'Picture number', 'sell-my-images' ) ),
	idField( 'job_id', __( 'Job number', 'sell-my-images' ) ),
	idField( 'stripe_payment_intent_id', __( 'Stripe payment', 'sell-my-images' ) ),
	idField( 'upsampler_job_id', __( 'Upsampler job', 'sell-my-images' ) ),
];
