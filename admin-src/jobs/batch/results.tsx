import { Button, Spinner } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { _x, __ } from '@wordpress/i18n';

import { JobLink } from './job-link';
import { idsInState, useItems } from './use-items';
import { InlineError } from '../../shared/components/inline-error';
import { RestFailure } from '../../api/rest-failure';
import type { Batch, BatchItem } from '../../api/contracts.generated';

type Ended = Exclude< BatchItem[ 'state' ], 'waiting' >;

/** Those that may need somebody first. */
const ENDS: readonly Ended[] = [ 'failed', 'cancelled', 'skipped', 'done' ];

const endWords = (): Record< Ended, string > => ( {
	failed: _x( 'Failed', 'jobs of a bulk action', 'sell-my-images' ),
	cancelled: _x( 'Cancelled', 'jobs of a bulk action', 'sell-my-images' ),
	skipped: _x( 'Skipped', 'jobs of a bulk action', 'sell-my-images' ),
	done: _x( 'Done', 'jobs of a bulk action', 'sell-my-images' ),
} );

const itemWords = (): Record< BatchItem[ 'state' ], string > => ( {
	waiting: __( 'Waits.', 'sell-my-images' ),
	failed: __( 'It could not be done.', 'sell-my-images' ),
	cancelled: __( 'Left as it was.', 'sell-my-images' ),
	skipped: __( 'Skipped.', 'sell-my-images' ),
	done: __( 'Done.', 'sell-my-images' ),
} );

type Link = { hrefOf: ( id: string ) => string };

function ItemList( { id, state, hrefOf }: { id: string; state: Ended } & Link ) {
	const { items, more, error, retry } = useItems( id, state );
	if ( error ) {
		return (
			<InlineError>
				{ error.message }{ ' ' }
				<Button variant="link" onClick={ retry }>
					{ __( 'Try again', 'sell-my-images' ) }
				</Button>
			</InlineError>
		);
	}
	if ( ! items ) {
		return <Spinner />;
	}
	return (
		<>
			<ul className="smi-batch__items">
				{ items.map( ( item ) => (
					<li key={ item.job_id }>
						<JobLink id={ item.job_id } hrefOf={ hrefOf } />
						<span>{ item.message ?? itemWords()[ item.state ] }</span>
					</li>
				) ) }
			</ul>
			{ more && (
				<Button variant="link" onClick={ more }>
					{ __( 'Show more', 'sell-my-images' ) }
				</Button>
			) }
		</>
	);
}

function SelectFailed( { id, onSelect }: { id: string; onSelect: ( ids: string[] ) => void } ) {
	const [ isBusy, setBusy ] = useState( false );
	const [ error, setError ] = useState< string | null >( null );
	const select = async () => {
		setBusy( true );
		try {
			onSelect( await idsInState( id, 'failed' ) );
		} catch ( caught ) {
			setError( caught instanceof RestFailure ? caught.message : null );
			setBusy( false );
		}
	};
	return (
		<>
			<Button variant="secondary" size="compact" isBusy={ isBusy } onClick={ () => void select() }>
				{ __( 'Select only those that failed', 'sell-my-images' ) }
			</Button>
			{ error && <InlineError>{ error }</InlineError> }
		</>
	);
}

interface Props extends Link {
	batch: Batch;
	onSelect: ( ids: string[] ) => void;
}

/** What became of each job. */
export function Results( { batch, hrefOf, onSelect }: Props ) {
	const ends = ENDS.filter( ( state ) => batch[ state ] > 0 );
	const [ chosen, setChosen ] = useState< Ended | null >( null );
	const state = chosen ?? ends[ 0 ];
	if ( ! state ) {
		return null;
	}
	return (
		<>
			<div
				className="smi-batch__ends"
				role="group"
				aria-label={ __( 'Show jobs that ended so', 'sell-my-images' ) }
			>
				{ ends.map( ( end ) => (
					<Button
						key={ end }
						size="compact"
						variant={ end === state ? 'primary' : 'secondary' }
						aria-pressed={ end === state }
						onClick={ () => setChosen( end ) }
					>
						{ endWords()[ end ] } { batch[ end ].toLocaleString() }
					</Button>
				) ) }
				{ batch.failed > 0 && <SelectFailed id={ batch.id } onSelect={ onSelect } /> }
			</div>
			<ItemList id={ batch.id } state={ state } hrefOf={ hrefOf } />
		</>
	);
}
