import { render, screen, waitFor } from '@testing-library/react';

import { staticCommands } from '../../admin-src/commands/static-commands';
import { useJobCommands } from '../../admin-src/commands/use-job-commands';
import { addressOf, go } from '../../admin-src/commands/go';
import { answerWith, calls, refusal, resetNetwork } from './support/network';
import { jobId, makeJob } from './support/jobs';

/** The palette as WordPress draws it: a hook per loader, a line per command. */
function Palette( { search }: { search: string } ) {
	const { commands, isLoading } = useJobCommands( { search } );
	return (
		<ul aria-busy={ isLoading }>
			{ commands.map( ( { name, label, searchLabel, callback } ) => (
				<li key={ name }>
					<button title={ searchLabel } onClick={ () => callback( { close: () => undefined } ) }>
						{ label }
					</button>
				</li>
			) ) }
		</ul>
	);
}

const asked = () => calls.map( ( { query } ) => query.get( 'search' ) );

beforeEach( () => {
	resetNetwork();
	window.smiCommands = { jobsUrl: 'http://site.test/wp-admin/admin.php?page=smi-jobs' };
	answerWith( ( { path } ) => ( path === '/jobs' ? { body: [ makeJob( 1 ) ] } : undefined ) );
} );

describe( 'jobs in the command palette', () => {
	it( 'finds the jobs of an address, and opens one beside the list', async () => {
		const leave = jest.spyOn( go, 'to' ).mockImplementation( () => undefined );
		render( <Palette search="buyer1@" /> );
		const found = await screen.findByRole( 'button', {
			name: /^Job 00000001 · buyer1@example.org · 4x · Photograph 1$/,
		} );
		found.click();
		expect( leave ).toHaveBeenCalledWith( { job: jobId( 1 ) } );
		expect( addressOf( { job: jobId( 1 ) } ) ).toBe(
			`http://site.test/wp-admin/admin.php?page=smi-jobs&job=${ jobId( 1 ) }`
		);
	} );

	it( 'lets the palette find what the server found by a number that no label shows', async () => {
		render( <Palette search="pi_1" /> );
		expect( ( await screen.findByRole( 'button' ) ).title ).toContain( 'pi_1' );
	} );

	it( 'asks once, when the typing stops, and not for a letter or two', async () => {
		const { rerender } = render( <Palette search="b" /> );
		[ 'bu', 'buy', 'buye', 'buyer' ].forEach( ( search ) => rerender( <Palette search={ search } /> ) );
		expect( screen.getByRole( 'list' ) ).toHaveAttribute( 'aria-busy', 'true' );
		await screen.findByRole( 'button' );
		expect( asked() ).toEqual( [ 'buyer' ] );
		rerender( <Palette search="bu" /> );
		expect( screen.queryByRole( 'button' ) ).not.toBeInTheDocument();
	} );

	it( 'finds nothing, and goes on, when the server refuses', async () => {
		answerWith( () => refusal( 403, 'smi_forbidden', 'No.' ) );
		render( <Palette search="buyer" /> );
		await waitFor( () => expect( calls ).toHaveLength( 1 ) );
		await waitFor( () => expect( screen.getByRole( 'list' ) ).toHaveAttribute( 'aria-busy', 'false' ) );
	} );

	it( 'always leads to the jobs, and to those that need attention', () => {
		const leave = jest.spyOn( go, 'to' ).mockImplementation( () => undefined );
		const close = jest.fn();
		const [ jobs, attention, find ] = staticCommands();
		expect( [ jobs?.label, attention?.label ] ).toEqual( [ 'Go to Jobs', 'Go to jobs that need attention' ] );
		expect( find?.label ).toMatch( /^Find a job…/ );
		attention?.callback( { close } );
		expect( close ).toHaveBeenCalled();
		expect( leave ).toHaveBeenLastCalledWith( { status: 'attention' } );
	} );
} );
